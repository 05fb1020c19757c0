"""Questions with their answers, found in prose.

1. Labels: "Q:" and "A:" and their like (asking.py), also headings and lines that say no more than "Question 1" and
   "Answer"; cards as note-taking programs write them ("question::answer" on a line, or a line with "?" between).
2. Tables whose first row names a question and an answer column, or whose first column asks.
3. Blocks of one style (headings of a level, list items of a depth, bold lines, numbered paragraphs) of which at
   least three ask and 70 % do: then all of them are questions, each answered by what follows.
4. Any blocks that end with a question mark, each answered by what follows; only where at least three are answered
   so and they make up most of the document: a question in an article is not a question list.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from interviewer.importing.asking import (
    ANSWERED,
    ASKED,
    NUMBER,
    QUESTION_WORDS_AT_MOST,
    asks,
    chosen,
    is_option,
    unnumbered,
)
from interviewer.importing.document import Block, BlockKind, Document, Pair, characters
from interviewer.importing.drafting import says_nothing
from interviewer.importing.formats.tables import from_rows
from interviewer.importing.markdown import to_markdown

PAIRS_AT_LEAST = 3
SHARE_AT_LEAST = 0.6
ALIKE_AT_LEAST = 0.7
"""Share of the blocks of a style that must ask, so that the others are taken for questions too."""
QUESTION_LINES_AT_MOST = 3
_CARD = re.compile(r"^(?P<question>\S.{2,300}?)\s*:::?\s*(?P<answer>\S.*)$")
_TURN = re.compile(r"\n\?{1,2}\n")

Style = tuple[str, int]
Found = tuple[list[Pair], list[Block]]


def paired(document: Document) -> Document:
    """The document with the questions and answers of its prose taken out of its blocks."""
    blocks = [block for whole in _carded(document.blocks) for block in _at_labels(whole)]
    pairs: list[Pair] = []
    for find in (_labelled, _tabled, _alike, _asked):
        found, blocks = find(blocks)
        pairs += found
    return replace(document, blocks=tuple(blocks), pairs=(*document.pairs, *pairs))


def _carded(blocks: Sequence[Block]) -> Iterator[Block]:
    """Flash cards of note-taking programs, labelled as questions and answers."""
    texts = [block.text for block in blocks if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)]
    lines = [line for text in texts for line in text.split("\n")]
    written = sum(bool(_CARD.match(line)) for line in lines)
    cards = written >= max(PAIRS_AT_LEAST, SHARE_AT_LEAST * len(lines))
    for block in blocks:
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            yield block
        elif turned := _TURN.search(block.text):
            yield replace(block, text=f"Q: {block.text[: turned.start()]}", term="")
            yield replace(block, text=f"A: {block.text[turned.end() :]}", term="")
        elif cards:
            labelled = (_CARD.sub(r"Q: \g<question>\nA: \g<answer>", line) for line in block.text.split("\n"))
            yield replace(block, text="\n".join(labelled))
        else:
            yield block


def _at_labels(block: Block) -> Iterator[Block]:
    """A paragraph cut before each of its lines that is labelled as a question or an answer."""
    if block.kind in (BlockKind.CODE, BlockKind.ROW):
        yield block
        return
    lines: list[str] = []
    for line in block.text.split("\n"):
        if lines and (ASKED.match(line) or ANSWERED.match(line)):
            yield replace(block, text="\n".join(lines))
            lines = []
        lines.append(line)
    yield replace(block, text="\n".join(lines))


@dataclass
class _Labelled:
    """A question that was labelled, and what follows it."""

    asked_by: Block
    question: list[Block] = field(default_factory=list)
    answer: list[Block] = field(default_factory=list)
    answering: bool = False

    def add(self, block: Block) -> None:
        """Take a block that follows: the question goes on until the answer's label."""
        (self.answer if self.answering else self.question).append(block)

    def pair(self, topic: str) -> Pair | None:
        """The question with its answer; without a label the answer is all but the question's first block."""
        question, answer = self.question, self.answer
        if not self.answering:
            question, answer = question[:1], question[1:]
        asked, answered = _joined(question), to_markdown(answer)
        if not asked or not answered:
            return None
        return Pair(asked, chosen(asked, answered), topic=topic)


def _labelled(blocks: Sequence[Block]) -> Found:
    """Questions and answers by their labels, where there are at least half as many answers as questions."""
    with_options = any(
        is_option(line) for block in blocks if block.kind is not BlockKind.CODE for line in block.text.split("\n")
    )
    answers = [block for block in blocks if _answer_label(block, with_options)]
    questions = [block for block in blocks if _question_label(block)]
    if not answers or not questions or len(answers) < len(questions) / 2:
        return [], list(blocks)
    pairs: list[Pair] = []
    rest: list[Block] = []
    open_pair: _Labelled | None = None
    topic = ""

    def close() -> None:
        pair = open_pair.pair(topic) if open_pair else None
        if pair:
            pairs.append(pair)
        elif open_pair:
            rest.extend([open_pair.asked_by, *open_pair.question[1:], *open_pair.answer])

    for block in blocks:
        if _question_label(block):
            close()
            open_pair = _Labelled(block)
            if text := ASKED.sub("", _from_label(block.text), count=1).strip():
                open_pair.add(replace(block, text=text, kind=BlockKind.PARAGRAPH))
        elif open_pair and _answer_label(block, with_options):
            open_pair.answering = True
            if text := ANSWERED.sub("", block.text, count=1).strip():
                open_pair.add(replace(block, text=text))
        elif block.kind is BlockKind.HEADING and (not open_pair or _ends(block, open_pair.asked_by)):
            close()
            open_pair, topic = None, _topic(block)
            rest.append(block)
        elif open_pair:
            open_pair.add(block)
        else:
            rest.append(block)
    close()
    return pairs, _without_lone_headings(rest)


def _from_label(text: str) -> str:
    """The text without a number before its label, as in "1. Q: ..."."""
    rest = NUMBER.sub("", text)
    return rest if ASKED.match(rest) else text


def _question_label(block: Block) -> bool:
    return block.kind not in (BlockKind.CODE, BlockKind.ROW) and bool(ASKED.match(_from_label(block.text)))


def _answer_label(block: Block, with_options: bool) -> bool:
    """Whether a block begins with the label of an answer; "A)" is none among options to choose from."""
    if block.kind in (BlockKind.CODE, BlockKind.ROW):
        return False
    label = ANSWERED.match(block.text)
    return label is not None and not (with_options and re.match(r"a\s*[.):]", label.group(), re.IGNORECASE))


def _tabled(blocks: Sequence[Block]) -> Found:
    pairs: list[Pair] = []
    rest: list[Block] = []
    for is_row, group in groupby(blocks, key=lambda block: block.kind is BlockKind.ROW):
        found = list(group)
        rows = from_rows([block.cells for block in found]) if is_row else ()
        pairs += rows
        rest += [] if rows else found
    return pairs, rest


def _alike(blocks: Sequence[Block]) -> Found:
    """Blocks of a style most of which ask; the style with the most questions is tried first."""
    parts = [part for block in blocks for part in _at_question(block)]
    asking = Counter(style for part in parts if (style := _style(part)) and asks(part.text))
    there = Counter(style for part in parts if (style := _style(part)) and not says_nothing(part.text))
    for style, count in asking.most_common():
        if count >= PAIRS_AT_LEAST and count >= ALIKE_AT_LEAST * there[style]:
            pairs, rest = _collected(parts, lambda block, wanted=style: _in_style(block, wanted))  # type: ignore[misc]
            if len(pairs) >= PAIRS_AT_LEAST:
                return pairs, rest
    return [], list(blocks)


def _at_question(block: Block) -> Iterator[Block]:
    """A block cut after the question it begins with: words in bold, or whole lines up to the question mark."""
    end = _question_end(block)
    if not end:
        yield block
        return
    term = block.term if block.text[:end].rstrip(" :.–—-").startswith(block.term) else ""
    yield replace(block, text=block.text[:end].strip(), term=term)
    yield Block(BlockKind.PARAGRAPH, block.text[end:].lstrip(" :–—-\n"))


def _question_end(block: Block) -> int:
    """How many characters of the block are a question that an answer follows; 0 if none."""
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        return 0
    if block.term and asks(block.term) and len(block.term) + 1 < len(block.text):
        after = block.text[len(block.term) :]
        return len(block.term) + len(after) - len(after.lstrip("?.: "))
    lines = block.text.split("\n")
    for count in range(1, min(len(lines), QUESTION_LINES_AT_MOST + 1)):
        text = "\n".join(lines[:count])
        if text.endswith("?"):
            return len(text)
    numbered = bool(NUMBER.match(lines[0])) or block.kind is BlockKind.ITEM
    return len(lines[0]) if numbered and len(lines) > 1 and asks(lines[0]) else 0


def _style(block: Block) -> Style | None:
    """How a block is set off from running text; None for running text and code."""
    if block.kind is BlockKind.HEADING:
        return "heading", block.level
    bold = bool(block.term) and len(block.text) <= len(block.term) + 1
    if block.kind is BlockKind.ITEM:
        return "bold item" if bold else "item", block.level
    if block.kind is BlockKind.PARAGRAPH and bold:
        return "bold", 0
    return ("numbered", 0) if block.kind is BlockKind.PARAGRAPH and NUMBER.match(block.text) else None


def _in_style(block: Block, wanted: Style) -> str:
    """The question that a block of the wanted style asks."""
    if _style(block) != wanted or says_nothing(block.text) or len(block.text.split()) > QUESTION_WORDS_AT_MOST:
        return ""
    return unnumbered(block.text)


def _asked(blocks: Sequence[Block]) -> Found:
    parts = [part for block in blocks for part in _at_question(block)]
    pairs, rest = _collected(parts, _question_in)
    long = sum(len(pair.question) + len(pair.answer) for pair in pairs) >= SHARE_AT_LEAST * characters(blocks)
    return (pairs, rest) if len(pairs) >= PAIRS_AT_LEAST and long else ([], list(blocks))


def _question_in(block: Block) -> str:
    """The question that the block asks, if it does nothing else."""
    asked = block.text.rstrip().endswith("?") and len(block.text.split()) <= QUESTION_WORDS_AT_MOST
    return unnumbered(block.text) if asked and block.kind is not BlockKind.CODE else ""


def _collected(blocks: Iterable[Block], question_in: Callable[[Block], str]) -> Found:
    """Each question with the blocks up to the next one; a heading that asks nothing ends an answer too."""
    pairs: list[Pair] = []
    rest: list[Block] = []
    question, topic, answer = "", "", list[Block]()
    asked_by = Block(BlockKind.PARAGRAPH, "")

    def close() -> None:
        answered = to_markdown(_unlabelled(answer))
        if question and answered:
            pairs.append(Pair(question, answered, topic=topic))
        elif question:
            rest.append(asked_by)

    for block in blocks:
        found = question_in(block)
        section = block.kind is BlockKind.HEADING and not found and _ends(block, asked_by)
        if found or section:
            close()
            question, answer, asked_by = found, [], block if found else Block(BlockKind.PARAGRAPH, "")
            if section:
                topic = _topic(block)
                rest.append(block)
        elif question:
            answer.append(block)
        else:
            rest.append(block)
    close()
    return pairs, _without_lone_headings(rest)


def _unlabelled(answer: Sequence[Block]) -> list[Block]:
    """An answer without the label before it."""
    if not answer:
        return []
    text = ANSWERED.sub("", answer[0].text, count=1) if answer[0].kind is not BlockKind.CODE else answer[0].text
    return [*([replace(answer[0], text=text)] if text.strip() else []), *answer[1:]]


def _joined(question: Sequence[Block]) -> str:
    """A question of one block on one line; one of several, with options perhaps, as Markdown."""
    if len(question) == 1 and not is_option(question[0].text.split("\n")[-1]):
        return " ".join(question[0].text.split())
    return to_markdown(question)


def _topic(heading: Block) -> str:
    """What a heading says of the questions below it; the first level is the document's own title."""
    return heading.text if heading.level > 1 and not says_nothing(heading.text) else ""


def _ends(heading: Block, asked_by: Block) -> bool:
    """A heading below the one that asked belongs to the answer."""
    return asked_by.kind is not BlockKind.HEADING or heading.level <= asked_by.level


def _without_lone_headings(rest: list[Block]) -> list[Block]:
    return [] if all(block.kind is BlockKind.HEADING for block in rest) else rest
