"""`import`: one's own material becomes a pack."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interviewer.cli.options import AsJson
from interviewer.cli.terminal import console, note, plain, print_json
from interviewer.cli.wiring import product
from interviewer.errors import InterviewerError

if TYPE_CHECKING:
    from interviewer.bootstrap import Product
    from interviewer.importing.packs import ImportReport, Pack


def import_files(
    ctx: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE_OR_FOLDER...", help="Markdown, text, HTML, PDF, DOCX, CSV, JSON or Anki text."
        ),
    ],
    pack: Annotated[str, typer.Option("--pack", "-p", help="The pack to put it into: lower-case words, hyphens.")],
    *,
    with_model: Annotated[
        bool,
        typer.Option("--with-model", help="Let the language model write the drafts; it is sent the files' text."),
    ] = False,
    title: Annotated[str, typer.Option(help="What the pack is called; its name unless told.")] = "",
    as_json: AsJson = False,
) -> None:
    """Import your own material: questions and answers, and prose to draft questions from.

    Importing again brings the pack up to date and keeps what you changed in it. A file that cannot be read is told
    in one line, and the rest goes on.
    """
    made = product(ctx)
    drafter = made.model_drafter() if with_model else None
    with console().status("Importing…"):
        report = made.packs.import_files(paths, pack, title=title, drafter=drafter)
    if drafter and drafter.problem:
        note(f"Drafts were made by rules: {drafter.problem}")
    if as_json:
        print_json(report_data(report))
    else:
        print_report(report)
    read_for_search(made, quiet=as_json)


def read_for_search(made: "Product", *, quiet: bool = False) -> None:
    """Read new passages now, so that the first search need not; what is cut off is read then."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Reading for the search"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    shown = Progress(*columns, console=console(), transient=True, disable=quiet)
    with shown:
        bar = shown.add_task("", visible=False)
        try:
            made.passages.prepare(lambda done, of: shown.update(bar, completed=done, total=of, visible=True))
        except InterviewerError as error:
            note(str(error))


def print_report(report: "ImportReport") -> None:
    """What came in, what was left out, and what to do next."""
    for remark in report.remarks:
        note(str(remark))
    pack = report.pack
    same = f", {report.unchanged} unchanged" if report.unchanged else ""
    typer.echo(f"{counted(report.read, 'new or changed file')}{same}.")
    typer.echo(plain(f"Pack {pack.name}: {contents(pack)}."))
    if pack.drafts:
        typer.echo(plain(f"Look the drafts over in {pack.path}, then: interviewer check {pack.path}"))
    typer.echo(f"Practise: interviewer practice --pack {pack.name}")


def contents(pack: "Pack") -> str:
    """What a pack has, in words."""
    drafts = f" ({counted(pack.drafts, 'draft')})" if pack.drafts else ""
    return f"{counted(pack.questions, 'question')}{drafts}, {counted(pack.notes, 'section')} of notes"


def counted(number: int, what: str) -> str:
    """`1 question`, `2 questions`."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def report_data(report: "ImportReport") -> dict[str, object]:
    """The report as JSON."""
    return {
        "pack": vars(report.pack) | {"path": str(report.pack.path)},
        "read": report.read,
        "unchanged": report.unchanged,
        "remarks": [vars(remark) for remark in report.remarks],
    }
