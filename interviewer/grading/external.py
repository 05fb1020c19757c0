"""Questions outside the bank: a rubric of bare claims, or one derived from a reference answer.

A derived criterion is one statement of the reference answer. Its weight follows from how much it says: statements
with more content words than usual weigh 2, the opening statement 3, since an answer states its point first.
"""

import re
from collections.abc import Sequence

from interviewer.domain.question import Kind, Level, Question
from interviewer.domain.rubric import Key, Rubric
from interviewer.errors import InvalidInput
from interviewer.grading.assertion import content_words, is_echo
from interviewer.grading.text import clauses, sentences
from interviewer.ports import GradingTask

CLAIMS_AT_MOST = 12
CONTENT_WORDS_AT_LEAST = 3
LONG_SENTENCE_WORDS = 16
HEAVY_CONTENT_WORDS = 9
EXTERNAL = "external"
SECONDS = 300

_ID = re.compile(r"[^a-z0-9]+")


def external_task(
    question: str, reference_answer: str, claims: Sequence[tuple[str, str]] | None, answer: str
) -> GradingTask:
    """What a grader needs to judge an answer to any question.

    `claims` are (id, claim) pairs; without any, criteria are derived from the reference answer. Raises
    InvalidInput when there is neither.
    """
    asked = question.strip() or "Answer the question."
    keys = _given(claims, reference_answer) if claims else derived_keys(asked, reference_answer)
    if not keys:
        raise InvalidInput("There is nothing to grade against. Give a rubric or a reference_answer.")
    return GradingTask(
        Question(
            id=EXTERNAL,
            kind=Kind.CONCEPT,
            topic=EXTERNAL,
            level=Level.MEDIUM,
            seconds=SECONDS,
            prompt=asked,
            reference_answer=reference_answer.strip() or asked,
        ),
        Rubric(question=EXTERNAL, keys=keys),
        answer,
    )


def derived_keys(question: str, reference_answer: str) -> tuple[Key, ...]:
    """One key for each statement of the reference answer that says more than the question does."""
    asked = frozenset(content_words(question))
    statements = [
        text for text in _statements(reference_answer)
        if len(set(content_words(text))) >= CONTENT_WORDS_AT_LEAST and not is_echo(text, asked)
    ]  # fmt: skip
    statements = statements or ([reference_answer.strip()] if reference_answer.strip() else [])
    kept = statements[:CLAIMS_AT_MOST]
    weights = [_weight(text, first=i == 0) for i, text in enumerate(kept)]
    return tuple(Key(id=f"claim-{i}", claim=kept[i - 1], weight=weights[i - 1]) for i in range(1, len(kept) + 1))


def _statements(text: str) -> list[str]:
    found = []
    for start, end in sentences(text):
        sentence = text[start:end]
        if len(sentence.split()) <= LONG_SENTENCE_WORDS:
            found.append(sentence)
        else:
            found += [text[a:b] for a, b in clauses(text, start, end)]
    return found


def _weight(text: str, *, first: bool) -> int:
    if first:
        return 3
    return 2 if len(set(content_words(text))) >= HEAVY_CONTENT_WORDS else 1


def _given(claims: Sequence[tuple[str, str]], reference_answer: str) -> tuple[Key, ...]:
    """The claims as keys; where there is but one, all that the reference answer says is a way to make it."""
    phrasings = tuple(_statements(reference_answer)) if len(claims) == 1 else ()
    return tuple(Key(id=_slug(id), claim=claim, phrasings=phrasings) for id, claim in claims)


def _slug(id: str) -> str:
    return _ID.sub("-", id.lower()).strip("-") or "claim"
