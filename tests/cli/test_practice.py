"""`interviewer practice`: whole sittings, as a person would type them."""

from pathlib import Path

import pytest

from interviewer.adapters.memory_store import MemoryStore
from interviewer.adapters.scripted_grader import ScriptedGrader
from interviewer.domain.grade import Grade
from interviewer.domain.interview import Stage
from interviewer.errors import ModelError
from interviewer.ports import GradingTask
from tests.cli.conftest import Terminal

END = "\n\n\n"
PSI = ("practice", "-t", "drift", "-k", "rapid-fire", "--seed", "1", "--new")
"""Two rapid-fire questions are about drift; this asks rapid-psi first."""


def one_question(*more: str) -> tuple[str, ...]:
    return (*PSI, "-n", "1", *more)


def test_a_whole_interview(terminal: Terminal) -> None:
    sat = terminal(*one_question(), typed=f"it is low-band{END}and alarm-band{END}")
    assert sat.exit_code == 0
    steps = [
        "Question 1 of 1",
        "drift · rapid-fire · easy · about 1 minute",
        "What does PSI measure",
        "So far: 22.2 of 100. A follow-up question:",
        "PSI of 0.3",
        "Score: 55.6 of 100",
        "Reference answer",
        "Report · 55.6 of 100",
        "The heaviest gaps",
        "Readiness",
    ]
    places = [sat.stdout.find(step) for step in steps]
    assert -1 not in places
    assert places == sorted(places)


def test_the_reference_answer_is_not_shown_before_the_follow_up(terminal: Terminal) -> None:
    sat = terminal(*one_question(), typed=f"it is low-band{END}")
    assert "follow-up question" in sat.stdout
    assert "Reference answer" not in sat.stdout


def test_no_follow_up_where_none_is_wanted(terminal: Terminal) -> None:
    assert "follow-up question:" not in terminal(*one_question("--probes", "0"), typed=f"a{END}").stdout


def test_the_end_of_input_sends_an_answer_too(terminal: Terminal) -> None:
    assert "Score: 22.2 of 100" in terminal(*one_question("--probes", "0"), typed="low-band").stdout


def test_a_single_empty_line_belongs_to_the_answer(terminal: Terminal) -> None:
    terminal(*one_question("--probes", "0"), typed=f"\nlow-band\n\nalarm-band{END}")
    (interview,) = terminal.store.history("local")
    assert interview.items[0].answer == "low-band\n\nalarm-band"


def test_skipping_shows_a_strong_answer_and_does_not_count(terminal: Terminal) -> None:
    sat = terminal(*PSI, "-n", "2", typed=f"/skip\n\nwords{END}/skip\n")
    assert "Skipped. A strong answer" in sat.stdout
    assert "Skipped, not counted" in sat.stdout


def test_between_the_questions_only_what_is_offered_moves_on(terminal: Terminal) -> None:
    sat = terminal(*PSI, "-n", "2", typed=f"/skip\n/again\n\nwords{END}/skip\n")
    assert sat.stdout.count("That is none of them") == 1
    assert "Skipped, not counted" in sat.stdout


def test_help_lists_the_commands(terminal: Terminal) -> None:
    assert (
        terminal(*one_question(), typed="/help\n/quit\n").stdout.count(
            "end the interview here and show the report"
        )
        == 2
    )


def test_what_was_left_is_resumed_at_the_same_question(terminal: Terminal) -> None:
    left = terminal(*PSI, "-n", "2", typed=f"low-band{END}/quit\n")
    assert left.exit_code == 0
    assert "`interviewer practice` resumes the interview" in left.stdout
    resumed = terminal("practice", typed=f"y\nalarm-band{END}/finish\n")
    assert "at question 1 of 2. Resume it?" in resumed.stdout
    assert "A follow-up question" in resumed.stdout
    assert "Score: 55.6 of 100" in resumed.stdout
    assert "Not reached" in resumed.stdout


def test_declining_to_resume_keeps_the_interrupted_interview(terminal: Terminal) -> None:
    terminal(*PSI, typed="/quit\n")
    terminal("practice", "-n", "1", typed="n\n/finish\n")
    assert len(terminal.store.unfinished("local")) == 1
    assert len(terminal.store.history("local")) == 1


class BrokenGrader(ScriptedGrader):
    """Cannot reach what it needs."""

    def grade(self, task: GradingTask) -> Grade:
        raise ModelError("No model. Try again.")


def test_an_answer_that_could_not_be_graded_is_graded_on_resuming(terminal: Terminal) -> None:
    terminal.grader = BrokenGrader()
    failed = terminal(*one_question("--probes", "0"), typed=f"low-band{END}")
    assert (failed.exit_code, failed.stderr) == (1, "No model. Try again.\n")
    assert terminal.store.unfinished("local")[0].current.stage is Stage.ANSWERED
    terminal.grader = ScriptedGrader()
    assert "Score: 22.2 of 100" in terminal("practice", typed="y\n").stdout


def test_an_answer_that_is_too_long_is_kept_and_can_be_edited(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "sed -i 's/a*/low-band/'")
    sat = terminal(*one_question("--probes", "0"), typed=f"{'a' * 20_001}{END}/edit\n{END}")
    assert "The answer has 20,001 characters" in sat.stdout
    assert "20,004 characters so far" in sat.stdout
    assert "Score: 22.2 of 100" in sat.stdout


def test_an_editor_that_does_not_work_is_told(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "no-such-editor")
    assert "Set EDITOR to one that is installed" in terminal(*one_question(), typed="/edit\n").stdout


def test_a_begun_answer_is_neither_skipped_nor_cleared_by_accident(terminal: Terminal) -> None:
    sat = terminal(*one_question(), typed="low-band\n/skip\n/clear\n/skip\n")
    assert "You have begun an answer" in sat.stdout
    assert "Skipped" in sat.stdout


def test_what_was_typed_survives_a_killed_terminal(terminal: Terminal, data_dir: Path) -> None:
    terminal(*one_question("--probes", "0"), typed="low-band\n/quit\n")
    (draft,) = (data_dir / "drafts").iterdir()
    assert draft.read_text() == "low-band\n"
    assert draft.stat().st_mode & 0o077 == 0
    resumed = terminal("practice", typed=f"y\nalarm-band{END}")
    assert "Your text so far:\nlow-band" in resumed.stdout
    assert "Score: 55.6 of 100" in resumed.stdout
    assert not draft.exists()


def test_a_data_folder_that_cannot_be_written_is_told(terminal: Terminal, data_dir: Path) -> None:
    data_dir.write_text("a file where the folder should be")
    refused = terminal(*one_question(), typed="words\n")
    assert refused.exit_code == 1
    assert "Set INTERVIEWER_DATA_DIR" in refused.stderr


def test_without_options_it_asks_what_to_practise(terminal: Terminal) -> None:
    typed = "9\nmlops-engineer\nnonsense\ndrift,\n3\neasy\nmany\n99\n2\n/quit\n"
    sat = terminal("practice", typed=typed)
    assert "Give numbers from 1 to 4, or names." in sat.stdout
    assert "There is no choice 'nonsense'" in sat.stdout
    assert "Please give a number from 1 to 75." in sat.stdout
    (interview,) = terminal.store.unfinished("local")
    assert interview.choices.model_dump(exclude={"seed", "pack"}) == {
        "topics": ("drift",),
        "kinds": ("rapid-fire",),
        "levels": ("easy",),
        "only": (),
        "questions": 2,
        "probes": 1,
        "role": "mlops-engineer",
    }


def test_the_end_of_input_while_choosing_starts_nothing(terminal: Terminal) -> None:
    left = terminal("practice", typed="")
    assert left.exit_code == 0
    assert not terminal.store.unfinished("local")


def test_wrong_choices_are_refused_before_anything_starts(terminal: Terminal) -> None:
    assert "There is no role 'boss'" in terminal("practice", "--role", "boss").stderr
    assert "There is no topic 'x'" in terminal("practice", "-t", "x").stderr
    assert "No question matches" in terminal("practice", "-t", "drift", "-k", "behavioural").stderr
    assert terminal("practice", "-n", "0").exit_code == 2
    assert not terminal.store.unfinished("local")


def test_the_same_seed_asks_the_same_questions(terminal: Terminal) -> None:
    asked = []
    for _ in range(2):
        terminal.store = MemoryStore()
        terminal("practice", "--new", "--seed", "7", "-n", "5", typed="/quit\n")
        asked.append([item.question_id for item in terminal.store.unfinished("local")[0].items])
    assert asked[0] == asked[1]


def test_named_questions_are_asked_and_no_others(terminal: Terminal) -> None:
    sat = terminal("practice", "rapid-psi", "rapid-dvc", "--probes", "0", typed=f"low-band{END}\n/skip\n")
    assert sat.stdout.find("What does PSI measure") < sat.stdout.find("Question 2 of 2")
    (interview,) = terminal.store.unfinished("local") or terminal.store.history("local")
    assert interview.choices.only == ("rapid-psi", "rapid-dvc")


def test_a_question_that_does_not_exist_is_told_with_the_closest(terminal: Terminal) -> None:
    sat = terminal("practice", "rapid-ps")
    assert sat.exit_code == 1
    assert "Did you mean rapid-psi" in sat.stderr
