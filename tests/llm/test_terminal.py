"""The command line with a language model set up by environment variables alone, whatever that model does."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from interviewer.adapters.hashing_embedder import HashingEmbedder
from interviewer.adapters.memory_store import MemoryStore
from interviewer.adapters.scripted_grader import ScriptedGrader
from interviewer.bootstrap import Product, build
from interviewer.cli.app import app
from interviewer.settings import Settings
from tests.fake_provider import FakeProvider, Fault, filtered, status
from tests.llm.access import KEY
from tests.llm.faults import FAULTS, SLOW, TALKING_FAULTS
from tests.llm.samples import ANSWER, GOOD, LIBRARY, QUESTION

END = "\n\n\n"
UNSURE = f"{ANSWER} So champion-kept? it is."
"""The local grader is not sure of one key, so that `auto` asks about it."""
SIT = ("practice", QUESTION, "--new")
REQUESTS_OF_A_SITTING = 20
"""More than one question takes: greeting, acknowledgements, grades, follow-up, closing."""

Terminal = Callable[..., Result]


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def terminal(store: MemoryStore) -> Terminal:
    """Runs a command; `typed` is what is typed to it."""

    def product(settings: Settings) -> Product:
        return build(settings, library=LIBRARY, store=store, local=ScriptedGrader(), embedder=HashingEmbedder())

    def run(*arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(app, arguments, input=typed, obj=product)

    return run


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Callable[[Fault], None]:
    """Waits shorter for faults that only waiting ends."""

    def set_up(fault: Fault) -> None:
        if fault in SLOW:
            monkeypatch.setenv("INTERVIEWER_LLM_TIMEOUT", "0.1")

    return set_up


def is_told_plainly(result: Result) -> bool:
    """Done, with nothing that a person need not see."""
    assert result.exception is None, result.output
    assert "Traceback" not in result.output
    assert KEY not in result.output
    return result.exit_code == 0


def flat(text: str) -> str:
    """The text on one line, however it was wrapped."""
    return " ".join(text.split())


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_grade_shows_a_grade_and_says_why_the_local_grader_stood_in(
    server: FakeProvider, terminal: Terminal, impatient: Callable[[Fault], None], fault: Fault
) -> None:
    impatient(fault)
    server.misbehave(fault)
    shown = terminal("grade", QUESTION, UNSURE, "--grader", "auto")
    assert is_told_plainly(shown)
    assert shown.stderr == ""
    assert "Score:" in shown.stdout
    assert "The local grader stood in. You can have this answer graded again later." in flat(shown.stdout)
    assert "Judging this took" not in shown.stdout or "1 call" in shown.stdout


@pytest.mark.parametrize("grader", ["llm", "auto"])
def test_grade_file_grades_every_line_whatever_happens_to_it(
    server: FakeProvider, terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, grader: str
) -> None:
    monkeypatch.setenv("INTERVIEWER_LLM_TIMEOUT", "0.5")
    lines = [
        {"id": name, "question_id": QUESTION, "answer": f"{UNSURE} Number {number}."}
        for number, name in enumerate(["fine", *FAULTS])
    ]
    answers, grades = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    answers.write_text("".join(json.dumps(line) + "\n" for line in lines))
    server.misbehave(*FAULTS.values())
    done = terminal("grade-file", str(answers), "--out", str(grades), "--grader", grader)
    assert is_told_plainly(done)
    assert f"{len(lines)} graded." in done.stderr
    found = [json.loads(line) for line in grades.read_text().splitlines()]
    assert [line["id"] for line in found] == [line["id"] for line in lines]
    assert all(line["score"] is not None for line in found)
    assert sum(line["grader"]["fallback_reason"] is None for line in found) == 1, "one request was left in peace"


@pytest.mark.parametrize("fault", TALKING_FAULTS.values(), ids=TALKING_FAULTS.keys())
def test_a_sitting_ends_in_an_honest_report_though_every_request_fails(
    server: FakeProvider, terminal: Terminal, impatient: Callable[[Fault], None], fault: Fault
) -> None:
    impatient(fault)
    server.misbehave(*[fault] * REQUESTS_OF_A_SITTING)
    sat = terminal(
        *SIT, typed=f"Can I assume that there is a registry?{END}{ANSWER}{END}Nothing more to say.{END}"
    )
    assert is_told_plainly(sat)
    assert sat.stderr == ""
    shown = flat(sat.stdout)
    assert "A follow-up question:" in shown
    assert "1 question graded by the local grader" in shown
    assert "The local grader stood in" in shown.partition("Report ·")[2]
    assert "`interviewer regrade --grader llm` tries again" in shown


def test_why_the_model_does_not_speak_is_said_once(server: FakeProvider, terminal: Terminal) -> None:
    server.misbehave(*[status(500)] * 2)  # greeting and first reply
    sat = terminal(*SIT, typed=f"Can I assume that there is a registry?{END}/quit\n")
    assert sat.stdout.count("(I speak without the language model. The ") == 1
    assert "internal error (500)" in sat.stdout


def test_with_a_model_the_interviewer_finds_its_own_words_and_they_are_kept(
    server: FakeProvider, terminal: Terminal, store: MemoryStore
) -> None:
    server.answer = lambda body: (
        GOOD if wants_json(body) else "So you keep it \x1b[2J[bold]there[/bold]. How long?"
    )
    sat = terminal(*SIT, typed=f"Can I assume that there is a registry?{END}{ANSWER}{END}A month.{END}")
    assert is_told_plainly(sat)
    assert "\x1b" not in sat.stdout
    assert sat.stdout.count("[bold]there[/bold].") == 6  # greeting, reply, two acknowledgements, probe, closing
    (interview,) = store.history("local")
    (aside,), (exchange,) = interview.items[0].asides, interview.items[0].exchanges
    assert aside.reply.startswith("So you keep it")
    assert exchange.ask.endswith("How long?")
    assert exchange.reply == "A month."


def test_feedback_says_who_judged_what_and_what_it_took(server: FakeProvider, terminal: Terminal) -> None:
    shown = flat(terminal("grade", QUESTION, UNSURE, "--grader", "auto").stdout)
    assert "(6 of 7 claims) and the language model" in shown
    assert "(champion-kept, judged by the language model" in shown
    assert "Judging this took 1 call, " in shown
    assert ", $0.00" in shown
    again = flat(terminal("grade", QUESTION, UNSURE, "--grader", "auto").stdout)
    assert "had judged these words before: nothing was spent" in again


def test_a_sitting_ends_with_what_it_took(server: FakeProvider, terminal: Terminal) -> None:
    shown = flat(terminal(*SIT, "--probes", "0", typed=f"{ANSWER}{END}").stdout)
    assert "Grading took 1 call, " in shown
    assert "This session took 4 calls, " in shown
    assert "It may take 500,000 tokens and $1.00." in shown


def test_leaving_early_tells_what_it_took_too_and_a_price_that_nobody_knows_is_not_made_up(
    server: FakeProvider, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEWER_MODEL", "llama-on-my-desk")
    shown = flat(terminal(*SIT, typed="/quit\n").stdout)
    assert "This session took 1 call, " in shown
    assert "no known price" in shown


def test_between_the_questions_the_model_can_try_once_more(
    server: FakeProvider, terminal: Terminal, store: MemoryStore
) -> None:
    server.misbehave(*[filtered()] * 4)  # greeting, acknowledgement, grade, and the first time once more
    shown = flat(terminal(*SIT, "--probes", "0", typed=f"{ANSWER}{END}/again\n/again\n").stdout)
    assert shown.count("The local grader stood in. You can have") == 2
    assert "/again to have the language model try once more" in shown
    assert "regrade" not in shown
    (interview,) = store.history("local")
    assert interview.items[0].grade is not None
    assert interview.items[0].grade.grader.fallback_reason is None


def test_without_a_model_chosen_nothing_is_offered_that_cannot_help(
    server: FakeProvider, terminal: Terminal, store: MemoryStore
) -> None:
    server.misbehave(*[status(503)] * REQUESTS_OF_A_SITTING)
    terminal("practice", QUESTION, "model-registry", "--new", "--probes", "0", typed=f"{ANSWER}{END}/quit\n")
    resumed = terminal("practice", "--grader", "keyword", typed="y\n/finish\n")
    assert "/again" not in resumed.stdout


def test_answers_are_graded_again_later_and_keep_their_grade_where_that_fails(
    server: FakeProvider, terminal: Terminal, store: MemoryStore
) -> None:
    server.misbehave(*[status(503)] * 5)  # greeting, acknowledgement, grade, closing, and the first try
    assert "`interviewer regrade" in terminal(*SIT, "--probes", "0", typed=f"{ANSWER}{END}").stdout
    failed = terminal("regrade")
    assert is_told_plainly(failed)
    assert "The local grader stood in again: The" in flat(failed.stdout)
    assert "`interviewer regrade" in terminal("report").stdout
    (result,) = json.loads(terminal("regrade", "--json").stdout)["questions"]
    assert result["question"] == QUESTION
    assert result["score"] > result["score_before"]
    assert result["fallback_reason"] is None
    assert "`interviewer regrade" not in terminal("report").stdout


def test_regrading_says_what_keeps_it_from_doing_anything(
    server: FakeProvider, terminal: Terminal, store: MemoryStore
) -> None:
    assert "nothing to grade again" in terminal("regrade").stderr
    assert "There is no interview 'zz'" in terminal("regrade", "zz").stderr
    refused = terminal("regrade", "--grader", "keyword")
    assert refused.exit_code == 1
    assert "Choose --grader llm or --grader auto" in refused.stderr


def wants_json(body: dict[str, object]) -> bool:
    return "response_format" in body or "output_config" in body
