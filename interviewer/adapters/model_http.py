"""What the official SDKs leave open, for both of them: how to connect, and how to read what servers write.

The SDKs retry and honour `retry-after` by themselves. What is wrong with an address or a key is told here before
anything is sent; `model_client.py` sees to it that an answer has an end.
"""

import json
import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx2

from interviewer.adapters.model_client import ModelClient
from interviewer.adapters.model_errors import import_sdk, wrong_address, wrong_key
from interviewer.domain.chat import ChatReply, ModelAccess, Tokens
from interviewer.once import Once

RETREAT_STATUSES = (400, 422, 501)
COUNT_AT_MOST = 10**9
"""Tokens; no model takes more."""
NO_KEY = "not-needed"  # local servers want no key, but the SDKs want one

_KEY = re.compile(r"[!-~]+")


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
        "http_client": ModelClient(sdk, access, user),
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
    """A count as a server gives it; 0 where it is none that can be."""
    return int(value) if isinstance(value, int | float) and 0 <= value <= COUNT_AT_MOST else 0


def counted(tokens: Tokens) -> Tokens | None:
    """The tokens, or None where the server did not really count them."""
    return tokens if tokens.total else None


def text_of(content: object) -> str:
    """The text of a message, which some servers send in parts; thoughts and other kinds of parts have none."""
    parts = content if isinstance(content, list) else [content]
    texts = (part.get("text") if isinstance(part, dict) else getattr(part, "text", part) for part in parts)
    return clean("".join(text for text in texts if isinstance(text, str)))


def pieces(
    sdk: str,
    answer: Any,
    whole_reply: Callable[[Any], ChatReply],
    streamed: Callable[[Any], Iterator[str | ChatReply]],
) -> Iterator[str | ChatReply]:
    """What a server that was asked for a stream sends: pieces of text and last the reply, or that at once."""
    document = _unstreamed(sdk, answer)
    if document is None:
        yield from streamed(answer)
    else:
        reply = whole_reply(document)
        yield from (reply.text, reply)


def _unstreamed(sdk: str, answer: Any) -> Any:
    """The whole document, where a server was asked for a stream and sent that; None for a stream."""
    if not isinstance(answer, import_sdk(sdk).Stream):
        return answer
    if not answer.response.headers.get("content-type", "").startswith("application/json"):
        return None
    with answer:
        return json.loads(answer.response.read(), object_hook=lambda fields: SimpleNamespace(**fields))


def clean(text: str) -> str:
    """Text that can be stored and shown: JSON can hold halves of characters, which nothing else can."""
    return text.encode("utf-8", "replace").decode("utf-8")


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
