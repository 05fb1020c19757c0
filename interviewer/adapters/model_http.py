"""What the official SDKs leave open, for both of them: limits on an answer, and errors in plain words.

The SDKs retry and honour `retry-after` by themselves. Around them this sees to it that an answer has an end
(a deadline and a size, also for a server that sends a byte now and then), that nobody waits longer than a
person would, that a key never follows a redirect, and that no message shows one.
"""

import json
import math
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

import httpx2

from interviewer.domain.chat import ModelAccess
from interviewer.errors import ModelError

ANSWER_BYTES_AT_MOST = 4_000_000
WAIT_AT_MOST = 20.0
"""Seconds that a server may ask us to wait; a longer wait is answered by grading locally now."""
DETAIL_CHARACTERS = 200
RETREAT_STATUSES = (400, 422, 501)
TOO_LARGE = "sent far too large an answer"
COMPRESSED = "sent a compressed answer, which was not asked for"

_KEY_VARIABLES = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY"}
_URL_VARIABLES = {"openai": "OPENAI_BASE_URL", "anthropic": "ANTHROPIC_BASE_URL"}
_SECRET = re.compile(r"\b(?:sk|key|Bearer)[-_ ][\w.*-]{8,}", re.IGNORECASE)
_STATUS = {
    401: "refused the key (401). Check {variable}",
    402: "wants the account to be paid (402). Check the account, or choose another model",
    403: "does not allow this key to use {model} (403). Check {variable} and INTERVIEWER_MODEL",
    404: "does not know {model} (404). Set INTERVIEWER_MODEL to a model it has",
    408: "gave up waiting (408). Try again later",
    413: "found the question too long (413). Choose a model with a larger context",
    429: "has had too many requests (429). Try again later",
    503: "is unavailable (503). Try again later",
    529: "is overloaded (529). Try again later",
}


class _Bounded(httpx2.SyncByteStream):
    """A response body that ends in an error when it takes too long or grows too large."""

    def __init__(self, body: httpx2.SyncByteStream, request: httpx2.Request, access: ModelAccess) -> None:
        self._body = body
        self._request = request
        self._access = access
        self._deadline = time.monotonic() + access.timeout

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for chunk in self._body:
            size += len(chunk)
            if size > ANSWER_BYTES_AT_MOST:
                raise unusable(self._access, TOO_LARGE)
            if time.monotonic() > self._deadline:
                raise httpx2.ReadTimeout("the answer took too long", request=self._request)
            yield chunk

    def close(self) -> None:
        self._body.close()


def http_client(sdk: str, access: ModelAccess) -> httpx2.Client:
    """The SDK's own HTTP client with these limits; raises ModelError where the SDK is not installed."""

    def limit(response: httpx2.Response) -> None:
        if _asks_for_too_long(response.headers):
            response.headers["x-should-retry"] = "false"  # both SDKs obey it
        if response.headers.get("content-encoding", "identity") != "identity":
            raise unusable(access, COMPRESSED)  # a small body could unpack into all of the memory
        if isinstance(response.stream, httpx2.SyncByteStream):
            response.stream = _Bounded(response.stream, response.request, access)

    client: httpx2.Client = import_sdk(sdk).DefaultHttpxClient(
        event_hooks={"response": [limit]},
        headers={"accept-encoding": "identity"},
        follow_redirects=False,
        timeout=httpx2.Timeout(access.timeout, connect=min(5.0, access.timeout)),
    )
    return client


def import_sdk(name: str) -> Any:
    """The SDK's module; raises ModelError saying how to install it."""
    try:
        return import_module(name)
    except ImportError:
        raise ModelError(
            f"The {name} package is not installed. Install it with: pip install 'mlops-interviewer[llm]'"
        ) from None


@contextmanager
def plain_errors(sdk: str, access: ModelAccess) -> Iterator[None]:
    """What the SDK raises becomes ModelError. Both SDKs use the same class names; our own bugs pass."""
    module = import_sdk(sdk)
    try:
        yield
    except module.APIStatusError as error:
        raise status_error(access, error.status_code, error.body) from None
    except (module.APITimeoutError, httpx2.TimeoutException):
        raise timeout_error(access) from None
    except (module.APIConnectionError, httpx2.HTTPError, httpx2.InvalidURL) as error:
        # one SDK passes our own errors through, the other wraps them
        raise _own_error(error) or connection_error(access) from None
    except module.APIError as error:
        raise failure(access, f"broke off: {_detail(access, error.body or error.message)}") from None
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        raise unusable(access, "sent an answer that cannot be read") from None


def status_error(access: ModelAccess, status: int, body: object) -> ModelError:
    """An HTTP error in plain words. What the server says is quoted only where it helps, cleaned and cut."""
    if status in _STATUS:
        text = _STATUS[status].format(variable=_KEY_VARIABLES[access.provider], model=repr(access.model))
        if status == 429 and "quota" in _detail(access, body).lower():  # noqa: PLR2004
            text = "says that the quota is used up (429). Check the account, or choose another model"
    elif status < 300:  # noqa: PLR2004  (an error that came in the middle of a stream)
        text = f"broke off: {_detail(access, body)}"
    elif status < 400:  # noqa: PLR2004
        text = f"has moved ({status}). Set {_URL_VARIABLES[access.provider]} to its new address"
    elif status >= 500:  # noqa: PLR2004
        text = f"had an internal error ({status}). Try again later"
    else:
        text = f"did not accept the request ({status}): {_detail(access, body)}"
    return failure(access, text)


def timeout_error(access: ModelAccess) -> ModelError:
    """No answer in time."""
    return failure(access, f"did not answer within {access.timeout:g} s. Try again later")


def connection_error(access: ModelAccess) -> ModelError:
    """No connection, or one that broke."""
    where = f" at {urlsplit(access.base_url).hostname}" if access.base_url else ""
    return failure(access, f"could not be reached{where}, or broke off. Check the connection and try again")


def unusable(access: ModelAccess, why: str) -> ModelError:
    """An answer that is none."""
    return failure(access, f"{why}. Try again, or choose another model")


def failure(access: ModelAccess, what: str) -> ModelError:
    """The error, naming the server."""
    name = {"openai": "OpenAI", "anthropic": "Anthropic"}[access.provider]
    return ModelError(f"The {name + '-compatible' if access.base_url else name} model server {what}.")


def rejected_part(parts: dict[str, tuple[str, ...]], body: object) -> str | None:
    """The optional part of a request that an error complains of: the first whose words it contains."""
    text = str(body).lower()
    return next((part for part, words in parts.items() if any(word in text for word in words)), None)


def _own_error(error: BaseException) -> ModelError | None:
    cause = error.__cause__
    return cause if isinstance(cause, ModelError) or cause is None else _own_error(cause)


def _asks_for_too_long(headers: httpx2.Headers) -> bool:
    for header, divisor in (("retry-after-ms", 1000), ("retry-after", 1)):
        try:
            seconds = float(headers.get(header, "")) / divisor
        except ValueError:
            continue
        return math.isnan(seconds) or seconds > WAIT_AT_MOST
    return False


def _detail(access: ModelAccess, body: object) -> str:
    error = body.get("error", body) if isinstance(body, dict) else body
    message = error.get("message", error) if isinstance(error, dict) else error
    text = "".join(c if c.isprintable() else " " for c in str(message or "no reason given"))
    if access.api_key is not None and access.api_key.get_secret_value():
        text = text.replace(access.api_key.get_secret_value(), "***")
    return " ".join(_SECRET.sub("***", text).split())[:DETAIL_CHARACTERS].rstrip(". ")


def whole_number(value: object) -> int:
    """A count as a server gives it; 0 where it is not one."""
    return max(0, int(value)) if isinstance(value, int | float) and math.isfinite(value) else 0
