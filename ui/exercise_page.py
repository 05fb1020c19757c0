"""Exercises: of four answers to a question, choose the one that is structured best."""

from dataclasses import dataclass
from typing import Any

from interviewer.content.library import Library
from interviewer.domain.question import Exercise
from interviewer.errors import InterviewerError, NotFound
from ui.html import html
from ui.quick_gradio import QUIET, gr
from ui.render.conversation import topic_title
from ui.render.exercise import judgement, no_exercises, task
from ui.render.report import notice


@dataclass(frozen=True)
class ExercisePage:
    """The list of exercises, the question, its four answers and the judgement."""

    library: Library
    chosen: Any
    prompt: Any
    options: Any
    check: Any
    result: Any

    @property
    def parts(self) -> list[Any]:
        """Everything that choosing an exercise changes."""
        return [self.chosen, self.prompt, self.options, self.check, self.result]

    def open(self, chosen: str | None) -> dict[Any, Any]:
        """Fill the page when its tab is opened for the first time."""
        if chosen:
            return {self.chosen: chosen}
        ids = [id for id in self.library.questions if self.library.exercise(id) is not None]
        if not ids:
            return {self.prompt: no_exercises()}
        titles = [
            f"{place}. {topic_title(self.library.topics, self.library.question(id).topic)}"
            for place, id in enumerate(ids, start=1)
        ]
        choices = list(zip(titles, ids, strict=True))
        return {self.chosen: gr.update(choices=choices, value=ids[0], visible=True), **self.choose(ids[0])}

    def choose(self, question_id: str) -> dict[Any, Any]:
        """Show another exercise."""
        try:
            exercise = self._exercise(question_id)
        except InterviewerError as error:
            return {self.result: notice(str(error))}
        choices = [
            (f"{number}. {option.text}", option.id) for number, option in enumerate(exercise.options, start=1)
        ]
        return {
            self.prompt: task(self.library.question(question_id)),
            self.options: gr.update(choices=choices, value=None, visible=True),
            self.check: gr.update(visible=True),
            self.result: "",
        }

    def judge(self, question_id: str, option_id: str | None) -> str:
        """Say which answer was best, and why."""
        try:
            return judgement(self._exercise(question_id), self.library.question(question_id), option_id)
        except InterviewerError as error:
            return notice(str(error))

    def _exercise(self, question_id: str) -> Exercise:
        found = self.library.exercise(question_id)
        if found is None:
            raise NotFound(f"Question {question_id[:80]!r} has no exercise. Choose another one.")
        return found


def draw_exercises(library: Library, tab: Any) -> None:
    """The page; its files are read when its tab is opened."""
    with gr.Column(elem_id="exercises", elem_classes="page"):
        chosen = gr.Dropdown([], label="Exercise", elem_id="exercise", visible=False)
        prompt = html()
        options = gr.Radio([], label="Which answer is structured best?", elem_id="options", visible=False)
        check = gr.Button("Check", variant="primary", elem_id="check", scale=0, visible=False)
        result = html(elem_id="judgement")
    page = ExercisePage(library, chosen, prompt, options, check, result)
    tab.select(page.open, chosen, page.parts, **QUIET)
    chosen.input(page.choose, chosen, page.parts, **QUIET)
    check.click(page.judge, [chosen, options], result, **QUIET)
