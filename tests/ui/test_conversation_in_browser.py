"""Talking with the interviewer in headless Chromium: without a model, and with one behind a real HTTP server."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from interviewer.adapters.hashing_embedder import HashingEmbedder
from interviewer.adapters.memory_store import MemoryStore
from interviewer.adapters.scripted_grader import ScriptedGrader
from interviewer.bootstrap import build
from interviewer.content.library import Library
from interviewer.settings import Settings
from tests.fake_provider import FakeProvider
from tests.ui import model
from tests.ui.conftest import NewPage
from tests.ui.model import ACKNOWLEDGED, CLOSING, GREETING, PROBE, REPLY, Gate
from tests.ui.person import feedback, next_question, question, say, start
from ui.app import build_app
from ui.server import serve

pytestmark = pytest.mark.browser

KEY = "sk-secret-0123456789"
ASIDE = "Can I assume that we have a load balancer?"
ALL = "A small-share goes first. It is watched by us. There is a way-back too."


@contextmanager
def app(library: Library) -> Iterator[str]:
    """The app as the environment says, with a local grader that is quick."""
    settings = Settings(port=0)
    product = build(
        settings, library=library, local=ScriptedGrader(), store=MemoryStore(), embedder=HashingEmbedder()
    )
    with serve(build_app(product), settings) as running:
        yield running.url


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FakeProvider]:
    """A server that speaks OpenAI's protocol and plays the interviewer, named by the environment."""
    with FakeProvider(model.answer) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.openai_url)
        monkeypatch.setenv("INTERVIEWER_GRADER", "llm")
        monkeypatch.setenv("INTERVIEWER_LLM_RETRIES", "0")
        monkeypatch.setenv("INTERVIEWER_CACHE_DIR", str(tmp_path / "cache"))
        yield server


@pytest.fixture
def talking(server: FakeProvider, library: Library, new_page: NewPage) -> Iterator[Page]:
    """The app with that model, in a fresh profile."""
    with app(library) as url:
        page = new_page(url)
        yield page
        page.close()


# ---- without a model


def test_the_interviewer_greets_and_the_question_is_there(page: Page) -> None:
    start(page)
    expect(page.locator("#greeting")).to_contain_text("one question")
    expect(question(page)).to_contain_text("What is a canary release?")
    expect(page.locator("#meter")).to_be_empty()


def test_a_question_beside_the_answer_is_replied_to_and_kept_to_the_end(page: Page) -> None:
    start(page, follow_ups="None")
    say(page, "Can you repeat that, please?")
    expect(page.locator("#talk .turn")).to_have_count(3)
    expect(page.locator("#talk .turn").nth(2)).to_contain_text("What is a canary release?")
    expect(page.locator("#answer textarea")).to_have_value("")
    expect(page.locator("#send")).to_have_text("Answer")
    page.reload()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("#talk .aside")).to_contain_text("Can you repeat that, please?")
    say(page, "small-share")
    expect(feedback(page)).to_contain_text("1 point made")
    expect(page.locator("#talk .candidate mark")).to_have_text("small-share1")
    next_question(page)
    expect(page.locator("#closing")).to_contain_text("report")
    page.locator(".review > summary").click()
    expect(page.locator(".replay .aside")).to_contain_text("Can you repeat that, please?")


def test_a_hint_leaves_what_is_being_typed_alone(page: Page) -> None:
    start(page)
    page.locator("#answer textarea").press_sequentially("Half a thou")
    page.get_by_role("button", name="Give me a hint").click()
    expect(page.locator("#talk")).to_contain_text("Begin with a definition in one sentence")
    expect(page.locator("#answer textarea")).to_have_value("Half a thou")
    page.get_by_role("button", name="Give me a hint").click()
    expect(page.locator("#talk")).to_contain_text("Think of this: How do you know that it is well?")
    page.wait_for_function("Object.values(localStorage).some((v) => v.includes('Half a thou'))")
    page.reload()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("#answer textarea")).to_have_value("Half a thou")


def test_what_was_mistaken_for_an_aside_can_be_counted_as_the_answer(page: Page) -> None:
    start(page, follow_ups="None")
    say(page, "Should I say that a small-share and the way-back come first?")
    page.get_by_role("button", name="Count that as my answer").click()
    expect(feedback(page)).to_contain_text("2 points made")
    expect(page.locator("#talk .candidate")).to_contain_text("Should I say")


@pytest.mark.parametrize(("text", "button"), [("Let's skip this one.", "#skip"), ("Can we stop here?", "#finish")])
def test_the_button_that_does_what_was_said_stands_out(page: Page, text: str, button: str) -> None:
    start(page)
    say(page, text)
    expect(page.locator(f"{button}.wanted")).to_be_visible()
    say(page, "small-share")
    expect(feedback(page)).to_be_visible()
    expect(page.locator(".wanted")).to_have_count(0)


def test_hostile_talk_is_shown_as_text(page: Page) -> None:
    start(page)
    text = "Do you mean <img src=x onerror='window.caught = 1'> ${window.caught = 2} {{constructor}}?"
    say(page, text)
    expect(page.locator("#talk .aside .said")).to_have_text(text)
    assert page.evaluate("window.caught") is None


# ---- with a model


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_a_whole_interview_with_nothing_but_environment_variables(
    provider: str, server: FakeProvider, library: Library, new_page: NewPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL")
    monkeypatch.setenv(f"{provider.upper()}_BASE_URL", server.base_url(provider))
    monkeypatch.setenv(f"{provider.upper()}_API_KEY", KEY)
    with app(library) as url:
        page = new_page(url)
        start(page)
        expect(page.locator("#greeting")).to_contain_text(GREETING)
        say(page, ASIDE)
        expect(page.locator("#talk")).to_contain_text(REPLY)
        say(page, "First the small-share gets it.")
        expect(page.locator("#talk .follow-up")).to_contain_text(PROBE)
        say(page, "We see that it is watched.")
        expect(feedback(page)).to_contain_text("2 points made · 1 missed")
        expect(feedback(page).locator(".key.met").first).to_contain_text("by the language model")
        expect(feedback(page)).to_contain_text("Asking the language model took 1 call")
        expect(page.locator("#meter")).to_contain_text("This session has used")
        next_question(page)
        expect(page.locator("#closing")).to_contain_text(CLOSING)
        expect(page.locator("#report .report")).to_contain_text("Asking the language model took 1 call")
        page.locator(".review > summary").click()
        expect(page.locator(".replay .follow-up")).to_contain_text(PROBE)
        assert KEY not in page.content()
        page.close()


def test_the_first_question_does_not_wait_for_a_slow_model(talking: Page, server: FakeProvider) -> None:
    gate = Gate()
    server.misbehave(gate.before)
    start(talking)
    expect(talking.locator("#greeting .dots")).to_be_visible()
    expect(talking.locator("#send")).to_be_enabled()
    gate.open()
    expect(talking.locator("#greeting")).to_contain_text(GREETING)


def test_a_reply_comes_sentence_by_sentence_while_the_question_stays_open(
    talking: Page, server: FakeProvider, artefacts: Path
) -> None:
    start(talking)
    expect(talking.locator("#greeting")).to_contain_text(GREETING)
    gate = Gate()
    server.misbehave(gate.in_the_middle)
    say(talking, ASIDE)
    expect(talking.locator("#voice")).to_contain_text("The task leaves that open.")
    expect(talking.locator("#voice")).not_to_contain_text("aloud")
    talking.screenshot(path=artefacts / "aside.png", full_page=True)
    talking.locator("#answer textarea").fill("Typed meanwhile")
    gate.open()
    expect(talking.locator("#talk")).to_contain_text(REPLY)
    expect(talking.locator("#answer textarea")).to_have_value("Typed meanwhile")


def test_whoever_answers_while_the_interviewer_speaks_is_heard(talking: Page, server: FakeProvider) -> None:
    start(talking, follow_ups="None")
    expect(talking.locator("#greeting")).to_contain_text(GREETING)
    gate = Gate()
    server.misbehave(gate.in_the_middle)
    say(talking, ASIDE)
    expect(talking.locator("#voice")).to_contain_text("The task leaves that open.")
    say(talking, ALL)
    expect(feedback(talking)).to_contain_text("3 points made")
    gate.open()
    expect(talking.locator("#voice")).to_contain_text(ACKNOWLEDGED)
    expect(talking.locator("#talk .said").last).to_contain_text("A small-share goes first")


def test_an_answer_is_acknowledged_while_it_is_being_graded(talking: Page, server: FakeProvider) -> None:
    gate = Gate()

    def thoughtful(body: dict[str, object]) -> str:
        if body.get("response_format"):
            gate.opened.wait(model.TOO_LONG)
        return model.answer(body)

    server.answer = thoughtful
    start(talking, follow_ups="None")
    say(talking, ALL)
    expect(talking.locator("#voice")).to_contain_text(ACKNOWLEDGED)
    expect(talking.locator("#voice")).to_contain_text("Grading")
    gate.open()
    expect(feedback(talking)).to_contain_text("3 points made")
    expect(talking.locator("#voice").get_by_text("Grading")).to_be_hidden()
    expect(talking.locator("#voice")).to_contain_text(ACKNOWLEDGED)


def test_where_the_model_fails_the_card_says_so_and_it_can_be_asked_again(
    talking: Page, server: FakeProvider, artefacts: Path
) -> None:
    server.key = "sk-another-0123456789"
    start(talking, follow_ups="None")
    expect(talking.locator("#meter")).to_contain_text("refused the key (401)")
    say(talking, ALL)
    expect(feedback(talking).locator(".note.fallback")).to_contain_text("The local grader stood in.")
    expect(feedback(talking)).to_contain_text("3 points made")
    talking.screenshot(path=artefacts / "fallback.png", full_page=True)
    talking.locator("#grade-again").click()
    expect(talking.locator("#problem")).to_contain_text("It did not work this time either")
    server.key = None
    talking.locator("#grade-again").dblclick()
    expect(talking.locator("#grade-again")).to_be_hidden()
    expect(feedback(talking).locator(".note.fallback")).to_have_count(0)
    expect(feedback(talking)).to_contain_text("by the language model")


def test_a_finished_interview_can_be_graded_again_from_the_report_and_the_history(
    talking: Page, server: FakeProvider
) -> None:
    server.key = "sk-another-0123456789"
    start(talking, topic="Watching", questions=3, follow_ups="None")
    for text in ("The first-point is that.", "The second-point is that."):
        say(talking, text)
        expect(feedback(talking)).to_be_visible()
        next_question(talking)
    report = talking.locator("#report .report")
    expect(report).to_contain_text("The local grader stood in")
    talking.locator("#grade-report-again").click()
    expect(talking.locator("#report")).to_contain_text("It did not work this time either")
    talking.get_by_role("tab", name="History").click()
    server.key = None
    talking.locator("#grade-past-again").click()
    expect(talking.locator("#grade-past-again")).to_be_hidden()
    expect(talking.locator("#history .report")).to_contain_text("Graded by gpt-6-luna")
    expect(talking.locator("#history .report")).not_to_contain_text("stood in")


# ---- a model of one's own


def test_a_key_of_ones_own_is_used_shown_nowhere_and_can_be_forgotten(
    server: FakeProvider, library: Library, new_page: NewPage, monkeypatch: pytest.MonkeyPatch, artefacts: Path
) -> None:
    server.key = KEY
    monkeypatch.setenv("INTERVIEWER_GRADER", "keyword")
    with app(library) as url:
        page = new_page(url)
        told = page.locator("#model-told")
        expect(told).to_contain_text("Graded by the local grader, without a language model")
        page.get_by_role("button", name="Language model (optional)").click()
        page.locator("#api-key input").fill(KEY)
        page.locator("#use-model").click()
        expect(told).to_contain_text(
            "where it is unsure, gpt-6-luna (OpenAI-compatible server), with your own key"
        )
        expect(page.locator("#api-key input")).to_have_value("")
        page.get_by_text("The model, for every point").click()
        page.screenshot(path=artefacts / "model.png", full_page=True)
        start(page, follow_ups="None")
        expect(page.locator("#greeting")).to_contain_text(GREETING)
        say(page, ALL)
        expect(feedback(page)).to_contain_text("by the language model")
        assert KEY not in page.content()
        assert KEY not in page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])")
        next_question(page)
        page.locator("#again").click()
        expect(told).to_contain_text("This session has used")
        page.locator("#forget-key").click()
        expect(told).to_contain_text("Graded by the local grader, without a language model")
        page.close()


def test_a_reload_forgets_the_key(server: FakeProvider, library: Library, new_page: NewPage) -> None:
    server.key = KEY
    with app(library) as url:
        page = new_page(url)
        page.get_by_role("button", name="Language model (optional)").click()
        page.locator("#api-key input").fill(KEY)
        page.locator("#use-model").click()
        expect(page.locator("#model-told")).to_contain_text("with your own key")
        page.reload()
        expect(page.locator("#model-told")).to_contain_text("Graded by gpt-6-luna")
        expect(page.locator("#model-told")).not_to_contain_text("your own key")
        page.close()


def test_without_any_model_the_wish_for_one_is_told_at_once(page: Page) -> None:
    page.get_by_role("button", name="Language model (optional)").click()
    page.get_by_text("The model, for every point").click()
    page.locator("#use-model").click()
    expect(page.locator("#model-told")).to_contain_text("No openai_api_key", ignore_case=True)
