"""Ways in which a provider can misbehave. Each is a function that answers one request."""

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import chain, count, repeat
from typing import TYPE_CHECKING, Any

from tests.fake_provider.wire import Reply

if TYPE_CHECKING:
    from tests.fake_provider.server import Exchange

Fault = Callable[["Exchange"], None]


def status(code: int, message: str = "no", **headers: str) -> Fault:
    """An HTTP error in the provider's own form; `retry_after="1"` sets that header."""

    def answer(exchange: "Exchange") -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        exchange.error(code, message, named)

    return answer


def says(text: str) -> Fault:
    """A reply of the model's, whatever was asked."""
    return lambda exchange: exchange.reply(Reply(text))


def sends(body: bytes, content_type: str = "application/json") -> Fault:
    """Exactly these bytes, whatever was asked."""
    return lambda exchange: exchange.send(200, content_type, body)


def without_usage(text: str) -> Fault:
    """A reply whose tokens were not counted."""
    return lambda exchange: exchange.reply(Reply(text, usage=False))


def empty() -> Fault:
    """A reply without any text."""
    return says("")


def huge(characters: int = 10_000_000) -> Fault:
    """A reply of so much text."""
    return lambda exchange: exchange.reply(Reply("x" * characters))


def refuses(text: str = "I can't help with that.") -> Fault:
    """The model declines."""
    return lambda exchange: exchange.reply(Reply("", stop="stop", refusal=text))


def filtered() -> Fault:
    """A content filter removed the reply."""
    return lambda exchange: exchange.reply(Reply("", stop="content_filter"))


def cut_off(text: str) -> Fault:
    """The reply hit the length limit."""
    return lambda exchange: exchange.reply(replace(Reply(text), stop="length"))


def stays_silent(exchange: "Exchange") -> None:
    """Takes the request and says nothing until the client has given up."""
    exchange.wait_for_hang_up()


def drips(exchange: "Exchange") -> None:
    """Begins an answer and then sends a space now and then, for as long as anyone listens."""
    exchange.begin(200, "application/json", length=None)
    while exchange.send_chunk(b" ") and not exchange.server_is_closing(0.02):
        pass


def drips_head(exchange: "Exchange") -> None:
    """Sends the head of an answer byte by byte, one header after the other, for as long as anyone listens."""
    headers = (f"x-header-{number}: {'z' * 20}\r\n" for number in count())
    head = chain(b"HTTP/1.1 200 OK\r\n", chain.from_iterable(header.encode() for header in headers))
    while exchange.send_raw(bytes([next(head)])) and not exchange.server_is_closing(0.005):
        pass


def talks_without_end(exchange: "Exchange") -> None:
    """Streams words, one after the other, for as long as anyone listens."""
    exchange.begin(200, "text/event-stream", length=None)
    events = exchange.payload(Reply("and so on ", stop=""))
    start, words = (events[:3], events[3]) if exchange.speaks_anthropic else (events[:1], events[1])
    for event in chain(start, repeat(words)):
        if not exchange.send_chunk(event) or exchange.server_is_closing(0.02):
            return


def in_another_form(
    message: dict[str, Any], blocks: list[dict[str, Any]], *, stop: bool = True, **fields: Any
) -> Fault:
    """OpenAI's message or Anthropic's blocks, written as some server writes them; a document, never a stream."""
    choice = {
        "index": 0,
        "message": {"role": "assistant", **message},
        **({"finish_reason": "stop"} if stop else {}),
    }
    anthropic = {
        "type": "message",
        "role": "assistant",
        "content": blocks,
        "stop_reason": "end_turn" if stop else None,
    }
    document = {"id": "1", "model": "some-model", "choices": [choice], **anthropic, **fields}
    return sends(json.dumps(document).encode())


def resets_in_stream(exchange: "Exchange") -> None:
    """Sends half of the reply and then resets the connection."""
    half = exchange.payload(exchange.normal_reply())
    exchange.begin(200, exchange.content_type, length=None)
    for chunk in half[: max(1, len(half) // 2)]:
        exchange.send_chunk(chunk[: max(1, len(chunk) // 2)] if len(half) == 1 else chunk)
    exchange.reset()


def error_in_stream(exchange: "Exchange") -> None:
    """Sends half of the reply and then an error event."""
    events = exchange.payload(exchange.normal_reply())
    exchange.begin(200, exchange.content_type, length=None)
    for event in events[: len(events) // 2]:
        exchange.send_chunk(event)
    error = {"type": "overloaded_error", "message": "Overloaded"}
    exchange.send_chunk(f"event: error\ndata: {json.dumps({'type': 'error', 'error': error})}\n\n".encode())
    exchange.end()


def not_json(exchange: "Exchange") -> None:
    """A page in place of an answer, as from a proxy that wants a login."""
    exchange.send(200, "text/html", b"<html>Please log in</html>")


def broken_envelope(exchange: "Exchange") -> None:
    """JSON that stops in the middle, around whatever the model said."""
    exchange.send(200, "application/json", b'{"id": "chatcmpl-1", "choices": [{"mess')


def compressed(exchange: "Exchange") -> None:
    """A small body that unpacks into a large one, though nobody asked for compression."""
    exchange.send(200, "application/json", _bomb(), {"content-encoding": "gzip"})


@cache
def _bomb() -> bytes:
    return gzip.compress(b" " * 5_000_000)


def redirects(to: str) -> Fault:
    """Sends the client, and its key, somewhere else."""
    return lambda exchange: exchange.send(307, "text/plain", b"", {"location": to})
