"""`evaluate`: how far a grader agrees with labelled answers."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interviewer.cli.options import AsJson, ChosenGrader
from interviewer.cli.terminal import console, note, print_json
from interviewer.cli.wiring import product, settings
from interviewer.errors import InvalidInput
from interviewer.evaluation.units import Unit

if TYPE_CHECKING:
    from interviewer.bootstrap import Product
    from interviewer.evaluation.evaluation import Evaluation
    from interviewer.evaluation.labels import BadLine, LabelledAnswer

LINES_NAMED_AT_MOST = 5


def evaluate(  # noqa: PLR0917  (each is an option of the command)
    ctx: typer.Context,
    labelled: Annotated[
        Path, typer.Argument(metavar="LABELLED.jsonl", help="Labelled answers, one JSON object a line.")
    ],
    grader: ChosenGrader = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="OUT.html", help="Write a page with charts, too.")
    ] = None,
    resample: Annotated[Unit, typer.Option(help="What is drawn for the confidence intervals.")] = Unit.QUESTIONS,
    as_json: AsJson = False,
) -> None:
    """Measure how far a grader agrees with labelled answers.

    A line is one of `grade-file` with labels: `met` lists the ids of the keys that the answer makes;
    `borderline`, `traps`, `numbers`, `style`, `attack` and `holistic` may follow. What is not labelled is not
    measured, and keys in `borderline` are left out.

    A line that cannot be read is told, the rest is measured, and the exit code is 1.
    """
    from interviewer.evaluation.evaluation import evaluate as measure
    from interviewer.evaluation.outcome import compare

    made = product(ctx, settings(grader.value if grader else None))
    answers, bad = _read(made, labelled)
    if not answers:
        raise InvalidInput(f"{labelled} holds no labelled answer. {_told(bad)}".strip())
    grades = made.service.grader.grade_many(answer.task for answer in answers)
    outcomes = [compare(answer, grade) for answer, grade in zip(answers, grades, strict=True)]
    found = measure(outcomes, bad, resample)
    if html is not None:
        _write_page(html, found, f"Agreement with {labelled.name}")
    _print(found, as_json=as_json)
    if bad:
        note(_told(bad))
        raise typer.Exit(1)


def _read(made: "Product", path: Path) -> "tuple[list[LabelledAnswer], list[BadLine]]":
    from interviewer.cli.batch import read_lines
    from interviewer.evaluation.labels import read_labelled
    from interviewer.grading.external import external_task
    from interviewer.grading.records import OrderReader

    reader = OrderReader(made.library.questions, made.service.task, external_task)
    try:
        with path.open("rb") as stream:
            return read_labelled(read_lines(stream), reader)
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror or error}. Check the path.") from None


def _write_page(path: Path, found: "Evaluation", title: str) -> None:
    from interviewer.evaluation.page import html_page

    page = html_page(found, title)
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"{path} cannot be written: {error.strerror or error}. Name another file.") from None


def _print(found: "Evaluation", *, as_json: bool) -> None:
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        from interviewer.cli.evaluation_sheet import evaluation_sheet

        console().print(evaluation_sheet(found))


def _told(bad: "Sequence[BadLine]") -> str:
    if not bad:
        return ""
    named = "; ".join(f"line {each.line}: {each.error}" for each in bad[:LINES_NAMED_AT_MOST])
    more = f"; and {len(bad) - LINES_NAMED_AT_MOST} more" if len(bad) > LINES_NAMED_AT_MOST else ""
    return f"{len(bad)} could not be read ({named}{more})."
