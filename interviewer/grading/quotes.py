"""Whether words that a model quotes really stand in the answer, and where.

White space, typography, case and invisible characters are folded on both sides; nothing else is. A quote may
leave something out with an ellipsis; each part must then stand in the answer, in order.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from interviewer.domain.grade import EvidenceSpan
from interviewer.grading.assertion import content_words

QUOTES_AT_MOST = 5
QUOTE_CHARACTERS_AT_MOST = 2000

_WALL = "\0"  # stands for what was removed from the answer: no quote can match it or reach across it
_TYPOGRAPHY = {
    **dict.fromkeys('‘’‚‛“”„‟«»‹›`´"', "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "…": "...",
}
_SKIPPED = frozenset("*_")  # emphasis, which models drop or add when they copy
_ELLIPSIS = re.compile(r"\s*[\[(]?\.{3,}[\])]?\s*")

Span = tuple[int, int]


class Quotable:
    """An answer in which quotes can be found. `removed` stretches cannot be quoted."""

    def __init__(self, answer: str, removed: Sequence[Span] = ()) -> None:
        self._answer = answer
        self._folded, self._places = _fold_with_places(answer, removed)

    def evidence(self, quotes: Sequence[str]) -> tuple[EvidenceSpan, ...] | None:
        """The spans of the quotes in the order of the answer; None if one of them does not stand in it."""
        spans: set[Span] = set()
        for quote in quotes[:QUOTES_AT_MOST]:
            found = self.find(quote)
            if not found:
                return None
            spans.update(found)
        return tuple(EvidenceSpan.of(self._answer, *span) for span in _merged(spans)) or None

    def find(self, quote: str) -> list[Span]:
        """Where the parts of a quote stand; empty if they do not, or if it says nothing."""
        if len(quote) > QUOTE_CHARACTERS_AT_MOST:
            return []
        spans, at = [], 0
        for part in _parts(quote):
            start = self._position(part, at)
            if start is None:
                return []
            at = start + len(part)
            spans.append((self._places[start], self._places[at - 1] + 1))
        return spans

    def _position(self, part: str, at: int) -> int | None:
        """Where `part` begins at a word's beginning and ends at a word's end."""
        start = self._folded.find(part, at)
        while start >= 0:
            before = self._folded[start - 1 : start]
            after = self._folded[start + len(part) : start + len(part) + 1]
            if not (before.isalnum() and part[0].isalnum()) and not (after.isalnum() and part[-1].isalnum()):
                return start
            start = self._folded.find(part, start + 1)
        return None


def _parts(quote: str) -> list[str]:
    """The folded parts of a quote; none at all if one of them has no word that carries meaning."""
    parts = [part.strip(" '.,;:!?-") for part in _ELLIPSIS.split(_fold(quote))]
    parts = [part for part in parts if part]
    return parts if all(_says_something(part) for part in parts) else []


def _says_something(part: str) -> bool:
    return bool(content_words(part)) or any(ord(c) > 0x2E80 and c.isalpha() for c in part)  # noqa: PLR2004


def _fold(text: str) -> str:
    return _fold_with_places(text, ())[0].strip()


def _fold_with_places(text: str, removed: Sequence[Span]) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place in `text` that it comes from."""
    walls = {place for span in removed for place in range(*span)}
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for piece in _WALL if place in walls else _fold_character(character):
            if piece in (" ", _WALL) and folded and folded[-1] == piece:
                continue
            folded.append(piece)
            places.append(place)
    return "".join(folded), places


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """What a character is compared by: no character, one, or several."""
    if character.isspace():
        return " "
    if character in _TYPOGRAPHY:
        return _TYPOGRAPHY[character]
    if character in _SKIPPED or unicodedata.category(character) in ("Cf", "Cc", "Cs", "Co", "Cn"):
        return ""
    decomposed = unicodedata.normalize("NFKD", character)
    return "".join(c for c in decomposed.casefold() if unicodedata.category(c) != "Mn")


def _merged(spans: set[Span]) -> list[Span]:
    """Overlapping spans as one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
