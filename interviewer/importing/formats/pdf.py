"""PDF as blocks: lines joined to paragraphs, larger type taken for headings, running heads left out."""

import io
import logging
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from interviewer.importing.asking import ANSWERED, ASKED, NUMBER
from interviewer.importing.document import Block, BlockKind, Document, Unreadable
from interviewer.importing.formats.markup import LOWEST_LEVEL
from interviewer.importing.formats.pdf_tables import Cells, Fragment, Table, asking_tables, joined

PAGES_AT_MOST = 2_000
HEADING_SCALE = 1.12
HEADING_WORDS_AT_MOST = 16
BODY_SHARE = 0.2
"""The largest type that so much of the text is set in is the body's; code is often set smaller."""
WORDS_A_PAGE_AT_LEAST = 3
RUNNING_PAGES_AT_LEAST = 2
RUNNING_LINES = 2
FULL_PAGE_LINES = 10
SHORT_LINE = 0.75
_BULLET = re.compile(r"^\s*(?:[•◦▪‣·∙●○*–—-]|\(?\d{1,2}[.)])\s+")
_PAGE_NUMBER = re.compile(r"^\W*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)

_NO_TITLE = re.compile(
    r"^(?:about:\S*|https?:\S*|untitled.*|microsoft \w+ - .*|\S+\.(?:docx?|html?|tex|indd|dvi))$", re.IGNORECASE
)
"""Titles that programs write by themselves."""


class Line(NamedTuple):
    """A line of a page with the height of its type, in points; `bold` where all of it is; or a row of a table."""

    text: str
    size: float
    bold: bool = False
    cells: Cells = ()


class Page(NamedTuple):
    """The lines of a page as its text is written, and where each stretch of it stands."""

    lines: list[Line]
    fragments: list[Fragment]


def from_pdf(data: bytes) -> Document:
    """The blocks of a PDF; raises Unreadable for one that is encrypted, scanned, broken or over 2,000 pages."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        _decrypt(reader)
        if len(reader.pages) > PAGES_AT_MOST:
            raise Unreadable(f"has {len(reader.pages):,} pages; split it into parts of at most {PAGES_AT_MOST:,}")
        read = [_read(page) for page in reader.pages]
        title = _NO_TITLE.sub("", str(reader.metadata.title or "")) if reader.metadata else ""
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise Unreadable(f"is a damaged PDF ({type(error).__name__}); print it to a new PDF") from None
    tables = asking_tables(page.fragments for page in read)
    pages = [_with_rows(page, found) if found else page.lines for page, found in zip(read, tables, strict=True)]
    words = sum(len(line.text.split()) for page in pages for line in page)
    if words < WORDS_A_PAGE_AT_LEAST * len(pages):
        raise Unreadable("is a scanned PDF without text; run text recognition (OCR) over it first")
    return Document(title=" ".join(title.split()), blocks=tuple(_blocks(_without_running_heads(pages))))


def _decrypt(reader: PdfReader) -> None:
    """Open what has no password to be read with; raises Unreadable for the rest."""
    locked = "is encrypted; save a copy without a password"
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(locked)
    except (DependencyError, NotImplementedError):
        raise Unreadable(locked) from None


def _read(page: PageObject) -> Page:
    fragments: list[Fragment] = []

    def note(text: str, outer: Sequence[float], inner: Sequence[float], font: Any, size: float) -> None:
        if text.strip():
            scale = ((inner[1] ** 2 + inner[3] ** 2) * (outer[1] ** 2 + outer[3] ** 2)) ** 0.5 or 1
            x, y = (inner[4] * outer[n] + inner[5] * outer[n + 2] + outer[n + 4] for n in (0, 1))
            bold = bool(font) and "bold" in str(font.get("/BaseFont", "")).lower()
            if math.isfinite(x + y):
                fragments.append(Fragment(x, y, round(abs(size) * scale, 1), text.strip(), bold))

    text = page.extract_text(visitor_text=note)
    found = (" ".join(line.split()) for line in text.split("\n"))
    bold = {" ".join(line.split()) for each in fragments if each.bold for line in each.text.split("\n")}
    return Page(
        [Line(line, _size(line, fragments), line in bold) if line else Line("", 0) for line in found], fragments
    )


def _with_rows(page: Page, tables: Sequence[Table]) -> list[Line]:
    """The lines of a page put together from its fragments, with the rows of its tables in their places."""
    lines: list[Line] = []
    begins = {table.first: table for table in tables}
    within = {place for table in tables for place in range(table.first, table.last + 1)}
    above: Fragment | None = None
    for place, each in enumerate(page.fragments):
        if place in begins:
            lines += [Line(" | ".join(cells), each.size, cells=cells) for cells in begins[place].rows]
        if place in within:
            above = None
            continue
        text = " ".join(each.text.split())
        if above and each.on_line_of(above):
            last = lines.pop()
            lines.append(Line(f"{last.text} {text}", last.size, last.bold and each.bold))
        else:
            lines.append(Line(text, each.size, each.bold))
        above = each
    return lines


def _size(line: str, fragments: Sequence[Fragment]) -> float:
    """The height of the first stretch of text that the line begins with, or that begins with the line."""
    for each in fragments:
        first = " ".join(each.text.split("\n")[0].split())
        if first and (line.startswith(first) or first.startswith(line)):
            return each.size
    return 0


def _without_running_heads(pages: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """All lines, without page numbers and without what stands among the first or last on most pages."""
    counts = Counter(text for page in pages for text in {_patterned(page[place]) for place in _ends(page)})
    often = max(RUNNING_PAGES_AT_LEAST, len(pages) / 2)
    running = {text for text, count in counts.items() if text and count >= often}
    for page in pages:
        ends, near_ends = _ends(page), _ends(page, RUNNING_LINES)
        for place, line in enumerate(page):
            numbered = place in ends and _PAGE_NUMBER.match(line.text)
            if line.cells or not (numbered or (place in near_ends and _patterned(line) in running)):
                yield line


def _ends(page: Sequence[Line], count: int = 0) -> set[int]:
    """Places of the first and last lines of a page: so many, or two of a full page and one of a short one."""
    written = [place for place, line in enumerate(page) if line.text]
    count = count or (RUNNING_LINES if len(written) >= FULL_PAGE_LINES else 1)
    return {*written[:count], *written[-count:]}


def _patterned(line: Line) -> str:
    """A running head with its page number left open."""
    return re.sub(r"\d+", "#", line.text)


def _blocks(lines: Iterator[Line]) -> Iterator[Block]:
    all_lines = list(lines)
    sizes: Counter[float] = Counter()
    for line in all_lines:
        sizes[line.size] += len(line.text)
    body = max((size for size, count in sizes.items() if count >= BODY_SHARE * sizes.total()), default=0)
    larger = sorted({size for size in sizes if size > body * HEADING_SCALE}, reverse=True)
    width = max((len(line.text) for line in all_lines), default=0)
    for (is_row, (size, bold)), group in groupby(all_lines, lambda line: (bool(line.cells), _heading(line, body))):
        if is_row:
            for cells in joined([line.cells for line in group]):
                yield Block(BlockKind.ROW, " | ".join(filter(None, cells)), cells=cells)
        elif size or bold:
            level = larger.index(size) + 1 if size else len(larger) + 1
            text = " ".join(line.text for line in group)
            yield Block(BlockKind.HEADING, text, level=min(level, LOWEST_LEVEL))
        else:
            yield from _paragraphs([line.text for line in group], width)


def _heading(line: Line, body: float) -> tuple[float, bool]:
    """The size of a line in larger type, and whether it is a heading in bold; 0 and False for any other line."""
    if line.cells or not body or not 0 < len(line.text.split()) <= HEADING_WORDS_AT_MOST:
        return 0, False
    if line.size > body * HEADING_SCALE:
        return line.size, False
    asked = NUMBER.match(line.text) or ASKED.match(line.text)
    return 0, line.bold and bool(asked or not line.text.endswith((".", ",", ":", ";")))


def _paragraphs(lines: Sequence[str], width: int) -> Iterator[Block]:
    """Lines joined: a paragraph ends at an empty line, before a bullet, or after a short line with a full stop."""
    kind, text = BlockKind.PARAGRAPH, ""
    for line in [*lines, ""]:
        bullet = _BULLET.match(line)
        if text and (not line or bullet or ASKED.match(line) or ANSWERED.match(line)):
            yield Block(kind, text)
            text = ""
        if not text:
            kind = BlockKind.ITEM if bullet else BlockKind.PARAGRAPH
        text = _joined(text, line[bullet.end() :] if bullet else line)
        if text.endswith((".", "!", "?", ":")) and len(line) < SHORT_LINE * width:
            yield Block(kind, text)
            text = ""


def _joined(text: str, line: str) -> str:
    """A word that was divided at the end of a line is put together; one that has more hyphens keeps them all."""
    if text.endswith("-") and text[-2:-1].isalpha() and line[:1].islower():
        divided = text.rsplit(" ", 1)[-1][:-1] + line.split(" ", 1)[0]
        return text + line if "-" in divided else text[:-1] + line
    return f"{text} {line}".strip()
