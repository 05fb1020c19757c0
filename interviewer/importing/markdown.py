"""Blocks written as Markdown that stands in a section of a corpus file without breaking it."""

import re
from collections.abc import Iterable
from itertools import groupby

from interviewer.importing.document import Block, BlockKind

_HEADING = re.compile(r"^(#{1,6}\s)", re.MULTILINE)
_FENCE = re.compile(r"^(```|~~~)", re.MULTILINE)


def to_markdown(blocks: Iterable[Block]) -> str:
    """Text in which no line looks like the heading of a section, except those of the third level."""
    parts = []
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        written = [_written(block) for block in group if block.text.strip()]
        parts.append(("\n" if kind in (BlockKind.ITEM, BlockKind.ROW) else "\n\n").join(written))
    return "\n\n".join(filter(None, parts))


def escaped(text: str) -> str:
    """The text with a backslash where a line would begin like a heading or a code block."""
    return _FENCE.sub(r"\\\1", _HEADING.sub(r"\\\1", text.strip()))


def _written(block: Block) -> str:
    if block.kind is BlockKind.HEADING:
        return f"### {' '.join(block.text.split())}"
    if block.kind is BlockKind.CODE:
        return _fenced(block.text)
    if block.kind is BlockKind.ITEM:
        indent = "  " * (block.level - 1)
        return f"{indent}- " + escaped(block.text).replace("\n", f"\n{indent}  ")
    return f"- {escaped(block.text)}" if block.kind is BlockKind.ROW else escaped(block.text)


def _fenced(code: str) -> str:
    """Code between fences that it does not contain; indented where it contains both."""
    for fence in ("```", "~~~"):
        if not re.search(rf"^{fence}", code, re.MULTILINE):
            return f"{fence}\n{code}\n{fence}"
    return "\n".join(f"    {line}" for line in code.split("\n"))
