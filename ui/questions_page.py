"""The questions to look through: what may be asked, what earns marks, and what a strong answer says."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from interviewer.content.library import Library
from interviewer.domain.interview import Choices
from interviewer.domain.question import Question
from interviewer.domain.selection import matching
from interviewer.errors import InterviewerError
from ui.html import html
from ui.quick_gradio import QUIET, gr
from ui.render import words
from ui.render.questions import question_card, question_label
from ui.render.report import notice
from ui.target_form import THE_BANK, pack_choices

ALL = ""


@dataclass(frozen=True)
class QuestionsPage:
    """The filters, the list, the question that was chosen from it, and the way to practise it."""

    library: Library
    whole: Any
    pack: Any
    topic: Any
    kind: Any
    question: Any
    card: Any
    practise: Any

    @property
    def filters(self) -> list[Any]:
        """The inputs of `narrow`."""
        return [self.pack, self.topic, self.kind, self.question]

    @property
    def parts(self) -> list[Any]:
        """Everything that a handler may change."""
        return [*self.filters, self.card, self.practise]

    def arrive(self, pack: str, topic: str, kind: str, question_id: str | None) -> dict[Any, Any]:
        """The page when its tab is opened: packs may have come or gone."""
        packs = pack_choices(self.library)
        pack = pack if pack in dict(packs).values() else THE_BANK
        return {
            **self.narrow(pack, topic, kind, question_id),
            self.pack: gr.update(choices=packs, value=pack, visible=len(packs) > 1),
        }

    def narrow(self, pack: str, topic: str, kind: str, question_id: str | None) -> dict[Any, Any]:
        """The questions that the filters leave; the one that was open stays, if it is among them."""
        topics = self._topics(pack)
        topic = topic if topic in dict(topics).values() else ALL
        found = self._questions(pack, topic, kind)
        labels = [(question_label(question), question.id) for question in found]
        ids = [question.id for question in found]
        shown = question_id if question_id in ids else next(iter(ids), None)
        return {
            self.topic: gr.update(choices=topics, value=topic),
            self.kind: kind,
            self.question: gr.update(choices=labels, value=shown),
            **self.show(shown),
        }

    def open(self, question_id: str) -> dict[Any, Any]:
        """One question, among all those that come from where it does."""
        question = self.library.questions.get(question_id)
        return self.arrive((question and question.pack) or THE_BANK, ALL, ALL, question_id)

    def show(self, question_id: str | None) -> dict[Any, Any]:
        """One question with what earns marks."""
        if not question_id:
            return self._instead("No question matches. Choose another topic or kind.")
        try:
            card = question_card(self.library.question(question_id), self.library.rubric(question_id))
        except InterviewerError as error:
            return self._instead(str(error))
        return {self.card: card, self.practise: gr.update(visible=True)}

    def _instead(self, problem: str) -> dict[Any, Any]:
        return {self.card: notice(problem), self.practise: gr.update(visible=False)}

    def _topics(self, pack: str) -> list[tuple[str, str]]:
        """The topics that questions from there have."""
        used = {question.topic for question in self._questions(pack, ALL, ALL)}
        topics = self.library.topics.values()
        return [("All topics", ALL), *((topic.title, topic.id) for topic in topics if topic.id in used)]

    def _questions(self, pack: str, topic: str, kind: str) -> Sequence[Question]:
        choices = {"pack": pack or None, "topics": _only(topic), "kinds": _only(kind)}
        return matching(self.library.questions.values(), Choices.model_validate(choices))


def _only(chosen: str) -> tuple[str, ...]:
    return (chosen,) if chosen else ()


def draw_questions(library: Library) -> QuestionsPage:
    """The list and the card; they are filled when their tab is opened."""
    kinds = [("All kinds", ALL), *((title, kind.value) for kind, title in words.KINDS.items())]
    with gr.Column(elem_id="bank") as whole:
        with gr.Row():
            pack = gr.Dropdown(pack_choices(library), value=THE_BANK, label="From", elem_id="from", visible=False)
            topic = gr.Dropdown([("All topics", ALL)], value=ALL, label="Topic")
            kind = gr.Dropdown(kinds, value=ALL, label="Kind")
        question = gr.Dropdown([], label="Question", elem_id="question")
        card = html()
        practise = gr.Button(
            "Practise this question", variant="primary", elem_id="practise", scale=0, visible=False
        )
    return QuestionsPage(library, whole, pack, topic, kind, question, card, practise)


def wire_questions(page: QuestionsPage, tab: Any) -> None:
    """Connect the filters and the list; the app connects the button."""
    tab.select(page.arrive, page.filters, page.parts, **QUIET)
    narrowed = [page.pack.input, page.topic.input, page.kind.input]
    gr.on(narrowed, page.narrow, page.filters, page.parts, **QUIET)
    page.question.input(page.show, page.question, [page.card, page.practise], **QUIET)
