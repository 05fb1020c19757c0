"""Text cut into windows, with every window knowing which characters of the answer it is.

Windows are what evidence is looked for in: sentences, their clauses, and, in speech without punctuation, runs
between discourse markers. A window never depends on text outside its own sentence, so that moving, adding or
repeating sentences cannot change what another sentence earns.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from interviewer.grading.spelling import american

CLAUSE_WORDS_AT_LEAST = 3
RUN_ON_WORDS = 34
RUN_WORDS = 11
RUNS_AT_LEAST = 11
SENTENCE_WORDS_AT_MOST = 80

_WORD = re.compile(r"[\w'’]+(?:[-./%][\w'’]+)*%?", re.UNICODE)
_BREAK = re.compile(
    r"""(?<=[.!?…])["'”’)\]]*\s+     # the end of a sentence, whatever the case of the next word
      | \n\s*\n                      # a blank line
      | \n\s*(?=[-*•]|\d+[.)])       # a list item
      | \n(?=\s*\S)                  # a new line
    """,
    re.VERBOSE,
)
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|vs|approx|resp|cf|no|fig|dr|mr|ms|inc|st)\.\s+$", re.IGNORECASE)
_CLAUSE = re.compile(
    r"""\s*[;:—–]\s+ | \s+-{1,2}\s+ | \s*[()]\s*
      | ,\s+(?=(?:and|but|while|whereas|so|which|because|since|although|though|however|then|or|not|yet)\b)
      | ,\s+(?=(?:instead|with|where|until|unless|nobody|nothing|everything|anything|no|never)\b)
      | ,\s+(?=(?:its|his|her|their|your|our|my|a|an|in|on|at|after|before|all|only)\b)
      | ,\s+(?=(?:we|i|it|you|they|the|that|this|there|each|every|one|both|when|if|once|otherwise)\b)
      | \s+(?=(?:but|whereas|while|although|however)\s)
      | \s+(?=and\s+(?:we|i|it|you|they|he|she|then|only|also|the|if|when|once|that|this)\s)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MARKER = re.compile(
    r"\s+(?=(?:and\s+(?:then|um|uh|so|also|the|if|it|we|you|i|for)|so|but|um|uh|then|also|because|okay|ok|"
    r"well|now|yeah|plus|which|when|if|like\s+for\s+example)\s)",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"""\b(?:u+m+|u+h+|e+r+m?|hm+|ah|you[ ]know|i[ ]mean|basically|actually|like[ ]i[ ]said|so[ ]yeah
            |let[ ]me[ ]think|let[ ]me[ ]see)\b[,.]*
      | (?<!what[ ])(?<!this[ ])(?<!that[ ])(?<!some[ ])(?<!a[ ])\b(?:sort|kind)[ ]of\b
      | (?:^|(?<=[.,;:!?][ ]))(?:well|okay|ok|yeah|right)   # not in "right away" or "works well"
            (?:,|\b(?=\s+(?:so|um|uh|then|i|we|okay|ok|yeah|well|right)\b))
    """,
    re.IGNORECASE | re.VERBOSE,
)
_STUTTER = re.compile(r"\b(\w+(?:\s+\w+)?)(?:\s+\1\b)+", re.IGNORECASE)
_TYPOGRAPHY = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "−": "-",
        "…": "...",
        "\u00a0": " ",
        "\u200b": " ",
    }
)


@dataclass(frozen=True)
class Window:
    """Characters `start` to `end` of the answer; `text` is their normalised form."""

    start: int
    end: int
    text: str
    sentence: int

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(words(self.text))


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """Lower-case words; numbers keep their points and signs."""
    return tuple(match.group().lower() for match in _WORD.finditer(text))


@lru_cache(maxsize=20_000)
def normalise(text: str) -> str:
    """One spelling of what is said: typography, white space, fillers, stutters and British spelling folded."""
    text = text.translate(_TYPOGRAPHY)
    text = _FILLER.sub(" ", text)
    text = _STUTTER.sub(r"\1", text)
    text = american(text)
    return " ".join(text.split()).strip(" ,;:-*•")


def sentences(answer: str) -> list[tuple[int, int]]:
    """Spans of the sentences, list items and lines of the answer, without surrounding white space."""
    cuts = [
        match.span() for match in _BREAK.finditer(answer) if not _ABBREVIATION.search(answer[: match.end()][-12:])
    ]
    return _between(answer, 0, len(answer), cuts)


def clauses(answer: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the clauses of one sentence; runs between discourse markers where punctuation is missing."""
    text = answer[start:end]
    cuts = [(start + m.start(), start + m.end()) for m in _CLAUSE.finditer(text)]
    spans = _between(answer, start, end, cuts)
    return [run for span in spans for run in _runs(answer, *span)]


def windows(answer: str) -> list[Window]:
    """All windows of the answer, the sentences before their clauses, without those that say nothing."""
    found: dict[tuple[int, int], Window] = {}
    for number, (start, end) in enumerate(sentences(answer)):
        parts = clauses(answer, start, end)
        spans = [(start, end)] if len(words(answer[start:end])) <= SENTENCE_WORDS_AT_MOST else []
        spans += parts
        spans += [(a[0], b[1]) for a, b in pairwise(parts)]
        if len(parts) > RUNS_AT_LEAST:  # speech without punctuation: claims spread over more runs
            spans += [(a[0], c[1]) for a, c in zip(parts, parts[2:], strict=False)]
        for span in spans:
            text = normalise(answer[span[0] : span[1]])
            if text and span not in found:
                found[span] = Window(*span, text, number)
    return [window for window in found.values() if window.words >= CLAUSE_WORDS_AT_LEAST or _alone(window, answer)]


def _alone(window: Window, answer: str) -> bool:
    """Whether it is a whole short answer, which must not be passed over."""
    return window.words > 0 and len(words(answer)) < 2 * CLAUSE_WORDS_AT_LEAST


def _between(answer: str, start: int, end: int, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    spans, at = [], start
    for cut_start, cut_end in [*cuts, (end, end)]:
        span = _stripped(answer, at, cut_start)
        if span:
            spans.append(span)
        at = cut_end
    return spans


def _stripped(answer: str, start: int, end: int) -> tuple[int, int] | None:
    piece = answer[start:end]
    left = len(piece) - len(piece.lstrip(" \t\n-*•,;"))
    right = len(piece.rstrip())
    return (start + left, start + right) if left < right else None


def _runs(answer: str, start: int, end: int) -> list[tuple[int, int]]:
    """A long stretch without punctuation, cut at discourse markers into runs of about a dozen words."""
    text = answer[start:end]
    if len(words(text)) < RUN_ON_WORDS:
        return [(start, end)]
    cuts, last = [], 0
    for match in _MARKER.finditer(text):
        if len(words(text[last : match.start()])) >= RUN_WORDS:
            cuts.append((start + match.start(), start + match.end()))
            last = match.start()
    return _between(answer, start, end, cuts)
