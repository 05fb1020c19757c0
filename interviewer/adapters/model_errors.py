"""What goes wrong between us and a model server, in words for a candidate: what happened, and what to do.

Neither a key nor the server's own JSON or HTML is ever part of a message.
"""

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

import httpx2

from interviewer.domain.chat import ModelAccess
from interviewer.errors import ModelError

DETAIL_CHARACTERS = 200
TOO_LARGE = "sent far too large an answer"
COMPRESSED = "sent a compressed answer, which was not asked for"

_KEY_VARIABLES = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY"}
_URL_VARIABLES = {"openai": "OPENAI_BASE_URL", "anthropic": "ANTHROPIC_BASE_URL"}
_ENDS = {"openai": "most such addresses end in /v1", "anthropic": "it must not end in /v1"}
_OTHERS = {"openai": "claude", "anthropic": "gpt"}
_SECRET = re.compile(r"\b(?:sk|key|Bearer)[-_ ][\w.*-]{8,}", re.IGNORECASE)
_STATUS = {
    401: "refused the key (401). Check the key ({variable})",
    402: "wants the account to be paid (402). Check the account, or choose another model",
    403: "does not allow this key to use {model} (403). Check {variable} and INTERVIEWER_MODEL",
    404: "does not know {model} (404). Set INTERVIEWER_MODEL to a model it has",
    408: "gave up waiting (408). Try again later",
    413: "found the question too long (413). Choose a model with a larger context",
    429: "has had too many requests (429). Try again later",
    503: "is unavailable (503). Try again later",
    529: "is overloaded (529). Try again later",
}


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
        if _is_about_certificate(error):
            raise certificate_error(access) from None
        raise connection_error(access) from None
    except module.APIError as error:
        raise failure(access, f"broke off: {_detail(access, error.body or error.message)}") from None
    except (
        ValueError,
        RecursionError,
    ):  # no JSON, no UTF-8, a number of thousands of digits, brackets without end
        raise unusable(access, "sent an answer that cannot be read") from None


def status_error(access: ModelAccess, status: int, body: object) -> ModelError:
    """An HTTP error in plain words. What the server says is quoted only where it helps, cleaned and cut."""
    if status in _STATUS:
        text = _STATUS[status].format(variable=_KEY_VARIABLES[access.provider], model=repr(access.model))
        if status == 429 and "quota" in _detail(access, body).lower():  # noqa: PLR2004
            text = "says that the quota is used up (429). Check the account, or choose another model"
        if status == 404 and access.model.startswith(_OTHERS[access.provider]):  # noqa: PLR2004
            text = f"{text}, or INTERVIEWER_PROVIDER to who has that one"
        elif status == 404 and access.base_url:  # noqa: PLR2004
            text = f"{text}, and check {_URL_VARIABLES[access.provider]}: {_ENDS[access.provider]}"
    elif status < 300:  # noqa: PLR2004  (an error that came in the middle of a stream)
        text = f"broke off: {_detail(access, body)}"
    elif status < 400:  # noqa: PLR2004
        text = f"has moved ({status}). Set {_URL_VARIABLES[access.provider]} to its new address"
    elif status >= 500:  # noqa: PLR2004
        text = f"had an internal error ({status}). Try again later"
    else:
        text = f"did not accept the request ({status}): {_detail(access, body)}. Choose another model"
    return failure(access, text)


def timeout_error(access: ModelAccess) -> ModelError:
    """No answer in time."""
    return failure(access, f"did not answer within {access.timeout:g} s. Try again later")


def connection_error(access: ModelAccess) -> ModelError:
    """No connection, or one that broke."""
    return failure(
        access, f"could not be reached{_where(access)}, or broke off. Check the connection and try again"
    )


def certificate_error(access: ModelAccess) -> ModelError:
    """An encrypted connection to somebody who cannot prove who they are."""
    remedy = f"Check {_URL_VARIABLES[access.provider]}, or name the certificate in SSL_CERT_FILE"
    return failure(access, f"shows a certificate that cannot be trusted{_where(access)}. {remedy}")


def wrong_address(access: ModelAccess) -> ModelError:
    """A base URL that is no web address."""
    example = {"openai": "http://127.0.0.1:11434/v1", "anthropic": "http://127.0.0.1:8080"}[access.provider]
    return ModelError(f"{_URL_VARIABLES[access.provider]} is not a web address. Write it like {example}.")


def wrong_key(access: ModelAccess) -> ModelError:
    """A key that no server could be sent."""
    return ModelError(
        f"The key ({_KEY_VARIABLES[access.provider]}) holds characters that no key has. Copy it again."
    )


def unusable(access: ModelAccess, why: str) -> ModelError:
    """An answer that is none."""
    return failure(access, f"{why}. Try again, or choose another model")


def failure(access: ModelAccess, what: str) -> ModelError:
    """The error, naming the server."""
    name = {"openai": "OpenAI", "anthropic": "Anthropic"}[access.provider]
    return ModelError(f"The {name + '-compatible' if access.base_url else name} model server {what}.")


def _where(access: ModelAccess) -> str:
    return f" at {urlsplit(access.base_url.strip()).hostname}" if access.base_url else ""


def _is_about_certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _detail(access: ModelAccess, body: object) -> str:
    """The server's own sentence, if it wrote one: no JSON, no page, no key."""
    error = body.get("error", body) if isinstance(body, dict) else body
    message = error.get("message") if isinstance(error, dict) else error
    if not isinstance(message, str) or message.lstrip().startswith(("<", "{", "[")):
        return "no reason given"
    text = "".join(c if c.isprintable() else " " for c in message)
    if access.api_key is not None and access.api_key.get_secret_value().strip():
        text = text.replace(access.api_key.get_secret_value().strip(), "***")
    return " ".join(_SECRET.sub("***", text).split())[:DETAIL_CHARACTERS].rstrip(". ") or "no reason given"
