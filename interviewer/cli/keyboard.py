"""Reading what a person types: answers of several lines, and the commands among them."""

import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from select import select

import typer

from interviewer.cli.drafts import Draft
from interviewer.cli.terminal import plain
from interviewer.errors import NotFound

try:
    # input() then edits lines, and takes a pasted line of more than the 4,095 characters a bare terminal allows.
    import readline
except ImportError:  # Windows
    readline = None  # type: ignore[assignment]

BLANK_LINES_THAT_END = 2
SHOWN_DRAFT_CHARACTERS = 2_000
PASTE_SECONDS = 0.1
"""The lines of a paste come within this time of each other; nobody types that fast."""


class Command(StrEnum):
    """What can be typed in place of an answer, on a line of its own."""

    REPEAT = "/repeat"
    HINT = "/hint"
    SKIP = "/skip"
    EDIT = "/edit"
    CLEAR = "/clear"
    FINISH = "/finish"
    QUIT = "/quit"
    HELP = "/help"


HOW_TO_TALK = (
    "Talk as you would to an interviewer: ask for a hint, for the question once more, or what it means. "
    "An empty line twice, or Ctrl-D, sends your answer. On a line of its own, also in the middle of an answer:"
)
COMMANDS = {
    Command.REPEAT: "hear the question again",
    Command.HINT: "ask for a hint",
    Command.SKIP: "pass over this question, or decline the follow-up question",
    Command.EDIT: "write the answer in your editor",
    Command.CLEAR: "forget what you typed to this question",
    Command.FINISH: "end the interview here and show the report",
    Command.QUIT: "leave; everything is kept, and the interview can be resumed",
    Command.HELP: "this text",
}


def read_answer(draft: Draft, is_complete: Callable[[str], bool] = lambda _: False) -> str | Command:
    """The answer that was typed, after what `draft` holds already, or the command that came instead.

    A first line that `is_complete` by itself is returned at once, unless more lines came along with it.

    Each line is in the draft as soon as it is typed. Raises EOFError at the end of input with nothing typed, and
    KeyboardInterrupt, with the text in the draft, at Ctrl-C.
    """
    text = draft.read()
    _show(text)
    while True:
        try:
            line = input("> ")
        except EOFError:
            if text.strip():
                typer.echo()
                return text
            raise
        except KeyboardInterrupt:
            draft.write(text + (readline.get_line_buffer() if readline and sys.stdin.isatty() else ""))
            raise
        if line.strip() in list(Command):
            return Command(line.strip())
        begins = not text.strip()
        text = _longer(text, line)
        draft.write(text)
        if begins and text and is_complete(text) and not _more_waits():
            return text
        if text.endswith("\n" * (BLANK_LINES_THAT_END + 1)):
            return text


def ask(prompt: str, at_end: str | None = None) -> str:
    """One line; at the end of input `at_end`, or EOFError where that is not given."""
    try:
        return input(f"{prompt} ").strip()
    except EOFError:
        if at_end is None:
            raise
        return at_end


def ask_whether(question: str) -> bool:
    """Yes or no; Enter is yes."""
    while (reply := ask(f"{question} [Y/n]").lower()) not in ("", "y", "yes", "n", "no"):
        typer.echo("Please answer y or n.")
    return reply in ("", "y", "yes")


def ask_which(what: str, options: Mapping[str, str]) -> tuple[str, ...]:
    """Any of `options` (id to title), by number or id; Enter takes none. Asks again until it is right."""
    _list(what, options)
    while True:
        try:
            return _parsed(ask("Numbers or names with commas, Enter for any:"), list(options))
        except NotFound as error:
            typer.echo(plain(str(error)))


def ask_for_one(what: str, options: Mapping[str, str]) -> str | None:
    """One of `options` (id to title), by number or id; Enter takes none. Asks again until it is right."""
    _list(what, options)
    while True:
        try:
            chosen = _parsed(ask("Number or name, Enter for none:"), list(options))
        except NotFound as error:
            typer.echo(plain(str(error)))
            continue
        if len(chosen) <= 1:
            return chosen[0] if chosen else None
        typer.echo("Please give one only.")


def _list(what: str, options: Mapping[str, str]) -> None:
    typer.echo(f"\n{what}")
    for number, (option, title) in enumerate(options.items(), start=1):
        typer.echo(plain(f"  {number:2}  {option}  ({title})" if title else f"  {number:2}  {option}"))


def ask_number(prompt: str, default: int, at_most: int) -> int:
    """A whole number from 1; Enter takes the default. Asks again until it is right."""
    while reply := ask(f"{prompt} [{default}]"):
        if reply.isascii() and reply.isdigit() and 1 <= int(reply[:9]) <= at_most:
            return int(reply)
        typer.echo(f"Please give a number from 1 to {at_most}.")
    return default


def _parsed(reply: str, options: list[str]) -> tuple[str, ...]:
    numbered = {str(number): option for number, option in enumerate(options, start=1)}
    words = [word.strip().lower() for word in reply.split(",") if word.strip()]
    chosen = [numbered.get(word, word) for word in words]
    for option in chosen:
        if option not in options:
            raise NotFound.of("choice", option, options, f"Give numbers from 1 to {len(options)}, or names.")
    return tuple(dict.fromkeys(chosen))


def _longer(text: str, line: str) -> str:
    """The text with one more line; it does not begin with blank ones."""
    return text + line + "\n" if line.strip() or text.strip() else ""


def _more_waits() -> bool:
    """Whether more was typed or pasted; always, where it is not a person at a terminal, or nobody can tell."""
    if not sys.stdin.isatty():
        return True
    try:
        return bool(select([sys.stdin], [], [], PASTE_SECONDS)[0])
    except OSError:  # Windows
        return True


def _show(text: str) -> None:
    if not text.strip():
        return
    if len(text) <= SHOWN_DRAFT_CHARACTERS:
        typer.echo(f"Your text so far:\n{plain(text)}")
    typer.echo(f"({len(text):,} characters so far. Go on writing; /edit changes it, /clear starts over.)")
