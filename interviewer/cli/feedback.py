"""What is shown of a question that is closed: the judgement with its sources, or what a strong answer says."""

from collections.abc import Sequence
from contextlib import suppress

from rich.console import Group, RenderableType
from rich.markdown import Markdown

from interviewer.bootstrap import Product
from interviewer.cli.sheets import feedback_sheet, heading
from interviewer.cli.terminal import plain
from interviewer.domain.grade import Citation, Grade, Verdict
from interviewer.domain.interview import Item
from interviewer.domain.passage import Passage
from interviewer.errors import InterviewerError


def feedback_on(product: Product, item: Item) -> RenderableType:
    """The sheet for a question of an interview, graded or skipped."""
    question = product.library.question(item.question_id)
    if item.grade is None:
        return Group(heading("Skipped. A strong answer"), Markdown(plain(question.reference_answer)))
    rubric = product.library.rubric(item.question_id)
    sources, reading = _cited(product, item.grade)
    return feedback_sheet(question, rubric, item.transcript, item.grade, sources=sources, reading=reading)


def _cited(product: Product, grade: Grade) -> tuple[dict[str, Sequence[Citation]], list[Passage]]:
    """What the source material says of each key, and what to read about those that were missed."""
    with suppress(InterviewerError):
        passages = product.passages
        sources = {key.id: passages.citations(grade.question_id, key.id) for key in grade.keys}
        missed = [key.id for key in grade.keys if key.verdict is Verdict.MISSED]
        return sources, passages.read_next(grade.question_id, missed)
    return {}, []
