"""What the practice page is made of: the form, the running interview, the report."""

from dataclasses import dataclass
from typing import Any

from interviewer.bootstrap import Product
from ui.grading_again import again_button
from ui.html import html
from ui.interview_panel import InterviewPanel, draw_panel
from ui.model_form import ModelForm, draw_model_form
from ui.quick_gradio import gr
from ui.render.page import fill
from ui.setup_form import SetupForm, draw_form


@dataclass(frozen=True)
class Parts:
    """What the page is made of. `interview` and `offered` are ids kept for each tab on its own."""

    session: Any
    owner: Any
    interview: Any
    offered: Any
    setup: Any
    resume: Any
    resume_text: Any
    go_on: Any
    discard: Any
    form: SetupForm
    model: ModelForm
    problem: Any
    panel: InterviewPanel
    report: Any
    closing: Any
    report_text: Any
    report_problem: Any
    again: Any
    regrade: Any

    @property
    def who(self) -> list[Any]:
        """The first inputs of every handler."""
        return [self.session, self.owner]

    @property
    def tab(self) -> list[Any]:
        """The inputs of a handler that moves the interview."""
        return [*self.who, self.interview]

    @property
    def greeting(self) -> list[Any]:
        """What may change when the page opens or an offer is answered."""
        start = [self.offered, self.resume, self.resume_text, self.problem, self.form.start]
        return [*start, *self.model.parts]

    @property
    def screens(self) -> list[Any]:
        """Everything that a move of the interview may change."""
        report = [self.report, self.closing, self.report_text, self.report_problem, self.regrade]
        return [self.interview, self.setup, self.problem, *report, *self.panel.parts]


def draw_practice(product: Product, session: Any, owner: Any) -> Parts:
    """The page; `session` is what this page has of its own, `owner` the browser's own random id."""
    interview, offered = gr.State(""), gr.State("")
    with gr.Column(elem_id="setup") as setup:
        html(fill("welcome.html", questions=sum(each.pack is None for each in product.library.questions.values())))
        with gr.Row(visible=False, elem_classes="card", elem_id="resume", equal_height=True) as resume:
            resume_text = html()
            go_on = gr.Button("Continue", variant="primary", elem_id="continue", scale=0, min_width=120)
            discard = gr.Button("Discard", elem_id="discard", scale=0, min_width=110)
        form = draw_form(product)
        problem = html()
        with gr.Column(elem_classes="card choices", elem_id="model-choice"):
            model = draw_model_form(product.settings)
    panel = draw_panel()
    with gr.Column(visible=False, elem_id="report") as report:
        closing = html(elem_id="closing")
        report_text = html()
        report_problem = html()
        with gr.Row():
            again = gr.Button("Practise again", variant="primary", elem_id="again", scale=0, min_width=180)
            regrade = again_button("grade-report-again")
    return Parts(
        session=session,
        owner=owner,
        interview=interview,
        offered=offered,
        setup=setup,
        resume=resume,
        resume_text=resume_text,
        go_on=go_on,
        discard=discard,
        form=form,
        model=model,
        problem=problem,
        panel=panel,
        report=report,
        closing=closing,
        report_text=report_text,
        report_problem=report_problem,
        again=again,
        regrade=regrade,
    )
