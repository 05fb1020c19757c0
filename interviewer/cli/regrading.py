"""`regrade`: answers graded again where a language model could not grade them at the time."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from interviewer.cli.options import AsJson, ChosenGrader
from interviewer.cli.past import all_interviews, named_interview
from interviewer.cli.terminal import console, plain, print_json
from interviewer.cli.wiring import product, settings
from interviewer.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from interviewer.domain.interview import Interview
    from interviewer.service import InterviewService

TRY_AGAIN = "`interviewer regrade --grader llm` tries again where the language model could not grade."
NOTHING = "There is nothing to grade again: no answer waits for a language model."


def regrade(
    ctx: typer.Context,
    interview_id: Annotated[
        str | None,
        typer.Argument(help="Interview id or its beginning; without it, the latest that has such answers."),
    ] = None,
    grader: ChosenGrader = None,
    as_json: AsJson = False,
) -> None:
    """Grade answers again that a language model could not grade at the time.

    Other answers of the interview keep their grades.
    """
    made = product(ctx, settings(grader.value if grader else None))
    if made.settings.grader == "keyword":
        raise InvalidInput("The local grader has graded already. Choose --grader llm or --grader auto.")
    interview = _waiting(made.service, interview_id)
    results = []
    for position in waiting_positions(made.service, interview):
        before = interview.items[position]
        interview = made.service.grade_again(interview, position)
        results.append(_result(interview, position, before.grade.score if before.grade else None))
        if not as_json:
            console().print(plain(_told(results[-1])))
    if as_json:
        print_json({"interview": interview.id, "questions": results})


def _waiting(service: "InterviewService", interview_id: str | None) -> "Interview":
    candidates = [named_interview(service, interview_id)] if interview_id is not None else all_interviews(service)
    found = next((interview for interview in candidates if waiting_positions(service, interview)), None)
    if found is None:
        raise NotFound(NOTHING)
    return found


def waiting_positions(service: "InterviewService", interview: "Interview") -> list[int]:
    """Which of its questions a language model could still grade that failed at the time."""
    return [place for place in range(len(interview.items)) if service.may_grade_again(interview, place)]


def _result(interview: "Interview", position: int, score_before: float | None) -> dict[str, Any]:
    item = interview.items[position]
    grade = item.grade
    return {
        "question": item.question_id,
        "score_before": score_before,
        "score": grade.score if grade else None,
        "fallback_reason": grade.grader.fallback_reason if grade else None,
    }


def _told(result: dict[str, Any]) -> str:
    from interviewer.cli.sheets import score_text

    told = f"{result['question']}: {score_text(result['score_before'])} before, {score_text(result['score'])} now."
    why = result["fallback_reason"]
    return f"{told} The local grader stood in again: {why}." if why else told
