"""A search box over the source material: questions, reference answers, notes, advice and packs."""

from dataclasses import dataclass
from typing import Any

from interviewer.bootstrap import Product
from interviewer.errors import InterviewerError
from ui.html import SEND_CLICKS, html
from ui.questions_page import QuestionsPage
from ui.quick_gradio import QUIET, gr
from ui.render.report import notice
from ui.render.search import nothing_asked, results_page, searching

RESULTS = 8


@dataclass(frozen=True)
class SearchBox:
    """The box, and the place of its results."""

    query: Any
    go: Any
    results: Any
    found: Any
    back: Any


@dataclass(frozen=True)
class Search:
    """What happens when somebody searches. Results take the place of the questions until they are closed."""

    product: Product
    box: SearchBox
    questions: QuestionsPage

    def wait(self) -> dict[Any, Any]:
        """Show that the search is under way; `search` follows."""
        material = self.product.material.made
        return {
            **self._swapped(results=True),
            self.box.found: searching(material.reading if material else None),
        }

    def search(self, query: str | None) -> str:
        """Passages about the query."""
        words = (query or "").strip()
        if not words:
            return nothing_asked()
        from interviewer.retrieval.material import QUERY_CHARACTERS_AT_MOST

        try:
            found = self.product.passages.search(words, RESULTS)
            return results_page(found, self.product.library, words, cut_at=QUERY_CHARACTERS_AT_MOST)
        except InterviewerError as error:
            return notice(str(error))

    def prepare(self) -> None:
        """Cut and index the passages while the query is being thought of; the search tells what goes wrong."""
        try:
            self.product.passages.prepare()
        except InterviewerError:
            return

    def close(self) -> dict[Any, Any]:
        """Back to the questions."""
        return self._swapped(results=False)

    def open(self, chosen: gr.EventData) -> dict[Any, Any]:
        """Show the question of a result."""
        return {**self.close(), **self.questions.open(str(chosen.id))}

    def _swapped(self, *, results: bool) -> dict[Any, Any]:
        return {
            self.box.results: gr.update(visible=results),
            self.questions.whole: gr.update(visible=not results),
        }


def draw_search() -> SearchBox:
    """The box, and under it the results, hidden until there are any."""
    with gr.Row(equal_height=True, elem_id="search"):
        query = gr.Textbox(
            label="Search everything",
            placeholder="Questions, answers, notes, your own material",
            lines=1,
            max_lines=1,
            scale=5,
            elem_id="query",
        )
        go = gr.Button("Search", variant="primary", elem_id="go", scale=0, min_width=110)
    with gr.Column(visible=False, elem_id="results") as results:
        found = html(elem_id="found", on_load=SEND_CLICKS)
        back = gr.Button("Back to the questions", elem_id="back", scale=0)
    return SearchBox(query, go, results, found, back)


def wire_search(product: Product, box: SearchBox, questions: QuestionsPage, tab: Any) -> None:
    """Connect the box; the passages are made ready when the tab is opened."""
    does = Search(product, box, questions)
    swapped = [box.results, questions.whole]
    asked = gr.on([box.go.click, box.query.submit], does.wait, None, [*swapped, box.found], queue=False, **QUIET)
    asked.then(does.search, box.query, box.found, **QUIET)
    box.back.click(does.close, None, swapped, queue=False, **QUIET)
    box.found.select(does.open, None, [*swapped, *questions.parts], **QUIET)
    tab.select(does.prepare, None, None, **QUIET)
