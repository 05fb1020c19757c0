"""ChatModel over the official `anthropic` SDK: Anthropic itself, and every server that speaks its messages.

The schema goes into `output_config`, which newer models enforce. Temperature is sent although the SDK has no
argument for it any more: older models take it and repeat themselves better with it; newer ones reject it in a
400 and are not sent it again. So it is with the schema on servers that do not know it (see openai_chat.py).
"""

import json
import weakref
from collections.abc import Iterator
from typing import Any

from interviewer.adapters import model_http
from interviewer.adapters.model_client import one_call
from interviewer.adapters.model_errors import connection_error, import_sdk, plain_errors, unusable
from interviewer.domain.chat import ChatReply, ChatRequest, ModelAccess, Stop, Tokens
from interviewer.once import Once

OFFICIAL_URL = "https://api.anthropic.com"

_STOPS: dict[str, Stop] = {
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "refusal": "refusal",
}
_OPTIONAL: dict[str, tuple[str, ...]] = {
    "json_schema": ("output_config.format", "output_format", "json_schema", "schema", "structured"),
    "temperature": ("temperature",),
    "effort": ("effort", "thinking"),
    "output_config": ("output_config",),
    "stream": ("stream",),
}


class AnthropicChat:
    """One model of one server. Share it: it keeps connections, and what the server rejects."""

    provider = "anthropic"

    def __init__(self, access: ModelAccess) -> None:
        self._access = access
        self._client: Once[Any] = Once(lambda: _connect(access))
        weakref.finalize(self, model_http.close, self._client)  # a session's connections end with the session
        self._rejected: frozenset[str] = frozenset()

    @property
    def model(self) -> str:
        """The model's name as its provider knows it."""
        return self._access.model

    def complete(self, request: ChatRequest) -> ChatReply:
        """The whole reply; raises ModelError."""
        with plain_errors("anthropic", self._access), one_call():
            return self._reply(self._send(request, stream=False))

    def stream(self, request: ChatRequest) -> Iterator[str | ChatReply]:
        """Pieces of text, and last the whole reply; raises ModelError, also in the middle."""
        with plain_errors("anthropic", self._access):
            with one_call():
                answer = self._send(request, stream=True)
            yield from model_http.pieces("anthropic", answer, self._reply, self._streamed)

    def close(self) -> None:
        """Close the connections."""
        model_http.close(self._client)

    def _reply(self, message: Any) -> ChatReply:
        blocks = getattr(message, "content", None)
        if not isinstance(blocks, list):
            raise unusable(self._access, "answered with something that is not a message")
        gathered = _Gathered(self.model)
        gathered.begin(message)
        for block in blocks:
            gathered.take(block)
        gathered.stop(getattr(message, "stop_reason", None))
        return gathered.reply()

    def _streamed(self, answer: Any) -> Iterator[str | ChatReply]:
        gathered = _Gathered(self.model)
        with answer as events:
            for event in events:
                kind = getattr(event, "type", "")
                if kind == "message_start":
                    gathered.begin(getattr(event, "message", None))
                elif kind == "content_block_delta" and (piece := gathered.take(getattr(event, "delta", None))):
                    yield piece
                elif kind == "message_delta":
                    gathered.stop(getattr(getattr(event, "delta", None), "stop_reason", None))
                    gathered.count(getattr(event, "usage", None))
        if not gathered.finished:
            raise connection_error(self._access)
        yield gathered.reply()

    def _send(self, request: ChatRequest, *, stream: bool) -> Any:
        """Ask with all that is not rejected. What was left out is remembered only if that was what helped."""
        sdk = import_sdk("anthropic")
        rejected = self._rejected
        while True:
            parts = self._parts(request, rejected, stream=stream)
            arguments = self._arguments(request, parts)
            try:
                answer = self._client().messages.create(**arguments, stream="stream" in parts)
            except sdk.APIStatusError as error:
                if error.status_code not in model_http.RETREAT_STATUSES:
                    raise
                part = model_http.rejected_part(parts, [error.body, error.message])
                if part is None:
                    raise
                rejected |= {"json_schema", "effort"} if part == "output_config" else {part}
            else:
                self._rejected |= rejected
                return answer

    def _parts(
        self, request: ChatRequest, rejected: frozenset[str], *, stream: bool
    ) -> dict[str, tuple[str, ...]]:
        """The optional parts to send, each with the words by which a server would complain of it."""
        wanted = ["temperature"]
        if request.format is not None:
            wanted.append("json_schema")
        if self._access.effort is not None:
            wanted.append("effort")
        if stream:
            wanted.append("stream")
        parts = {part: _OPTIONAL[part] for part in wanted if part not in rejected}
        if parts.keys() & {"json_schema", "effort"}:
            parts["output_config"] = _OPTIONAL["output_config"]
        return parts

    def _arguments(self, request: ChatRequest, parts: dict[str, tuple[str, ...]]) -> dict[str, Any]:
        system = "\n\n".join(message.content for message in request.messages if message.role == "system")
        arguments: dict[str, Any] = {
            "model": self.model,
            "max_tokens": request.max_output_tokens,
            "messages": [message.model_dump() for message in request.messages if message.role != "system"],
        }
        if system:
            arguments["system"] = system
        if "temperature" in parts:
            arguments["extra_body"] = {"temperature": request.temperature}
        output: dict[str, Any] = {}
        if "json_schema" in parts and request.format is not None:
            output["format"] = {"type": "json_schema", "schema": request.format.json_schema}
        if "effort" in parts and self._access.effort == "none":
            arguments["thinking"] = {"type": "disabled"}
        elif "effort" in parts:
            output["effort"] = "low" if self._access.effort == "minimal" else self._access.effort
        if output:
            arguments["output_config"] = output
        return arguments


def _connect(access: ModelAccess) -> Any:
    return import_sdk("anthropic").Anthropic(**model_http.client_options("anthropic", access, OFFICIAL_URL))


class _Gathered:
    """A reply as it comes together. Nothing that a server sends is trusted to have its documented type."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._text: list[str] = []
        self._called: list[str] = []
        self._stop: Stop = "end"
        self._tokens: Tokens | None = None
        self.finished = False

    def begin(self, message: Any) -> None:
        """Note the model that really answers, and the tokens that went in."""
        if isinstance(getattr(message, "model", None), str) and message.model:
            self._model = model_http.clean(message.model)
        self.count(getattr(message, "usage", None))

    def take(self, block: Any) -> str:
        """Add a block or a piece of one; blocks of thinking have no text."""
        piece = model_http.text_of(getattr(block, "text", None))
        self._text.append(piece)
        if isinstance(called := getattr(block, "input", None), dict):
            self._called.append(model_http.clean(json.dumps(called)))
        return piece

    def stop(self, reason: object) -> None:
        """Note why the reply ended."""
        if reason:
            self.finished = True
            self._stop = _STOPS.get(str(reason), "end")

    def count(self, usage: Any) -> None:
        """Note tokens: those that go in come first, those that went out come last, both cumulative."""
        if usage is None:
            return
        fresh, cached, written, output = (
            model_http.whole_number(getattr(usage, name, 0))
            for name in (
                "input_tokens",
                "cache_read_input_tokens",
                "cache_creation_input_tokens",
                "output_tokens",
            )
        )
        before = self._tokens or Tokens()
        self._tokens = Tokens(
            input=max(before.input, fresh + cached + written),
            output=max(before.output, output),
            cached=max(before.cached, cached),
        )

    def reply(self) -> ChatReply:
        """What came together: what was said or, where nothing was, what was written into the call of a tool."""
        text = "".join(self._text) or "".join(self._called)
        tokens = model_http.counted(self._tokens) if self._tokens else None
        return ChatReply(text=text, stop=self._stop, model=self._model, tokens=tokens)
