"""`interviewer grade`."""

import json
from pathlib import Path

from tests.cli.conftest import Terminal


def test_shows_what_the_answer_earned_and_with_which_words(terminal: Terminal) -> None:
    shown = terminal("grade", "rapid-psi", "first distribution-change and low-band? and high-is-stable").stdout
    assert "Score: 40.4 of 100" in shown  # (3 x 1 + 2 x 0.5) / 9 keys' weight, minus 4 for the trap
    assert "✓ met     3" in shown
    assert "~ partly  2" in shown
    assert "“distribution-change”" in shown
    assert "Traps you fell into" in shown
    assert "Reference answer" in shown


def test_json_is_the_line_of_grade_file(terminal: Terminal) -> None:
    grade = json.loads(terminal("grade", "rapid-psi", "low-band", "--json").stdout)
    assert grade["question_id"] == "rapid-psi"
    assert {key["id"]: key["verdict"] for key in grade["keys"]}["low-band"] == "met"


def test_reads_the_answer_from_standard_input(terminal: Terminal) -> None:
    assert '"quote": "low-band"' in terminal("grade", "rapid-psi", "-", "--json", typed="it is low-band").stdout


def test_reads_the_answer_from_a_file(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "answer.txt"
    file.write_text("\ufeffit is low-band", encoding="utf-8")
    assert '"start": 6' in terminal("grade", "rapid-psi", "--file", str(file), "--json").stdout


def test_answer_and_file_together_are_wrong_usage(terminal: Terminal, tmp_path: Path) -> None:
    assert terminal("grade", "rapid-psi", "words", "--file", str(tmp_path / "a")).exit_code == 2


def test_refusals_are_one_line_and_say_what_to_do(terminal: Terminal, tmp_path: Path) -> None:
    latin = tmp_path / "latin.txt"
    latin.write_bytes("é".encode("latin-1"))
    refusals = {
        "The answer is empty.": terminal("grade", "rapid-psi", " \n "),
        "The answer has 20,001 characters": terminal("grade", "rapid-psi", "a" * 20_001),
        "cannot be read: No such file": terminal("grade", "rapid-psi", "--file", str(tmp_path / "none")),
        "byte 1 is not UTF-8": terminal("grade", "rapid-psi", "--file", str(latin)),
        "There is no question": terminal("grade", "no-such", "words"),
        "over 1,000,000 bytes": terminal("grade", "rapid-psi", "-", typed="a" * 1_000_000),
    }
    for message, refused in refusals.items():
        assert message in refused.stderr
        assert refused.stderr.count("\n") == 1
        assert refused.exit_code == 1


def test_markup_and_control_codes_of_an_answer_are_shown_as_text(terminal: Terminal) -> None:
    shown = terminal("grade", "rapid-psi", "<script>[bold]low-band[/bold]\x1b[31m שלום 🙂</script>").stdout
    assert "<script>[bold]low-band[/bold] [31m שלום 🙂</script>" in shown
    assert "\x1b" not in shown
