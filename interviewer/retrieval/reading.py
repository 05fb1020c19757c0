"""Markdown as a reader takes it in: the words without the signs, for excerpts of whatever length."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

BULLET = "• "
BETWEEN_CELLS = " | "
CODE = ("fence", "code_block")
CHARACTERS_AT_MOST = 20_000
"""Ten times a long passage. What is longer stays as it is written: it might keep the parser busy for minutes."""
_FENCE = re.compile(r"^(?:```|~~~).*$", re.MULTILINE)
_LONE_SIGN = re.compile(r"(?<=\S)(?:\*\*|__|`)(?=\s|\Z)|(?:(?<=\s)|\A)(?:\*\*|__|`)(?=\S)")
"""What is left of a pair of signs where a statement was cut out between them."""
_NEXT_ITEM = re.compile(r"\n[ \t]*(?:\d+[.)]|[-*+])\s*\Z")
"""The sign of a list item that begins where a statement ends."""


@dataclass(frozen=True)
class Line:
    """A paragraph, an item of a list, a row of a table or a block of code; `nested` within another block."""

    words: str
    nested: bool = False
    sign: str = ""


def as_read(text: str) -> str:
    """The words of a text in Markdown; items of lists and rows of tables have a line of their own.

    HTML, and what only looks like Markdown, stay as they are written.
    """
    lines = [Line(""), *_lines(_opened(text))]
    gaps = ("\n" if before.nested and line.nested else "\n\n" for before, line in pairwise(lines))
    shown = (f"{gap}{line.sign}{line.words}" for gap, line in zip(gaps, lines[1:], strict=True))
    return "".join(shown).lstrip("\n")


def cited(statement: str) -> str:
    """The words of a statement that was cut out of such a text, in one line."""
    words = (word for line in _lines(_NEXT_ITEM.sub("", statement)) for word in line.words.split())
    return _LONE_SIGN.sub("", " ".join(words))


def _opened(text: str) -> str:
    """The text, with the fence before it where it was cut out of a block of code."""
    fences = _FENCE.findall(text)
    second_opens = any(not _closes(fence) for fence in fences[1::2])
    first_closes = len(fences) % 2 == 1 and _closes(fences[0])
    return f"{fences[0]}\n{text}" if second_opens or first_closes else text


def _closes(fence: str) -> bool:
    """Whether a fence may end a block of code: one that names a language begins one."""
    return not fence.strip("`~ ")


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _lines(text: str) -> Iterator[Line]:
    if len(text) > CHARACTERS_AT_MOST:
        yield Line(text)
        return
    sign, row = "", list[str]()
    for token in _parser().parse(text):
        if token.type == "list_item_open":
            sign = f"{token.info}. " if token.info else BULLET
        elif token.type in ("th_open", "td_open"):
            row.append("")
        elif token.type == "tr_close":
            yield Line(BETWEEN_CELLS.join(row), nested=True)
            row = []
        elif token.type == "inline" and row:
            row[-1] = _said(token)
        elif token.type == "inline" or token.type in CODE:
            words = _said(token) if token.children else token.content.rstrip("\n")
            yield Line(words, nested=token.level > 1, sign=sign)
            sign = ""


def _said(inline: Token) -> str:
    return "".join(" " if "break" in child.type else child.content for child in inline.children or ())
