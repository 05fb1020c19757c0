"""`interviewer questions` and `interviewer show`."""

import json
import subprocess
import sys

from interviewer.content.library import Library
from tests.cli.conftest import Terminal

HEAVY = ("torch", "gradio", "faiss", "onnxruntime", "sentence_transformers", "transformers", "sqlalchemy", "numpy")


def test_lists_every_question_of_the_bank(terminal: Terminal) -> None:
    listed = terminal("questions")
    assert listed.exit_code == 0
    assert all(question in listed.stdout for question in Library().questions)
    assert "75 questions" in listed.stdout


def test_filters_combine(terminal: Terminal) -> None:
    listed = json.loads(
        terminal("questions", "--topic", "drift", "-k", "rapid-fire", "-k", "concept", "--json").stdout
    )
    assert {question["topic"] for question in listed} == {"drift"}
    assert {question["kind"] for question in listed} == {"rapid-fire", "concept"}


def test_json_holds_what_a_program_needs_and_not_the_answer(terminal: Terminal) -> None:
    first, *_ = json.loads(terminal("questions", "--json").stdout)
    assert set(first) == {"id", "kind", "topic", "level", "seconds", "prompt"}


def test_a_mistyped_topic_gets_the_closest_ones(terminal: Terminal) -> None:
    refused = terminal("questions", "--topic", "fature-store")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("There is no topic 'fature-store'. Did you mean feature-store?")
    assert refused.stderr.count("\n") == 1


def test_an_unknown_kind_is_wrong_usage(terminal: Terminal) -> None:
    refused = terminal("questions", "--kind", "riddle")
    assert refused.exit_code == 2
    assert "rapid-fire" in refused.stderr


def test_listing_imports_nothing_heavy() -> None:
    program = (
        "import sys; from interviewer.cli.app import app\n"
        "try: app(['questions', '--json'])\n"
        "except SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stderr == "[]\n"
    assert len(json.loads(ran.stdout)) == 75


def test_show_tells_everything_about_a_question(terminal: Terminal) -> None:
    shown = terminal("show", "feature-store-purpose").stdout
    for part in ("Reference answer", "point-in-time-join (", "Traps", "Figures", "Follow-up", "c (best)"):
        assert part in shown


def test_show_as_json_is_the_files_content(terminal: Terminal) -> None:
    shown = json.loads(terminal("show", "rapid-psi", "--json").stdout)
    assert shown["question"]["id"] == shown["rubric"]["question"] == "rapid-psi"
    assert shown["exercise"] is None


def test_showing_an_unknown_question_suggests_known_ones(terminal: Terminal) -> None:
    refused = terminal("show", "rapid-ps")
    assert refused.exit_code == 1
    assert "Did you mean rapid-psi" in refused.stderr
