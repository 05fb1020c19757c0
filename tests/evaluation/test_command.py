"""`interviewer evaluate`, from the shell's side, with a grader that gives what the answer names."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from interviewer.adapters.scripted_grader import ScriptedGrader
from interviewer.bootstrap import Product, build
from interviewer.cli.app import app
from interviewer.settings import Settings

QUESTION = "model-rollback"


def product(settings: Settings) -> Product:
    """The product with a grader that needs no model."""
    return build(settings, grader=ScriptedGrader())


KEYS = [key.id for key in product(Settings()).library.rubric(QUESTION).keys]
FIRST, SECOND = KEYS[:2]


def line(id: str, answer: str, met: list[str], **labels: Any) -> dict[str, Any]:
    """A labelled line of the bank."""
    return {"id": id, "question_id": QUESTION, "answer": answer, "met": met, **labels}


def run(path: Path, *options: str) -> Result:
    """Run the command on a file."""
    return CliRunner().invoke(app, ["evaluate", str(path), *options], obj=product)


def written(path: Path, *lines: object) -> Path:
    """A file of these lines; text is written as it is."""
    texts = [each if isinstance(each, str) else json.dumps(each) for each in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    """Two answers: one credit rightly given, one wrongly, all else rightly refused."""
    return written(
        tmp_path / "labelled.jsonl",
        line("good", f"I say {FIRST}.", [FIRST], style="strong", holistic=80, traps=[], numbers=[]),
        line("bad", f"I say {SECOND}.", [], style="wrong", holistic=10, traps=[], numbers=[]),
    )


def test_agreement_is_printed_as_a_table_with_the_mistakes(labelled: Path) -> None:
    done = run(labelled)
    assert done.exit_code == 0
    assert re.search(r"precision of met +0\.50", done.output)
    assert re.search(r"recall of met +1\.00", done.output)
    assert f"bad · {SECOND}: labelled not met, judged met" in done.output


def test_json_holds_the_same_figures(labelled: Path) -> None:
    found = json.loads(run(labelled, "--json").output)
    figures = {each["id"]: each["value"] for each in found["measures"]}
    assert (figures["precision"], figures["recall"]) == (0.5, 1)
    assert found["answers"] == 2
    assert found["keys"] == 2 * len(KEYS)


def test_keys_on_which_fair_examiners_differ_are_left_out(tmp_path: Path) -> None:
    path = written(tmp_path / "l.jsonl", line("x", f"{FIRST} {SECOND}", [FIRST], borderline=[SECOND]))
    found = json.loads(run(path, "--json").output)
    assert found["keys"] == len(KEYS) - 1
    assert found["mistakes"] == []


def test_what_is_not_labelled_is_not_measured(tmp_path: Path) -> None:
    found = json.loads(run(written(tmp_path / "l.jsonl", line("x", FIRST, [FIRST])), "--json").output)
    figures = {each["id"]: each["value"] for each in found["measures"]}
    assert figures["traps_f1"] is None and figures["pearson"] is None


def test_questions_from_outside_the_bank_can_be_labelled_by_their_own_ids(tmp_path: Path) -> None:
    outside = {
        "id": 7,
        "question": "What is a canary?",
        "reference_answer": "A small share of the traffic goes first.",
        "rubric": [{"id": 1, "claim": "A small share goes first."}, {"id": "two", "claim": "It is watched."}],
        "answer": "key-1",  # the scripted grader goes by the ids inside
        "met": [1],
    }
    found = json.loads(run(written(tmp_path / "l.jsonl", outside), "--json").output)
    assert (found["keys"], found["mistakes"]) == (2, [])


def test_lines_that_cannot_be_read_are_told_and_the_rest_is_measured(tmp_path: Path) -> None:
    path = written(
        tmp_path / "l.jsonl",
        "not json",
        line("good", FIRST, [FIRST]),
        line("unknown key", FIRST, ["no-such-key"]),
        {"id": "unlabelled", "question_id": QUESTION, "answer": FIRST},
        line("nan", FIRST, [FIRST], holistic=float("nan")),
        line("unknown question", FIRST, [FIRST]) | {"question_id": "no-such-question"},
    )
    done = run(path, "--json")
    found = json.loads(done.stdout)
    assert done.exit_code == 1
    assert found["answers"] == 1
    assert [bad["line"] for bad in found["bad_lines"]] == [1, 3, 4, 5, 6]
    assert "5 could not be read (line 1:" in done.stderr
    assert "the rubric has no 'no-such-key'" in done.stderr


@pytest.mark.parametrize("content", ["", "\n\n", "{}\n", "[1]\n", "\ufeff\n"])
def test_a_file_without_labelled_answers_is_one_line_of_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "l.jsonl"
    path.write_text(content, encoding="utf-8")
    done = run(path)
    assert done.exit_code == 1
    assert "holds no labelled answer" in done.stderr and done.stderr.count("\n") == 1


def test_a_missing_file_is_one_line_of_error(tmp_path: Path) -> None:
    done = run(tmp_path / "none.jsonl")
    assert done.exit_code == 1
    assert "none.jsonl cannot be read: No such file" in done.stderr


def test_the_page_needs_no_other_host_and_runs_nothing_that_candidates_wrote(
    labelled: Path, tmp_path: Path
) -> None:
    hostile = line(
        "<b>id</b>", f"{SECOND} <script>alert(1)</script> {{{{ 7*7 }}}} $\\frac$", [], style="<i>odd</i>"
    )
    written(labelled, hostile, line("good", FIRST, [FIRST], holistic=50))
    page = tmp_path / "page.html"
    assert run(labelled, "--html", str(page)).exit_code == 0
    html = page.read_text(encoding="utf-8")
    assert "<script" not in html and "&lt;script&gt;" in html and "{{ 7*7 }}" in html
    assert "<i>odd" not in html and "<b>id" not in html
    addresses = set(re.findall(r"https?://[^\s\"'<>]+", html))
    assert all("w3.org" in each or "purl.org" in each or "creativecommons" in each for each in addresses)
    assert not re.search(r"(?:src|href)\s*=\s*[\"'](?!#)", html.replace("xlink:", ""))
    assert html.count("<svg") == 2
    assert f"<mark>{SECOND}</mark>" in html


def test_the_same_answers_give_the_same_page(labelled: Path, tmp_path: Path) -> None:
    pages = [tmp_path / "one.html", tmp_path / "two.html"]
    for page in pages:
        run(labelled, "--html", str(page))
    assert pages[0].read_bytes() == pages[1].read_bytes()


def test_without_the_drawing_library_the_remedy_is_told(
    labelled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    done = run(labelled, "--html", str(tmp_path / "page.html"))
    assert done.exit_code == 1
    assert "pip install 'mlops-interviewer[plots]'" in done.stderr
