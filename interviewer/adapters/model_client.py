"""The HTTP client that the official SDKs are given: an answer has an end, whatever the server does.

A deadline for the whole call, retries included, also for a server that sends a byte now and then; a size; no
longer wait between two tries than a person would bear; no redirect, which could carry a key away.
"""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Any

import httpx2

from interviewer.adapters.model_errors import COMPRESSED, TOO_LARGE, import_sdk, timeout_error, unusable
from interviewer.domain.chat import ModelAccess
from interviewer.errors import ModelError
from interviewer.patience import all_by, done_by

ANSWER_BYTES_AT_MOST = 4_000_000
WAIT_AT_MOST = 20.0
"""Seconds that a server may ask us to wait; a longer wait is answered by grading locally now."""
CONNECT_SECONDS = 5.0

_HERE = ("all://127.0.0.1", "all://localhost", "all://[::1]")
_SDK_ERRORS = {"openai": "OpenAIError", "anthropic": "AnthropicError"}


@dataclass
class _Call:
    """One question to a model; `ends` is known once something was sent."""

    ends: float | None = None


_CALL: ContextVar[_Call | None] = ContextVar("call", default=None)


@contextmanager
def one_call() -> Iterator[None]:
    """All that is sent in here, retries and retreats too, has the time of one call together."""
    before = _CALL.set(_Call())
    try:
        yield
    finally:
        _CALL.reset(before)


class ModelClient(httpx2.Client):
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

    def send(self, request: httpx2.Request, *, stream: bool = False, **options: Any) -> httpx2.Response:
        """As ever, but within the time of the call; a model that was slow once is not asked to be slow again."""
        call = _CALL.get() or _Call()
        ends = call.ends = request.extensions["ends"] = call.ends or time.monotonic() + self._access.timeout
        ask = partial(super().send, request, stream=True, **options)
        try:
            # a server can send its head byte by byte, and a name server nothing at all
            response = done_by(ends, ask, httpx2.Response.close)
            if not stream:
                _read(response)
        except (TimeoutError, httpx2.ReadTimeout, httpx2.WriteTimeout):
            raise self._given_up(str(timeout_error(self._access))) from None
        return response

    def _limit(self, response: httpx2.Response) -> None:
        _tame_waiting(response.headers)
        if response.headers.get("content-encoding", "identity") != "identity":
            # a small body could unpack into all of the memory
            raise self._given_up(str(unusable(self._access, COMPRESSED)))
        if isinstance(response.stream, httpx2.SyncByteStream):
            too_large = self._given_up(str(unusable(self._access, TOO_LARGE)))
            response.stream = _Bounded(response.stream, response.request, too_large)


class _Bounded(httpx2.SyncByteStream):
    """A response body that ends in an error when the time is over or it grows too large."""

    def __init__(self, body: httpx2.SyncByteStream, request: httpx2.Request, too_large: Exception) -> None:
        self._body = body
        self._request = request
        self._too_large = too_large

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from all_by(self._request.extensions["ends"], self._sized())
        except TimeoutError:
            raise httpx2.ReadTimeout("the answer took too long", request=self._request) from None

    def _sized(self) -> Iterator[bytes]:
        size = 0
        for chunk in self._body:
            size += len(chunk)
            if size > ANSWER_BYTES_AT_MOST:
                raise self._too_large
            yield chunk

    def close(self) -> None:
        self._body.close()


def _read(response: httpx2.Response) -> None:
    try:
        response.read()
    except BaseException:
        response.close()
        raise


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
