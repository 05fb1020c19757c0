"""`packs`: list, export, add and remove packs of one's own material."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interviewer.cli.importing import contents, counted, read_for_search
from interviewer.cli.keyboard import ask
from interviewer.cli.options import AsJson
from interviewer.cli.terminal import console, note, plain, print_json
from interviewer.cli.wiring import product

if TYPE_CHECKING:
    from interviewer.importing.packs import Pack

packs = typer.Typer(context_settings={"help_option_names": ["-h", "--help"]})

Name = Annotated[str, typer.Argument(help="The pack's name; `interviewer packs` lists them.")]


@packs.callback(invoke_without_command=True)
def list_packs(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List your packs; `export`, `add` and `remove` do what they say."""
    if ctx.invoked_subcommand is not None:
        return
    found = product(ctx).packs.packs()
    if as_json:
        print_json([vars(pack) | {"path": str(pack.path)} for pack in found])
    elif found:
        _print_table(found)
    else:
        typer.echo("No packs yet. Import material of your own: interviewer import FILE_OR_FOLDER... --pack NAME")


@packs.command()
def export(
    ctx: typer.Context,
    name: Name,
    to: Annotated[Path, typer.Option("--to", help="A file or folder; NAME.zip here unless told.")] = Path(),
) -> None:
    """Write a pack as one file, to keep or to share."""
    typer.echo(plain(f"Wrote {product(ctx).packs.export(name, to)}"))


@packs.command()
def add(
    ctx: typer.Context,
    archive: Annotated[Path, typer.Argument(metavar="FILE.zip", help="A pack that somebody exported.")],
    name: Annotated[str, typer.Option("--as", help="Another name for it; the file's name unless told.")] = "",
) -> None:
    """Add a pack that somebody exported; it is checked before anything is kept."""
    made = product(ctx)
    pack = made.packs.add(archive, name)
    typer.echo(plain(f"Added pack {pack.name} with {contents(pack)}."))
    read_for_search(made)


@packs.command()
def remove(
    ctx: typer.Context,
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Delete a pack with all that you changed in it."""
    store = product(ctx).packs
    pack = store.pack(name)
    what = f"pack {name}, {counted(pack.questions, 'question')}"
    if not yes and ask(f"Delete {what}? [y/N]").lower() not in ("y", "yes"):
        typer.echo("Nothing was deleted.")
        return
    store.remove(name)
    typer.echo(f"Deleted pack {name}.")


def _print_table(found: "list[Pack]") -> None:
    from rich.table import Table

    table = Table("pack", "title", "questions", "drafts", "notes", "files", box=None, pad_edge=False)
    for pack in found:
        counts = (str(count) for count in (pack.questions, pack.drafts, pack.notes, pack.sources))
        table.add_row(pack.name, plain(pack.title), *counts)
    console().print(table)
    for pack in found:
        if pack.wrong:
            note(f"Pack {pack.name}: {pack.wrong}")
