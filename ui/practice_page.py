"""Practising: choose, answer, talk, read the feedback, see the report. Here the buttons meet their handlers."""

from collections.abc import Callable
from typing import Any

from interviewer.bootstrap import Product
from ui.model_form import wire_model_form
from ui.practice_parts import Parts
from ui.practising import PracticeHandlers
from ui.quick_gradio import QUIET
from ui.target_form import wire_target

SPOKEN: dict[str, Any] = {**QUIET, "trigger_mode": "multiple"}
"""Options of what the interviewer says: the next words do not wait for the last to be finished."""


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
        graded.then(does.talking.put, parts.tab, parts.screens, **SPOKEN)

    def respond_after(event: Any) -> None:
        event.then(does.talking.respond, parts.tab, parts.screens, **SPOKEN)

    job = parts.form.target.job
    started = parts.form.start.click(
        does.start, [*parts.who, job, *model.fields, *parts.form.fields], begun, **QUIET
    )
    introduce_after(started, does, parts)
    started.then(when_asked, None, None, **QUIET)
    wire_target(product, parts.form.target)
    wire_model_form(model, parts.session)
    grade_after(parts.go_on.click(does.go_on, [*parts.who, parts.offered, *model.fields], begun, **QUIET))
    parts.discard.click(does.discard, [*parts.who, parts.offered], parts.greeting, **QUIET)
    for answered in (on(panel.send, does.answer, panel.answer), on(panel.count, does.count)):
        respond_after(answered)
        grade_after(answered)
    for asked in (on(panel.repeat, does.repeat), on(panel.hint, does.hint)):
        respond_after(asked)
    grade_after(on(panel.retry, does.wait))
    on(panel.skip, does.skip)
    for button, handler in ((panel.next, does.next), (panel.finish, does.finish)):
        on(button, handler).then(does.talking.close, parts.tab, parts.screens, **SPOKEN)
    on(panel.again, does.grade_again)
    on(parts.regrade, does.grade_report_again)
    parts.again.click(does.again, parts.who, list({*parts.screens, *parts.greeting}), **QUIET)
    return does


def introduce_after(event: Any, does: PracticeHandlers, parts: Parts) -> None:
    """The interviewer greets once the first question is on screen."""
    event.then(does.talking.introduce, parts.tab, parts.screens, **SPOKEN)
