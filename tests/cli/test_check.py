"""`interviewer check`."""

import json
import shutil
from pathlib import Path

import pytest

from interviewer.content.roots import built_in_root
from tests.cli.conftest import Terminal


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A copy of the bank that ships."""
    for folder in ("corpus", "rubrics"):
        shutil.copytree(built_in_root().path / folder, tmp_path / folder)
    return tmp_path


def test_the_bank_is_clean_and_counted(terminal: Terminal) -> None:
    checked = terminal("check")
    assert checked.exit_code == 0
    assert "75 questions, 75 rubrics, 75 sample files, 10 exercises, 27 notes" in checked.stdout
    assert "15 rapid-fire" in checked.stdout
    assert checked.stdout.endswith("No problems.\n")


def test_a_folder_with_faults_is_told_line_by_line(
    terminal: Terminal, bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bank / "rubrics" / "rapid-psi.yaml").unlink()
    monkeypatch.chdir(bank)
    checked = terminal("check", ".")
    assert checked.exit_code == 1
    assert checked.stdout.startswith("corpus/questions/rapid-psi.md:1: there is no rubric for it; write rubrics/")
    assert checked.stdout.endswith("\n1 problem.\n")


def test_json_has_problems_and_counts(terminal: Terminal, bank: Path) -> None:
    (bank / "corpus" / "questions" / "rapid-psi.md").unlink()
    checked = json.loads(terminal("check", str(bank), "--json").stdout)
    lone = next(problem for problem in checked["problems"] if problem["file"].endswith("rapid-psi.yaml"))
    assert set(lone) == {"file", "line", "key", "message"}
    assert checked["counts"]["kind"]["rapid-fire"] == 14
    assert checked["counts"]["files"]["rubrics"] == 75


def test_a_folder_of_questions_alone_may_use_the_topics_of_the_bank(terminal: Terminal, tmp_path: Path) -> None:
    for name in ("corpus/questions/rapid-psi.md", "rubrics/rapid-psi.yaml"):
        (tmp_path / name).parent.mkdir(parents=True)
        shutil.copy(built_in_root().path / name, tmp_path / name)
    assert terminal("check", str(tmp_path)).exit_code == 0


def test_a_folder_with_nothing_to_check_is_told(terminal: Terminal, tmp_path: Path) -> None:
    refused = terminal("check", str(tmp_path))
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert "has neither corpus/ nor rubrics/" in refused.stderr


def test_schemas_are_written_where_asked(terminal: Terminal, bank: Path) -> None:
    schema = bank / "rubrics" / "rubric.schema.json"
    schema.unlink(missing_ok=True)
    assert terminal("check", str(bank), "--write-schemas").exit_code == 0
    assert json.loads(schema.read_text())["title"] == "Rubric"
