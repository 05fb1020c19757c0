"""The app as it ships: the real bank, the real local grader, and the picture of it in the README."""

import os
import shutil
from functools import cached_property
from pathlib import Path

import pytest
from playwright.sync_api import expect

from interviewer.adapters.memory_store import MemoryStore
from interviewer.bootstrap import build
from interviewer.content.library import Library
from interviewer.domain.question import Question
from interviewer.settings import Settings
from tests.ui.conftest import NewPage
from tests.ui.person import feedback, question, say, start
from ui.app import build_app
from ui.server import serve

ASKED = "feature-store-purpose"
PICTURE = Path(__file__).parent.parent.parent / "docs" / "images" / "app.png"
ANSWER = """\
It is the one place where features are defined once and handed out for training as well as for live predictions. \
Since both sides run the very same code for each feature, there is no training-serving skew, and \
other teams can reuse what one team has built.

The offline side keeps the whole history, say Parquet on S3, and you build training sets from it. The online side \
is something like Redis with just the newest value per user, and a read there takes about five milliseconds. \
For the training set I would join today's feature values to last year's labels.\
"""


class OneQuestion(Library):
    """The real bank, of which only this question is asked."""

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The question of the picture."""
        return {ASKED: super().questions[ASKED]}


@pytest.mark.browser
def test_a_spoken_answer_is_graded_with_its_own_words_as_evidence(new_page: NewPage, artefacts: Path) -> None:
    product = build(Settings(port=0), library=OneQuestion(), store=MemoryStore())
    with serve(build_app(product), product.settings) as running:
        page = new_page(running.url, height=980)
        start(page, topic=None, follow_ups="None")
        expect(question(page)).to_contain_text("feature store")
        say(page, ANSWER)
        expect(feedback(page)).to_contain_text("by the local grader", timeout=120_000)
        expect(page.locator("#talk mark.met").first).to_be_visible()
        picture = artefacts / "app.png"
        page.screenshot(path=picture)
        if os.environ.get("UPDATE_SCREENSHOT") == "1":
            PICTURE.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(picture, PICTURE)
        page.close()
