"""Private questions stay on this computer, whoever grades the others."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from interviewer.domain.grade import Grade
from interviewer.ports import Grader, GradingTask

REASON = "the question was made from your résumé, which is not sent to a language model"


class PrivacyGrader:
    """Grades with `outside`, and with `local` what is private; the grade then says so."""

    def __init__(self, outside: Grader, local: Grader) -> None:
        self._outside = outside
        self._local = local
        self.name = outside.name

    def warm_up(self) -> None:
        """Load what the graders need, so that the first answer need not wait for it."""
        warm_up = getattr(self._outside, "warm_up", None)
        if warm_up is not None:
            warm_up()

    def grade(self, task: GradingTask) -> Grade:
        """Judge one answer."""
        return next(self.grade_many([task]))

    def grade_many(self, tasks: Iterable[GradingTask]) -> Iterator[Grade]:
        """Judge many, in order."""
        for private, group in groupby(tasks, key=lambda task: task.question.private):
            if private:
                yield from map(_explained, self._local.grade_many(group))
            else:
                yield from self._outside.grade_many(group)


def _explained(grade: Grade) -> Grade:
    info = grade.grader.model_copy(update={"fallback_reason": REASON})
    return grade.model_copy(update={"grader": info})
