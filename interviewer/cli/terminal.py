"""Printing to the terminal. Text from people and files is data: never markup, never control codes."""

import json
import re
import sys
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

PIPED_WIDTH = 120
_CODES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What could move the cursor, colour or reorder the screen."""


def plain(text: str) -> str:
    """The text with a space for each control code, so that character positions stay as they are."""
    return _CODES.sub(" ", text)


def console() -> "Console":
    """Standard output, as wide as the terminal; a pipe gets lines of 120 columns and no colours."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else PIPED_WIDTH
    return Console(width=width, markup=False, highlight=False, emoji=False)


def print_json(data: Any) -> None:
    """Data for another program, on standard output."""
    typer.echo(json.dumps(data, indent=2, ensure_ascii=False, default=str))


def note(message: str) -> None:
    """A remark on standard error, out of the way of results."""
    typer.echo(plain(message), err=True)
