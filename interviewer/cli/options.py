"""Options that several commands share."""

from enum import StrEnum
from typing import Annotated

import typer

from interviewer.domain.question import Kind, Level


class GraderOption(StrEnum):
    """Who grades: `keyword` is the local grader, `auto` a language model where one can be reached."""

    KEYWORD = "keyword"
    LLM = "llm"
    AUTO = "auto"


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Topics = Annotated[list[str] | None, typer.Option("--topic", "-t", help="Topic id; may be repeated.")]
Kinds = Annotated[list[Kind] | None, typer.Option("--kind", "-k", help="Kind of question; may be repeated.")]
Levels = Annotated[list[Level] | None, typer.Option("--level", "-l", help="Level; may be repeated.")]
ChosenGrader = Annotated[
    GraderOption | None,
    typer.Option("--grader", help="Who grades; without it, INTERVIEWER_GRADER or the local grader."),
]
PackName = Annotated[
    str | None, typer.Option("--pack", "-p", help="From this pack of your own; `interviewer packs` lists them.")
]
QuestionId = Annotated[str, typer.Argument(help="Question id; `interviewer questions` lists them.")]
