"""Earlier interviews of this browser, with their reports."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from interviewer.bootstrap import Product
from interviewer.errors import InterviewerError
from ui.grading_again import again_button, at_rest, at_work, grade_again
from ui.html import html
from ui.quick_gradio import QUIET, gr
from ui.render.conversation import voice
from ui.render.report import Bank, empty_history, history_label, notice, report_page
from ui.session import Session

Updates = dict[Any, Any]


@dataclass(frozen=True)
class HistoryPage:
    """The list, the report below it, and another try where a language model could not grade."""

    product: Product
    chosen: Any
    report: Any
    regrade: Any
    problem: Any

    @property
    def parts(self) -> list[Any]:
        """Everything that a handler may change."""
        return [self.chosen, self.report, self.regrade, self.problem]

    def list(self, owner: str) -> Updates:
        """The interviews of this owner, the latest chosen."""
        past = self.product.service.history(owner)
        if not past:
            return {self.chosen: gr.update(visible=False), **self.show(owner, None)}
        choices = [(history_label(interview), interview.id) for interview in past]
        return {
            self.chosen: gr.update(visible=True, choices=choices, value=past[0].id),
            **self.show(owner, past[0].id),
        }

    def show(self, owner: str, id: str | None, problem: str = "") -> Updates:
        """The report of one of them."""
        hidden = {self.regrade: gr.update(visible=False), self.problem: notice(problem)}
        if not id:
            return {self.report: empty_history(), **hidden}
        service, library = self.product.service, self.product.library
        try:
            interview = service.load(owner, id)
            page = report_page(interview, service.report(interview), Bank.of(library, interview))
            item = interview.current
            closing = item.remark(item.times_said + 1)
            page = f"{voice(closing) if closing else ''}{page}"
            return {**hidden, self.report: page, self.regrade: at_rest(service, interview)}
        except InterviewerError as error:
            return {**hidden, self.report: notice(str(error))}

    def grade_again(self, session: Session, owner: str, id: str) -> Iterator[Updates]:
        """Ask the language model once more about the answers that it did not grade."""
        yield {self.regrade: at_work()}
        try:
            _, problem = grade_again(session, session.service.load(owner, id))
        except InterviewerError as error:
            problem = str(error)
        yield self.show(owner, id, problem)


def draw_history(product: Product, session: Any, owner: Any, tab: Any) -> None:
    """The page; it is read anew whenever its tab is opened."""
    with gr.Column(elem_classes="page", elem_id="history"):
        chosen = gr.Dropdown([], label="Interview", visible=False, elem_id="past")
        report = html(empty_history())
        problem = html()
        regrade = again_button("grade-past-again")
    page = HistoryPage(product, chosen, report, regrade, problem)
    tab.select(page.list, owner, page.parts, **QUIET)
    chosen.input(page.show, [owner, chosen], [report, regrade, problem], **QUIET)
    regrade.click(page.grade_again, [session, owner, chosen], page.parts, **QUIET)
