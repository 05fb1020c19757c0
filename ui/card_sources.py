"""What the source material says of the keys of an answer, looked up while the question is being answered."""

from collections.abc import Sequence
from contextlib import suppress
from threading import Thread

from interviewer.bootstrap import Product
from interviewer.domain.grade import Verdict
from interviewer.domain.interview import Item, Stage
from interviewer.errors import InterviewerError
from ui.render.feedback import NO_SOURCES, Sources


class CardSources:
    """Citations for the feedback card, and what to read next.

    Looking them up takes a moment the first time, and never stops a card.
    """

    def __init__(self, product: Product) -> None:
        self._product = product

    def of(self, item: Item) -> Sources:
        """Those of a graded item; for one that is only asked, the citations are looked up in the background."""
        if item.grade is not None:
            missed = [key.id for key in item.grade.keys if key.verdict is Verdict.MISSED]
            return self._found(item.question_id, missed)
        if item.stage is Stage.ASKED:
            Thread(target=self._found, args=(item.question_id, ()), name="sources", daemon=True).start()
        return NO_SOURCES

    def _found(self, question_id: str, missed: Sequence[str]) -> Sources:
        with suppress(InterviewerError):
            passages = self._product.passages
            keys = self._product.library.rubric(question_id).keys
            cited = {key.id: passages.citations(question_id, key.id) for key in keys}
            return Sources(cited, passages.read_next(question_id, missed))
        return NO_SOURCES
