"""Stretches of an answer that its speaker does not assert, and the windows that remain.

A cue has a scope: what "some people think" introduces is not claimed up to the next "but"; what "which is wrong"
follows is not claimed back to the start of the sentence.
"""

import re
from dataclasses import dataclass

from interviewer.grading.addressed import addressed_spans
from interviewer.grading.assertion import DENIED, HEARSAY, assertion, is_echo
from interviewer.grading.text import Window, sentences, windows

SCOPE_CHARACTERS = 220
OVERLAP = 0.5
IGNORANCE_WORDS_AT_MOST = 30

_TURN = re.compile(
    r"[,;:]?\s*\b(?:but|whereas|however|yet|in\s+fact|in\s+reality|really\s+it|what\s+it\s+is)\b",
    re.IGNORECASE,
)

Span = tuple[int, int]


@dataclass(frozen=True)
class Heard:
    """An answer taken apart: the windows in which the candidate asserts something, and what was set aside."""

    windows: tuple[Window, ...]
    void: tuple[Span, ...]


def hear(answer: str, question_words: frozenset[str]) -> Heard:
    """Windows of the answer that assert something; echoes of the question and void stretches are set aside."""
    unclaimed = (span for sentence in sentences(answer) for span in _void(answer, *sentence))
    void = (*addressed_spans(answer), *unclaimed)
    kept = [
        window
        for window in windows(answer)
        if not _covered(window, void)
        and not _claims_nothing(answer, window)
        and not is_echo(window.text, question_words)
    ]
    return Heard(tuple(kept), void)


def _claims_nothing(answer: str, window: Window) -> bool:
    """Whether the window by itself is no claim; admitted ignorance takes a short window with it."""
    said = assertion(answer[window.start : window.end])
    return said.void or (said.ignorance and window.words <= IGNORANCE_WORDS_AT_MOST)


def _void(answer: str, start: int, end: int) -> list[Span]:
    sentence = answer[start:end]
    said = assertion(sentence)
    if said.question or said.bare_list:
        return [(start, end)]
    spans = []
    for pattern in (HEARSAY, DENIED):
        for cue in pattern.finditer(sentence):
            if cue.group().lstrip(" ,").lower().startswith("which"):
                spans.append((start + max(0, cue.start() - SCOPE_CHARACTERS), start + cue.end()))
                continue
            turn = _TURN.search(sentence, cue.end())
            stop = min(turn.start() if turn else len(sentence), cue.end() + SCOPE_CHARACTERS)
            spans.append((start + cue.start(), start + stop))
    return spans


def _covered(window: Window, void: tuple[Span, ...]) -> bool:
    hidden = sum(max(0, min(window.end, b) - max(window.start, a)) for a, b in void)
    return hidden > OVERLAP * (window.end - window.start)
