"""`interviewer practice` at a real terminal: what a pipe cannot show."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

PROGRAM = """
import os, signal
os.login_tty(0)  # so that Ctrl-C reaches it,
signal.signal(signal.SIGINT, signal.default_int_handler)  # also from a shell that runs the tests in the background
from interviewer.adapters.scripted_grader import ScriptedGrader
from interviewer.bootstrap import build
from interviewer.cli.app import app
app(["practice", "-t", "drift", "-k", "rapid-fire", "--seed", "1", "-n", "1", "--probes", "0"],
    obj=lambda settings: build(settings, grader=ScriptedGrader()))
"""
PATIENCE_SECONDS = 30


def wait_until(true: Callable[[], bool], otherwise: Callable[[], str] = str) -> None:
    """Return as soon as it is true."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < until, otherwise()
        time.sleep(0.01)


class RealTerminal:
    """A process at a pseudo-terminal: what it printed, and keys pressed."""

    def __init__(self) -> None:
        self.printed = ""
        self._keyboard, screen = os.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM], stdin=screen, stdout=screen, stderr=screen, close_fds=True
        )
        os.close(screen)
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._keyboard, keys.encode())

    def wait_for(self, text: str) -> None:
        """Return as soon as the text was printed."""
        wait_until(lambda: text in self.printed, lambda: self.printed)

    def close(self) -> None:
        """End the process, if it did not end by itself, and take the terminal away."""
        self.process.kill()
        self.process.wait()
        self._reader.join()
        os.close(self._keyboard)

    def _read(self) -> None:
        with suppress(OSError):  # the other end was closed
            while data := os.read(self._keyboard, 65_536):
                self.printed += data.decode(errors="replace")


@pytest.fixture
def at_terminal() -> Iterator[list[RealTerminal]]:
    """Terminals opened by a test; closed after it."""
    opened: list[RealTerminal] = []
    yield opened
    for terminal in opened:
        terminal.close()


def sit_down(opened: list[RealTerminal]) -> RealTerminal:
    terminal = RealTerminal()
    opened.append(terminal)
    return terminal


def test_ctrl_c_in_the_middle_of_a_line_loses_nothing(at_terminal: list[RealTerminal], data_dir: Path) -> None:
    first = sit_down(at_terminal)
    first.wait_for("> ")
    first.press("low-band\rand alarm-")
    first.wait_for("and alarm-")
    first.press("\x03")
    first.wait_for("Everything you said is kept")
    assert first.process.wait(PATIENCE_SECONDS) == 130
    second = sit_down(at_terminal)
    second.wait_for("Resume it?")
    second.press("y\r")
    second.wait_for("Your text so far")
    second.press("\rband\r\r\r")
    second.wait_for("Score: 22.2 of 100")
    assert "and alarm-" in second.printed


def test_a_pasted_line_longer_than_a_terminals_own_limit_is_taken_whole(at_terminal: list[RealTerminal]) -> None:
    terminal = sit_down(at_terminal)
    terminal.wait_for("> ")
    terminal.press("word " * 1_000)
    terminal.press("low-band\r\r\r")
    terminal.wait_for("Score: 22.2 of 100")


def test_an_aside_on_a_line_of_its_own_is_replied_to_at_once(at_terminal: list[RealTerminal]) -> None:
    terminal = sit_down(at_terminal)
    terminal.wait_for("> ")
    terminal.press("a hint, please\r")
    terminal.wait_for("One sentence on what it is")
    terminal.press("low-band\rA hint, please\r\r\r")
    terminal.wait_for("Score: 22.2 of 100")
    assert terminal.printed.count("One sentence on what it is") == 1


def test_a_pasted_answer_that_begins_like_an_aside_stays_whole(at_terminal: list[RealTerminal]) -> None:
    terminal = sit_down(at_terminal)
    terminal.wait_for("> ")
    terminal.press("I am not sure.\rlow-band\rand alarm-band\r\r\r")
    terminal.wait_for("Score: 55.6 of 100")
    assert "I am not sure." in terminal.printed.partition("Your answer")[2]


def test_a_killed_process_loses_no_line(at_terminal: list[RealTerminal], data_dir: Path) -> None:
    terminal = sit_down(at_terminal)
    terminal.wait_for("> ")
    terminal.press("low-band\r")
    wait_until(lambda: any(data_dir.glob("drafts/*")))
    os.kill(terminal.process.pid, signal.SIGKILL)
    terminal.process.wait()
    (draft,) = data_dir.glob("drafts/*")
    assert draft.read_text() == "low-band\n"
