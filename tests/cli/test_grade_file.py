"""`interviewer grade-file`: the contract, to the letter."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from interviewer.adapters.scripted_grader import ScriptedGrader
from interviewer.domain.grade import Grade
from interviewer.ports import GradingTask
from tests.cli.conftest import Terminal

BANK = {"id": "a1", "question_id": "rapid-psi", "answer": "It is low-band 🙂 and high-is-stable and bands."}
OTHER = {
    "id": "b1",
    "question": "What is a hash map?",
    "reference_answer": "It stores values under keys. It finds a value in constant time.",
    "rubric": [{"id": "Key 1", "claim": "It stores values under keys."}, {"id": 2, "claim": "It is fast."}],
    "answer": "It stores values by key.",
}


class Graded:
    """What came out of a run."""

    def __init__(self, result: Result, out: Path) -> None:
        self.exit_code = result.exit_code
        self.stderr = result.stderr
        self.lines: list[dict[str, Any]] = (
            [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] if out.exists() else []
        )


class GradeFile:
    """Writes lines to a file, grades it, reads what came out."""

    def __init__(self, terminal: Terminal, folder: Path) -> None:
        self.terminal, self.folder = terminal, folder

    def __call__(self, *lines: object) -> Graded:
        data = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        (self.folder / "in.jsonl").write_bytes(b"\n".join(data) + b"\n")
        out = self.folder / "out.jsonl"
        return Graded(self.terminal("grade-file", str(self.folder / "in.jsonl"), "--out", str(out)), out)


@pytest.fixture
def grade_file(terminal: Terminal, tmp_path: Path) -> GradeFile:
    return GradeFile(terminal, tmp_path)


def test_a_bank_answer_gives_exactly_the_fields_of_the_contract(grade_file: GradeFile) -> None:
    (line,) = grade_file(BANK).lines
    assert list(line) == ["id", "question_id", "score", "keys", "traps", "numbers", "grader"]
    assert (line["id"], line["question_id"]) == ("a1", "rapid-psi")
    assert line["score"] == 20.2  # weight 2 of 9, minus 4 for the trap, plus 2 for the number
    keys = {key["id"]: key for key in line["keys"]}
    assert keys["low-band"] == {
        "id": "low-band",
        "verdict": "met",
        "credit": 1.0,
        "evidence": [{"start": 6, "end": 14, "quote": "low-band"}],
        "confidence": 1.0,
        "reason": "Named.",
    }
    assert keys["alarm-band"]["credit"] == 0.0
    assert {
        "id": "high-is-stable",
        "triggered": True,
        "evidence": [{"start": 21, "end": 35, "quote": "high-is-stable"}],
    } in line["traps"]
    assert line["numbers"] == [
        {"id": "bands", "met": True, "evidence": [{"start": 40, "end": 45, "quote": "bands"}]}
    ]
    assert line["grader"] == {
        "name": "scripted",
        "version": "1",
        "model": None,
        "prompt_version": None,
        "rubric_version": "1",
        "fallback_reason": None,
    }


def test_what_cannot_be_judged_has_no_credit_and_no_score(grade_file: GradeFile) -> None:
    unscored = "distribution-change! low-band! alarm-band! use-on-features!"
    (line,) = grade_file({**BANK, "answer": unscored}).lines
    assert line["score"] is None
    assert {(key["verdict"], key["credit"]) for key in line["keys"]} == {("unscored", None)}


def test_another_question_is_graded_under_the_names_its_line_gives(grade_file: GradeFile) -> None:
    (line,) = grade_file(OTHER).lines
    assert (line["id"], line["question_id"]) == ("b1", None)
    assert [key["id"] for key in line["keys"]] == ["Key 1", 2]


def test_another_question_without_rubric_gets_criteria_from_its_reference_answer(grade_file: GradeFile) -> None:
    (line,) = grade_file({name: value for name, value in OTHER.items() if name != "rubric"}).lines
    assert len(line["keys"]) == 2


def test_a_mixed_file_keeps_its_order_and_says_which_lines_are_broken(grade_file: GradeFile) -> None:
    answers: list[object] = [{**(OTHER if i % 3 == 0 else BANK), "id": f"n{i}"} for i in range(100)]
    answers[7], answers[8], answers[42] = (
        b"{not json",
        b"\xff\xfe",
        {"id": "x", "question_id": "no-such", "answer": "a"},
    )
    graded = grade_file(*answers)
    assert graded.exit_code == 1
    assert "97 graded; 3 could not be read (line 8, 9, 43)" in graded.stderr
    called = [line.get("id", line.get("line")) for line in graded.lines]
    assert called == [{7: 8, 8: 9, 42: "x"}.get(i, f"n{i}") for i in range(100)]
    assert [set(graded.lines[i]) for i in (7, 8, 42)] == [{"line", "error"}, {"line", "error"}, {"id", "error"}]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"[1]", "not a JSON object"),
        (b"", "not valid JSON"),
        (b"[" * 100_000, "JSON"),
        (b'{"n": ' + b"1" * 5_000 + b"}", "not valid JSON"),
        (b'{"id": "\xe9"}', "byte 9 of the line is not UTF-8"),
        (b" " * 2_000_001, "longer than 2,000,000 bytes"),
        ({"question_id": "rapid-psi", "answer": "a"}, "id is missing"),
        ({"id": True, "question_id": "rapid-psi", "answer": "a"}, "id is missing"),
        ({"id": 1.5, "question_id": "rapid-psi", "answer": "a"}, "id is missing"),
        ({"id": 1, "answer": "a"}, "question_id is missing; give it, or question and reference_answer"),
        ({"id": 1, "question_id": ["rapid-psi"], "answer": "a"}, "question_id: input should be a valid string"),
        ({"id": 1, "question_id": "rapid-psi"}, "answer: field required"),
        ({"id": 1, "question_id": "rapid-psi", "answer": 5}, "answer: input should be a valid string"),
        ({"id": 1, "question_id": "rapid-psi", "answer": None}, "answer: input should be a valid string"),
        (
            {"id": 1, "question_id": "rapid-psi", "answer": "a" * 20_001},
            "answer: string should have at most 20000",
        ),
        ({"id": 1, "question_id": "rapid-ps", "answer": "a"}, "Did you mean rapid-psi"),
        ({"id": 1, "question": "q", "answer": "a"}, "Give a rubric or a reference_answer"),
        ({**OTHER, "reference_answer": ["a"]}, "reference_answer: input should be a valid string"),
        ({**OTHER, "rubric": [{"id": 1, "claim": "a"}, {"id": 1, "claim": "b"}]}, "two entries have the same id"),
        ({**OTHER, "rubric": [{"id": 1}]}, "rubric.0.claim: field required"),
    ],
    ids=lambda value: value if isinstance(value, str) else "line",
)
def test_a_line_that_cannot_be_read_says_why_and_stops_nothing(
    grade_file: GradeFile, line: object, error: str
) -> None:
    graded = grade_file(line, BANK)
    assert graded.exit_code == 1
    assert error in graded.lines[0]["error"]
    assert graded.lines[1]["id"] == "a1"


def test_an_empty_answer_is_an_answer_that_earns_nothing(grade_file: GradeFile) -> None:
    graded = grade_file({**BANK, "answer": ""})
    assert graded.exit_code == 0
    assert graded.lines[0]["score"] == 0
    assert {key["verdict"] for key in graded.lines[0]["keys"]} == {"missed"}


def test_evidence_counts_characters_of_the_answer_as_it_was_given(grade_file: GradeFile) -> None:
    answer = "\u0000\r\n😀 שלום\u0007 low-band"
    (line,) = grade_file({**BANK, "answer": answer}).lines
    (span,) = next(key["evidence"] for key in line["keys"] if key["id"] == "low-band")
    assert answer[span["start"] : span["end"]] == span["quote"] == "low-band"


def test_half_an_emoji_is_replaced_and_graded(grade_file: GradeFile) -> None:
    graded = grade_file(b'{"id": "\\ud83d", "question_id": "rapid-psi", "answer": "\\ud83d low-band"}')
    assert graded.exit_code == 0
    assert graded.lines[0]["id"] == "\N{REPLACEMENT CHARACTER}"


def test_ids_that_come_again_are_graded_and_remarked_on(grade_file: GradeFile) -> None:
    graded = grade_file(BANK, BANK)
    assert [line["id"] for line in graded.lines] == ["a1", "a1"]
    assert graded.exit_code == 0
    assert "Some ids occur more than once (lines 2)" in graded.stderr


def test_a_question_of_the_bank_is_graded_by_the_banks_rubric_whatever_else_the_line_has(
    grade_file: GradeFile,
) -> None:
    (line,) = grade_file({**OTHER, **BANK}).lines
    assert "low-band" in [key["id"] for key in line["keys"]]


class FallingBackGrader(ScriptedGrader):
    """Always graded by its backup."""

    def grade(self, task: GradingTask) -> Grade:
        grade = super().grade(task)
        return grade.model_copy(update={"grader": grade.grader.model_copy(update={"fallback_reason": "offline"})})


def test_another_grader_than_the_chosen_one_is_told(terminal: Terminal, grade_file: GradeFile) -> None:
    terminal.grader = FallingBackGrader()
    graded = grade_file(BANK, OTHER)
    assert graded.lines[0]["grader"]["fallback_reason"] == "offline"
    assert "2 graded by another grader than the chosen one, because: offline" in graded.stderr


def test_blank_lines_at_the_end_do_not_count(grade_file: GradeFile) -> None:
    graded = grade_file(BANK, b"", b"  ")
    assert (graded.exit_code, len(graded.lines)) == (0, 1)


def test_a_file_of_nothing_gives_nothing(grade_file: GradeFile) -> None:
    graded = grade_file()
    assert (graded.exit_code, graded.lines, graded.stderr) == (0, [], "0 graded.\n")


def test_the_answers_are_never_overwritten(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text(json.dumps(BANK))
    refused = terminal("grade-file", str(path), "--out", str(path))
    assert refused.exit_code == 1
    assert "is the file with the answers" in refused.stderr
    assert json.loads(path.read_text()) == BANK


def test_files_that_cannot_be_used_are_told_in_one_line(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("")
    for paths in ((tmp_path / "none", tmp_path / "out"), (tmp_path / "in.jsonl", tmp_path)):
        refused = terminal("grade-file", str(paths[0]), "--out", str(paths[1]))
        assert refused.exit_code == 1
        assert "cannot be" in refused.stderr
        assert refused.stderr.count("\n") == 1


def test_reads_standard_input_and_writes_standard_output(terminal: Terminal) -> None:
    graded = terminal("grade-file", "-", "--out", "-", typed=json.dumps(BANK))
    assert json.loads(graded.stdout)["id"] == "a1"


def test_without_out_it_is_wrong_usage(terminal: Terminal, tmp_path: Path) -> None:
    assert terminal("grade-file", str(tmp_path / "in.jsonl")).exit_code == 2
    assert terminal("grade-file", "-", "--out", "-", "--grader", "oracle").exit_code == 2
