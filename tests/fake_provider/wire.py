"""How the two providers write a reply down: as one JSON document, or as a stream of server-sent events."""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

CHARACTERS_PER_TOKEN = 4


@dataclass(frozen=True)
class Reply:
    """What the model says. `stop` is in OpenAI's words; `usage` False leaves the tokens uncounted."""

    text: str
    stop: str = "stop"
    refusal: str | None = None
    usage: bool = True


def tokens(text: str) -> int:
    """About as many tokens as the providers count in English."""
    return math.ceil(len(text) / CHARACTERS_PER_TOKEN)


def prompt_tokens(body: dict[str, Any]) -> int:
    """Tokens of a request: its texts, its schema, and a few for each message."""
    texts = [str(body.get("system", "")), *(str(m.get("content", "")) for m in body.get("messages", []))]
    schema = body.get("response_format") or body.get("output_config") or ""
    return tokens("".join(texts)) + 4 * len(texts) + (tokens(json.dumps(schema)) if schema else 0)


def openai_document(body: dict[str, Any], reply: Reply) -> dict[str, Any]:
    """A chat completion."""
    message = {"role": "assistant", "content": reply.text, "refusal": reply.refusal}
    document: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": body["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": reply.stop, "logprobs": None}],
    }
    if reply.usage:
        document["usage"] = _openai_usage(body, reply)
    return document


def openai_events(body: dict[str, Any], reply: Reply) -> Iterator[bytes]:
    """The same as a stream."""

    def chunk(delta: dict[str, Any], finish: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return _openai_event(body, {"choices": [choice]})

    yield chunk({"role": "assistant", "content": ""})
    for piece in pieces(reply.text):
        yield chunk({"content": piece})
    yield chunk({"refusal": reply.refusal} if reply.refusal else {}, reply.stop)
    if reply.usage and body.get("stream_options", {}).get("include_usage"):
        yield _openai_event(body, {"choices": [], "usage": _openai_usage(body, reply)})
    yield b"data: [DONE]\n\n"


def anthropic_document(body: dict[str, Any], reply: Reply) -> dict[str, Any]:
    """A message."""
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": body["model"],
        "content": [{"type": "text", "text": reply.text}] if reply.text else [],
        "stop_reason": _anthropic_stop(reply),
        "stop_sequence": None,
        "usage": {"input_tokens": prompt_tokens(body), "output_tokens": tokens(reply.text)},
    }


def anthropic_events(body: dict[str, Any], reply: Reply) -> Iterator[bytes]:
    """The same as a stream."""

    def event(kind: str, **content: Any) -> bytes:
        return f"event: {kind}\ndata: {json.dumps({'type': kind, **content})}\n\n".encode()

    start = anthropic_document(body, reply) | {"content": [], "stop_reason": None}
    yield event("message_start", message=start)
    yield event("content_block_start", index=0, content_block={"type": "text", "text": ""})
    yield event("ping")
    for piece in pieces(reply.text):
        yield event("content_block_delta", index=0, delta={"type": "text_delta", "text": piece})
    yield event("content_block_stop", index=0)
    yield event(
        "message_delta",
        delta={"stop_reason": _anthropic_stop(reply), "stop_sequence": None},
        usage={"output_tokens": tokens(reply.text)},
    )
    yield event("message_stop")


def model_list(names: Sequence[str]) -> dict[str, Any]:
    """The models of a server, as both protocols list them."""
    data = [
        {
            "id": name,
            "object": "model",
            "created": 1_700_000_000,
            "owned_by": "tests",
            "type": "model",
            "display_name": name,
            "created_at": "2026-01-01T00:00:00Z",
        }
        for name in names
    ]
    return {"object": "list", "data": data, "has_more": False, "first_id": None, "last_id": None}


def pieces(text: str) -> Iterator[str]:
    """The text in pieces of a few characters, as a model writes it."""
    return (text[start : start + 12] for start in range(0, len(text), 12))


def _openai_event(body: dict[str, Any], content: dict[str, Any]) -> bytes:
    document = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": body["model"]}
    return f"data: {json.dumps(document | content)}\n\n".encode()


def _openai_usage(body: dict[str, Any], reply: Reply) -> dict[str, int]:
    into, out = prompt_tokens(body), tokens(reply.text)
    return {"prompt_tokens": into, "completion_tokens": out, "total_tokens": into + out}


def _anthropic_stop(reply: Reply) -> str:
    if reply.refusal:
        return "refusal"
    return {"length": "max_tokens", "content_filter": "refusal"}.get(reply.stop, "end_turn")
