"""A grader is made at the first use, and once."""

import threading

from interviewer.adapters.scripted_grader import ScriptedGrader
from interviewer.grading.lazy import LazyGrader
from tests.llm.samples import task


def test_threads_that_come_at_once_get_one_grader() -> None:
    made: list[ScriptedGrader] = []
    at_the_door = threading.Barrier(8)

    def make() -> ScriptedGrader:
        made.append(ScriptedGrader())
        return made[-1]

    lazy = LazyGrader("keyword", make)
    assert made == []

    def grade() -> None:
        at_the_door.wait()
        lazy.grade(task())

    threads = [threading.Thread(target=grade) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
