"""`grade`: one answer to one question."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from interviewer.cli.options import AsJson, ChosenGrader, QuestionId
from interviewer.cli.terminal import console, print_json
from interviewer.cli.wiring import product, settings
from interviewer.errors import InvalidInput

ANSWER_BYTES_AT_MOST = 1_000_000


def grade(
    ctx: typer.Context,
    *,
    question_id: QuestionId,
    answer: Annotated[
        str | None, typer.Argument(help="Your answer; - or nothing reads it from standard input.")
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="A text file with your answer.")] = None,
    grader: ChosenGrader = None,
    as_json: AsJson = False,
) -> None:
    """Grade one answer and show which words earned what."""
    from interviewer.domain.interview import check_answer

    if answer is not None and file is not None:
        raise typer.BadParameter("give the answer or --file, not both")
    made = product(ctx, settings(grader.value if grader else None))
    question, rubric = made.library.question(question_id), made.library.rubric(question_id)
    text = check_answer(_text(answer, file))
    found = made.service.grade_text(question_id, text)
    if as_json:
        from interviewer.grading.records import grade_record

        print_json(grade_record(question_id, found))
    else:
        from interviewer.cli.sheets import feedback_sheet

        console().print(feedback_sheet(question, rubric, text, found))


def _text(answer: str | None, file: Path | None) -> str:
    if answer is not None and answer != "-":
        return answer
    if file is None:
        if sys.stdin.isatty():
            typer.echo("Type your answer and end it with Ctrl-D:", err=True)
        return _decoded(sys.stdin.buffer.read(ANSWER_BYTES_AT_MOST), "The answer")
    try:
        with file.open("rb") as stream:
            return _decoded(stream.read(ANSWER_BYTES_AT_MOST), str(file))
    except OSError as error:
        raise InvalidInput(f"{file} cannot be read: {error.strerror or error}. Check the path.") from None


def _decoded(data: bytes, what: str) -> str:
    if len(data) == ANSWER_BYTES_AT_MOST:
        raise InvalidInput(f"{what} is over {ANSWER_BYTES_AT_MOST:,} bytes. Shorten it.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{what}: byte {error.start + 1} is not UTF-8. Save it as UTF-8.") from None
