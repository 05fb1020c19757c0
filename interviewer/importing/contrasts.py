"""What a claim is not: its opposites by rule, as near-misses, so that a fluent wrong answer earns less.

1. The denial is put in or taken out: "does not see" becomes "sees" and "is" becomes "is not".
2. A word is replaced by its opposite (interviewer/data/contrasts.yaml), one at a time.
3. The two sides of a comparison are exchanged: "A is cheaper than B" becomes "B is cheaper than A".
4. Where none of these applies: "It is not true that ..."
"""

import re
from collections.abc import Iterator
from functools import cache, cached_property
from importlib.resources import as_file, files

from interviewer.content.source import read_yaml
from interviewer.domain.base import Text, Value

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


class Contrasts(Value):
    """interviewer/data/contrasts.yaml."""

    opposites: tuple[tuple[Text, Text], ...]

    @cached_property
    def opposite(self) -> dict[str, str]:
        """Each word's opposite; of two pairs with one word the first counts."""
        found: dict[str, str] = {}
        for one, other in self.opposites:
            found.setdefault(one, other)
            found.setdefault(other, one)
        return found

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any of the words, the longest first."""
        words = sorted(self.opposite, key=len, reverse=True)
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


@cache
def contrasts() -> Contrasts:
    """The words that have an opposite."""
    with as_file(files("interviewer") / "data" / "contrasts.yaml") as path:
        return read_yaml(path, Contrasts)


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
