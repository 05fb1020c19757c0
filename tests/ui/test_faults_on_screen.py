"""Every way in which a model can fail, as the app's handlers meet it: a graded answer and an honest card."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from interviewer.adapters.hashing_embedder import HashingEmbedder
from interviewer.adapters.memory_store import MemoryStore
from interviewer.adapters.scripted_grader import ScriptedGrader
from interviewer.bootstrap import build
from interviewer.domain.interview import Choices, Stage
from interviewer.errors import NotFound
from interviewer.once import Once
from interviewer.retrieval.material import SourceMaterial
from interviewer.settings import Settings
from tests.fake_provider import FakeProvider, Fault
from tests.llm.access import KEY
from tests.llm.faults import FAULTS, SLOW
from tests.llm.samples import ANSWER, GOOD, LIBRARY, QUESTION
from ui.history_page import HistoryPage
from ui.practice_parts import Parts, draw_practice
from ui.practising import PracticeHandlers
from ui.quick_gradio import drawing, gr
from ui.session import Session

OWNER = "0" * 32


@dataclass(frozen=True)
class Screen:
    """The page's handlers, and what they have drawn."""

    does: PracticeHandlers
    parts: Parts
    session: Session
    drawn: dict[Any, Any]

    def press(self, handler: Any, *values: Any) -> None:
        """Press a button: a handler draws once, or as it goes."""
        updates = handler(self.session, OWNER, *values)
        for update in [updates] if isinstance(updates, dict) else updates:
            self.drawn.update(update)

    @property
    def id(self) -> str:
        """The interview on screen."""
        return str(self.drawn[self.parts.interview])

    @property
    def stage(self) -> Stage:
        """How far its question has come."""
        return self.session.service.load(OWNER, self.id).current.stage


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FakeProvider]:
    """A provider on the loopback, named by the environment; the client gives up quickly."""
    with FakeProvider(GOOD, key=KEY) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.openai_url)
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        monkeypatch.setenv("INTERVIEWER_GRADER", "llm")
        monkeypatch.setenv("INTERVIEWER_LLM_RETRIES", "0")
        monkeypatch.setenv("INTERVIEWER_LLM_TIMEOUT", "2")
        monkeypatch.setenv("INTERVIEWER_CACHE_DIR", str(tmp_path / "cache"))
        yield server


def without_material() -> SourceMaterial:
    """Looking up what to cite takes seconds, and is tested elsewhere."""
    raise NotFound("There is no material here.")


def screen() -> Screen:
    """A page on which the question of the samples has been asked, without follow-ups."""
    made = build(
        Settings(), library=LIBRARY, local=ScriptedGrader(), store=MemoryStore(), embedder=HashingEmbedder()
    )
    product = replace(made, material=Once(without_material))
    with drawing(), gr.Blocks():
        parts = draw_practice(product, gr.State(), gr.State())
    shown = Screen(PracticeHandlers(product, parts), parts, Session(product), {})
    only = Choices(only=(QUESTION,), questions=1, probes=0)
    shown.press(shown.does.go_on, shown.session.service.start(OWNER, only).id, "llm", "openai", "", "")
    return shown


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_every_fault_ends_in_a_graded_and_honestly_labelled_card(
    server: FakeProvider, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    if fault in SLOW:
        monkeypatch.setenv("INTERVIEWER_LLM_TIMEOUT", "0.2")
    shown = screen()
    does, panel = shown.does, shown.parts.panel
    shown.press(does.answer, shown.id, ANSWER)
    server.misbehave(fault)
    shown.press(does.grade, shown.id)
    assert shown.stage is Stage.GRADED
    assert "The local grader stood in." in shown.drawn[panel.feedback]
    assert shown.drawn[panel.again]["visible"]
    assert KEY not in str(shown.drawn.values())
    monkeypatch.setenv("INTERVIEWER_LLM_TIMEOUT", "2")
    if fault not in SLOW:
        shown.press(does.grade_again, shown.id)
        assert "The local grader stood in." not in shown.drawn[panel.feedback]
        assert "by the language model" in shown.drawn[panel.feedback]
        assert not shown.drawn[panel.again]["visible"]


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_whatever_a_model_does_when_it_should_speak_the_interviewer_says_something(
    server: FakeProvider, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    if fault in SLOW:
        monkeypatch.setenv("INTERVIEWER_LLM_TIMEOUT", "0.2")
    shown = screen()
    talking, panel = shown.does.talking, shown.parts.panel
    server.misbehave(fault, fault)
    shown.press(talking.introduce, shown.id)
    assert "bubble spoken" in shown.drawn[panel.greeting]
    shown.press(shown.does.answer, shown.id, "Can I assume that there is a registry?")
    shown.press(talking.respond, shown.id)
    assert len(shown.session.service.load(OWNER, shown.id).current.asides) == 1
    assert shown.stage is Stage.ASKED
    assert KEY not in str(shown.drawn.values())


def test_two_windows_do_each_other_no_harm(server: FakeProvider) -> None:
    here = screen()
    there = Screen(here.does, here.parts, Session(here.does.product), {})
    there.press(there.does.go_on, here.id, "llm", "openai", "", "")
    panel = here.parts.panel
    here.press(here.does.hint, here.id)
    here.press(here.does.talking.respond, here.id)
    here.press(here.does.repeat, here.id)
    there.press(there.does.answer, there.id, ANSWER)
    here.press(here.does.talking.respond, here.id)
    assert len(here.session.service.load(OWNER, here.id).current.asides) == 1
    there.press(there.does.grade, there.id)
    here.press(here.does.count, here.id)
    assert "already answered" in here.drawn[panel.notice]
    here.press(here.does.talking.put, here.id)
    here.press(here.does.grade_again, here.id)
    there.press(there.does.next, there.id)
    here.press(here.does.grade_again, here.id)
    assert there.session.service.load(OWNER, there.id).finished


def test_an_answer_that_is_graded_late_does_not_come_back_over_another_interview(server: FakeProvider) -> None:
    shown = screen()
    shown.press(shown.does.answer, shown.id, ANSWER)
    left = shown.id
    shown.press(shown.does.practise, "rapid-psi")
    drawn = dict(shown.drawn)
    assert shown.does.grade(shown.session, OWNER, left) == gr.skip()
    assert shown.does.not_graded(shown.session, OWNER, left) == gr.skip()
    assert shown.drawn == drawn
    assert shown.session.service.load(OWNER, left).current.grade is not None


def test_grading_again_without_a_model_says_what_to_do_and_changes_nothing(server: FakeProvider) -> None:
    shown = screen()
    server.key = "sk-another-0123456789"
    shown.press(shown.does.answer, shown.id, ANSWER)
    shown.press(shown.does.grade, shown.id)
    before = shown.session.service.load(OWNER, shown.id)
    shown.session.use("keyword", "openai", "", "")
    shown.press(shown.does.grade_again, shown.id)
    assert "No language model is chosen on this page." in shown.drawn[shown.parts.panel.notice]
    assert shown.session.service.load(OWNER, shown.id) == before


def test_a_page_has_one_budget_whatever_it_chooses(server: FakeProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWER_BUDGET_TOKENS", "5500")
    shown = screen()
    panel = shown.parts.panel
    shown.press(shown.does.answer, shown.id, ANSWER)
    shown.press(shown.does.grade, shown.id)
    assert "This session has used" in shown.drawn[panel.meter]
    shown.session.use("llm", "openai", "gpt-6-terra", "")
    shown.press(shown.does.grade_again, shown.id)
    spent = shown.session.product.budget.spent.calls
    shown.session.forget()
    assert shown.session.product.budget.spent.calls == spent == 1


def test_what_the_interviewer_remarked_is_there_again_after_a_reload(server: FakeProvider) -> None:
    shown = screen()
    panel = shown.parts.panel
    shown.press(shown.does.talking.introduce, shown.id)
    greeting = shown.drawn[panel.greeting]
    shown.press(shown.does.answer, shown.id, ANSWER)
    shown.press(shown.does.talking.respond, shown.id)
    shown.press(shown.does.grade, shown.id)
    thanks = shown.session.service.load(OWNER, shown.id).current.remark(1)
    assert thanks in shown.drawn[panel.voice]
    reloaded = Screen(shown.does, shown.parts, Session(shown.does.product), {})
    reloaded.press(reloaded.does.go_on, shown.id, "llm", "openai", "", "")
    assert reloaded.drawn[panel.greeting] == greeting
    assert thanks in reloaded.drawn[panel.voice]
    shown.press(shown.does.next, shown.id)
    shown.press(shown.does.talking.close, shown.id)
    history = HistoryPage(shown.does.product, *map(str, range(4)))
    assert history.show(OWNER, shown.id)[history.report].startswith(shown.drawn[shown.parts.closing])
