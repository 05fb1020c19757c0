"""Search, one's own material and job descriptions in headless Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from interviewer.adapters.hashing_embedder import HashingEmbedder
from interviewer.adapters.memory_store import MemoryStore
from interviewer.adapters.scripted_grader import ScriptedGrader
from interviewer.bootstrap import build
from interviewer.content.library import Library
from interviewer.content.roots import ContentRoot
from interviewer.settings import Settings
from tests.ui.bank import write_bank
from tests.ui.conftest import NewPage
from tests.ui.person import question
from ui.app import build_app
from ui.server import serve

pytestmark = pytest.mark.browser


@pytest.fixture
def own_page(new_page: NewPage, tmp_path: Path) -> Iterator[Page]:
    """An app of this test alone: what it imports stays out of the others."""
    library = Library([ContentRoot(write_bank(tmp_path / "bank"))])
    settings = Settings(port=0, data_dir=tmp_path / "data", cache_dir=tmp_path / "cache")
    product = build(
        settings, library=library, grader=ScriptedGrader(), store=MemoryStore(), embedder=HashingEmbedder()
    )
    with serve(build_app(product), settings) as running:
        page = new_page(running.url)
        yield page
        page.close()


def test_words_are_found_and_marked(own_page: Page) -> None:
    own_page.get_by_role("tab", name="Library").click()
    own_page.get_by_label("Search everything").fill("<b>canary</b>")
    own_page.locator("#go").click()
    first = own_page.locator("#found li").first
    expect(first).to_contain_text("canary")
    expect(first.locator("mark").first).to_have_text("canary")


def test_files_are_imported_practised_and_deleted(own_page: Page, tmp_path: Path) -> None:
    source = tmp_path / "press.md"
    source.write_text(
        "Q: What is letterpress? <img src=x onerror=alert(1)>\nA: Raised type is inked and pressed.\n"
    )
    (tmp_path / "bad.pdf").write_text("no pdf")
    own_page.get_by_role("tab", name="My material").click()
    expect(own_page.locator("#packs")).to_contain_text("No packs yet.")
    own_page.locator("#files input[type=file]").set_input_files([source, tmp_path / "bad.pdf"])
    expect(own_page.locator("#files")).to_contain_text("press")
    own_page.locator("#pack-name input, #pack-name textarea").first.fill("press")
    own_page.locator("#import").click()
    expect(own_page.locator("#packs")).to_contain_text("1 question in all")
    expect(own_page.locator("#packs")).to_contain_text("bad.pdf: is not a PDF, though its name says so")

    own_page.get_by_role("tab", name="Practice").click()
    own_page.get_by_text("For one job, or from your own material").click()
    own_page.locator("#pack input").click()
    own_page.get_by_role("option", name="press").click()
    own_page.get_by_role("button", name="Start the interview").click()
    expect(question(own_page)).to_contain_text("What is letterpress?")

    own_page.get_by_role("tab", name="My material").click()
    own_page.locator("#removed input").click()
    own_page.get_by_role("option", name="press").click()
    own_page.locator("#remove").click()
    expect(own_page.locator("#packs")).to_contain_text("No packs yet.")


def test_a_name_that_cannot_be_is_told(own_page: Page, tmp_path: Path) -> None:
    own_page.get_by_role("tab", name="My material").click()
    own_page.locator("#pack-name input, #pack-name textarea").first.fill("../up")
    own_page.locator("#import").click()
    expect(own_page.locator("#material-problem")).to_contain_text("cannot be a pack's name")


def test_a_job_description_is_explained_or_refused(own_page: Page) -> None:
    own_page.get_by_text("For one job, or from your own material").click()
    own_page.locator("#job textarea").fill("Bake bread.")
    own_page.locator("#read-job").click()
    expect(own_page.locator("#job-told")).to_contain_text("Paste the whole job description")
