"""What a pack has for its owner to look over: drafts, and what `check` finds wrong."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from interviewer.content.check import check
from interviewer.content.roots import root_at
from interviewer.content.source import Problem
from interviewer.domain.question import Question
from interviewer.domain.rubric import Rubric


@dataclass(frozen=True)
class Draft:
    """A draft question, or a question whose rubric is a draft, with what is wrong in its files.

    `rubric` is None where its file is missing or cannot be read.
    """

    question: Question
    rubric: Rubric | None
    files: tuple[Path, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Review:
    """Drafts by the names of their files, and problems in all other files."""

    drafts: tuple[Draft, ...]
    problems: tuple[Problem, ...]


def review(folder: Path, topic_ids: Collection[str]) -> Review:
    """Read the pack in this folder as it is now; `topic_ids` are topics of the bank that it may use."""
    content, problems = check(root_at(folder), topic_ids)
    drafts = []
    for path, question in content.questions.items():
        marks = content.root.rubrics / f"{path.stem}.yaml"
        rubric = content.rubrics.get(marks)
        if question is not None and (question.draft or (rubric is not None and rubric.draft)):
            wrong = tuple(problem for problem in problems if problem.file in (str(path), str(marks)))
            drafts.append(Draft(question, rubric, (path, marks), wrong))
    told = {problem for draft in drafts for problem in draft.problems}
    return Review(tuple(drafts), tuple(problem for problem in problems if problem not in told))
