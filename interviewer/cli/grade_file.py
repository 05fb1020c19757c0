"""`grade-file`: many answers graded from one file into another."""

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from interviewer.cli.options import ChosenGrader
from interviewer.cli.terminal import note
from interviewer.cli.wiring import product, settings
from interviewer.errors import InvalidInput

if TYPE_CHECKING:
    from interviewer.cli.batch import Summary

STANDARD = Path("-")


def grade_file(
    ctx: typer.Context,
    answers: Annotated[
        Path, typer.Argument(metavar="IN.jsonl", help="Answers, one JSON object a line; - for standard input.")
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="OUT.jsonl", help="Where the grades go; - for standard output.")
    ],
    grader: ChosenGrader = None,
) -> None:
    """Grade a file of answers, to questions of the bank or to any others.

    A line is {"id", "question_id", "answer"} for a question of the bank, or {"id", "question", "reference_answer",
    "rubric": [{"id", "claim"}], "answer"} for another one; without a rubric, criteria are drawn from the reference
    answer. Grades are written in the order read. A line that cannot be read gets an error in its place, the
    rest is graded, and the exit code is 1.
    """
    from interviewer.cli.batch import grade_lines, read_lines
    from interviewer.grading.external import external_task
    from interviewer.grading.records import OrderReader

    made = product(ctx, settings(grader.value if grader else None))
    reader = OrderReader(made.library.questions, made.service.task, external_task)
    with ExitStack() as files:
        stream = files.enter_context(_opened_for_reading(answers))
        writer = files.enter_context(_opened_for_writing(out, answers))
        summary = grade_lines(read_lines(stream), reader, made.service.grader, _writes_to(writer))
    _tell(summary, out)


@contextmanager
def _opened_for_reading(path: Path) -> Iterator[BinaryIO]:
    if path == STANDARD:
        yield sys.stdin.buffer
        return
    with _explained(path, "read"), path.open("rb") as stream:
        yield stream


@contextmanager
def _opened_for_writing(path: Path, answers: Path) -> Iterator[IO[str]]:
    if path == STANDARD:
        yield sys.stdout
        return
    if path.exists() and answers.exists() and path.samefile(answers):
        raise InvalidInput(f"{path} is the file with the answers. Name another one with --out.")
    with _explained(path, "written"), path.open("w", encoding="utf-8", newline="\n") as stream:
        yield stream


@contextmanager
def _explained(path: Path, what: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InvalidInput(
            f"{path} cannot be {what}: {error.strerror or error}. Check the path and its rights."
        ) from None


def _writes_to(stream: IO[str]) -> Any:
    def write(record: dict[str, Any]) -> None:
        stream.write(json.dumps(record, ensure_ascii=False) + "\n")
        stream.flush()  # what is graded is there, whatever happens next

    return write


def _tell(summary: "Summary", out: Path) -> None:
    if summary.repeated:
        note(f"Some ids occur more than once (lines {_numbers(summary.repeated)}); each line was graded.")
    for reason, number in summary.fallbacks.items():
        note(f"{number} graded by another grader than the chosen one, because: {reason}")
    if not summary.failures:
        note(f"{summary.graded} graded.")
        return
    more = " and more" if summary.failures > len(summary.failed) else ""
    note(
        f"{summary.graded} graded; {summary.failures} could not be read (line {_numbers(summary.failed)}{more}). "
        f"{'The output' if out == STANDARD else out} says why in their places."
    )
    raise typer.Exit(1)


def _numbers(lines: list[int]) -> str:
    return ", ".join(str(number) for number in lines)
