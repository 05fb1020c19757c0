"""What a file says, whatever its format: headings, paragraphs, list items, code and table rows in their order."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class BlockKind(StrEnum):
    """What a block of text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CODE = "code"
    ROW = "row"


@dataclass(frozen=True)
class Block:
    """A stretch of text that belongs together.

    `level` is 1 to 6 for a heading, and the number of lists around an item. `term` is what an item or paragraph
    begins with in bold, or a defined term.
    `cells` are those of a table row.
    """

    kind: BlockKind
    text: str
    level: int = 0
    term: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pair:
    """A question with its answer; what the file does not say is empty."""

    question: str
    answer: str
    id: str = ""
    topic: str = ""
    kind: str = ""
    level: str = ""


@dataclass(frozen=True)
class Document:
    """A file's content: pairs where it is a list of questions and answers, blocks where it is prose, or both."""

    title: str = ""
    blocks: tuple[Block, ...] = ()
    pairs: tuple[Pair, ...] = ()
    remarks: tuple[str, ...] = field(default=())

    def to_data(self) -> dict[str, Any]:
        """As JSON, to be handed from one process to another."""
        return {
            "title": self.title,
            "blocks": [[block.kind, block.text, block.level, block.term, block.cells] for block in self.blocks],
            "pairs": [vars(pair) for pair in self.pairs],
            "remarks": self.remarks,
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Document":
        """The document that `to_data` described."""
        return cls(
            title=data["title"],
            blocks=tuple(
                Block(BlockKind(kind), text, level, term, tuple(cells))
                for kind, text, level, term, cells in data["blocks"]
            ),
            pairs=tuple(Pair(**pair) for pair in data["pairs"]),
            remarks=tuple(data["remarks"]),
        )


def characters(blocks: Iterable[Block]) -> int:
    """How long the text of these blocks is."""
    return sum(len(block.text) for block in blocks)


class Unreadable(Exception):
    """A file that cannot be imported; the message says why and what to do, without the file's name."""
