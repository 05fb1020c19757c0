"""A résumé and a language model: nothing of it is sent without a clear yes, over real HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from interviewer.adapters.hashing_embedder import HashingEmbedder
from interviewer.adapters.memory_store import MemoryStore
from interviewer.adapters.scripted_grader import ScriptedGrader
from interviewer.bootstrap import Product, build
from interviewer.cli.app import app
from interviewer.settings import Settings
from tests.fake_provider import FakeProvider

PROJECT = "Built a zeppelin scheduler on Nomad"
SAID = "I wrote the zeppelin allocator myself and it halved the bill."
END = "\n\n\n"


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeProvider]:
    with FakeProvider("{}") as server:
        monkeypatch.setenv("INTERVIEWER_GRADER", "llm")
        monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
        monkeypatch.setenv("OPENAI_BASE_URL", server.openai_url)
        monkeypatch.setenv("INTERVIEWER_LLM_MODEL", "gpt-6-luna")
        yield server


@pytest.fixture
def resume(tmp_path: Path) -> Path:
    path = tmp_path / "cv.md"
    path.write_text(f"# Experience\n- {PROJECT}\n")
    return path


def sat(resume: Path, typed: str, *options: str) -> str:
    def product(settings: Settings) -> Product:
        return build(settings, store=MemoryStore(), local=ScriptedGrader(), embedder=HashingEmbedder())

    arguments = ["practice", "--resume", str(resume), "-n", "1", "--probes", "0", *options]
    result = CliRunner().invoke(app, arguments, input=f"{typed}{SAID}{END}", obj=product)
    assert result.exit_code == 0, result.output
    return result.output


def sent(provider: FakeProvider) -> str:
    return "".join(request.text for request in provider.requests)


@pytest.mark.parametrize("reply", ["\n", "n\n", "what?\n"], ids=["nothing", "no", "something else"])
def test_without_a_clear_yes_not_a_word_is_sent(provider: FakeProvider, resume: Path, reply: str) -> None:
    output = sat(resume, reply)
    assert "Send them to the language model instead? [y/N]" in output
    assert "zeppelin" not in sent(provider)
    assert provider.requests == []
    assert "not sent to a language model" in " ".join(output.split())


@pytest.mark.parametrize(("reply", "options"), [("y\n", ()), ("", ("--send-resume",))], ids=["asked", "told"])
def test_after_a_yes_the_model_is_asked(
    provider: FakeProvider, resume: Path, reply: str, options: tuple[str, ...]
) -> None:
    sat(resume, reply, *options)
    assert PROJECT in sent(provider)
    assert "zeppelin allocator" in sent(provider)


def test_a_yes_counts_for_that_interview_only(provider: FakeProvider, resume: Path) -> None:
    sat(resume, "y\n")
    seen = len(provider.requests)
    sat(resume, "\n")
    assert len(provider.requests) == seen
    assert "private: true" in next((resume.parent / "data/packs/resume/corpus/questions").iterdir()).read_text()


def test_whoever_grades_here_is_not_asked(resume: Path) -> None:
    assert "language model" not in sat(resume, "")
