"""What tests let other processes do with a store; run as `python -m tests.contracts.processes WHAT LOCATION`."""

import os
import signal
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from interviewer.adapters.sql_store import SqlStore
from interviewer.bootstrap import build
from interviewer.domain.grade import Grade
from interviewer.domain.interview import Choices
from interviewer.ports import GradingTask
from tests.examples import new_interview


class KilledWhileGrading:
    """The machine takes the process away just when an answer is to be graded."""

    name = "keyword"

    def grade(self, task: GradingTask) -> Grade:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("still alive")

    def grade_many(self, tasks: Iterable[GradingTask]) -> Iterator[Grade]:
        return map(self.grade, tasks)


def answer_and_be_killed(store: SqlStore) -> None:
    """Start an interview, answer its first question, and never come back from grading it."""
    service = build(grader=KilledWhileGrading(), store=store).service
    service.grade(service.submit(service.start("ada", Choices(questions=2)), "A canary."))


def save_one_interview(store: SqlStore) -> None:
    """Start at the same moment as others do, on a database that may not be there yet."""
    sys.stdin.readline()
    store.save(new_interview(f"of-{os.getpid()}"))


if __name__ == "__main__":
    location = sys.argv[2]
    {"answer": answer_and_be_killed, "save": save_one_interview}[sys.argv[1]](
        SqlStore(location if "://" in location else Path(location))
    )
