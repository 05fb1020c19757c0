"""The server: a thread for each request and plain sockets, so that connections can break as in life."""

import contextlib
import json
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from tests.fake_provider import wire
from tests.fake_provider.faults import Fault

Answer = Callable[[dict[str, Any]], str]
_REJECTIONS = {
    "json_schema": "'response_format.type' json_schema (output_config.format) is not supported here",
    "json_object": "'response_format.type' must be 'text'",
    "temperature": "Unsupported value: 'temperature' does not support 0 with this model.",
    "stream_options": "Extra inputs are not permitted: stream_options",
    "max_tokens": "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
    "max_completion_tokens": "unknown field max_completion_tokens",
    "effort": "reasoning_effort (effort, thinking) is not supported by this model",
    "stream": "streaming is not available here",
}


@dataclass(frozen=True)
class Received:
    """A request as it came over the wire."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def text(self) -> str:
        """All that the model would read."""
        return json.dumps([self.body.get("system"), self.body.get("messages")], ensure_ascii=False)


class FakeProvider:
    """Answers with `answer(body)` after `seconds`, unless faults are queued; use it as a context manager.

    `lacks` names request fields that it rejects with a 400; `key` is the only key it accepts, if given;
    `models` are what it lists.
    """

    def __init__(
        self,
        answer: Answer | str = "Hello.",
        *,
        lacks: tuple[str, ...] = (),
        key: str | None = None,
        seconds: float = 0.0,
        models: tuple[str, ...] = ("gpt-6-luna", "claude-haiku-5-5"),
    ) -> None:
        self.answer: Answer = (lambda _: answer) if isinstance(answer, str) else answer
        self.lacks = lacks
        self.key = key
        self.seconds = seconds
        self.models = models
        self.requests: list[Received] = []
        self.at_once = 0
        self.most_at_once = 0
        self.lock = threading.Lock()
        self.closing = threading.Event()
        self._faults: deque[Fault] = deque()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.provider = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Where Anthropic's SDK looks for messages."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def openai_url(self) -> str:
        """Where OpenAI's SDK looks for chat completions."""
        return f"{self.url}/v1"

    def base_url(self, provider: str) -> str:
        """The base URL for this SDK."""
        return self.openai_url if provider == "openai" else self.url

    def misbehave(self, *faults: Fault) -> None:
        """Answer the next requests like this, one after the other."""
        self._faults.extend(faults)

    def next_fault(self) -> Fault | None:
        """The fault for this request, if one is queued."""
        with self.lock:
            return self._faults.popleft() if self._faults else None

    @property
    def last(self) -> Received:
        """The latest request."""
        return self.requests[-1]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    provider: FakeProvider

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients hang up; that is no news."""


class Exchange:
    """One request and the means to answer it."""

    def __init__(self, handler: "_Handler", received: Received) -> None:
        self._handler = handler
        self._chunked = False
        self.received = received
        self.body = received.body
        self.streams = bool(received.body.get("stream"))
        self.speaks_anthropic = "anthropic-version" in received.headers

    @property
    def content_type(self) -> str:
        return "text/event-stream" if self.streams else "application/json"

    @property
    def provider(self) -> FakeProvider:
        return self._handler.server.provider  # type: ignore[attr-defined, no-any-return]

    def normal_reply(self) -> wire.Reply:
        """What the model would say."""
        return wire.Reply(self.provider.answer(self.body))

    def payload(self, reply: wire.Reply) -> list[bytes]:
        """The reply on the wire: one document, or events."""
        if self.streams:
            return list(self._events(reply))
        document = wire.anthropic_document if self.speaks_anthropic else wire.openai_document
        return [json.dumps(document(self.body, reply)).encode()]

    def reply(self, reply: wire.Reply) -> None:
        """Answer properly."""
        if not self.streams:
            self.send(200, self.content_type, self.payload(reply)[0])
            return
        self.begin(200, self.content_type, length=None)
        for event in self._events(reply):
            if not self.send_chunk(event):
                return
        self.end()

    def _events(self, reply: wire.Reply) -> Iterator[bytes]:
        events = wire.anthropic_events if self.speaks_anthropic else wire.openai_events
        return events(self.body, reply)

    def error(self, code: int, message: str, headers: dict[str, str] | None = None) -> None:
        """Answer with an error in the provider's own form."""
        if self.speaks_anthropic:
            document: dict[str, Any] = {"type": "error", "error": {"type": "error", "message": message}}
        else:
            document = {"error": {"message": message, "type": "error", "param": None, "code": None}}
        self.send(code, "application/json", json.dumps(document).encode(), headers)

    def send(self, code: int, content_type: str, body: bytes, headers: dict[str, str] | None = None) -> None:
        """Answer with these bytes."""
        self.begin(code, content_type, length=len(body), headers=headers)
        self._write(body)

    def begin(
        self, code: int, content_type: str, length: int | None, headers: dict[str, str] | None = None
    ) -> None:
        """Send the head; without a length the body goes out in chunks."""
        self._chunked = length is None
        self._handler.send_response(code)
        self._handler.send_header("content-type", content_type)
        for name, value in (headers or {}).items():
            self._handler.send_header(name, value)
        name, value = ("transfer-encoding", "chunked") if length is None else ("content-length", str(length))
        self._handler.send_header(name, value)
        self._handler.end_headers()

    def send_chunk(self, data: bytes) -> bool:
        """Send a chunk; False once nobody listens."""
        return self._write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def send_raw(self, data: bytes) -> bool:
        """Send these bytes as they are; False once nobody listens."""
        self._handler.close_connection = True
        return self._write(data)

    def end(self) -> None:
        """End a chunked body."""
        self._write(b"0\r\n\r\n")

    def reset(self) -> None:
        """Drop the connection as a crashed server does."""
        connection = self._handler.connection
        self._handler.wfile.flush()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._handler.close_connection = True
        connection.close()

    def wait_for_hang_up(self) -> None:
        """Wait until the client closes the connection, or this server does."""
        connection = self._handler.connection
        connection.settimeout(0.02)
        while not self.provider.closing.is_set():
            try:
                if connection.recv(1) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        self._handler.close_connection = True

    def server_is_closing(self, seconds: float) -> bool:
        """Wait so long, or until the server closes."""
        return self.provider.closing.wait(seconds)

    def _write(self, data: bytes) -> bool:
        try:
            self._handler.wfile.write(data)
            self._handler.wfile.flush()
        except OSError:
            self._handler.close_connection = True
            return False
        return True


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are two writes; the second must not wait for the first

    def do_GET(self) -> None:
        self.do_POST()

    def do_POST(self) -> None:
        provider: FakeProvider = self.server.provider  # type: ignore[attr-defined]
        length = int(self.headers.get("content-length", 0))
        body = json.loads(self.rfile.read(length) or b"{}")
        headers = {name.lower(): value for name, value in self.headers.items()}
        received = Received(self.path, headers, body)
        with provider.lock:
            provider.requests.append(received)
            provider.at_once += 1
            provider.most_at_once = max(provider.most_at_once, provider.at_once)
        try:
            with contextlib.suppress(OSError):
                self._answer(provider, Exchange(self, received))
        finally:
            with provider.lock:
                provider.at_once -= 1

    def _answer(self, provider: FakeProvider, exchange: Exchange) -> None:
        path = exchange.received.path.partition("?")[0]
        if not path.endswith(("/chat/completions", "/v1/messages", "/v1/models")):
            exchange.error(404, f"no such path: {exchange.received.path}")
        elif provider.key is not None and provider.key not in str(exchange.received.headers):
            exchange.error(401, f"Incorrect API key provided: {exchange.received.headers.get('authorization')}")
        elif (fault := provider.next_fault()) is not None:
            fault(exchange)
        elif path.endswith("/v1/models"):
            exchange.send(200, "application/json", json.dumps(wire.model_list(provider.models)).encode())
        elif (field := _first_rejected(exchange.body, provider.lacks)) is not None:
            exchange.error(400, _REJECTIONS[field])
        else:
            if provider.seconds:
                time.sleep(provider.seconds)
            exchange.reply(exchange.normal_reply())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _first_rejected(body: dict[str, Any], lacks: tuple[str, ...]) -> str | None:
    kind = (body.get("response_format") or body.get("output_config", {}).get("format") or {}).get("type")
    effort = body.get("output_config", {}).get("effort") or body.get("thinking") or body.get("reasoning_effort")
    sent = (
        {name for name in body if body[name] is not None and body[name] is not False}
        | {kind}
        | ({"effort"} if effort else set())
    )
    return next((field for field in lacks if field in sent), None)
