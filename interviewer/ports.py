"""Every seam of the product on one screen. Each port has several implementations under one contract suite."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from interviewer.domain.grade import Grade
from interviewer.domain.interview import Interview
from interviewer.domain.question import Question
from interviewer.domain.rubric import Rubric

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True)
class GradingTask:
    """One answer to be graded: the question as put, the rubric, and the candidate's text."""

    question: Question
    rubric: Rubric
    answer: str


class Grader(Protocol):
    """Judges answers. The same task gives the same grade."""

    @property
    def name(self) -> str:
        """`keyword`, `llm` or `auto`."""

    def grade(self, task: GradingTask) -> Grade:
        """Judge one answer; raises nothing for any text of the candidate's."""

    def grade_many(self, tasks: Iterable[GradingTask]) -> Iterator[Grade]:
        """Judge many, in order, sharing work between them; memory does not grow with their number."""


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """Names model and version; caches are keyed by it."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), each of length 1; the same text always gives the same one."""


class InterviewStore(Protocol):
    """Keeps interviews. `save` returns once the data is durable."""

    def save(self, interview: Interview) -> None:
        """Store this state, replacing an earlier one of the same id."""

    def load(self, interview_id: str) -> Interview:
        """The stored interview; raises NotFound."""

    def unfinished(self, owner: str) -> list[Interview]:
        """Interviews of this owner that were not finished, the latest first."""

    def history(self, owner: str) -> list[Interview]:
        """Finished interviews of this owner, the latest first."""

    def delete(self, interview_id: str) -> None:
        """Forget an interview; unknown ids are ignored."""
