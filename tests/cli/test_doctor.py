"""`interviewer doctor`."""

import json
import socket
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tests.fake_provider import FakeProvider, Fault, not_json, status, stays_silent


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
    monkeypatch.setenv("OPENAI_BASE_URL", "http://user:secret@localhost:9/v1?key=secret")
    monkeypatch.setenv("DATABASE_URL", "nonsense://me:secret@db.example/x")
    for looked in (terminal("doctor"), terminal("doctor", "--json")):
        assert "secret" not in looked.output
        assert "localhost" in looked.stdout
        assert "not set" in looked.stdout  # the other key


def model(found: Doctor) -> dict[str, str]:
    return found()["language model"]


def test_without_a_model_it_says_how_to_set_one_up(found: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    none = model(found)
    assert none["state"] == "off"
    for server in ("OpenAI", "Anthropic", "Ollama", "llama.cpp", "vLLM", "LM Studio"):
        assert server in none["remedy"]
    monkeypatch.setenv("INTERVIEWER_GRADER", "auto")
    assert model(found)["state"] == "problem", "a model was chosen and is not there"


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_a_model_that_can_be_reached_is_said_to_be_and_is_asked_for_nothing_but_its_name(
    found: Doctor, monkeypatch: pytest.MonkeyPatch, provider: str
) -> None:
    with FakeProvider(key="sk-mine") as server:
        monkeypatch.setenv(f"{provider.upper()}_BASE_URL", server.base_url(provider))
        monkeypatch.setenv(f"{provider.upper()}_API_KEY", "sk-mine")
        reached = model(found)
        assert reached["state"] == "ok"
        assert reached["detail"].endswith("at 127.0.0.1: reached")
        assert "INTERVIEWER_GRADER=auto" in reached["remedy"]
        assert {request.path.partition("?")[0] for request in server.requests} == {"/v1/models"}
        monkeypatch.setenv("INTERVIEWER_MODEL", "gpt-99")
        unlisted = model(found)
        assert "does not list this model" in unlisted["detail"]
        assert "It has gpt-6-luna, claude-haiku-5-5." in unlisted["remedy"]


def test_a_tagged_name_is_the_model_too(found: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeProvider(models=("qwen3:latest",)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.openai_url)
        monkeypatch.setenv("INTERVIEWER_MODEL", "qwen3")
        assert model(found)["state"] == "ok"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (status(401), "refused the key (401)"),
        (status(503), "is unavailable (503)"),
        (status(404), "has no list of models"),
        (stays_silent, "did not answer within 0.2 s"),
        (not_json, "sent an answer that cannot be read"),
    ],
    ids=["refused", "down", "elsewhere", "silent", "a page"],
)
def test_a_model_that_cannot_be_reached_is_said_and_why(
    found: Doctor, monkeypatch: pytest.MonkeyPatch, fault: Fault, said: str
) -> None:
    with FakeProvider() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.openai_url)
        monkeypatch.setenv("INTERVIEWER_LLM_TIMEOUT", "0.2")
        monkeypatch.setenv("INTERVIEWER_GRADER", "llm")
        server.misbehave(fault)
        failed = model(found)
        assert said in failed["detail"]
        assert failed["state"] == "problem"


def test_a_server_that_is_not_there_is_said_at_once(found: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{closed.getsockname()[1]}/v1")
    assert "could not be reached at 127.0.0.1" in model(found)["detail"]


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
