"""Serving the app: on this computer only unless told otherwise, and then behind a login."""

import ipaddress
import socket
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from interviewer.errors import InvalidInput
from interviewer.settings import Settings
from ui.guard import Guard
from ui.theme import theme
from ui.uploads import MEGABYTES_AT_MOST, SECONDS_KEPT, forget_uploads

HERE = Path(__file__).parent
LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]"]


@dataclass(frozen=True)
class Running:
    """An app that is being served."""

    url: str

    def open(self) -> None:
        """Show it in the browser of this desktop, if there is one."""
        webbrowser.open(self.url)

    def wait(self) -> None:
        """Return on Ctrl+C."""
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


@contextmanager
def serve(app: Any, settings: Settings) -> Iterator[Running]:
    """The app served in the background; raises InvalidInput where that is impossible or unsafe."""
    login = _login(settings)
    host = settings.host.strip("[]")
    port = _free_port(settings)
    forget_uploads(settings, older_than=SECONDS_KEPT)  # of an app that was killed
    _, url, _ = app.launch(
        server_name=f"[{host}]" if ":" in host else host,
        server_port=port,
        auth=login,
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        inbrowser=False,
        ssr_mode=False,
        show_error=False,
        enable_monitoring=False,
        run_history=False,
        mcp_server=False,
        footer_links=[],
        allowed_paths=[],
        max_file_size=f"{MEGABYTES_AT_MOST}mb",
        strict_cors=True,
        app_kwargs={"middleware": _middleware(settings)},
        theme=theme(),
        head=f"<script>{(HERE / 'page.js').read_text(encoding='utf-8')}</script>",
        favicon_path=HERE / "favicon.png",
    )
    try:
        yield Running(url)
    finally:
        app.close(verbose=False)
        forget_uploads(settings)


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _login(settings: Settings) -> tuple[str, str] | None:
    password = settings.password.get_secret_value() if settings.password else ""
    if settings.username and password:
        return settings.username, password
    if is_loopback(settings.host) and not settings.username and not password:
        return None
    raise InvalidInput(
        f"Serving on {settings.host} needs a login. Set INTERVIEWER_USERNAME and INTERVIEWER_PASSWORD, "
        "or leave INTERVIEWER_HOST at 127.0.0.1."
    )


def _free_port(settings: Settings) -> int:
    """The port to serve on; a free one where it is 0. Raises InvalidInput if it is taken or not ours to take."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host.strip("[]"), settings.port))
        except OSError as error:
            raise InvalidInput(
                f"Port {settings.port} of {settings.host} cannot be used ({error.strerror or error}). "
                "Set INTERVIEWER_PORT to another one, or to 0 for any that is free."
            ) from None
        port: int = probe.getsockname()[1]
        return port


def _middleware(settings: Settings) -> list[Middleware]:
    """On loopback only our own names are answered: another site's name may not be pointed at this computer."""
    names = LOOPBACK_NAMES if is_loopback(settings.host) else ["*"]
    return [Middleware(TrustedHostMiddleware, allowed_hosts=names), Middleware(Guard)]
