"""Practising: choose, answer, read the feedback, see the report. A handler calls one service method."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from interviewer.bootstrap import Product
from interviewer.domain.interview import Choices, Interview, Stage
from interviewer.errors import InterviewerError
from ui.card_sources import CardSources
from ui.html import html
from ui.interview_panel import InterviewPanel, Updates, draw_panel, say, show
from ui.quick_gradio import QUIET, gr
from ui.render.page import fill
from ui.render.report import Bank, notice, report_page, resume_line
from ui.setup_form import SetupForm, chosen, draw_form
from ui.target_form import wire_target

OWNER = re.compile(r"[0-9a-f]{32}")
NOT_GRADED = "The answer could not be graded. It is stored; try again."


@dataclass(frozen=True)
class Parts:
    """What the page is made of. `interview` and `offered` are ids kept for each tab on its own."""

    owner: Any
    interview: Any
    offered: Any
    setup: Any
    resume: Any
    resume_text: Any
    go_on: Any
    discard: Any
    form: SetupForm
    problem: Any
    panel: InterviewPanel
    report: Any
    report_text: Any
    again: Any

    @property
    def greeting(self) -> list[Any]:
        """What may change when the page opens or an offer is answered."""
        return [self.offered, self.resume, self.resume_text, self.problem, self.form.start]

    @property
    def screens(self) -> list[Any]:
        """Everything that a move of the interview may change."""
        return [self.interview, self.setup, self.problem, self.report, self.report_text, *self.panel.parts]


def draw_practice(product: Product, owner: Any) -> Parts:
    """The page; `owner` is the browser's own random id."""
    interview, offered = gr.State(""), gr.State("")
    with gr.Column(elem_id="setup") as setup:
        html(fill("welcome.html", questions=len(product.library.questions)))
        with gr.Row(visible=False, elem_classes="card", elem_id="resume", equal_height=True) as resume:
            resume_text = html()
            go_on = gr.Button("Continue", variant="primary", elem_id="continue", scale=0, min_width=120)
            discard = gr.Button("Discard", elem_id="discard", scale=0, min_width=110)
        form = draw_form(product)
        problem = html()
    panel = draw_panel()
    with gr.Column(visible=False, elem_id="report") as report:
        report_text = html()
        again = gr.Button("Practise again", variant="primary", elem_id="again", scale=0, min_width=180)
    return Parts(
        owner=owner,
        interview=interview,
        offered=offered,
        setup=setup,
        resume=resume,
        resume_text=resume_text,
        go_on=go_on,
        discard=discard,
        form=form,
        problem=problem,
        panel=panel,
        report=report,
        report_text=report_text,
        again=again,
    )


class PracticeHandlers:
    """What happens on a press of a button. Holds nothing about anybody: every call names owner and interview."""

    def __init__(self, product: Product, parts: Parts) -> None:
        self.product = product
        self.service = product.service
        self.library = product.library
        self.sources = CardSources(product)
        self.parts = parts

    def arrive(self, owner: str | None) -> Updates:
        """Give a new browser an id, and offer an interview that was cut off."""
        known = owner if isinstance(owner, str) and OWNER.fullmatch(owner) else uuid.uuid4().hex
        return {self.parts.owner: known, self.parts.form.start: gr.update(interactive=True), **self._offer(known)}

    def start(self, owner: str, job: str | None, *values: Any) -> Updates:
        """Begin an interview as the form says; a job description weights its questions."""
        try:
            profile = self.product.job(job) if job and job.strip() else None
            return self._shown(self.service.start(owner, chosen(*values), profile))
        except InterviewerError as error:
            return {self.parts.problem: notice(str(error))}

    def practise(self, owner: str, question_id: str | None) -> Updates:
        """Begin an interview of this question alone, whatever is on screen; that stays stored."""
        try:
            choices = Choices(only=(self.library.question(question_id or "").id,), questions=1)
            return {**self._shown(self.service.start(owner, choices)), self.parts.report: gr.update(visible=False)}
        except InterviewerError as error:
            return {self.parts.problem: notice(str(error))}

    def go_on(self, owner: str, offered: str) -> Updates:
        """Show the interview that was cut off; `grade` follows, for an answer that waits."""
        try:
            return self._shown(self.service.load(owner, offered), grading=True, after_a_break=True)
        except InterviewerError as error:
            return {self.parts.problem: notice(str(error))}

    def discard(self, owner: str, offered: str) -> Updates:
        """Forget the interview that was offered, and offer the one before it."""
        try:
            self.service.discard(self.service.load(owner, offered))
        except InterviewerError as error:
            return {self.parts.problem: notice(str(error))}
        return self._offer(owner)

    def answer(self, owner: str, id: str, text: str | None) -> Updates:
        """Store an answer or a reply; `grade` follows."""
        return self._moved(owner, id, lambda interview: self.service.submit(interview, text or ""), grading=True)

    def wait(self, owner: str, id: str) -> Updates:
        """Say that grading begins; `grade` follows."""
        return self._moved(owner, id, lambda interview: interview, grading=True)

    def grade(self, owner: str, id: str) -> Updates:
        """Grade what waits to be graded."""
        try:
            stored = self.service.load(owner, id)
            if stored.current.stage is not Stage.ANSWERED:
                return {self.parts.interview: id}
            return self._shown(self.service.resume(stored))
        except InterviewerError as error:
            return self.not_graded(owner, id, str(error))

    def not_graded(self, owner: str, id: str, problem: str = NOT_GRADED) -> Updates:
        """What a failure to grade leaves on screen: the stored answer, and a way to try again."""
        return self._moved(owner, id, lambda interview: interview) | say(self.parts.panel, problem)

    def skip(self, owner: str, id: str) -> Updates:
        """Pass over the question or decline its follow-up."""
        return self._moved(owner, id, self.service.skip)

    def next(self, owner: str, id: str) -> Updates:
        """Ask the next question, or end with the report."""
        return self._moved(owner, id, self.service.next)

    def finish(self, owner: str, id: str) -> Updates:
        """End here, with the report."""
        return self._moved(owner, id, self.service.finish)

    def again(self, owner: str) -> Updates:
        """Back to the form."""
        return {
            self.parts.interview: "",
            self.parts.setup: gr.update(visible=True),
            self.parts.report: gr.update(visible=False),
            **self._offer(owner),
        }

    def _moved(
        self, owner: str, id: str, step: Callable[[Interview], Interview], *, grading: bool = False
    ) -> Updates:
        try:
            interview = step(self.service.load(owner, id))
            return self._reported(interview) if interview.finished else self._shown(interview, grading=grading)
        except InterviewerError as error:
            return say(self.parts.panel, str(error))

    def _shown(self, interview: Interview, *, grading: bool = False, after_a_break: bool = False) -> Updates:
        # Time spent away is nobody's thinking time: after a break the clock starts anew.
        asked_at = None if after_a_break else interview.current.asked_at
        seconds = (datetime.now(UTC) - asked_at).total_seconds() if asked_at else 0.0
        sources = self.sources.of(interview.current)
        return {
            self.parts.interview: interview.id,
            self.parts.setup: gr.update(visible=False),
            self.parts.problem: "",
            **show(self.parts.panel, self.library, interview, seconds, sources, grading=grading),
        }

    def _reported(self, interview: Interview) -> Updates:
        bank = Bank.of(self.library, interview)
        return {
            self.parts.panel.whole: gr.update(visible=False),
            self.parts.report: gr.update(visible=True),
            self.parts.report_text: report_page(interview, self.service.report(interview), bank),
        }

    def _offer(self, owner: str) -> Updates:
        try:
            cut_off = self.service.unfinished(owner)
        except InterviewerError as error:
            return {self.parts.problem: notice(str(error))}
        if not cut_off:
            return {self.parts.offered: "", self.parts.resume: gr.update(visible=False)}
        return {
            self.parts.offered: cut_off[0].id,
            self.parts.resume: gr.update(visible=True),
            self.parts.resume_text: resume_line(cut_off[0], datetime.now(UTC)),
        }


def wire_practice(product: Product, parts: Parts, *, when_asked: Callable[[], None]) -> PracticeHandlers:
    """Connect the buttons; returns the handlers, of which the app calls `arrive` when the page opens.

    `when_asked` is called when a first question is on the screen.
    """
    does = PracticeHandlers(product, parts)
    panel, tab = parts.panel, [parts.owner, parts.interview]

    def grade_after(event: Any) -> None:
        graded = event.then(does.grade, tab, parts.screens, concurrency_id="grading", concurrency_limit=4, **QUIET)
        graded.failure(does.not_graded, tab, parts.screens, **QUIET)

    started = parts.form.start.click(
        does.start, [parts.owner, parts.form.target.job, *parts.form.fields], parts.screens, **QUIET
    )
    wire_target(product, parts.form.target)
    started.then(when_asked, None, None, **QUIET)
    grade_after(parts.go_on.click(does.go_on, [parts.owner, parts.offered], parts.screens, **QUIET))
    parts.discard.click(does.discard, [parts.owner, parts.offered], parts.greeting, **QUIET)
    grade_after(panel.send.click(does.answer, [*tab, panel.answer], parts.screens, **QUIET))
    grade_after(panel.retry.click(does.wait, tab, parts.screens, **QUIET))
    for button, handler in ((panel.skip, does.skip), (panel.next, does.next), (panel.finish, does.finish)):
        button.click(handler, tab, parts.screens, **QUIET)
    parts.again.click(does.again, parts.owner, list({*parts.screens, *parts.greeting}), **QUIET)
    return does
