"""`interviewer doctor`."""

import json
import socket
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal


@pytest.fixture
def found(terminal: Terminal) -> "Doctor":
    return Doctor(terminal)


class Doctor:
    """Runs the command and gives what it found by name."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal

    def __call__(self) -> dict[str, dict[str, str]]:
        return {finding["name"]: finding for finding in json.loads(self.terminal("doctor", "--json").stdout)}


def test_this_installation_works(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWER_PORT", "0")
    looked = terminal("doctor")
    assert looked.exit_code == 0
    assert "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db" in looked.stdout.replace("\n", "")


def test_keys_are_said_to_be_set_and_never_shown(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("OPENAI_BASE_URL", "https://user:secret@models.example/v1?key=secret")
    monkeypatch.setenv("DATABASE_URL", "nonsense://me:secret@db.example/x")
    for looked in (terminal("doctor"), terminal("doctor", "--json")):
        assert "secret" not in looked.output
        assert "models.example" in looked.stdout
        assert "not set" in looked.stdout  # the other key


def test_a_data_folder_that_cannot_be_written_is_a_problem(found: Doctor, data_dir: Path) -> None:
    data_dir.write_text("a file where the folder should be")
    assert found()["data folder"]["state"] == "problem"
    assert "INTERVIEWER_DATA_DIR" in found()["data folder"]["remedy"]
    assert found.terminal("doctor").exit_code == 1


def test_a_port_in_use_is_said(found: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("INTERVIEWER_PORT", str(taken.getsockname()[1]))
        assert "--port 0" in found()["address"]["remedy"]


def test_listening_to_others_without_a_login_is_a_problem(found: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWER_HOST", "0.0.0.0")  # noqa: S104
    assert found()["address"]["state"] == "problem"


def test_looking_makes_no_folder(found: Doctor, data_dir: Path) -> None:
    assert found()["database"]["detail"].endswith("(made by the first interview)")
    assert not data_dir.exists()


def test_a_database_is_opened_and_counted(found: Doctor, data_dir: Path) -> None:
    data_dir.mkdir()
    (data_dir / "interviews.db").touch()
    assert found()["database"]["detail"].endswith("0 interviews of yours")
