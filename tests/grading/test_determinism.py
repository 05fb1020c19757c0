"""The same answer, rubric and version give the same bytes: on every run, with any number of threads."""

import json
import os
import subprocess
import sys
from pathlib import Path

from interviewer.adapters.minilm import rubric_encoder
from interviewer.domain.grade import Grade
from interviewer.grading.calibration import shipped
from interviewer.grading.local import LocalGrader
from interviewer.grading.records import grade_record
from interviewer.grading.terms import Terms
from tests.grading.conftest import LIBRARY, Grades, labelled_answers, task

ANSWERS = [answer for answer in labelled_answers() if answer.question.startswith("rapid-")][::6]
PAIRS = [(answer.question, answer.text) for answer in ANSWERS]


def as_bytes(grades: list[Grade]) -> bytes:
    """The lines that `grade-file` would write."""
    return json.dumps([grade_record(i, grade) for i, grade in enumerate(grades)]).encode()


def test_any_number_of_threads_gives_the_same_bytes(grades: Grades) -> None:
    expected = as_bytes(grades(PAIRS))
    for threads in (1, 2, 5):
        cache = Path(os.environ["INTERVIEWER_CACHE_DIR"])
        grader = LocalGrader(rubric_encoder(threads), Terms(LIBRARY.glossary), shipped(), cache)
        assert as_bytes(list(grader.grade_many(task(*pair) for pair in PAIRS))) == expected


def test_the_company_of_other_answers_and_their_order_change_nothing(grades: Grades) -> None:
    together = grades(PAIRS)
    assert as_bytes(list(reversed(grades(PAIRS[::-1])))) == as_bytes(together)
    assert as_bytes([grade for pair in PAIRS for grade in grades([pair])]) == as_bytes(together)


def test_another_process_gives_the_same_bytes(tmp_path: Path, grades: Grades) -> None:
    answers, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [{"id": i, "question_id": id, "answer": text} for i, (id, text) in enumerate(PAIRS)]
    answers.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    command = [sys.executable, "-m", "interviewer", "grade-file", str(answers), "--out", str(out)]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, env={**os.environ, "PYTHONHASHSEED": "7"}
    )
    assert done.returncode == 0, done.stderr
    written = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert json.dumps(written).encode() == as_bytes(grades(PAIRS))


def test_exemplars_from_the_cache_give_the_same_bytes_as_new_ones(tmp_path: Path) -> None:
    pair = PAIRS[0]

    def graded() -> bytes:
        grader = LocalGrader(rubric_encoder(), Terms(LIBRARY.glossary), shipped(), tmp_path)
        return as_bytes([grader.grade(task(*pair))])

    first = graded()
    assert list(tmp_path.rglob("*.npy"))
    assert graded() == first


def test_a_damaged_cache_is_made_anew(tmp_path: Path) -> None:
    pair = PAIRS[0]
    grader = LocalGrader(rubric_encoder(), Terms(LIBRARY.glossary), shipped(), tmp_path)
    expected = grader.grade(task(*pair))
    for path in tmp_path.rglob("*.npy"):
        path.write_bytes(path.read_bytes()[:100])
    again = LocalGrader(rubric_encoder(), Terms(LIBRARY.glossary), shipped(), tmp_path)
    assert again.grade(task(*pair)) == expected
