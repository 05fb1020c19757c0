"""The form of a judge's reply, within what all providers' structured output supports."""

from collections.abc import Sequence

from interviewer.domain.rubric import Key, Trap


def reply_schema(keys: Sequence[Key], traps: Sequence[Trap]) -> dict[str, object]:
    """JSON schema of a reply that judges these."""
    quotes = {"type": "array", "items": {"type": "string"}}
    key = _object(
        id={"type": "string", "enum": [key.id for key in keys]},
        verdict={"type": "string", "enum": ["met", "partly", "missed"]},
        quotes=quotes,
        reason={"type": "string"},
    )
    parts: dict[str, object] = {"keys": {"type": "array", "items": key}}
    if traps:
        trap = _object(
            id={"type": "string", "enum": [trap.id for trap in traps]},
            triggered={"type": "boolean"},
            quotes=quotes,
        )
        parts["traps"] = {"type": "array", "items": trap}
    return _object(**parts)


def _object(**properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
