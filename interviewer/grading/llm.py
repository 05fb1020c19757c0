"""The grader that asks a language model about every key, with the local grader standing by."""

from collections.abc import Iterable, Iterator
from itertools import tee

from interviewer.domain.grade import Grade
from interviewer.domain.rubric import Rubric
from interviewer.grading.gate import screen
from interviewer.grading.joint import Asked, join, outside, settle
from interviewer.grading.judge import Judge, Judgement
from interviewer.grading.parallel import in_order
from interviewer.grading.witness import Witness
from interviewer.ports import Grader, GradingTask

AT_ONCE = 4


class LlmGrader:
    """Asks a model about all keys and traps. What it cannot establish, the local grader judges, and it is said.

    Figures are read by code, whichever grader judges the claims. `at_once` answers are asked about at a time
    when many are graded.
    """

    name = "llm"

    def __init__(self, judge: Judge, local: Grader, *, at_once: int = AT_ONCE) -> None:
        self._judge = judge
        self._local = local
        self._at_once = at_once

    def warm_up(self) -> None:
        """Load what the local grader needs, so that the first answer need not wait for it."""
        warm_up = getattr(self._local, "warm_up", None)
        if warm_up is not None:
            warm_up()

    def grade(self, task: GradingTask) -> Grade:
        """Judge one answer."""
        return self._with_model((task, self._local.grade(task)))

    def grade_many(self, tasks: Iterable[GradingTask]) -> Iterator[Grade]:
        """Judge many answers in order, asking about a few at a time."""
        ours, theirs = tee(tasks)
        pairs = zip(ours, self._local.grade_many(theirs), strict=True)
        return in_order(self._with_model, pairs, self._at_once)

    def open_questions(self, rubric: Rubric, local: Grade) -> Asked:  # noqa: ARG002
        """What to ask the model about: everything."""
        return Asked(rubric.keys, rubric.traps)

    def _with_model(self, task_and_local: tuple[GradingTask, Grade]) -> Grade:
        task, local = task_and_local
        screened = screen(task)
        if screened.settled is not None:
            return settle(self.name, task.rubric, local, screened.settled)
        local = local.model_copy(update={"numbers": outside(local.numbers, screened.removed)})
        asked = self.open_questions(task.rubric, local)
        judgement = Judgement()
        if asked.keys or asked.traps:
            judgement = self._judge.judge(task, screened, asked.keys, asked.traps, Witness.of(local.keys))
        return join(self.name, task.rubric, local, asked, judgement)
