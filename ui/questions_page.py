"""The bank to look through: what may be asked, and what a strong answer says."""

from dataclasses import dataclass
from typing import Any

from interviewer.content.library import Library
from interviewer.domain.interview import Choices
from interviewer.domain.selection import matching
from interviewer.errors import InterviewerError
from ui.html import html
from ui.quick_gradio import QUIET, gr
from ui.render import words
from ui.render.questions import question_card, question_label
from ui.render.report import notice

ALL = ""


@dataclass(frozen=True)
class QuestionsPage:
    """The filters, the list, and the question that was chosen from it."""

    library: Library
    question: Any
    card: Any

    def narrow(self, topic: str, kind: str) -> dict[Any, Any]:
        """The questions that the filters leave, the first of them open."""
        choices = Choices.model_validate({"topics": (topic,) if topic else (), "kinds": (kind,) if kind else ()})
        found = matching(self.library.questions.values(), choices)
        labels = [(question_label(question), question.id) for question in found]
        first = found[0].id if found else None
        return {self.question: gr.update(choices=labels, value=first), self.card: self.read(first)}

    def read(self, question_id: str | None) -> str:
        """One question with what earns marks."""
        if not question_id:
            return notice("No question matches. Choose another topic or kind.")
        try:
            return question_card(self.library.question(question_id), self.library.rubric(question_id))
        except InterviewerError as error:
            return notice(str(error))


def draw_questions(library: Library, tab: Any) -> None:
    """The page; it is filled when its tab is opened."""
    topics = [("All topics", ALL), *((topic.title, topic.id) for topic in library.topics.values())]
    kinds = [("All kinds", ALL), *((title, kind.value) for kind, title in words.KINDS.items())]
    with gr.Column(elem_classes="page", elem_id="bank"):
        with gr.Row():
            topic = gr.Dropdown(topics, value=ALL, label="Topic")
            kind = gr.Dropdown(kinds, value=ALL, label="Kind")
        question = gr.Dropdown([], label="Question", elem_id="question")
        card = html()
    page = QuestionsPage(library, question, card)
    gr.on([tab.select, topic.input, kind.input], page.narrow, [topic, kind], [question, card], **QUIET)
    question.input(page.read, question, card, **QUIET)
