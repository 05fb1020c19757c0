"""Earlier interviews of this browser, with their reports."""

from dataclasses import dataclass
from typing import Any

from interviewer.bootstrap import Product
from interviewer.errors import InterviewerError
from ui.html import html
from ui.quick_gradio import QUIET, gr
from ui.render.report import Bank, empty_history, history_label, notice, report_page


@dataclass(frozen=True)
class HistoryPage:
    """The list and the report below it."""

    product: Product
    chosen: Any
    report: Any

    def list(self, owner: str) -> dict[Any, Any]:
        """The interviews of this owner, the latest chosen."""
        past = self.product.service.history(owner)
        if not past:
            return {self.chosen: gr.update(visible=False), self.report: empty_history()}
        choices = [(history_label(interview), interview.id) for interview in past]
        return {
            self.chosen: gr.update(visible=True, choices=choices, value=past[0].id),
            self.report: self.show(owner, past[0].id),
        }

    def show(self, owner: str, id: str | None) -> str:
        """The report of one of them."""
        if not id:
            return empty_history()
        service, library = self.product.service, self.product.library
        try:
            interview = service.load(owner, id)
            return report_page(interview, service.report(interview), Bank.of(library, interview))
        except InterviewerError as error:
            return notice(str(error))


def draw_history(product: Product, owner: Any, tab: Any) -> None:
    """The page; it is read anew whenever its tab is opened."""
    with gr.Column(elem_classes="page", elem_id="history"):
        chosen = gr.Dropdown([], label="Interview", visible=False, elem_id="past")
        report = html(empty_history())
    page = HistoryPage(product, chosen, report)
    tab.select(page.list, owner, [chosen, report], **QUIET)
    chosen.input(page.show, [owner, chosen], report, **QUIET)
