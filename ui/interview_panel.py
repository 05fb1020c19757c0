"""The running interview on screen: its parts, and how a state of the interview looks."""

from dataclasses import dataclass
from typing import Any, Literal

from interviewer.content.conversation import Intent
from interviewer.content.library import Library
from interviewer.domain.interview import Interview, Stage
from ui.grading_again import again_button
from ui.html import html
from ui.quick_gradio import gr
from ui.render.conversation import conversation, is_last_said, progress, voice
from ui.render.feedback import NO_SOURCES, Sources, feedback
from ui.render.report import notice

Updates = dict[Any, Any]
"""Component to its new value or properties."""
Busy = Literal["", "grading", "speaking", "asking"]
"""What goes on before the candidate is to do something; `asking` while the follow-up question is being put."""
_STATES: dict[Busy, str] = {"": "", "grading": "grading", "speaking": "speaking", "asking": "speaking"}
QUIET_BUTTON = ["quiet"]


@dataclass(frozen=True)
class InterviewPanel:
    """The parts of the running interview."""

    whole: Any
    progress: Any
    greeting: Any
    talk: Any
    voice: Any
    repeat: Any
    hint: Any
    count: Any
    notice: Any
    answer: Any
    feedback: Any
    again: Any
    send: Any
    skip: Any
    retry: Any
    next: Any
    finish: Any
    meter: Any

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
                greeting = html(elem_id="greeting")
                talk = html(elem_id="talk")
                voice_of = html(elem_id="voice")
                with gr.Row(elem_id="beside"):
                    repeat = _quiet_button("Repeat the question", "repeat")
                    hint = _quiet_button("Give me a hint", "hint")
                    count = _quiet_button("Count that as my answer", "count", visible=False)
                answer = gr.Textbox(
                    label="Your answer",
                    placeholder="Answer as you would aloud, or ask what is unclear. Ctrl+Enter sends it.",
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
                spent = html(elem_id="meter")
            with gr.Column(elem_id="card"):
                again = again_button("grade-again")
                card = html(elem_id="feedback")
    return InterviewPanel(
        whole=whole,
        progress=top,
        greeting=greeting,
        talk=talk,
        voice=voice_of,
        repeat=repeat,
        hint=hint,
        count=count,
        notice=problem,
        answer=answer,
        feedback=card,
        again=again,
        send=send,
        skip=skip,
        retry=retry,
        next=next_question,
        finish=finish,
        meter=spent,
    )


def _button(label: str, id: str, **options: Any) -> Any:
    return gr.Button(label, elem_id=id, scale=0, min_width=96, **options)


def _quiet_button(label: str, id: str, **options: Any) -> Any:
    return gr.Button(label, elem_id=id, scale=0, min_width=0, size="sm", elem_classes=QUIET_BUTTON, **options)


def show(
    panel: InterviewPanel,
    library: Library,
    interview: Interview,
    seconds_used: float,
    sources: Sources = NO_SOURCES,
    *,
    busy: Busy = "",
) -> Updates:
    """The panel as this state of the interview looks.

    `seconds_used` is what the clock shows; `sources` what the material says of the keys of a graded answer.
    """
    item = interview.current
    question, rubric = library.question(item.question_id), library.rubric(item.question_id)
    asked, waits = item.stage is Stage.ASKED, item.stage in (Stage.ASKED, Stage.PROBED)
    last = interview.position + 1 == len(interview.items)
    return {
        **show_talk(panel, library, interview, seconds_used, busy=busy),
        panel.whole: gr.update(visible=True),
        panel.repeat: gr.update(visible=waits),
        panel.hint: gr.update(visible=waits, elem_classes=QUIET_BUTTON),
        panel.answer: gr.update(value="", visible=waits, label="Your answer" if asked else "Your reply"),
        panel.feedback: feedback(item, question, rubric, sources),
        panel.send: gr.update(visible=waits, value="Answer" if asked else "Reply"),
        panel.skip: gr.update(visible=waits, value="Skip" if asked else "Skip follow-up", elem_classes=[]),
        panel.retry: gr.update(visible=item.stage is Stage.ANSWERED and busy != "grading"),
        panel.next: gr.update(visible=item.stage.closed, value="See the report" if last else "Next question"),
        panel.finish: gr.update(visible=busy != "grading" and not (last and item.stage.closed), elem_classes=[]),
    }


def show_talk(
    panel: InterviewPanel, library: Library, interview: Interview, seconds_used: float, *, busy: Busy = ""
) -> Updates:
    """What changes when something is said and the question stays open; what is being typed is left alone."""
    item = interview.current
    question, rubric = library.question(item.question_id), library.rubric(item.question_id)
    return {
        panel.progress: progress(interview, question, library.topics, seconds_used, busy=_STATES[busy]),
        panel.talk: conversation(item, question, rubric, asking=busy == "asking"),
        panel.voice: _begun(busy),
        panel.count: gr.update(visible=is_last_said(item) and not busy),
        panel.notice: "",
    }


def _begun(busy: Busy) -> str:
    """What stands where the interviewer is about to speak."""
    if not busy:
        return ""
    return voice(speaker="follow-up" if busy == "asking" else "interviewer", grading=busy == "grading")


def wanted(panel: InterviewPanel, intent: Intent) -> Updates:
    """Make the button stand out with which the candidate can do what they said."""
    button = {Intent.SKIP: panel.skip, Intent.STOP: panel.finish, Intent.DONT_KNOW: panel.hint}.get(intent)
    classes = [*(QUIET_BUTTON if button is panel.hint else ()), "wanted"]
    return {} if button is None else {button: gr.update(elem_classes=classes)}


def say(panel: InterviewPanel, problem: str) -> Updates:
    """A line that says what went wrong; all else, and above all the text that was typed, stays as it is."""
    return {panel.notice: notice(problem)}
