"""`interviewer history` and `interviewer report`."""

import json

import pytest

from tests.cli.conftest import Terminal

END = "\n\n\n"


@pytest.fixture
def practised(terminal: Terminal) -> Terminal:
    """One interview finished, a later one interrupted."""
    practice = ("practice", "--new", "-t", "drift", "-k", "rapid-fire", "--seed", "1", "-n", "1", "--probes", "0")
    terminal(*practice, typed=f"low-band! and distribution-change and high-is-stable{END}")
    terminal(*practice, typed="/quit\n")
    return terminal


def test_history_lists_the_latest_first(practised: Terminal) -> None:
    interrupted, finished = practised("history").stdout.splitlines()[1:]
    assert "interrupted: `interviewer practice` resumes it" in interrupted
    assert "38.9" in finished  # weight 3 of the 7 that could be judged, minus 4 for the trap


def test_history_as_json(practised: Terminal) -> None:
    interrupted, finished = json.loads(practised("history", "--json").stdout)
    assert (finished["finished"], finished["score"], finished["graded"]) == (True, 38.9, 1)
    assert (interrupted["finished"], interrupted["score"]) == (False, None)


def test_without_an_interview_history_says_how_to_get_one(terminal: Terminal) -> None:
    assert "`interviewer practice` starts one" in terminal("history").stdout


def test_the_report_is_of_the_latest_finished_interview(practised: Terminal) -> None:
    report = json.loads(practised("report", "--json").stdout)
    (finished,) = practised.store.history("local")
    assert report["interview"] == finished.id
    assert [trap["trap"] for trap in report["traps"]] == ["high-is-stable"]
    assert [key["key"] for key in report["unscored"]] == ["low-band"]


def test_the_report_says_what_was_said_to_a_person(practised: Terminal) -> None:
    shown = practised("report").stdout
    for part in (
        "1 question graded by scripted",
        "Traps you fell into",
        "Could not be judged",
        "“high-is-stable”",
    ):
        assert part in shown


def test_an_interview_can_be_named_by_the_beginning_of_its_id(practised: Terminal) -> None:
    (interrupted,) = practised.store.unfinished("local")
    assert json.loads(practised("report", interrupted.id[:8], "--json").stdout)["interview"] == interrupted.id


def test_unknown_interviews_are_told(practised: Terminal, terminal: Terminal) -> None:
    assert "There is no interview 'zz'" in practised("report", "zz").stderr
    assert "There is no interview ''" in practised("report", "").stderr


def test_without_a_finished_interview_the_report_says_so(terminal: Terminal) -> None:
    refused = terminal("report")
    assert refused.exit_code == 1
    assert "No interview is finished yet" in refused.stderr
