"""What the source material says of the keys of an answer, looked up while the question is being answered."""

from contextlib import suppress
from threading import Thread

from interviewer.bootstrap import Product
from interviewer.domain.interview import Item, Stage
from interviewer.errors import InterviewerError
from ui.render.feedback import NO_SOURCES, Sources


class CardSources:
    """Citations for the feedback card. Looking them up takes a moment the first time, and never stops a card."""

    def __init__(self, product: Product) -> None:
        self._product = product

    def of(self, item: Item) -> Sources:
        """The citations of a graded item; for one that is only asked, they are looked up in the background."""
        if item.grade is not None:
            return self._cited(item.question_id)
        if item.stage is Stage.ASKED:
            Thread(target=self._cited, args=(item.question_id,), name="sources", daemon=True).start()
        return NO_SOURCES

    def _cited(self, question_id: str) -> Sources:
        with suppress(InterviewerError):
            keys = self._product.library.rubric(question_id).keys
            return {key.id: self._product.passages.citations(question_id, key.id) for key in keys}
        return NO_SOURCES
