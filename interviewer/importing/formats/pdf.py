"""PDF as blocks: lines joined to paragraphs, larger type taken for headings, running heads left out."""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from interviewer.importing.document import Block, BlockKind, Document, Unreadable

PAGES_AT_MOST = 2_000
HEADING_SCALE = 1.12
HEADING_WORDS_AT_MOST = 16
BODY_SHARE = 0.2
"""The largest type that so much of the text is set in is the body's; code is often set smaller."""
WORDS_A_PAGE_AT_LEAST = 3
RUNNING_PAGES_AT_LEAST = 3
SHORT_LINE = 0.75
_BULLET = re.compile(r"^\s*(?:[•◦▪‣·∙●○*–—-]|\(?\d{1,2}[.)])\s+")
_PAGE_NUMBER = re.compile(r"^\W*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)


class Line(NamedTuple):
    """A line of a page with the height of its type, in points."""

    text: str
    size: float


def from_pdf(data: bytes) -> Document:
    """The blocks of a PDF; raises Unreadable for one that is encrypted, scanned, broken or over 2,000 pages."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        _decrypt(reader)
        if len(reader.pages) > PAGES_AT_MOST:
            raise Unreadable(f"has {len(reader.pages):,} pages; split it into parts of at most {PAGES_AT_MOST:,}")
        pages = [_lines(page) for page in reader.pages]
        title = str(reader.metadata.title or "") if reader.metadata else ""
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise Unreadable(f"is a damaged PDF ({type(error).__name__}); print it to a new PDF") from None
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


def _lines(page: PageObject) -> list[Line]:
    sizes: list[tuple[str, float]] = []

    def note(text: str, _page: Any, matrix: Sequence[float], _font: Any, size: float) -> None:
        scale = (matrix[1] ** 2 + matrix[3] ** 2) ** 0.5 or 1
        if text.strip():
            sizes.append((text.strip(), round(abs(size) * scale, 1)))

    text = page.extract_text(visitor_text=note)
    found = (" ".join(line.split()) for line in text.split("\n"))
    return [Line(line, _size(line, sizes)) if line else Line("", 0) for line in found]


def _size(line: str, sizes: Sequence[tuple[str, float]]) -> float:
    """The height of the first stretch of text that the line begins with, or that begins with the line."""
    for text, size in sizes:
        first = " ".join(text.split("\n")[0].split())
        if first and (line.startswith(first) or first.startswith(line)):
            return size
    return 0


def _without_running_heads(pages: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """All lines, without page numbers and without what stands first or last on most pages."""
    ends = [{page[0].text, page[-1].text} for page in pages if page]
    counts = Counter(re.sub(r"\d+", "#", text) for texts in ends for text in texts)
    often = max(RUNNING_PAGES_AT_LEAST, len(pages) / 2)
    running = {text for text, count in counts.items() if count >= often}
    for page in pages:
        for place, line in enumerate(page):
            at_end = place in (0, len(page) - 1)
            if not (at_end and (_PAGE_NUMBER.match(line.text) or re.sub(r"\d+", "#", line.text) in running)):
                yield line


def _blocks(lines: Iterator[Line]) -> Iterator[Block]:
    all_lines = list(lines)
    sizes: Counter[float] = Counter()
    for line in all_lines:
        sizes[line.size] += len(line.text)
    body = max((size for size, count in sizes.items() if count >= BODY_SHARE * sizes.total()), default=0)
    larger = sorted({size for size in sizes if size > body * HEADING_SCALE}, reverse=True)
    width = max((len(line.text) for line in all_lines), default=0)
    for heading, group in groupby(all_lines, key=lambda line: _is_heading(line, body)):
        if heading:
            found = list(group)
            level = min(larger.index(found[0].size) + 1, 6)
            yield Block(BlockKind.HEADING, " ".join(line.text for line in found), level=level)
        else:
            yield from _paragraphs([line.text for line in group], width)


def _is_heading(line: Line, body: float) -> bool:
    larger = bool(body) and line.size > body * HEADING_SCALE
    return larger and 0 < len(line.text.split()) <= HEADING_WORDS_AT_MOST


def _paragraphs(lines: Sequence[str], width: int) -> Iterator[Block]:
    """Lines joined: a paragraph ends at an empty line, before a bullet, or after a short line with a full stop."""
    kind, text = BlockKind.PARAGRAPH, ""
    for line in [*lines, ""]:
        bullet = _BULLET.match(line)
        if text and (not line or bullet):
            yield Block(kind, text)
            text = ""
        if not text:
            kind = BlockKind.ITEM if bullet else BlockKind.PARAGRAPH
        text = _joined(text, line[bullet.end() :] if bullet else line)
        if text.endswith((".", "!", "?", ":")) and len(line) < SHORT_LINE * width:
            yield Block(kind, text)
            text = ""


def _joined(text: str, line: str) -> str:
    """A word that was divided at the end of a line is put together."""
    if text.endswith("-") and text[-2:-1].isalpha() and line[:1].islower():
        return text[:-1] + line
    return f"{text} {line}".strip()
