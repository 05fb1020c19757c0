"""What a claim is not: its opposites by rule, as near-misses, so that a fluent wrong answer earns less.

1. The denial is put in or taken out: "does not see" becomes "sees" and "is" becomes "is not".
2. A word is replaced by its opposite (interviewer/data/contrasts.yaml), one at a time.
3. The two sides of a comparison are exchanged: "A is cheaper than B" becomes "B is cheaper than A".
4. Where none of these applies: "It is not true that ..."
"""

import re
from collections.abc import Iterator

from interviewer.grading.opposites import contrasts

NEAR_MISSES_AT_MOST = 4
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|can|could|should|must|will|would|may|might)\b")
_NOT = re.compile(r"\s+(?:not|never)\b|n['’]t\b")
_CANNOT = re.compile(r"\bcannot\b|\bcan['’]t\b")
_COMPARED = re.compile(
    r"^(?P<left>\S(?:.*?\S)?)\s+(?P<how>(?:is|are)\s+(?:\w+er|(?:more|less)\s+\w+)\s+than)\s+(?P<right>\S.*?)(?P<end>[.]?)$"
)

_OPENERS = frozenset(
    {"A", "An", "The", "It", "They", "This", "That", "These", "Those", "Each", "Every", "All", "Some"}
)


def near_misses(claim: str) -> tuple[str, ...]:
    """Up to four statements that use the claim's words and say something else."""
    found = dict.fromkeys([*_denied(claim), *_exchanged(claim), *_opposed(claim)])
    found.pop(claim, None)
    return tuple(found)[:NEAR_MISSES_AT_MOST] or (f"It is not true that {_lowered(claim)}",)


def _denied(claim: str) -> Iterator[str]:
    """The claim with its denial taken out, or with one put in after its first auxiliary verb."""
    if cannot := _CANNOT.search(claim):
        yield f"{claim[: cannot.start()]}can{claim[cannot.end() :]}"
    elif denial := _NOT.search(claim):
        yield claim[: denial.start()] + claim[denial.end() :]
    elif verb := _AUXILIARY.search(claim):
        yield f"{claim[: verb.end()]} not{claim[verb.end() :]}"


def _exchanged(claim: str) -> Iterator[str]:
    if compared := _COMPARED.match(claim):
        left, right = compared["left"], compared["right"]
        yield f"{right[:1].upper()}{right[1:]} {compared['how']} {_lowered(left)}{compared['end']}"


def _opposed(claim: str) -> Iterator[str]:
    for word in contrasts().pattern.finditer(claim):
        other = contrasts().opposite[word.group().lower()]
        other = other.capitalize() if word.start() == 0 else other
        yield claim[: word.start()] + other + claim[word.end() :]


def _lowered(text: str) -> str:
    """The text as it stands within a sentence; a name or an abbreviation keeps its capital."""
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first in _OPENERS or first.endswith(("ing", "ly")) else text
