"""What a person does in the app, in the words of a person."""

from playwright.sync_api import Locator, Page, expect


def start(page: Page, *, topic: str | None = "Releases", questions: int = 3, follow_ups: str = "1") -> None:
    """Choose and begin. The default topic has one question, the canary."""
    if topic:
        page.locator("#topics input").click()
        page.get_by_role("option", name=topic).click()
        page.keyboard.press("Escape")
    page.locator("#questions").get_by_text(str(questions), exact=True).click()
    page.locator("#probes").get_by_text(follow_ups, exact=True).click()
    page.get_by_role("button", name="Start the interview").click()
    expect(question(page)).to_be_visible()


def question(page: Page) -> Locator:
    """What the interviewer asked first."""
    return page.locator("#talk .bubble").first


def say(page: Page, text: str) -> None:
    """Type an answer, or a reply, and send it."""
    box = page.locator("#answer textarea")
    box.fill(text)
    page.locator("#send").click()


def feedback(page: Page) -> Locator:
    """The card with the verdicts."""
    return page.locator("#feedback .feedback")


def next_question(page: Page) -> None:
    """Go on after the feedback."""
    page.locator("#next").click()


def fits(page: Page, width: int) -> None:
    """The page is as wide as the screen, in CSS pixels: nothing has to be scrolled sideways."""
    page.wait_for_function("width => document.documentElement.scrollWidth === width", arg=width)
