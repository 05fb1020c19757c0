"""`doctor`: what works here, and how to get what does not."""

from typing import TYPE_CHECKING

import typer

from interviewer.cli.options import AsJson
from interviewer.cli.terminal import console, plain, print_json
from interviewer.cli.wiring import product, settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from interviewer.cli.findings import Finding


def doctor(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Say what is available here: packages, models, data folder, keys, speech engines; exit code 1 for a problem.

    Keys are only said to be set or not. A language model that is set up is asked which models its server has.
    """
    from interviewer.cli.findings import State, findings
    from interviewer.cli.model_finding import language_model
    from interviewer.service import LOCAL_OWNER

    def embedding_model() -> str:
        from interviewer.bootstrap import checked_encoder

        return checked_encoder()

    def stored() -> int:
        service = product(ctx).service
        return len(service.unfinished(LOCAL_OWNER)) + len(service.history(LOCAL_OWNER))

    def listed() -> "Sequence[str]":
        from interviewer.bootstrap import listed_models

        return listed_models(chosen)

    chosen = settings()
    found = [*findings(chosen, embedding_model, stored), language_model(chosen, listed)]
    if as_json:
        print_json([finding._asdict() for finding in found])
    else:
        _print(found)
    if any(finding.state is State.PROBLEM for finding in found):
        raise typer.Exit(1)


def _print(found: "list[Finding]") -> None:
    from rich.table import Table
    from rich.text import Text

    colours = {"ok": "green", "off": "yellow", "problem": "red"}
    table = Table.grid(padding=(0, 2))
    for finding in found:
        detail = "\n".join(filter(None, (finding.detail, finding.remedy)))
        state = Text(finding.state, style=colours[finding.state])
        table.add_row(Text(finding.name, style="bold"), state, Text(plain(detail)))
    console().print(table)
