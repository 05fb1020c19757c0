"""Whether words that a model quotes really stand in the answer, and where.

White space, typography, case and invisible characters are folded on both sides; nothing else is. A quote may
leave something out with an ellipsis; each part must then stand in the answer, in order.
"""

import re
from collections.abc import Sequence

from interviewer.domain.grade import EvidenceSpan
from interviewer.grading.assertion import content_words
from interviewer.grading.folding import Span, fold, merged

QUOTES_AT_MOST = 5
QUOTE_CHARACTERS_AT_MOST = 2000
UNSPACED_FROM = "\u2e80"
EMPHASIS = "*_"
"""Models drop or add these when they copy."""

_ELLIPSIS = re.compile(r"\s*[\[(]?\.{3,}[\])]?\s*")


class Quotable:
    """An answer in which quotes can be found. `removed` stretches cannot be quoted."""

    def __init__(self, answer: str, removed: Sequence[Span] = ()) -> None:
        self._answer = answer
        self._folded = fold(answer, removed=removed, dropped=EMPHASIS)

    def evidence(self, quotes: Sequence[str]) -> tuple[EvidenceSpan, ...] | None:
        """The spans of the quotes in the order of the answer; None if one of them does not stand in it."""
        spans: set[Span] = set()
        for quote in quotes[:QUOTES_AT_MOST]:
            found = self.find(quote)
            if not found:
                return None
            spans.update(found)
        return tuple(EvidenceSpan.of(self._answer, *span) for span in merged(tuple(spans))) or None

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
            spans.append(self._folded.span(start, at))
        return spans

    def _position(self, part: str, at: int) -> int | None:
        """Where `part` begins at a word's beginning and ends at a word's end."""
        text = self._folded.text
        start = text.find(part, at)
        while start >= 0:
            end = start + len(part)
            if not _one_word(text[start - 1 : start + 1]) and not _one_word(text[end - 1 : end + 1]):
                return start
            start = text.find(part, start + 1)
        return None


def _parts(quote: str) -> list[str]:
    """The folded parts of a quote; none at all if one of them has no word that carries meaning."""
    parts = [part.strip(" '.,;:!?-") for part in _ELLIPSIS.split(_fold(quote))]
    parts = [part for part in parts if part]
    return parts if all(_says_something(part) for part in parts) else []


def _one_word(pair: str) -> bool:
    """Whether two neighbouring characters belong to one word; some scripts set no spaces between words."""
    return len(pair) == 2 and all(c.isalnum() and c < UNSPACED_FROM for c in pair)  # noqa: PLR2004


def _says_something(part: str) -> bool:
    return bool(content_words(part)) or any(c.isalpha() and c >= UNSPACED_FROM for c in part)


def _fold(text: str) -> str:
    return fold(text, dropped=EMPHASIS).text.strip()
