"""The app as it ships: the real bank, the real local grader, and the picture of it in the README."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from interviewer.adapters.memory_store import MemoryStore
from interviewer.bootstrap import build
from interviewer.settings import Settings
from tests.ui.conftest import NewPage
from tests.ui.person import feedback, question, say, start
from ui.app import build_app
from ui.server import serve

PICTURE = Path(__file__).parent.parent.parent / "docs" / "images" / "app.png"
ANSWER = """\
A feature store is the one place where features are defined once and then used for training as well as for live \
predictions. So the main thing it buys you is that the numbers in production are computed the same way as the ones \
you trained on, and the next team can reuse them.

The offline side keeps the whole history, say Parquet on S3, and you build training sets from it. The online side \
is something like Redis with only the newest value per user, and a read there takes about five milliseconds at p99.\
"""


@pytest.mark.browser
def test_a_spoken_answer_is_graded_with_its_own_words_as_evidence(new_page: NewPage, artefacts: Path) -> None:
    product = build(Settings(port=0), store=MemoryStore())
    with serve(build_app(product), product.settings) as running:
        page = new_page(running.url, height=980)
        page.locator("#kinds").get_by_text("Concept").click()
        page.locator("#levels").get_by_text("Medium").click()
        start(page, topic="Feature stores", questions=1, follow_ups="None")
        expect(question(page)).to_contain_text("feature store")
        say(page, ANSWER)
        expect(page.locator("#talk")).to_contain_text("Grading")
        expect(feedback(page)).to_contain_text("by the local grader", timeout=120_000)
        assert page.locator("#talk mark.met").count() >= 1
        picture = artefacts / "app.png"
        page.screenshot(path=picture)
        if os.environ.get("UPDATE_SCREENSHOT") == "1":
            PICTURE.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(picture, PICTURE)
        page.close()
