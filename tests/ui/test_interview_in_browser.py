"""The whole interview in headless Chromium: what a person sees, and what is never lost."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from interviewer.adapters.memory_store import MemoryStore
from interviewer.adapters.scripted_grader import ScriptedGrader
from interviewer.adapters.sql_store import SqlStore
from interviewer.bootstrap import Product, build
from interviewer.content.library import Library
from interviewer.domain.grade import Grade
from interviewer.domain.interview import Interview
from interviewer.errors import ModelError, StorageError
from interviewer.ports import GradingTask
from interviewer.settings import Settings
from tests.ui.conftest import NewPage
from tests.ui.person import feedback, fits, next_question, question, say, start
from ui.app import build_app
from ui.server import serve

pytestmark = pytest.mark.browser

TOO_LONG = 200_000


def test_an_interview_from_the_first_choice_to_the_report(page: Page, artefacts: Path) -> None:
    start(page, topic=None, questions=3)
    for number in (1, 2, 3):
        expect(page.get_by_role("heading", name=f"Question {number} of 3")).to_be_visible()
        expect(page.locator("#talk .said")).to_have_count(0)
        asked = question(page).inner_text()
        if "canary" in asked:
            _answer_the_canary(page, artefacts)
        elif "drift" in asked:
            say(page, "It is first-point.")
            expect(feedback(page)).to_contain_text("1 point made · 1 missed")
        else:
            page.get_by_role("button", name="Skip", exact=True).click()
            expect(feedback(page)).to_contain_text("It does not count in your score")
        next_question(page)
    report = page.locator(".report")
    expect(report).to_contain_text("2 questions answered · 1 skipped")
    expect(report).to_contain_text("Say this next time")
    expect(report).to_contain_text("The second point.")
    expect(report).to_contain_text("Graded by scripted")
    page.screenshot(path=artefacts / "report.png", full_page=True)


def _answer_the_canary(page: Page, artefacts: Path) -> None:
    expect(page.locator(".chips")).to_contain_text("Concept")
    expect(page.locator(".chips")).to_contain_text("Medium")
    expect(page.locator(".clock")).to_contain_text("of 1:30")
    say(page, "First a small-share, some say half-at-once, and five-percent is right.")
    expect(page.locator("#talk")).to_contain_text("How do you know that it is well?")
    expect(feedback(page)).to_contain_text("1 point made · 2 still open")
    expect(feedback(page).get_by_text("Its errors are watched.")).to_be_hidden()
    page.screenshot(path=artefacts / "follow-up.png", full_page=True)
    say(page, "It is watched.")
    expect(feedback(page)).to_contain_text("2 points made · 1 missed · 1 trap")
    expect(feedback(page).locator(".key.missed")).to_contain_text("It goes back by a switch.")
    expect(feedback(page).locator(".key.trap")).to_contain_text("Half of the traffic goes first.")
    expect(feedback(page).locator(".key.given")).to_contain_text("1 to 10 percent")
    expect(feedback(page)).to_contain_text(
        "83.3 for the points made, by weight − 4 for 1 trap + 2 for 1 figure = 81.3"
    )
    expect(page.locator("#talk mark.met")).to_have_text(["small-share1", "watched2"])
    page.screenshot(path=artefacts / "feedback.png", full_page=True)


def test_ctrl_enter_sends_the_answer(page: Page) -> None:
    start(page)
    page.locator("#answer textarea").fill("small-share, watched, way-back")
    page.keyboard.press("Control+Enter")
    expect(feedback(page)).to_contain_text("3 points made")


def test_a_follow_up_can_be_declined(page: Page) -> None:
    start(page)
    say(page, "small-share")
    page.get_by_role("button", name="Skip follow-up").click()
    expect(feedback(page)).to_contain_text("1 point made · 2 missed")


@pytest.mark.parametrize("button", ["#skip", "#finish"])
def test_an_answer_that_was_begun_is_not_passed_over(page: Page, button: str) -> None:
    start(page)
    page.locator("#answer textarea").fill("Half a thought")
    page.locator(button).click()
    expect(page.locator("#problem")).to_contain_text("You have begun an answer.")
    expect(page.locator("#answer textarea")).to_have_value("Half a thought")
    page.locator("#answer textarea").fill(" ")
    page.locator(button).click()
    expect(page.locator("#answer textarea")).to_be_hidden()


def test_the_clock_runs_and_only_informs(page: Page) -> None:
    page.clock.install()
    page.reload()
    start(page)
    expect(page.locator(".clock .used")).not_to_have_text("0:00")
    page.clock.fast_forward("10:00")
    expect(page.locator(".clock.over .used")).to_have_text(re.compile(r"^1\d:\d\d$"))
    say(page, "small-share")
    expect(feedback(page)).to_be_visible()


def test_a_number_on_the_card_leads_to_the_words_and_back(page: Page) -> None:
    start(page, follow_ups="None")
    say(page, "First a small-share, then it is watched.")
    page.get_by_role("button", name="Show the words for point 2").click()
    expect(page.locator("#talk mark", has_text="watched")).to_have_class(re.compile("flash"))
    page.locator("#talk mark", has_text="small-share").click()
    expect(page.locator(".key[data-key='1']")).to_have_class(re.compile("flash"))


def test_a_reload_offers_the_same_question_with_what_was_typed(page: Page) -> None:
    start(page, topic="Watching")
    say(page, "first-point")
    expect(feedback(page)).to_be_visible()
    next_question(page)
    expect(page.get_by_role("heading", name="Question 2 of 2")).to_be_visible()
    asked = question(page).inner_text()
    page.locator("#answer textarea").press_sequentially("Half a thou")
    page.reload()
    expect(page.locator("#resume")).to_contain_text("You were at question 2 of 2.")
    page.get_by_role("button", name="Continue").click()
    expect(question(page)).to_have_text(asked)
    expect(page.locator("#answer textarea")).to_have_value("Half a thou")
    page.locator("#send").click()
    expect(page.locator("#talk .said")).to_have_text("Half a thou")


def test_a_reload_while_a_follow_up_waits_loses_no_word(page: Page) -> None:
    start(page)
    say(page, "A small-share goes first.")
    expect(page.locator("#talk")).to_contain_text("How do you know that it is well?")
    page.reload()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("#talk .said")).to_contain_text("goes first.")
    say(page, "watched")
    expect(feedback(page)).to_contain_text("2 points made")


def test_an_interview_can_be_discarded(page: Page) -> None:
    start(page)
    page.reload()
    page.get_by_role("button", name="Discard").click()
    expect(page.locator("#resume")).to_be_hidden()
    page.reload()
    expect(page.get_by_role("button", name="Start the interview")).to_be_enabled()
    expect(page.locator("#resume")).to_be_hidden()


class CrashingGrader(ScriptedGrader):
    """Fails until it is mended, as a model that cannot be reached or a process that is killed."""

    def __init__(self) -> None:
        self.mended = False

    def grade(self, task: GradingTask) -> Grade:
        """Judge, or fail."""
        if not self.mended:
            raise ModelError("The model did not answer. Try again in a minute.")
        return super().grade(task)


def test_an_answer_outlives_a_failed_grader_and_a_killed_process(
    new_page: NewPage, library: Library, tmp_path: Path
) -> None:
    grader = CrashingGrader()
    settings = Settings(port=0)

    def product_after_a_start() -> Product:
        return build(settings, library=library, grader=grader, store=SqlStore(tmp_path / "interviews.db"))

    with serve(build_app(product_after_a_start()), settings) as first:
        page = new_page(first.url)
        start(page)
        say(page, "A small-share and watched and way-back.")
        expect(page.locator("#problem")).to_contain_text("The model did not answer.")
        expect(page.locator("#talk .said")).to_contain_text("A small-share")
        page.get_by_role("button", name="Grade it now").click()
        expect(page.locator("#problem")).to_contain_text("The model did not answer.")
        page.close()
    grader.mended = True
    port = int(first.url.rsplit(":", 1)[1].strip("/"))
    settings = settings.model_copy(update={"port": port})
    with serve(build_app(product_after_a_start()), settings) as second:
        page = page.context.new_page()
        page.goto(second.url)
        page.get_by_role("button", name="Continue").click()
        expect(feedback(page)).to_contain_text("3 points made")
        page.close()


class BrokenStore(MemoryStore):
    """A store whose folder cannot be used."""

    def unfinished(self, owner: str) -> list[Interview]:
        """Nothing can be read."""
        raise StorageError("The data folder cannot be written. Set INTERVIEWER_DATA_DIR to another one.")


def test_a_data_folder_that_cannot_be_used_is_said_at_once(new_page: NewPage, library: Library) -> None:
    product = build(Settings(port=0), library=library, grader=ScriptedGrader(), store=BrokenStore())
    with serve(build_app(product), product.settings) as running:
        page = new_page(running.url)
        expect(page.get_by_role("alert")).to_contain_text("Set INTERVIEWER_DATA_DIR to another one.")
        page.close()


def test_two_people_never_see_each_other(new_page: NewPage) -> None:
    ada, bob = new_page(), new_page()
    start(ada)
    start(bob, topic="Watching")
    say(ada, "Only Ada says small-share.")
    expect(ada.locator("#talk .said")).to_contain_text("Only Ada")
    say(bob, "Only Bob says first-point.")
    expect(feedback(bob)).to_be_visible()
    assert "Ada" not in bob.locator("body").inner_text()
    assert "Bob" not in ada.locator("body").inner_text()
    ada.locator("#finish").click()
    bob.reload()
    bob.get_by_role("tab", name="History").click()
    expect(bob.locator("#history")).to_contain_text("No interviews yet")


def test_two_tabs_of_one_person_run_two_interviews(page: Page) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    start(page)
    start(other, topic="Watching")
    say(page, "small-share")
    say(other, "first-point")
    expect(page.locator("#talk")).to_contain_text("canary")
    expect(other.locator("#talk")).not_to_contain_text("canary")


HOSTILE = (
    "<script>window.caught = 1</script><img src=x onerror='window.caught = 2'> ${window.caught = 3} "
    "{{constructor}} `window.caught = 4` &lt;b&gt; **bold** small-share 🙂 مرحبا \u202eabc\u0007 end"
)


def test_hostile_text_is_shown_as_text(page: Page) -> None:
    start(page)
    say(page, HOSTILE)
    expect(feedback(page)).to_be_visible()
    expect(page.locator("#talk mark")).to_have_text("small-share1")
    expected = HOSTILE.replace("\u0007", " ").replace("small-share", "small-share1")
    assert page.locator("#talk .said").inner_text() == expected
    page.locator("#finish").click()
    page.locator(".review > summary").click()
    expect(page.locator(".replay .said")).to_contain_text("{{constructor}}")
    assert page.evaluate("window.caught") is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("   \n ", "The answer is empty.", id="empty"),
        pytest.param("x" * TOO_LONG, "The answer has 200,000 characters", id="200,000 characters"),
    ],
)
def test_an_answer_that_cannot_be_taken_stays_in_the_box(page: Page, text: str, says: str) -> None:
    start(page)
    say(page, text)
    expect(page.get_by_role("alert").filter(has_text=says)).to_be_visible()
    expect(page.locator("#answer textarea")).to_have_value(text)
    say(page, "small-share")
    expect(feedback(page)).to_be_visible()


def test_an_interview_that_went_on_in_another_window_says_so(page: Page) -> None:
    start(page, topic="Watching")
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_role("button", name="Continue").click()
    say(other, "first-point")
    expect(feedback(other)).to_be_visible()
    say(page, "second-point")
    expect(page.locator("#problem")).to_contain_text("already answered")
    expect(page.locator("#answer textarea")).to_have_value("second-point")


PAGES = ["Practice", "Exercises", "Library", "My material", "History"]


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (320, "dark")])
def test_a_phone_needs_no_sideways_scrolling(new_page: NewPage, artefacts: Path, width: int, scheme: str) -> None:
    page = new_page(width=width, height=844, scheme=scheme)

    def pictured(name: str) -> None:
        page.screenshot(path=artefacts / f"phone-{width}-{scheme}-{name}.png", full_page=True)
        fits(page, width)
        expect(page.get_by_role("tab").locator("visible=true")).to_have_text(PAGES)

    expect(page.locator("#start")).to_be_enabled()
    pictured("start")
    start(page)
    pictured("question")
    say(page, f"small-share {'unbroken' * 40}")
    expect(feedback(page)).to_be_visible()
    pictured("follow-up")
    page.locator("#skip").click()
    expect(page.locator("#next")).to_be_visible()
    pictured("feedback")
    next_question(page)
    expect(page.locator(".report")).to_be_visible()
    pictured("report")
    for tab in PAGES[1:]:
        page.get_by_role("tab", name=tab).click()
        expect(page.locator(".page .card").locator("visible=true").first).to_be_visible()
        pictured(tab.lower())


def test_an_exercise_says_which_answer_is_best_and_why(page: Page) -> None:
    page.get_by_role("tab", name="Exercises").click()
    expect(page.locator("#exercises")).to_contain_text("What is a canary release?")
    page.locator("#check").click()
    expect(page.locator("#judgement")).to_contain_text("Choose one of the four answers first.")
    page.locator("#options").get_by_text("On Friday.").click()
    page.locator("#check").click()
    expect(page.locator("#judgement")).to_contain_text("Another one is structured better")
    expect(page.locator("#judgement")).to_contain_text("It limits the damage.")


def test_the_bank_can_be_looked_through(page: Page) -> None:
    page.get_by_role("tab", name="Library").click()
    page.get_by_label("Topic", exact=True).click()
    page.get_by_role("option", name="Releases").click()
    card = page.locator("#bank .card")
    expect(card).to_contain_text("What is a canary release?")
    answer = card.locator("strong", has_text="small share")
    expect(answer).to_be_hidden()
    card.get_by_text("A strong answer").click()
    expect(answer).to_be_visible()


def test_a_question_of_the_library_can_be_practised_in_the_middle_of_an_interview(page: Page) -> None:
    start(page, topic="Watching")
    page.locator("#answer textarea").press_sequentially("Half a thou")
    page.get_by_role("tab", name="Library").click()
    page.get_by_label("Topic", exact=True).click()
    page.get_by_role("option", name="Releases").click()
    expect(page.locator("#bank .card")).to_contain_text("What is a canary release?")
    page.get_by_role("button", name="Practise this question").click()
    expect(page.get_by_role("heading", name="Question 1 of 1")).to_be_visible()
    expect(question(page)).to_contain_text("canary")
    expect(page.locator("#answer textarea")).to_have_value("")
    say(page, "small-share, watched, way-back")
    next_question(page)
    expect(page.locator("#report")).to_contain_text("Excellent: 100 of 100")
    page.get_by_role("button", name="Practise again").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("#answer textarea")).to_have_value("Half a thou")


def test_a_finished_interview_is_in_the_history(page: Page) -> None:
    start(page)
    say(page, "small-share, watched, way-back")
    expect(feedback(page)).to_contain_text("Excellent")
    next_question(page)
    expect(page.locator("#report")).to_contain_text("Excellent: 100 of 100")
    page.get_by_role("button", name="Practise again").click()
    expect(page.get_by_role("button", name="Start the interview")).to_be_visible()
    page.get_by_role("tab", name="History").click()
    expect(page.locator("#history")).to_contain_text("Excellent: 100 of 100")


def test_choices_that_match_nothing_say_so(page: Page) -> None:
    page.locator("#kinds").get_by_text("Behavioural").click()
    expect(page.locator("#pool")).to_contain_text("No question matches.")
    page.get_by_role("button", name="Start the interview").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose more topics, kinds or levels.")
