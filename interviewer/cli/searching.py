"""`search`: passages of the source material."""

from threading import Timer
from typing import TYPE_CHECKING, Annotated

import typer

from interviewer.cli.bank import known_topics
from interviewer.cli.options import AsJson
from interviewer.cli.terminal import console, plain, print_json
from interviewer.cli.wiring import product

if TYPE_CHECKING:
    from rich.console import RenderableType

    from interviewer.domain.passage import Found

RESULTS_AT_MOST = 50
SECONDS_BEFORE_EXPLAINING = 3
FAR_OFF = "None of these words is in the material. What comes nearest in meaning may be far off.\n"
READING_FIRST = "Searching… New material is read first, which can take minutes."


def search(
    ctx: typer.Context,
    query: Annotated[list[str], typer.Argument(metavar="WORDS...", help="What you want to read about.")],
    *,
    results: Annotated[int, typer.Option("--results", "-n", min=1, max=RESULTS_AT_MOST, help="How many.")] = 5,
    topic: Annotated[str | None, typer.Option("--topic", "-t", help="Keep to this topic.")] = None,
    pack: Annotated[str | None, typer.Option("--pack", "-p", help="Keep to this pack.")] = None,
    as_json: AsJson = False,
) -> None:
    """Search questions, reference answers, study notes, advice and your packs, by meaning and by words."""
    made = product(ctx)
    known_topics(made.library, [topic] if topic else None)
    if pack:
        made.packs.pack(pack)
    if as_json:
        print_json(
            [_data(found) for found in made.passages.search(" ".join(query), results, topic=topic, pack=pack)]
        )
        return
    with console().status("Searching…") as status:
        explaining = Timer(SECONDS_BEFORE_EXPLAINING, status.update, [READING_FIRST])
        explaining.daemon = True
        explaining.start()
        try:
            found = made.passages.search(" ".join(query), results, topic=topic, pack=pack)
        finally:
            explaining.cancel()
    if found and not any(result.matches for result in found):
        typer.echo(FAR_OFF)
    for result in found:
        console().print(_sheet(result, " ".join(query)))
    if not found:
        typer.echo("Nothing found. Try other words.")


def _sheet(result: "Found", query: str) -> "RenderableType":
    from rich.padding import Padding
    from rich.text import Text

    from interviewer.retrieval.reading import as_read
    from interviewer.retrieval.words import matching_words

    passage = result.passage
    text = Text(plain(as_read(passage.text)))
    for start, end in matching_words(query, text.plain):
        text.stylize("bold yellow", start, end)
    place = " · ".join(filter(None, (passage.topic, passage.pack, passage.source)))
    title = plain(as_read(passage.title))
    head = Text.assemble((title, "bold"), f"  {result.score:.2f}\n", (plain(place), "dim"))
    return Padding(Text("\n").join([head, text]), (0, 0, 1, 0))


def _data(result: "Found") -> dict[str, object]:
    return {
        "score": round(result.score, 4),
        **result.passage.model_dump(mode="json", exclude={"context"}),
        "matches": result.matches,
    }
