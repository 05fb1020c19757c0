"""Files as documents. What could be hostile is read by a process of its own, with limits of memory and time."""

import json
import os
import subprocess
import sys
from pathlib import Path

from interviewer.errors import InvalidInput
from interviewer.importing.document import Block, BlockKind, Document, Unreadable
from interviewer.importing.formats.plain import decoded
from interviewer.importing.sources import Format, Source, opened

TEXT_BYTES_AT_MOST = 1_500_000
"""In UTF-8, so that the note which is made of it stays below what a file of the corpus may have."""
SMALL_BYTES = 100_000
"""Text up to this size is read here: no reader takes long over it, and a process takes a moment to start."""
SECONDS_AT_MOST = 120
APART = {Format.PDF, Format.DOCX, Format.HTML}
UNREADABLE = 3
"""Exit status of the other process when it says why a file cannot be read."""


def convert(source: Source) -> Document:
    """The document in a file; raises Unreadable."""
    apart = source.format in APART or (
        source.format in (Format.MARKDOWN, Format.TEXT) and len(source.data) > SMALL_BYTES
    )
    document = _apart(source) if apart else parsed(source.format, source.data)
    if sum(len(block.text.encode(errors="replace")) for block in document.blocks) > TEXT_BYTES_AT_MOST:
        raise Unreadable(f"has over {TEXT_BYTES_AT_MOST / 1e6} MB of text; split it")
    return document


def text_of(path: Path) -> str:
    """The text of one file, line by line as it stands there; raises InvalidInput naming it."""
    try:
        source = opened(path.resolve(), path.name)
        if source.format in (Format.TEXT, Format.MARKDOWN):
            return decoded(source.data)
        written = (_line(block) for block in convert(source).blocks)
        return "\n".join(written)
    except Unreadable as error:
        raise InvalidInput(f"{path.name}: {error}.") from None


def _line(block: Block) -> str:
    """A block as a line that shows what it is."""
    flat = " ".join(block.text.split())
    return {BlockKind.HEADING: f"# {flat}", BlockKind.ITEM: f"- {flat}"}.get(block.kind, block.text)


def parsed(format: Format, data: bytes) -> Document:  # noqa: PLR0911  (one return a format)
    """The document in these bytes; raises Unreadable. Readers are imported when they are needed."""
    from interviewer.importing.formats import markup, objects, tables

    if format is Format.PDF:
        from interviewer.importing.formats.pdf import from_pdf

        return from_pdf(data)
    if format is Format.DOCX:
        from interviewer.importing.formats.docx import from_docx

        return from_docx(data)
    text = decoded(data)
    if format is Format.CSV:
        return tables.from_csv(text)
    if format is Format.JSON:
        return objects.from_json(text)
    if format is Format.HTML:
        return markup.from_html(text)
    if format is Format.MARKDOWN:
        return markup.from_markdown(text)
    return tables.from_anki(text) if tables.is_anki(text) else markup.from_text(text)


def _apart(source: Source) -> Document:
    command = [sys.executable, "-m", "interviewer.importing.child", source.format.name]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(
            command, input=source.data, capture_output=True, timeout=SECONDS_AT_MOST, check=False, env=environment
        )
    except subprocess.TimeoutExpired:
        raise Unreadable("takes too long to read; split it or save it in another format") from None
    if done.returncode == UNREADABLE:
        raise Unreadable(done.stdout.decode(errors="replace"))
    if done.returncode != 0:
        raise Unreadable("cannot be read: its reader ran out of time or memory; save it in another format")
    return Document.from_data(json.loads(done.stdout))
