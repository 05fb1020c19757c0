"""What the official SDKs leave open, for both of them: how to connect, and limits on an answer.

The SDKs retry and honour `retry-after` by themselves. Around them this sees to it that an answer has an end
(a deadline and a size, also for a server that sends a byte now and then), that nobody waits longer than a
person would, that a key never follows a redirect nor goes through a proxy to this very computer, and that what
is wrong with an address or a key is told before anything is sent.
"""

import math
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx2

from interviewer.adapters.model_errors import (
    COMPRESSED,
    TOO_LARGE,
    import_sdk,
    timeout_error,
    unusable,
    wrong_address,
    wrong_key,
)
from interviewer.domain.chat import ModelAccess
from interviewer.errors import ModelError
from interviewer.once import Once

ANSWER_BYTES_AT_MOST = 4_000_000
WAIT_AT_MOST = 20.0
"""Seconds that a server may ask us to wait; a longer wait is answered by grading locally now."""
CONNECT_SECONDS = 5.0
RETREAT_STATUSES = (400, 422, 501)
NO_KEY = "not-needed"  # local servers want no key, but the SDKs want one

_KEY = re.compile(r"[!-~]+")
_HERE = ("all://127.0.0.1", "all://localhost", "all://[::1]")
_SDK_ERRORS = {"openai": "OpenAIError", "anthropic": "AnthropicError"}


def client_options(sdk: str, access: ModelAccess, official_url: str) -> dict[str, Any]:
    """How to make the SDK's client; raises ModelError for an address or key that cannot be right.

    A name and password in the address are sent as such and never stay in it, since addresses are logged.
    """
    url, user = _address(access, official_url)
    return {
        "api_key": _key(access),
        "base_url": url,
        "timeout": access.timeout,
        "max_retries": access.retries,
        "http_client": _Client(sdk, access, user),
    }


def close(client: Once[Any]) -> None:
    """Close the connections of an SDK's client, if it was ever made."""
    if client.made is not None:
        client.made.close()


def rejected_part(parts: dict[str, tuple[str, ...]], body: object) -> str | None:
    """The optional part of a request that an error complains of: the first whose words it contains."""
    text = str(body).lower()
    return next((part for part, words in parts.items() if any(word in text for word in words)), None)


def whole_number(value: object) -> int:
    """A count as a server gives it; 0 where it is not one."""
    return max(0, int(value)) if isinstance(value, int | float) and math.isfinite(value) else 0


def clean(text: str) -> str:
    """Text that can be stored and shown: JSON can hold halves of characters, which nothing else can."""
    return text.encode("utf-8", "replace").decode("utf-8")


class _Client(httpx2.Client):
    """The HTTP client that an SDK is given. What it gives up on, the SDK does not try again."""

    def __init__(self, sdk: str, access: ModelAccess, user: httpx2.BasicAuth | None) -> None:
        self._access = access
        # one of the SDK's own errors, which it passes on untouched
        self._given_up = type("GivenUp", (ModelError, getattr(import_sdk(sdk), _SDK_ERRORS[sdk])), {})
        super().__init__(
            auth=user,
            headers={"accept-encoding": "identity"},
            event_hooks={"response": [self._limit]},
            follow_redirects=False,
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=32),
            mounts=dict.fromkeys(_HERE),
            timeout=httpx2.Timeout(access.timeout, connect=min(CONNECT_SECONDS, access.timeout)),
        )

    def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
        """As ever, but a model that was slow once is not asked to be slow again."""
        try:
            return super().send(request, **options)
        except (httpx2.ReadTimeout, httpx2.WriteTimeout):
            raise self._given_up(str(timeout_error(self._access))) from None

    def _limit(self, response: httpx2.Response) -> None:
        _tame_waiting(response.headers)
        if response.headers.get("content-encoding", "identity") != "identity":
            # a small body could unpack into all of the memory
            raise self._given_up(str(unusable(self._access, COMPRESSED)))
        if isinstance(response.stream, httpx2.SyncByteStream):
            too_large = self._given_up(str(unusable(self._access, TOO_LARGE)))
            response.stream = _Bounded(response.stream, response.request, self._access.timeout, too_large)


class _Bounded(httpx2.SyncByteStream):
    """A response body that ends in an error when it takes too long or grows too large."""

    def __init__(
        self, body: httpx2.SyncByteStream, request: httpx2.Request, seconds: float, too_large: Exception
    ) -> None:
        self._body = body
        self._request = request
        self._deadline = time.monotonic() + seconds
        self._too_large = too_large

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for chunk in self._body:
            size += len(chunk)
            if size > ANSWER_BYTES_AT_MOST:
                raise self._too_large
            if time.monotonic() > self._deadline:
                raise httpx2.ReadTimeout("the answer took too long", request=self._request)
            yield chunk

    def close(self) -> None:
        self._body.close()


def _address(access: ModelAccess, official_url: str) -> tuple[str, httpx2.BasicAuth | None]:
    """The address without the name and password that may stand in it, and those."""
    url = (access.base_url or official_url).strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise wrong_address(access) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or not url.isprintable():
        raise wrong_address(access)
    if parts.username is None:
        return url, None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    bare = parts._replace(netloc=host if port is None else f"{host}:{port}")
    return bare.geturl(), httpx2.BasicAuth(unquote(parts.username), unquote(parts.password or ""))


def _key(access: ModelAccess) -> str:
    key = access.api_key.get_secret_value().strip() if access.api_key else NO_KEY
    if not _KEY.fullmatch(key):
        raise wrong_key(access)
    return key


def _tame_waiting(headers: httpx2.Headers) -> None:
    """One plain number in place of all that servers write: one SDK would sleep for weeks, or trip over a date."""
    seconds = _seconds_to_wait(headers)
    for name in ("retry-after-ms", "retry-after"):
        headers.pop(name, None)
    if seconds is not None and seconds > WAIT_AT_MOST:
        headers["x-should-retry"] = "false"  # both SDKs obey it
    elif seconds is not None and seconds > 0:
        headers["retry-after-ms"] = str(math.ceil(1000 * seconds))


def _seconds_to_wait(headers: httpx2.Headers) -> float | None:
    for header, divisor in (("retry-after-ms", 1000), ("retry-after", 1)):
        try:
            seconds = float(headers.get(header, "")) / divisor
        except ValueError:
            continue
        return None if math.isnan(seconds) else seconds
    try:
        until = parsedate_to_datetime(headers.get("retry-after", ""))
        return (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
