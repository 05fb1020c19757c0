"""Answers graded once more where a language model was to grade them and could not."""

from typing import Any

from interviewer.domain.interview import Interview
from interviewer.errors import InvalidInput
from interviewer.service import InterviewService
from ui.quick_gradio import gr
from ui.session import Session

GRADE_AGAIN = "Grade again with the language model"
NO_MODEL = "No language model is chosen on this page. Choose one on the practice form, and grade again."
STILL = "It did not work this time either: {reason}. What was judged before stays."


def again_button(id: str) -> Any:
    """The button, hidden until there is something to grade again."""
    return gr.Button(GRADE_AGAIN, visible=False, elem_id=id, scale=0, min_width=180)


def at_work() -> Any:
    """How the button looks while the model is asked."""
    return gr.update(value="Grading again…", interactive=False)


def at_rest(service: InterviewService, interview: Interview, position: int | None = None) -> Any:
    """How the button looks for this question, or for a whole interview."""
    return gr.update(value=GRADE_AGAIN, interactive=True, visible=bool(_open(service, interview, position)))


def grade_again(session: Session, interview: Interview, position: int | None = None) -> tuple[Interview, str]:
    """The interview after another try, at one of its questions or at all; and what to say if that failed too.

    Raises InvalidInput where no language model is chosen: the local grader has judged already.
    """
    if session.product.settings.grader == "keyword":
        raise InvalidInput(NO_MODEL)
    for place in _open(session.service, interview, position):
        interview = session.service.grade_again(interview, place)
    left = _open(session.service, interview, position)
    grade = interview.items[left[0]].grade if left else None
    reason = grade.grader.fallback_reason if grade else None
    return interview, STILL.format(reason=reason) if reason else ""


def _open(service: InterviewService, interview: Interview, position: int | None) -> list[int]:
    places = range(len(interview.items)) if position is None else [position]
    return [place for place in places if service.may_grade_again(interview, place)]
