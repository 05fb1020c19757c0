"""Practising: choose, answer, talk, read the feedback, see the report. Here the buttons meet their handlers."""

from collections.abc import Callable, Iterator
from typing import Any

from interviewer.bootstrap import Product
from ui.interview_panel import Updates
from ui.model_form import wire_model_form
from ui.practice_parts import Parts
from ui.practising import PracticeHandlers
from ui.quick_gradio import QUIET, gr
from ui.session import Session
from ui.target_form import wire_target

SPOKEN: dict[str, Any] = {**QUIET, "trigger_mode": "multiple"}
"""Options of what the interviewer says: the next words do not wait for the last to be finished."""
Stream = Callable[[Session, str, str], Iterator[Updates]]


def wire_practice(product: Product, parts: Parts, *, when_asked: Callable[[], None]) -> PracticeHandlers:
    """Connect the buttons; returns the handlers, of which the app calls `arrive` when the page opens.

    `when_asked` is called when a first question is on the screen.
    """
    does = PracticeHandlers(product, parts)
    panel, model = parts.panel, parts.model
    begun = [*parts.screens, *model.parts]

    def on(button: Any, handler: Callable[..., Any], *more: Any) -> Any:
        return button.click(handler, [*parts.tab, *more], parts.screens, **QUIET)

    def grade_after(event: Any) -> None:
        at_once = product.settings.llm_at_once
        graded = event.then(
            does.grade, parts.tab, parts.screens, concurrency_id="grading", concurrency_limit=at_once, **QUIET
        )
        graded.failure(does.not_graded, parts.tab, parts.screens, **QUIET)
        speak_after(graded, does.talking.put, parts)

    job = parts.form.target.job
    started = parts.form.start.click(
        does.start, [*parts.who, job, *model.fields, *parts.form.fields], begun, **QUIET
    )
    speak_after(started, does.talking.introduce, parts)
    started.then(when_asked, None, None, **QUIET)
    wire_target(product, parts.form.target)
    wire_model_form(model, parts.session)
    grade_after(parts.go_on.click(does.go_on, [*parts.who, parts.offered, *model.fields], begun, **QUIET))
    parts.discard.click(does.discard, [*parts.who, parts.offered], parts.greeting, **QUIET)
    for answered in (on(panel.send, does.answer, panel.answer), on(panel.count, does.count)):
        speak_after(answered, does.talking.respond, parts)
        grade_after(answered)
    for asked in (on(panel.repeat, does.repeat), on(panel.hint, does.hint)):
        speak_after(asked, does.talking.respond, parts)
    grade_after(on(panel.retry, does.wait))
    on(panel.skip, does.skip, panel.answer)
    for ended in (on(panel.next, does.next), on(panel.finish, does.finish, panel.answer)):
        speak_after(ended, does.talking.close, parts)
    on(panel.again, does.grade_again)
    on(parts.regrade, does.grade_report_again)
    parts.again.click(does.again, parts.who, list({*parts.screens, *parts.greeting}), **QUIET)
    return does


def speak_after(event: Any, words: Stream, parts: Parts) -> None:
    """Let the interviewer speak once this has happened."""
    event.then(_never_empty(words), parts.tab, parts.screens, **SPOKEN)


def _never_empty(words: Stream) -> Stream:
    # Gradio empties every output of a generator that yields nothing.
    def stream(session: Session, owner: str, id: str) -> Iterator[Updates]:
        updates = words(session, owner, id)
        yield next(updates, gr.skip())
        yield from updates

    return stream
