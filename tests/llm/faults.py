"""What a provider may do to an answer that should be judged, as data for the tests of every entry point."""

import json

from tests.fake_provider import (
    Fault,
    broken_envelope,
    compressed,
    cut_off,
    drips,
    empty,
    error_in_stream,
    filtered,
    huge,
    not_json,
    refuses,
    resets_in_stream,
    says,
    status,
    stays_silent,
)
from tests.llm.samples import GOOD, KEPT, KEYS, POINTER, entry, reply

SLOW = (stays_silent, drips)
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

UNTIDY: dict[str, Fault] = {
    "JSON in a code fence": says(f"```json\n{GOOD}\n```"),
    "JSON in prose": says(f"Let me see. Here is what I found:\n{GOOD}\nI hope that this helps."),
    "thinking aloud first": says(f"<think>Do they say that it is kept? Yes.</think>{GOOD}"),
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
