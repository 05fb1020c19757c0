"""The running interview on screen: its parts, and how a state of the interview looks."""

from dataclasses import dataclass
from typing import Any

from interviewer.content.library import Library
from interviewer.domain.interview import Interview, Stage
from ui.html import html
from ui.quick_gradio import gr
from ui.render.conversation import conversation, progress
from ui.render.feedback import NO_SOURCES, Sources, feedback
from ui.render.report import notice

Updates = dict[Any, Any]
"""Component to its new value or properties."""


@dataclass(frozen=True)
class InterviewPanel:
    """The parts of the running interview."""

    whole: Any
    progress: Any
    talk: Any
    notice: Any
    answer: Any
    feedback: Any
    send: Any
    skip: Any
    retry: Any
    next: Any
    finish: Any

    @property
    def parts(self) -> list[Any]:
        """Everything that `show` may change."""
        return [getattr(self, name) for name in self.__dataclass_fields__]


def draw_panel() -> InterviewPanel:
    """The panel, hidden until an interview is shown in it."""
    with gr.Column(visible=False, elem_id="interview") as whole:
        top = html(elem_id="progress")
        with gr.Column(elem_id="stage"):
            with gr.Column(elem_id="said"):
                talk = html(elem_id="talk")
                answer = gr.Textbox(
                    label="Your answer",
                    placeholder="Answer as you would aloud. Ctrl+Enter sends it.",
                    lines=7,
                    max_lines=18,
                    elem_id="answer",
                    html_attributes=gr.InputHTMLAttributes(spellcheck=True),
                )
                problem = html(elem_id="problem")
                with gr.Row(elem_id="actions"):
                    send = _button("Answer", "send", variant="primary")
                    next_question = _button("Next question", "next", variant="primary", visible=False)
                    retry = _button("Grade it now", "retry", variant="primary", visible=False)
                    skip = _button("Skip", "skip")
                    finish = _button("Finish", "finish")
            card = html(elem_id="feedback")
    return InterviewPanel(
        whole=whole,
        progress=top,
        talk=talk,
        notice=problem,
        answer=answer,
        feedback=card,
        send=send,
        skip=skip,
        retry=retry,
        next=next_question,
        finish=finish,
    )


def _button(label: str, id: str, **options: Any) -> Any:
    return gr.Button(label, elem_id=id, scale=0, min_width=96, **options)


def show(
    panel: InterviewPanel,
    library: Library,
    interview: Interview,
    seconds_used: float,
    sources: Sources = NO_SOURCES,
    *,
    grading: bool = False,
) -> Updates:
    """The panel as this state of the interview looks.

    `seconds_used` is what the clock shows; `sources` what the material says of the keys of a graded answer;
    `grading` while an answer is being graded.
    """
    item = interview.current
    grading = grading and item.stage is Stage.ANSWERED
    question, rubric = library.question(item.question_id), library.rubric(item.question_id)
    waits = item.stage in (Stage.ASKED, Stage.PROBED)
    last = interview.position + 1 == len(interview.items)
    return {
        panel.whole: gr.update(visible=True),
        panel.progress: progress(interview, question, library.topics, seconds_used, grading=grading),
        panel.talk: conversation(item, question, rubric, grading=grading),
        panel.notice: "",
        panel.answer: gr.update(
            value="", visible=waits, label="Your answer" if item.stage is Stage.ASKED else "Your reply"
        ),
        panel.feedback: feedback(item, question, rubric, sources),
        panel.send: gr.update(visible=waits, value="Answer" if item.stage is Stage.ASKED else "Reply"),
        panel.skip: gr.update(visible=waits, value="Skip" if item.stage is Stage.ASKED else "Skip follow-up"),
        panel.retry: gr.update(visible=item.stage is Stage.ANSWERED and not grading),
        panel.next: gr.update(visible=item.stage.closed, value="See the report" if last else "Next question"),
        panel.finish: gr.update(visible=not grading and not (last and item.stage.closed)),
    }


def say(panel: InterviewPanel, problem: str) -> Updates:
    """A line that says what went wrong; all else, and above all the text that was typed, stays as it is."""
    return {panel.notice: notice(problem)}
