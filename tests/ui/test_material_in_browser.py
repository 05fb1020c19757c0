"""Search, one's own material, job descriptions and résumés in headless Chromium."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from interviewer.adapters.hashing_embedder import HashingEmbedder
from interviewer.adapters.memory_store import MemoryStore
from interviewer.adapters.scripted_grader import ScriptedGrader
from interviewer.bootstrap import build
from interviewer.content.library import Library
from interviewer.content.roots import ContentRoot
from interviewer.settings import Settings
from tests.fake_provider import FakeProvider, status
from tests.ui.bank import write_bank
from tests.ui.conftest import NewPage
from tests.ui.person import fits, question
from ui.app import build_app
from ui.server import serve

pytestmark = pytest.mark.browser

PRESS = """\
# Letterpress

Q: What is letterpress? <img src=x onerror=alert(1)>
A: Raised type is inked and pressed on paper, one sheet after the other.
"""
PROOFS = """\
# Proof reading

A proof is a first print in which an editor marks what is still wrong. It is read twice, once against the \
manuscript and once by itself, and signed by the person who read it. Signed proofs are kept for a year.
"""
STORY = """\
---
id: tell-mlops-project
kind: behavioural
topic: release
level: medium
seconds: 240
---

## Question

Tell me about a project.

## Reference answer

I built it, and it worked.
"""


@pytest.fixture
def own_page(new_page: NewPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """An app of this test alone: what it imports stays out of the others."""
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))  # so that it is as before afterwards
    bank = write_bank(tmp_path / "bank")
    (bank / "corpus/questions/tell-mlops-project.md").write_text(STORY, encoding="utf-8")
    marks = (bank / "rubrics/drift.yaml").read_text(encoding="utf-8").replace("drift", "tell-mlops-project")
    (bank / "rubrics/tell-mlops-project.yaml").write_text(marks, encoding="utf-8")
    settings = Settings(port=0, data_dir=tmp_path / "data", cache_dir=tmp_path / "cache")
    product = build(
        settings,
        library=Library([ContentRoot(bank)]),
        grader=ScriptedGrader(),
        store=MemoryStore(),
        embedder=HashingEmbedder(),
    )
    with serve(build_app(product), settings) as running:
        page = new_page(running.url)
        yield page
        page.close()


def upload(page: Page, button: str, *files: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=button).click()
    chooser.value.set_files(files)


def imported(page: Page, pack: str, *files: Path, says: str = "") -> Locator:
    """What the app says of an import of these files, once it says so: an earlier one's words may stand there."""
    page.get_by_role("tab", name="My material").click()
    page.locator("#files input[type=file]").set_input_files(files)
    expect(page.locator("#files .file-preview")).to_contain_text(files[-1].stem)
    page.locator("#pack-name input").fill(pack)
    page.locator("#pack-name input").press("Enter")
    page.locator("#import").click()
    told = page.locator("#material-told")
    expect(told).to_contain_text(says or f"read into {pack}")
    return told


def written(folder: Path, **texts: str) -> list[Path]:
    """Files of these names and texts; a double underscore stands for the full stop."""
    files = [folder / name.replace("__", ".") for name in texts]
    for file, text in zip(files, texts.values(), strict=True):
        file.write_text(text, encoding="utf-8")
    return files


def search(page: Page, words: str) -> Locator:
    """The place of the results."""
    page.get_by_role("tab", name="Library").click()
    page.locator("#query textarea, #query input").first.fill(words)
    page.locator("#go").click()
    return page.locator("#found")


def test_words_are_found_marked_and_lead_to_their_question(own_page: Page) -> None:
    first = search(own_page, "<b>canary</b>").locator("li").first
    expect(first.locator("mark").first).to_have_text("canary")
    expect(first).to_contain_text("Releases · corpus/questions/canary.md")
    first.get_by_role("button", name="Open the question").click()
    expect(own_page.locator("#bank .card")).to_contain_text("What is a canary release?")
    expect(own_page.locator("#found")).to_be_hidden()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param("  ", "What are you looking for?", id="nothing"),
        pytest.param("zzqx wwkv", "None of these words is in the material.", id="words that nothing has"),
        pytest.param(
            "canary " * 1_500, "Only the first 2,000 characters were looked for.", id="10,000 characters"
        ),
    ],
)
def test_a_strange_query_is_answered_plainly(own_page: Page, words: str, says: str) -> None:
    expect(search(own_page, words)).to_contain_text(says)
    own_page.get_by_role("button", name="Back to the questions").click()
    expect(own_page.locator("#bank .card")).to_be_visible()


def test_files_become_a_pack_that_is_looked_over_practised_and_deleted(own_page: Page, tmp_path: Path) -> None:
    files = written(tmp_path, press__md=PRESS, proofs__md=PROOFS, bad__pdf="no pdf")
    told = imported(own_page, "printing", *files)
    expect(told).to_contain_text("2 files read into printing")
    expect(told).to_contain_text("2 questions, 1 of them draft")
    expect(told).to_contain_text("bad.pdf: is not a PDF, though its name says so")
    draft = own_page.locator("#pack-card details", has_text="proof")
    draft.locator("summary").click()
    expect(draft).to_contain_text("What earns marks")
    expect(draft).to_contain_text("corpus/questions/printing-")
    expect(own_page.locator("#pack-card")).to_contain_text("The check finds nothing wrong.")
    own_page.set_viewport_size({"width": 320, "height": 640})
    fits(own_page, 320)

    own_page.get_by_role("button", name="Practise it").click()
    expect(own_page.get_by_role("heading", name="Question 1 of 2")).to_be_visible()

    own_page.get_by_role("tab", name="My material").click()
    own_page.get_by_role("button", name="Delete", exact=True).click()
    expect(own_page.locator("#sure")).to_contain_text("Delete printing with its 2 questions")
    own_page.get_by_role("button", name="Keep it").click()
    expect(own_page.locator("#sure")).to_be_hidden()
    own_page.get_by_role("button", name="Delete", exact=True).click()
    own_page.get_by_role("button", name="Delete it").click()
    expect(own_page.locator("#packs")).to_contain_text("No packs yet.")


def test_what_was_edited_is_checked_and_outlives_the_next_import(own_page: Page, tmp_path: Path) -> None:
    (source,) = written(tmp_path, press__md=PRESS)
    imported(own_page, "printing", source)
    (file,) = (tmp_path / "data/packs/printing/corpus/questions").glob("*.md")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("level: medium", "level: simple"), encoding="utf-8")
    own_page.get_by_role("button", name="Look again").click()
    expect(own_page.locator("#pack-card")).to_contain_text("corpus/questions/printing-")
    expect(own_page.locator("#pack-card")).to_contain_text("level")
    file.write_text(text.replace("What is letterpress?", "What is a printing press?"), encoding="utf-8")
    source.write_text(PRESS.replace("paper", "linen"), encoding="utf-8")
    imported(own_page, "printing", source, says="proposed/")
    expect(own_page.locator("#pack-card")).to_contain_text("What is a printing press?")


def test_a_pack_is_downloaded_as_one_file_and_taken_in_again(own_page: Page, tmp_path: Path) -> None:
    imported(own_page, "printing", *written(tmp_path, press__md=PRESS))
    with own_page.expect_download() as download:
        own_page.get_by_role("button", name="Export", exact=True).click()
    archive = tmp_path / download.value.suggested_filename
    download.value.save_as(archive)
    assert "pack.yaml" in zipfile.ZipFile(archive).namelist()
    upload(own_page, "Add a pack that somebody exported", archive)
    expect(own_page.locator("#material-told")).to_contain_text("There is a pack 'printing' already.")
    upload(own_page, "Add a pack that somebody exported", archive.rename(tmp_path / "other.zip"))
    expect(own_page.locator("#material-told")).to_contain_text("has a question")


def test_a_name_that_cannot_be_is_told_and_the_files_stay_chosen(own_page: Page, tmp_path: Path) -> None:
    imported(own_page, "../up", *written(tmp_path, press__md=PRESS), says="cannot be a pack's name")
    expect(own_page.locator("#files")).to_contain_text("press")


def test_a_job_description_is_read_from_a_file_and_explained(own_page: Page, tmp_path: Path) -> None:
    own_page.get_by_text("For one job, or from your own material").click()
    upload(own_page, "Upload a job description", *written(tmp_path, job__txt="- Bake bread every morning.\n"))
    expect(own_page.locator("#job-told")).to_contain_text("Paste the whole job description")
    upload(own_page, "Upload a job description", *written(tmp_path, job__txt="- What is a canary release?\n"))
    expect(own_page.locator("#job textarea")).to_have_value("- What is a canary release?\n")
    expect(own_page.locator("#job-told")).to_contain_text("Releases")
    expect(own_page.locator("#job-told")).to_contain_text("100%")


def test_a_resume_becomes_private_questions(own_page: Page, tmp_path: Path) -> None:
    own_page.get_by_text("For one job, or from your own material").click()
    (resume,) = written(tmp_path, cv__md="# Projects\n\n- Tiny press, a printer for small books\n")
    upload(own_page, "Ask about my résumé", resume)
    expect(own_page.locator("#job-told")).to_contain_text("1 question about your résumé")
    expect(own_page.locator("#job-told")).to_contain_text("are sent to a language model")
    own_page.get_by_role("button", name="Start the interview").click()
    expect(question(own_page)).to_contain_text("Tiny press")
    own_page.get_by_role("tab", name="My material").click()
    expect(own_page.locator("#packs")).to_contain_text("private")
    expect(own_page.get_by_role("button", name="Export", exact=True)).to_be_hidden()


@pytest.fixture
def writer(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeProvider]:
    """A language model that the environment names."""
    claims = [{"claim": "A proof is a first print that an editor marks.", "weight": 3, "phrasings": []}]
    said = {"questions": [{"question": "Why is a proof read twice?", "claims": claims}]}
    with FakeProvider(json.dumps(said)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.openai_url)
        monkeypatch.setenv("INTERVIEWER_LLM_RETRIES", "0")
        yield server


def test_a_language_model_writes_drafts_only_when_told_to(
    writer: FakeProvider, own_page: Page, tmp_path: Path
) -> None:
    (source,) = written(tmp_path, proofs__md=PROOFS)
    imported(own_page, "by-rules", source)
    assert writer.requests == []
    own_page.get_by_label("Let the language model write the drafts").check()
    imported(own_page, "by-model", source)
    expect(own_page.locator("#pack-card")).to_contain_text("Why is a proof read twice?")
    (sent,) = writer.requests
    assert "signed by the person" in sent.text
    writer.misbehave(status(401))
    told = imported(own_page, "failed", source)
    expect(told.get_by_text("The drafts were made by rules:")).to_have_count(1)
