"""A grader that is made when it is first needed: commands that grade nothing never load a model."""

from collections.abc import Callable, Iterable, Iterator

from interviewer.domain.grade import Grade
from interviewer.once import Once
from interviewer.ports import Grader, GradingTask


class LazyGrader:
    """Behaves as the grader that `make` returns, and makes it at the first use, whichever thread that is on."""

    def __init__(self, name: str, make: Callable[[], Grader]) -> None:
        self.name = name
        self._grader = Once(make)

    def warm_up(self) -> None:
        """Make the grader and load its model, so that the first answer need not wait."""
        warm_up = getattr(self._grader(), "warm_up", None)
        if warm_up is not None:
            warm_up()

    def grade(self, task: GradingTask) -> Grade:
        """Judge one answer."""
        return self._grader().grade(task)

    def grade_many(self, tasks: Iterable[GradingTask]) -> Iterator[Grade]:
        """Judge many, in order."""
        return self._grader().grade_many(tasks)
