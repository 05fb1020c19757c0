"""What is settled before any model is asked: answers that say nothing, and text that is no answer.

Deterministic. Stretches addressed to the grader, encoded text and bare lists of terms are removed, so that a model
never reads them; if nothing that could make a claim remains, no model is asked at all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.grading.addressed import addressed_spans
from interviewer.grading.assertion import assertion, content_words, is_echo
from interviewer.grading.english import english
from interviewer.grading.folding import Span, merged, visible
from interviewer.grading.text import sentences, words
from interviewer.ports import GradingTask

LEFT_OUT = "…"
GIBBERISH_WORDS_AT_LEAST = 4
KNOWN_SHARE_AT_LEAST = 0.1
REPEATED_WORDS_AT_LEAST = 6
REPEATED_AT_MOST = 2
IGNORANCE_WORDS_AT_MOST = 9
LATIN_SHARE_AT_LEAST = 0.5

_ENCODED = re.compile(  # the first but for names such as MultiWorkerMirroredStrategy
    r"(?<![\w/.+-])(?![a-z]*(?:[A-Z]{1,9}[a-z]{2,30}|(?:On|In|Is|To|Of|By|At|No)(?=[A-Z]))+[A-Z]{0,9}\b)"
    r"(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z])[A-Za-z0-9+/]{24,}={0,2}(?![\w/-])"
    r"|\b[A-Z2-7]{32,}={0,6}(?!\w)|(?:\b[01]{8}\s?){6,}|(?:&\#x?[0-9a-fA-F]{2,5};\s?){6,}"
    r"|(?:\b[A-Za-z][\s._*-]{1,3}){7,}[A-Za-z]\b|<!--.*?(?:-->|\n\s*\n|\Z)|(?:(?<!\S)[.\-/]{1,6}(?:\s{1,3}|\Z)){10,}"
    r"|(?:\b[0-9a-fA-F]{2}\s){12,}(?:[0-9a-fA-F]{2}\b)?|(?:\\x[0-9a-fA-F]{2}|%[0-9a-fA-F]{2}){8,}",
    re.DOTALL,
)


@dataclass(frozen=True)
class Screened:
    """An answer as a model may read it.

    `text` is the answer without the `removed` stretches; `settled` says why no model need be asked, if so.
    """

    text: str
    removed: tuple[Span, ...]
    settled: str | None


def screen(task: GradingTask) -> Screened:
    """What of an answer may go to a model, or why nothing need to."""
    answer = task.answer
    removed = merged([*addressed_spans(answer), *_encoded(answer), *_bare_lists(answer)])
    text = visible(_without(answer, removed))
    return Screened(text, tuple(removed), _settled(task, text, removed=bool(removed)))


def readable(text: str) -> str:
    """Text of a candidate's as a model may read it: without what talks to it, and without what nobody sees."""
    return visible(_without(text, merged([*addressed_spans(text), *_encoded(text)])))


def _settled(task: GradingTask, text: str, *, removed: bool) -> str | None:
    said = words(text)
    if not any(c.isalnum() for c in text):
        if removed:
            return "The answer only lists terms or talks to the grader; it claims nothing of its own."
        return "The answer is empty."
    if len(said) <= IGNORANCE_WORDS_AT_MOST and assertion(text).ignorance:
        return "The answer says that the candidate does not know."
    if is_gibberish(task, text):
        return "The answer is not made of sentences that could be judged."
    asked = frozenset(content_words(task.question.prompt))
    parts = [text[start:end] for start, end in sentences(text)]
    if all(is_echo(part, asked) for part in parts if any(c.isalnum() for c in part)) and _latin(text):
        return "The answer only repeats the question."
    return None


def is_gibberish(task: GradingTask, text: str) -> bool:
    """Whether hardly a word of a Latin-script text is known from any grammar, the question or its rubric."""
    said = words(text)
    if len(said) >= REPEATED_WORDS_AT_LEAST and len(set(said)) <= REPEATED_AT_MOST:
        return True
    if len(said) < GIBBERISH_WORDS_AT_LEAST or not _latin(text):
        return False
    known = english().function_words | english().other_languages
    familiar = sum(word in known for word in said)
    if familiar / len(said) >= KNOWN_SHARE_AT_LEAST:
        return False  # as nearly always; the rubric's words need not be gathered
    vocabulary = _vocabulary(task)
    familiar = sum(word in known or bool(vocabulary.intersection(content_words(word))) for word in said)
    return familiar / len(said) < KNOWN_SHARE_AT_LEAST


def _vocabulary(task: GradingTask) -> frozenset[str]:
    texts = [task.question.prompt, task.question.reference_answer]
    texts += [text for key in task.rubric.keys for text in (key.claim, *key.phrasings)]
    return frozenset(word for text in texts for word in content_words(text))


def _encoded(answer: str) -> list[Span]:
    """Stretches of Base64, hexadecimal or escaped bytes: nobody says them, and nobody reads them aloud."""
    return [match.span() for match in _ENCODED.finditer(answer)]


def _bare_lists(answer: str) -> list[Span]:
    return [(start, end) for start, end in sentences(answer) if assertion(answer[start:end]).bare_list]


def _without(answer: str, removed: Sequence[Span]) -> str:
    kept, at = [], 0
    for start, end in removed:
        kept += [answer[at:start], LEFT_OUT]
        at = end
    return "".join([*kept, answer[at:]]).strip()


def _latin(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return sum(c < "\u0250" for c in letters) >= LATIN_SHARE_AT_LEAST * len(letters)
