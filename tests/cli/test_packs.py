"""`import`, `packs` and `search` as a person would type them."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal

END = "\n\n\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "press.md"
    path.write_text(
        "Q: What is letterpress?\nA: Raised type is inked and pressed.\n\n"
        "Q: What is offset?\nA: A rubber blanket carries ink.\n"
    )
    return path


def test_import_practise_and_remove(terminal: Terminal, source: Path) -> None:
    imported = terminal("import", str(source), "--pack", "press")
    assert imported.exit_code == 0
    assert "Pack press: 2 questions, 0 sections of notes." in imported.stdout
    assert "interviewer practice --pack press" in imported.stdout
    listed = terminal("questions", "--pack", "press")
    assert "press-what-is-letterpress" in listed.stdout
    assert "2 questions" in listed.stdout
    sat = terminal("practice", "--new", "-p", "press", "-n", "1", "--probes", "0", typed=f"claim-1{END}")
    assert "press-press · concept" in sat.stdout
    assert "Score:" in sat.stdout
    assert "reference answer: “" in sat.stdout
    assert terminal("packs", "remove", "press", "--yes").stdout == "Deleted pack press.\n"
    assert "No packs yet" in terminal("packs").stdout


def test_an_import_reads_new_passages_for_the_search(
    terminal: Terminal, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEWER_CACHE_DIR", str(tmp_path / "cache"))
    assert json.loads(terminal("import", str(source), "--pack", "press", "--json").stdout)["read"] == 1
    (manifest,) = (tmp_path / "cache" / "passages").glob("*/manifest.json")
    held = json.loads(manifest.read_text())["contents"].values()
    assert "reference-answer:press-what-is-letterpress" in held
    written = manifest.stat().st_mtime_ns
    assert terminal("search", "-p", "press", "raised", "type").exit_code == 0
    assert manifest.stat().st_mtime_ns == written


def test_what_is_left_out_is_told_on_standard_error(terminal: Terminal, source: Path) -> None:
    (source.parent / "bad.pdf").write_text("x")
    imported = terminal("import", str(source), str(source.parent / "bad.pdf"), "--pack", "press")
    assert imported.exit_code == 0
    assert imported.stderr == "bad.pdf: is not a PDF, though its name says so\n"


def test_an_import_of_nothing_fails_in_one_line(terminal: Terminal, tmp_path: Path) -> None:
    failed = terminal("import", str(tmp_path / "missing.md"), "--pack", "press")
    assert failed.exit_code == 1
    assert failed.stderr.count("\n") == 1
    assert "Nothing was imported. missing.md: cannot be opened" in failed.stderr


def test_drafts_are_pointed_out(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "prose.md").write_text("# Presses\n\nA press is a machine that puts ink onto paper.\n")
    imported = terminal("import", str(tmp_path / "prose.md"), "--pack", "press")
    assert "1 question (1 draft), 1 section of notes" in imported.stdout
    assert "interviewer check" in imported.stdout
    folder = imported.stdout.partition("Look the drafts over in ")[2].partition(",")[0]
    assert terminal("check", folder).exit_code == 0


def test_a_pack_travels_as_one_file(terminal: Terminal, source: Path, tmp_path: Path) -> None:
    terminal("import", str(source), "--pack", "press", "--title", "Presses")
    assert "press.zip" in terminal("packs", "export", "press", "--to", str(tmp_path)).stdout
    assert "already" in terminal("packs", "add", str(tmp_path / "press.zip")).stderr
    assert terminal("packs", "remove", "press", typed="\n").stdout.endswith("Nothing was deleted.\n")
    terminal("packs", "remove", "press", typed="y\n")
    assert (
        "Added pack again with 2 questions"
        in terminal("packs", "add", str(tmp_path / "press.zip"), "--as", "again").stdout
    )
    (pack,) = json.loads(terminal("packs", "--json").stdout)
    assert (pack["name"], pack["title"], pack["questions"]) == ("again", "Presses", 2)


def test_an_unknown_pack_is_named_everywhere(terminal: Terminal) -> None:
    for command in (
        ("practice", "-p", "x"),
        ("questions", "-p", "x"),
        ("search", "-p", "x", "y"),
        ("packs", "export", "x"),
    ):
        failed = terminal(*command)
        assert failed.exit_code == 1
        assert "There is no pack 'x'" in failed.stderr


def test_a_json_report_of_an_import(terminal: Terminal, source: Path) -> None:
    report = json.loads(terminal("import", str(source), "--pack", "press", "--json").stdout)
    assert (report["read"], report["pack"]["questions"], report["remarks"]) == (1, 2, [])


def test_search_shows_passages_with_their_places(terminal: Terminal, source: Path) -> None:
    terminal("import", str(source), "--pack", "press")
    found = terminal("search", "raised", "type", "inked", "--pack", "press", "-n", "1")
    assert found.exit_code == 0
    assert "Raised type is inked and pressed." in found.stdout
    assert "press · corpus/questions/press-what-is-letterpress.md" in found.stdout
    (result,) = json.loads(terminal("search", "raised", "type", "-p", "press", "-n", "1", "--json").stdout)
    assert result["question_id"] == "press-what-is-letterpress"
    assert [result["text"][start:end] for start, end in result["matches"]] == ["Raised", "type"]


def test_what_search_prints_reads_as_text_and_says_where_no_word_was_found(
    terminal: Terminal, tmp_path: Path
) -> None:
    (tmp_path / "press.md").write_text("Q: What is `offset`?\nA: A **rubber blanket** carries ink.\n")
    terminal("import", str(tmp_path / "press.md"), "--pack", "press")
    found = terminal("search", "blanket", "--pack", "press", "-n", "1").stdout
    assert "What is offset?: reference answer" in found
    assert "A rubber blanket carries ink." in found
    assert "None of these words" not in found
    assert terminal("search", "zzqx", "-p", "press").stdout.startswith("None of these words is in the material.")


JOB = "Requirements\n- Airflow and Kubeflow Pipelines\n- Write COBOL for the mainframe\n"


def test_a_job_description_weights_the_session_and_is_explained(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "job.txt").write_text(JOB)
    sat = terminal("practice", "--job", str(tmp_path / "job.txt"), "-n", "1", "--probes", "0", typed=f"a{END}")
    assert sat.exit_code == 0
    assert "What this job asks for" in sat.stdout
    assert "Pipeline orchestration" in sat.stdout
    assert "- Write COBOL for the mainframe" in sat.stdout
    assert "orchestration · " in sat.stdout


def test_a_job_description_about_nothing_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "job.txt").write_text("Bake bread.")
    failed = terminal("practice", "--job", str(tmp_path / "job.txt"))
    assert failed.exit_code == 1
    assert "Paste the whole job description" in failed.stderr


def test_a_resume_gives_questions_about_its_projects(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "cv.md").write_text("# Experience\n- Built a feature store on Feast and Redis\n")
    sat = terminal("practice", "--resume", str(tmp_path / "cv.md"), "-n", "1", "--probes", "0", typed=f"a{END}")
    assert "Your résumé says: “Built a feature store on Feast and Redis”" in " ".join(sat.stdout.split())
    assert "on this computer only" in sat.stderr
    both = terminal("practice", "--resume", str(tmp_path / "cv.md"), "--pack", "x")
    assert "Leave out --pack and --job" in both.stderr
