"""What a person sees when something goes wrong."""

import pytest

from interviewer.errors import ModelError
from interviewer.ports import GradingTask
from tests.cli.conftest import Terminal


class FailingGrader:
    name = "keyword"

    def __init__(self, error: Exception) -> None:
        self._error = error

    def grade(self, task: GradingTask) -> None:
        raise self._error


def test_an_error_of_ours_is_one_line(terminal: Terminal) -> None:
    terminal.grader = FailingGrader(ModelError("The model said\nno.\x1b[2J Try again."))
    refused = terminal("grade", "rapid-psi", "words")
    assert (refused.exit_code, refused.stderr) == (1, "The model said no. [2J Try again.\n")


def test_a_bug_shows_itself(terminal: Terminal) -> None:
    terminal.grader = FailingGrader(ZeroDivisionError())
    assert isinstance(terminal("grade", "rapid-psi", "words").exception, ZeroDivisionError)


def test_wrong_settings_name_their_variable(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWER_PORT", "many")
    refused = terminal("history")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("INTERVIEWER_PORT is wrong")


def test_an_unknown_command_is_wrong_usage_and_gets_a_suggestion(terminal: Terminal) -> None:
    refused = terminal("practise")
    assert refused.exit_code == 2
    assert "practice" in refused.stderr


def test_the_version(terminal: Terminal) -> None:
    from interviewer import __version__

    assert terminal("--version").stdout == f"interviewer {__version__}\n"
