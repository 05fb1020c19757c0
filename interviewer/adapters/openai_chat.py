"""ChatModel over the official `openai` SDK: OpenAI itself, and every server with its chat completions.

Servers differ in what they accept. A request begins with all that we would like (a JSON schema, temperature
0). What the server rejects by name in a 400 is left out from then on, and the schema is given up in steps:
JSON schema, JSON object, no format at all. The prompt asks for the JSON in words too, and replies are checked
whatever the server promised, so that a retreat costs quality, never safety.
"""

import weakref
from collections.abc import Iterator
from typing import Any

from interviewer.adapters import model_http
from interviewer.adapters.model_client import one_call
from interviewer.adapters.model_errors import connection_error, import_sdk, plain_errors, unusable
from interviewer.domain.chat import ChatReply, ChatRequest, ModelAccess, Stop, Tokens
from interviewer.once import Once

OFFICIAL_URL = "https://api.openai.com/v1"

_STOPS: dict[str, Stop] = {"length": "length", "content_filter": "filter"}
_OPTIONAL: dict[str, tuple[str, ...]] = {
    "json_schema": ("response_format", "json_schema", "schema", "grammar", "structured"),
    "json_object": ("response_format", "json_object"),
    "temperature": ("temperature",),
    "reasoning_effort": ("reasoning_effort", "reasoning effort", "reasoning.effort"),
    "stream_options": ("stream_options", "include_usage"),
    "stream": ("stream",),
    "token_limit": ("max_completion_tokens", "max_tokens"),
}


class OpenAIChat:
    """One model of one server. Share it: it keeps connections, and what the server rejects."""

    provider = "openai"

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
        with plain_errors("openai", self._access), one_call():
            return self._reply(self._send(request, stream=False))

    def stream(self, request: ChatRequest) -> Iterator[str | ChatReply]:
        """Pieces of text, and last the whole reply; raises ModelError, also in the middle."""
        with plain_errors("openai", self._access):
            with one_call():
                answer = self._send(request, stream=True)
            yield from model_http.pieces("openai", answer, self._reply, self._streamed)

    def close(self) -> None:
        """Close the connections."""
        model_http.close(self._client)

    def _reply(self, completion: Any) -> ChatReply:
        choice = _first(completion)
        message = getattr(choice, "message", None)
        if message is None:
            raise unusable(self._access, "answered with something that is not a chat completion")
        gathered = _Gathered(self.model)
        gathered.take(message, getattr(choice, "finish_reason", None))
        gathered.count(completion)
        return gathered.reply()

    def _streamed(self, answer: Any) -> Iterator[str | ChatReply]:
        gathered = _Gathered(self.model)
        with answer as chunks:
            for chunk in chunks:
                gathered.count(chunk)
                choice = _first(chunk)
                delta, reason = getattr(choice, "delta", None), getattr(choice, "finish_reason", None)
                if piece := gathered.take(delta, reason):
                    yield piece
        if not gathered.finished:
            raise connection_error(self._access)
        yield gathered.reply()

    def _send(self, request: ChatRequest, *, stream: bool) -> Any:
        """Ask with all that is not rejected. What was left out is remembered only if that was what helped."""
        sdk = import_sdk("openai")
        rejected = self._rejected
        while True:
            parts = self._parts(request, rejected, stream=stream)
            arguments = self._arguments(request, parts, swapped="token_limit" in rejected)
            try:
                answer = self._client().chat.completions.create(**arguments, stream="stream" in parts)
            except sdk.APIStatusError as error:
                if error.status_code not in model_http.RETREAT_STATUSES:
                    raise
                part = model_http.rejected_part(parts, [error.body, error.message])
                if part is None:
                    raise
                rejected |= {part}
            else:
                self._rejected |= rejected
                return answer

    def _parts(
        self, request: ChatRequest, rejected: frozenset[str], *, stream: bool
    ) -> dict[str, tuple[str, ...]]:
        """The optional parts to send, each with the words by which a server would complain of it."""
        wanted = ["temperature", "token_limit"]
        if request.format is not None:
            wanted.append("json_object" if "json_schema" in rejected else "json_schema")
        if self._access.effort is not None:
            wanted.append("reasoning_effort")
        if stream:
            wanted += ["stream_options", "stream"] if "stream" not in rejected else []
        return {part: _OPTIONAL[part] for part in wanted if part not in rejected}

    def _arguments(
        self, request: ChatRequest, parts: dict[str, tuple[str, ...]], *, swapped: bool
    ) -> dict[str, Any]:
        # OpenAI's new models know only the new name of the limit, most other servers only the old one
        new_name = (self._access.base_url is None) is not swapped
        arguments: dict[str, Any] = {
            "model": self.model,
            "messages": [message.model_dump() for message in request.messages],
            "max_completion_tokens" if new_name else "max_tokens": request.max_output_tokens,
        }
        if "temperature" in parts:
            arguments["temperature"] = request.temperature
        if "reasoning_effort" in parts:
            arguments["reasoning_effort"] = self._access.effort
        if "stream_options" in parts:
            arguments["stream_options"] = {"include_usage": True}
        if "json_schema" in parts and request.format is not None:
            schema = {"name": request.format.name, "schema": request.format.json_schema, "strict": True}
            arguments["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif "json_object" in parts:
            arguments["response_format"] = {"type": "json_object"}
        return arguments


def _connect(access: ModelAccess) -> Any:
    return import_sdk("openai").OpenAI(**model_http.client_options("openai", access, OFFICIAL_URL))


class _Gathered:
    """A reply as it comes together. Nothing that a server sends is trusted to have its documented type."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._text: list[str] = []
        self._called: list[str] = []
        self._stop: Stop = "end"
        self._tokens: Tokens | None = None
        self.finished = False

    def take(self, message: Any, finish_reason: object) -> str:
        """Add a message or a piece of one; returns its text."""
        piece = model_http.text_of(getattr(message, "content", None))
        self._text.append(piece)
        self._called.append(_called(message))
        if finish_reason:
            self.finished = True
            self._stop = _STOPS.get(str(finish_reason), self._stop)
        if getattr(message, "refusal", None):
            self._stop = "refusal"
        return piece

    def count(self, answer: Any) -> None:
        """Note the tokens, and the model that really answered, where they are told."""
        usage = getattr(answer, "usage", None)
        details = getattr(usage, "prompt_tokens_details", None)
        if usage is not None:
            tokens = Tokens(
                input=model_http.whole_number(getattr(usage, "prompt_tokens", 0)),
                output=model_http.whole_number(getattr(usage, "completion_tokens", 0)),
                cached=model_http.whole_number(getattr(details, "cached_tokens", 0)),
            )
            self._tokens = model_http.counted(tokens)
        if isinstance(getattr(answer, "model", None), str) and answer.model:
            self._model = model_http.clean(answer.model)

    def reply(self) -> ChatReply:
        """What came together: what was said or, where nothing was, what was written into the call of a tool."""
        text = "".join(self._text) or "".join(self._called)
        return ChatReply(text=text, stop=self._stop, model=self._model, tokens=self._tokens)


def _first(answer: Any) -> Any:
    choices = getattr(answer, "choices", None)
    return choices[0] if isinstance(choices, list) and choices else None


def _called(message: Any) -> str:
    """What stands in the call of a tool: we offer none, but some servers make one of a JSON schema."""
    calls = getattr(message, "tool_calls", None)
    functions = [getattr(call, "function", None) for call in calls] if isinstance(calls, list) else []
    arguments = [getattr(function, "arguments", None) for function in functions]
    return model_http.clean("".join(text for text in arguments if isinstance(text, str)))
