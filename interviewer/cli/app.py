"""The command line: every command is registered here, and errors become one line."""

import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from interviewer import __version__
from interviewer.cli.bank import questions, show
from interviewer.cli.checking import check
from interviewer.cli.diagnosing import doctor
from interviewer.cli.evaluating import evaluate
from interviewer.cli.grade_file import grade_file
from interviewer.cli.grading import grade
from interviewer.cli.importing import import_files
from interviewer.cli.packs import packs
from interviewer.cli.past import history, report
from interviewer.cli.practising import practice
from interviewer.cli.regrading import regrade
from interviewer.cli.searching import search
from interviewer.cli.terminal import plain
from interviewer.cli.web import open_app, ui
from interviewer.errors import InterviewerError

COMMANDS: dict[str, Callable[..., None]] = {
    "ui": ui,
    "practice": practice,
    "grade": grade,
    "grade-file": grade_file,
    "questions": questions,
    "show": show,
    "search": search,
    "import": import_files,
    "report": report,
    "history": history,
    "regrade": regrade,
    "check": check,
    "evaluate": evaluate,
    "doctor": doctor,
}
"""A new command is a function in a module of this package and an entry here."""


class Commands(TyperGroup):
    """Tells an InterviewerError in one line and ends with 1; any other exception is a bug and shows itself."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except InterviewerError as error:
            typer.echo(" ".join(plain(str(error)).split()), err=True)
            raise typer.Exit(1) from None


app = typer.Typer(
    cls=Commands,
    add_completion=False,
    pretty_exceptions_enable=False,  # its tracebacks print local variables, and keys may be among them
    context_settings={"help_option_names": ["-h", "--help"]},
)
for name, command in COMMANDS.items():
    app.command(name)(command)
app.add_typer(packs, name="packs")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"interviewer {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    ctx: typer.Context,
    version: Annotated[  # noqa: ARG001  (its callback acts)
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """A mock interviewer for MLOps and ML platform engineers.

    Without a command it starts the web app on this computer and opens the browser.
    """
    if ctx.invoked_subcommand is None:
        open_app(ctx)


def main() -> None:
    """Entry point of the `interviewer` command."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # An old locale must not end an interview: what it cannot show becomes a question mark.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    app()
