"""`interviewer practice`: talking with the interviewer, who has no language model here."""

import pytest

from interviewer.domain.interview import ASIDES_AT_MOST
from tests.cli.conftest import Terminal

END = "\n\n\n"
PSI = ("practice", "rapid-psi", "--new")


def in_order(shown: str, *parts: str) -> bool:
    places = [shown.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


def test_the_interviewer_greets_acknowledges_probes_and_closes(terminal: Terminal) -> None:
    shown = terminal(*PSI, typed=f"low-band{END}alarm-band{END}").stdout
    (interview,) = terminal.store.history("local")
    probe = interview.items[0].exchanges[0]
    assert "one question" in shown
    assert in_order(
        shown, "one question", "What does PSI measure", "hank", "A follow-up question:", "Score:", "Report"
    )
    assert probe.worded is not None
    assert probe.probe.ask in probe.worded
    assert "report" in shown.partition("Score:")[2].partition("Report ·")[0], "it closes before the report"


def test_what_is_said_beside_the_answer_is_replied_to_and_kept(terminal: Terminal) -> None:
    typed = f"Can you repeat that?{END}a hint please{END}a hint please{END}low-band{END}"
    shown = terminal(*PSI, "--probes", "0", typed=typed).stdout
    assert shown.count("What does PSI measure") == 2
    assert in_order(shown, "One sentence on what it is", "Think of this:", "Score: 22.2 of 100")
    (interview,) = terminal.store.history("local")
    assert [aside.said for aside in interview.items[0].asides] == ["Can you repeat that?", *["a hint please"] * 2]
    assert interview.items[0].answer == "low-band"


def test_what_was_meant_as_an_answer_is_one_when_it_is_sent_again(terminal: Terminal) -> None:
    shown = terminal(*PSI, "--probes", "0", typed=f"I don't know{END}I don't know{END}").stdout
    assert "If that was your answer, send it once more." in shown
    (interview,) = terminal.store.history("local")
    assert interview.items[0].answer == "I don't know"


@pytest.mark.parametrize(
    ("said", "command"), [("Let's skip this one.", "/skip"), ("Can we stop here?", "/finish")]
)
def test_a_wish_that_has_a_command_is_told_which(terminal: Terminal, said: str, command: str) -> None:
    shown = terminal(*PSI, typed=f"{said}{END}{command}\n").stdout
    assert f"{command} " in shown.partition("What does PSI measure")[2]
    assert "Report" in shown


def test_a_begun_answer_waits_while_the_question_is_repeated_or_a_hint_given(terminal: Terminal) -> None:
    shown = terminal(*PSI, "--probes", "0", typed=f"low-band\n/repeat\n/hint\nalarm-band{END}").stdout
    assert shown.count("What does PSI measure") == 2
    assert "One sentence on what it is" in shown
    (interview,) = terminal.store.history("local")
    assert interview.items[0].answer == "low-band\nalarm-band"


def test_talk_without_end_is_ended_and_the_question_stays_open(terminal: Terminal) -> None:
    typed = "/hint\n" * (ASIDES_AT_MOST + 1) + f"low-band{END}"
    shown = terminal(*PSI, "--probes", "0", typed=typed).stdout
    assert "That is enough talk beside the question" in shown
    assert "Score: 22.2 of 100" in shown


def test_a_follow_up_is_put_in_the_same_words_after_an_interruption(terminal: Terminal) -> None:
    terminal(*PSI, typed=f"low-band{END}/quit\n")
    (interview,) = terminal.store.unfinished("local")
    worded = interview.current.exchanges[0].ask
    resumed = terminal("practice", typed=f"y\nwhat do you mean by that?{END}alarm-band{END}").stdout
    assert worded in " ".join(resumed.split())
    assert "Score: 55.6 of 100" in resumed
    (interview,) = terminal.store.history("local")
    assert interview.items[0].exchanges[0].worded == worded
    assert interview.items[0].asides[0].probe == interview.items[0].exchanges[0].probe.key


def test_a_resumed_interview_is_not_introduced_again(terminal: Terminal) -> None:
    terminal(*PSI, typed="/quit\n")
    assert "one question" not in terminal("practice", typed="y\n/finish\n").stdout


def test_ending_early_is_no_last_question(terminal: Terminal) -> None:
    shown = terminal("practice", "rapid-psi", "model-rollback", "--new", typed="/skip\n/finish\n").stdout
    assert "That is all from me" not in shown
    assert "We are through" not in shown
