"""What a provider may do to an answer that should be judged, as data for the tests of every entry point."""

import json
from typing import Any

from tests.fake_provider import (
    Fault,
    broken_envelope,
    compressed,
    cut_off,
    drips,
    drips_head,
    empty,
    error_in_stream,
    filtered,
    huge,
    in_another_form,
    not_json,
    refuses,
    resets_in_stream,
    says,
    status,
    stays_silent,
)
from tests.llm.samples import GOOD, KEPT, KEYS, POINTER, entry, reply

SLOW = (stays_silent, drips, drips_head)
"""Faults that end with the client's patience."""

FAULTS: dict[str, Fault] = {
    "no such key": status(401),
    "quota used up": status(429, "insufficient_quota: exceeded your current quota"),
    "too many requests": status(429),
    "too many requests, come back at once": status(429, retry_after="0"),
    "too many requests, come back in an hour": status(429, retry_after="3600"),
    "internal error": status(500),
    "overloaded": status(529),
    "reset": resets_in_stream,
    "silence": stays_silent,
    "dripping": drips,
    "a dripping head": drips_head,
    "no choices": in_another_form({}, [], choices=[]),
    "thoughts and nothing else": in_another_form(
        {"content": None, "reasoning_content": f"I might say {GOOD}"}, [{"type": "thinking", "thinking": GOOD}]
    ),
    "truncated JSON": says(GOOD[: len(GOOD) // 2]),
    "prose": says("The candidate makes the first two claims very nicely."),
    "schema violation": says('{"keys": {"champion-kept": "met"}, "score": 100}'),
    "unknown keys only": says(json.dumps({"keys": [entry("invented", "met", KEPT)]})),
    "fabricated quotes": says(reply(*(entry(key, "met", "we have done all of this") for key in KEYS))),
    "refusal": refuses(),
    "content filter": filtered(),
    "empty content": empty(),
    "cut off": cut_off(GOOD[:-40]),
    "duplicate and contrary keys": says(
        json.dumps({"keys": [entry(key, v, KEPT) for key in KEYS for v in ("met", "missed")]})
    ),
    "10 MB": huge(),
    "a login page": not_json,
    "broken envelope": broken_envelope,
    "unasked compression": compressed,
}
"""Nothing that comes so can be believed: the local grader judges all of it."""

TALKING_FAULTS = FAULTS | {"an error in the stream": error_in_stream}

_TWICE = json.loads(GOOD)
_TWICE["keys"] += _TWICE["keys"]
_STRANGER = json.loads(GOOD)
_STRANGER["keys"].append(entry("invented", "met", KEPT))

_HALF = len(GOOD) // 2


def _parts(*texts: str) -> list[dict[str, Any]]:
    return [{"type": "text", "text": text} for text in texts]


def _said(**fields: Any) -> Fault:
    """All that was asked for, with other things said of it."""
    return in_another_form({"content": GOOD}, [{"type": "text", "text": GOOD}], **fields)


UNTIDY: dict[str, Fault] = {
    "JSON in a code fence": says(f"```json\n{GOOD}\n```"),
    "JSON in prose": says(f"Let me see. Here is what I found:\n{GOOD}\nI hope that this helps."),
    "thinking aloud first": says(f"<think>Do they say that it is kept? Yes.</think>{GOOD}"),
    "thoughts without a beginning": says(
        f'Is {{"keys": []}} all? No, they say that it is kept.\n</think>\n\n{GOOD}'
    ),
    "thoughts in square brackets": says(f"[THINK]They might say {GOOD[:90]}[/THINK]{GOOD}"),
    "thoughts in a channel": says(f"<|channel|>analysis<|message|>Hm.<|end|><|channel|>final<|message|>{GOOD}"),
    "thoughts in a field": in_another_form(
        {"content": GOOD, "reasoning_content": "Is it kept? Yes."},
        [{"type": "thinking", "thinking": "Is it kept? Yes.", "signature": "x"}, {"type": "text", "text": GOOD}],
    ),
    "text in parts": in_another_form(
        {"content": [{"type": "thinking", "thinking": []}, *_parts(GOOD[:_HALF], GOOD[_HALF:])]},
        _parts(GOOD[:_HALF], GOOD[_HALF:]),
    ),
    "the call of a tool": in_another_form(
        {"content": None, "tool_calls": [{"type": "function", "function": {"name": "f", "arguments": GOOD}}]},
        [{"type": "tool_use", "id": "t", "name": "f", "input": json.loads(GOOD)}],
    ),
    "no usage": _said(),
    "usage of nothing": _said(usage=None),
    "usage without numbers": _said(usage={"prompt_tokens": None, "input_tokens": "many"}),
    "usage beyond all bounds": _said(
        usage={"prompt_tokens": 10**400, "input_tokens": 10**400, "output_tokens": -1}
    ),
    "no reason to stop": _said(stop=False),
    "every key twice and alike": says(json.dumps(_TWICE)),
    "an unknown key among the known": says(json.dumps(_STRANGER)),
}
"""All that was asked for is there: two claims are met, and nothing stands in."""

_SHORT = json.loads(GOOD)
_SHORT["keys"] = _SHORT["keys"][:2]

PARTIAL: dict[str, Fault] = {
    "missing keys": says(json.dumps(_SHORT)),
    "one fabricated quote": says(
        reply(
            entry("champion-kept", "met", KEPT),
            entry("switch-pointer", "met", POINTER),
            entry(KEYS[-1], "met", "we rehearse all of it every single week"),
        )
    ),
}
"""Two claims are met, and the local grader judges what is missing."""
