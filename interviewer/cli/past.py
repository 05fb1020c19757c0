"""`report` and `history`: interviews of the past."""

from typing import TYPE_CHECKING, Annotated

import typer

from interviewer.cli.options import AsJson
from interviewer.cli.terminal import console, print_json
from interviewer.cli.wiring import product
from interviewer.errors import NotFound

if TYPE_CHECKING:
    from interviewer.domain.interview import Interview
    from interviewer.service import InterviewService

ID_CHARACTERS = 8


def history(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List your interviews, the latest first."""
    interviews = all_interviews(product(ctx).service)
    if as_json:
        print_json([_summary(interview) for interview in interviews])
        return
    if not interviews:
        typer.echo("No interview yet. `interviewer practice` starts one.")
        return
    _print_table(interviews)


def report(
    ctx: typer.Context,
    interview_id: Annotated[
        str | None, typer.Argument(help="Interview id or its beginning; without it, the latest finished one.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the report of an interview."""
    made = product(ctx)
    interview = _latest(made.service) if interview_id is None else named_interview(made.service, interview_id)
    found = made.service.report(interview)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        from interviewer.cli.regrading import TRY_AGAIN, waiting_positions
        from interviewer.cli.report_sheet import report_sheet

        console().print(report_sheet(found, made.library.topics))
        if waiting_positions(made.service, interview):
            typer.echo(f"\n{TRY_AGAIN}")


def all_interviews(service: "InterviewService") -> "list[Interview]":
    """Interviews held in the terminal, the latest first."""
    from interviewer.service import LOCAL_OWNER

    interviews = [*service.unfinished(LOCAL_OWNER), *service.history(LOCAL_OWNER)]
    return sorted(interviews, key=lambda interview: interview.started_at, reverse=True)


def _latest(service: "InterviewService") -> "Interview":
    finished = next((interview for interview in all_interviews(service) if interview.finished), None)
    if finished is None:
        raise NotFound("No interview is finished yet. `interviewer practice` starts or resumes one.")
    return finished


def named_interview(service: "InterviewService", wanted: str) -> "Interview":
    """The interview whose id begins so; raises NotFound where there is none, or are several."""
    matching = [found for found in all_interviews(service) if wanted and found.id.startswith(wanted)]
    if len(matching) == 1:
        return matching[0]
    which = "Several interviews begin with" if matching else "There is no interview"
    raise NotFound(f"{which} {wanted[:40]!r}. `interviewer history` lists yours.")


def _summary(interview: "Interview") -> dict[str, object]:
    from interviewer.domain.report import mean_score

    return {
        "id": interview.id,
        "started_at": interview.started_at.isoformat(),
        "finished": interview.finished,
        "questions": len(interview.items),
        "graded": sum(item.grade is not None for item in interview.items),
        "score": mean_score(interview),
    }


def _print_table(interviews: "list[Interview]") -> None:
    from rich.table import Table

    from interviewer.domain.report import mean_score

    table = Table("id", "started", "questions", "score", "", box=None, pad_edge=False)
    for interview in interviews:
        score = mean_score(interview)
        table.add_row(
            interview.id[:ID_CHARACTERS],
            f"{interview.started_at.astimezone():%Y-%m-%d %H:%M}",
            str(len(interview.items)),
            "-" if score is None else f"{score:g}",
            "" if interview.finished else "interrupted: `interviewer practice` resumes it",
        )
    console().print(table)
