"""A search box over the source material: questions, reference answers, notes, advice and packs."""

from dataclasses import dataclass

from interviewer.bootstrap import Product
from interviewer.errors import InterviewerError
from ui.html import html
from ui.quick_gradio import QUIET, gr
from ui.render.report import notice
from ui.render.search import results_page

RESULTS = 8
WAIT = '<p class="note" role="status">Searching. The first search prepares the passages for some seconds.</p>'


@dataclass(frozen=True)
class SearchPage:
    """What happens when somebody searches."""

    product: Product

    def search(self, query: str | None) -> str:
        """Passages about the query."""
        words = (query or "").strip()
        try:
            found = self.product.passages.search(words, RESULTS) if words else []
        except InterviewerError as error:
            return notice(str(error))
        return results_page(found, self.product.library.topics, words)


def draw_search(product: Product) -> None:
    """The page."""
    page = SearchPage(product)
    with gr.Column(elem_classes="page", elem_id="search"):
        with gr.Row(equal_height=True):
            query = gr.Textbox(
                label="Search the material",
                placeholder="What stops a bad model from reaching users?",
                lines=1,
                scale=5,
            )
            go = gr.Button("Search", variant="primary", elem_id="go", scale=0, min_width=110)
        found = html(elem_id="found")
    asked = gr.on([go.click, query.submit], lambda: WAIT, None, found, queue=False, **QUIET)
    asked.then(page.search, query, found, **QUIET)
