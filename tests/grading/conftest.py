"""One grader for all tests of grading, and the labelled answers that ship with the project."""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from interviewer.bootstrap import local_grader
from interviewer.content.library import Library
from interviewer.domain.grade import Grade
from interviewer.grading.local import LocalGrader
from interviewer.ports import GradingTask

LABELLED = Path(__file__).parents[2] / "bench" / "data" / "labelled-answers.jsonl"
LIBRARY = Library()


@dataclass(frozen=True)
class Answer:
    """A labelled answer."""

    id: str
    question: str
    style: str
    text: str


@cache
def labelled_answers() -> tuple[Answer, ...]:
    """The labelled answers that ship with the project."""
    rows = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    return tuple(Answer(row["id"], row["question_id"], row["style"], row["answer"]) for row in rows)


def task(question: str, answer: str) -> GradingTask:
    """An answer to a question of the bank."""
    return GradingTask(LIBRARY.question(question), LIBRARY.rubric(question), answer)


@pytest.fixture(scope="session")
def grader(clean_environment: None) -> LocalGrader:
    """The grader that ships, with the cache that all tests share."""
    return local_grader(LIBRARY, Path(os.environ["INTERVIEWER_CACHE_DIR"]))


Grades = Callable[[Sequence[tuple[str, str]]], list[Grade]]


@pytest.fixture(scope="session")
def grades(grader: LocalGrader) -> Grades:
    """Grades many (question, answer) pairs at once."""
    return lambda pairs: list(grader.grade_many(task(*pair) for pair in pairs))


@pytest.fixture(scope="session")
def reference(grader: LocalGrader) -> Callable[[str], Grade]:
    """The grade of a question's reference answer. One at a time: a rubric new to the cache takes a second."""
    return cache(lambda question: grader.grade(task(question, LIBRARY.question(question).reference_answer)))


def verdicts(grade: Grade) -> dict[str, object]:
    """All that was decided, without the places."""
    return {
        **{key.id: key.verdict for key in grade.keys},
        **{trap.id: trap.triggered for trap in grade.traps},
        **{number.id: number.met for number in grade.numbers},
    }
