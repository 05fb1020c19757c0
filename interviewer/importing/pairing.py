"""Questions with their answers, found in prose.

1. Lines that begin with "Q:" and "A:" (also Question, Answer, a number, a full stop or a bracket).
2. Tables whose first row names a question and an answer column.
3. Headings, list items, bold lines and short paragraphs that end with a question mark, each answered by what
   follows; only where at least three are answered so and they make up most of the document: a question in an
   article is not a question list.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from interviewer.importing.document import Block, BlockKind, Document, Pair, characters
from interviewer.importing.formats.tables import from_rows
from interviewer.importing.markdown import to_markdown

PAIRS_AT_LEAST = 3
SHARE_AT_LEAST = 0.6
QUESTION_WORDS_AT_MOST = 80
_ASKED = re.compile(r"^(?:q|question|frage)\s*\d*\s*[.:)]\s*", re.IGNORECASE)
_ANSWERED = re.compile(r"^(?:a|answer|antwort)\s*\d*\s*[.:)]\s*", re.IGNORECASE)
_NUMBER = re.compile(r"^(?:\(?\d{1,3}[.)]|#\d{1,3}|[-*•])\s+")


def paired(document: Document) -> Document:
    """The document with the questions and answers of its prose taken out of its blocks."""
    blocks = [block for whole in document.blocks for block in _at_marks(whole)]
    pairs: list[Pair] = []
    for find in (_marked, _tabled, _asked):
        found, blocks = find(blocks)
        pairs += found
    return replace(document, blocks=tuple(blocks), pairs=(*document.pairs, *pairs))


def _at_marks(block: Block) -> Iterator[Block]:
    """A paragraph cut before each of its lines that begins with Q: or A:."""
    if block.kind in (BlockKind.CODE, BlockKind.ROW):
        yield block
        return
    lines: list[str] = []
    for line in block.text.split("\n"):
        if lines and (_ASKED.match(line) or _ANSWERED.match(line)):
            yield replace(block, text="\n".join(lines))
            lines = []
        lines.append(line)
    yield replace(block, text="\n".join(lines))


def _marked(blocks: Sequence[Block]) -> tuple[list[Pair], list[Block]]:
    if not all(any(mark.match(block.text) for block in blocks) for mark in (_ASKED, _ANSWERED)):
        return [], list(blocks)
    return _collected(blocks, lambda block: _ASKED.sub("", block.text) if _ASKED.match(block.text) else "")


def _tabled(blocks: Sequence[Block]) -> tuple[list[Pair], list[Block]]:
    pairs: list[Pair] = []
    rest: list[Block] = []
    for is_row, group in groupby(blocks, key=lambda block: block.kind is BlockKind.ROW):
        found = list(group)
        rows = from_rows([block.cells for block in found]) if is_row else ()
        pairs += rows
        rest += [] if rows else found
    return pairs, rest


def _asked(blocks: Sequence[Block]) -> tuple[list[Pair], list[Block]]:
    pairs, rest = _collected(blocks, _question_in)
    long = sum(len(pair.question) + len(pair.answer) for pair in pairs) >= SHARE_AT_LEAST * characters(blocks)
    return (pairs, rest) if len(pairs) >= PAIRS_AT_LEAST and long else ([], list(blocks))


def _question_in(block: Block) -> str:
    """The question that the block asks, if it does nothing else."""
    asks = block.text.rstrip().endswith("?") and len(block.text.split()) <= QUESTION_WORDS_AT_MOST
    return _NUMBER.sub("", " ".join(block.text.split())) if asks and block.kind is not BlockKind.CODE else ""


def _collected(blocks: Sequence[Block], question_in: Callable[[Block], str]) -> tuple[list[Pair], list[Block]]:
    """Each question with the blocks up to the next one; a heading that asks nothing ends an answer too."""
    pairs: list[Pair] = []
    rest: list[Block] = []
    question, topic, answer = "", "", list[Block]()
    asked_by = Block(BlockKind.PARAGRAPH, "")

    def close() -> None:
        if question and answer:
            pairs.append(Pair(" ".join(question.split()), to_markdown(answer), topic=topic))
        elif question:
            rest.append(asked_by)

    for block in blocks:
        found = question_in(block)
        section = block.kind is BlockKind.HEADING and not found and _ends(block, asked_by)
        if found or section:
            close()
            question, answer, asked_by = found, [], block if found else Block(BlockKind.PARAGRAPH, "")
            if section:
                topic = block.text if block.level > 1 else ""  # the first level is the document's own title
                rest.append(block)
        elif question:
            answer.append(block if answer else replace(block, text=_ANSWERED.sub("", block.text, count=1)))
        else:
            rest.append(block)
    close()
    return pairs, [] if all(block.kind is BlockKind.HEADING for block in rest) else rest


def _ends(heading: Block, asked_by: Block) -> bool:
    """A heading below the one that asked belongs to the answer."""
    return asked_by.kind is not BlockKind.HEADING or heading.level <= asked_by.level
