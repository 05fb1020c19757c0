"""Where the app may be served, to whom, and what it refuses."""

import socket
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

import httpx
import pytest

from interviewer.adapters.memory_store import MemoryStore
from interviewer.adapters.scripted_grader import ScriptedGrader
from interviewer.bootstrap import Product, build
from interviewer.content.library import Library
from interviewer.errors import InvalidInput
from interviewer.settings import Settings
from ui.app import WarmUp, build_app
from ui.server import is_loopback, serve
from ui.uploads import MEGABYTES_AT_MOST


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[httpx.Client]:
    """Speaks to the app as a program would."""
    with httpx.Client(base_url=url) as client:
        yield client


def test_the_page_may_load_nothing_from_elsewhere_and_be_framed_by_nobody(client: httpx.Client) -> None:
    headers = client.get("/").headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "connect-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_another_name_pointed_at_this_computer_is_refused(client: httpx.Client) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_what_another_site_sends_is_refused(client: httpx.Client) -> None:
    sent = client.post("/gradio_api/queue/join", headers={"sec-fetch-site": "cross-site"}, json={})
    assert sent.status_code == 403


@pytest.mark.parametrize(
    "path", ["/monitoring/summary", "/gradio_api/file=/etc/passwd", "/gradio_api/deep_link?session_hash=x"]
)
def test_what_the_app_does_not_need_is_closed(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code in (403, 404)


def test_no_endpoint_is_offered_to_other_programs(client: httpx.Client) -> None:
    assert client.get("/gradio_api/info").json() == {"named_endpoints": {}, "unnamed_endpoints": {}}


@pytest.mark.parametrize("login", [{}, {"username": "ada"}, {"username": "ada", "password": ""}])
def test_other_computers_are_served_only_behind_a_login(product: Product, login: dict[str, str]) -> None:
    settings = Settings.model_validate({"host": "0.0.0.0", "port": 0, **login})  # noqa: S104
    with pytest.raises(InvalidInput, match=r"needs a login. Set INTERVIEWER_USERNAME and INTERVIEWER_PASSWORD"):
        serve(build_app(product), settings).__enter__()


def test_behind_a_login_nothing_is_shown_without_it(product: Product) -> None:
    settings = Settings(host="127.0.0.1", port=0, username="ada", password="secret")
    with serve(build_app(product), settings) as running, httpx.Client(base_url=running.url) as visitor:
        assert visitor.get("/config").status_code == 401
        assert visitor.post("/login", data={"username": "ada", "password": "wrong"}).status_code == 400
        assert visitor.post("/login", data={"username": "ada", "password": "secret"}).status_code == 200
        assert visitor.get("/config").status_code == 200


def test_an_upload_of_fitting_size_lies_in_the_data_folder_until_the_app_ends(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))  # so that it is as before afterwards
    settings = Settings(port=0, data_dir=tmp_path)
    product = build(settings, library=library, grader=ScriptedGrader(), store=MemoryStore())
    with serve(build_app(product), settings) as running:
        address = f"{running.url}gradio_api/upload"
        (kept,) = httpx.post(address, files={"files": ("notes.md", b"Notes.")}).json()
        assert Path(kept).read_bytes() == b"Notes."
        assert Path(kept).is_relative_to(tmp_path / "uploads")
        too_large = bytes((MEGABYTES_AT_MOST + 1) * 1_048_576)
        assert httpx.post(address, files={"files": ("large.pdf", too_large)}).status_code == 413
    assert list((tmp_path / "uploads").iterdir()) == []


def test_a_port_in_use_is_one_line_that_says_what_to_do(product: Product) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(InvalidInput) as refusal:
            serve(build_app(product), Settings(port=port)).__enter__()
    assert f"Port {port} of 127.0.0.1 cannot be used" in str(refusal.value)
    assert "Set INTERVIEWER_PORT" in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "localhost", "::1", "[::1]"])
def test_these_addresses_are_this_computer_alone(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "example.org", ""])  # noqa: S104
def test_these_addresses_are_open_to_others(host: str) -> None:
    assert not is_loopback(host)


class SlowGrader(ScriptedGrader):
    """Counts how often its model is loaded."""

    def __init__(self) -> None:
        self.loaded: Queue[str] = Queue()

    def warm_up(self) -> None:
        """Load the model."""
        self.loaded.put("the model")


def test_the_model_is_loaded_once_however_many_pages_open(library: Library) -> None:
    grader = SlowGrader()
    warm_up = WarmUp(build(Settings(port=0), library=library, grader=grader, store=MemoryStore()))
    warm_up.begin()
    warm_up.begin()
    assert grader.loaded.get(timeout=10) == "the model"
    assert grader.loaded.empty()
