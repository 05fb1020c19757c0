"""DOCX through HTML: headings and lists by their styles. Pictures and linked files are not read."""

import io
import zipfile
from typing import Any

import mammoth

from interviewer.importing.document import Document, Unreadable
from interviewer.importing.formats.markup import from_html

UNPACKED_BYTES_AT_MOST = 200_000_000
TEXT_BYTES_AT_MOST = 40_000_000
"""Text with its markup; a long book has a tenth of that. Reading takes fifty times as much memory."""
ENTRIES_AT_MOST = 5_000
TEXT = "word/document.xml"
ENCRYPTED = bytes.fromhex("d0cf11e0a1b11ae1")
"""How old Word files begin, and new ones that have a password."""


def from_docx(data: bytes) -> Document:
    """The blocks of a Word document; raises Unreadable for one that is encrypted, damaged or a zip bomb."""
    if data.startswith(ENCRYPTED):
        raise Unreadable("is encrypted or an old .doc; save it as .docx without a password")
    _check_archive(data)
    try:
        html = mammoth.convert_to_html(io.BytesIO(data), convert_image=mammoth.images.img_element(_no_image)).value
    except Exception as error:  # mammoth lets the errors of its XML and zip readers through
        raise Unreadable(f"is a damaged Word document ({type(error).__name__}); save it again") from None
    return from_html(html)


def _check_archive(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Unreadable("is not a Word document, though its name says so") from None
    if TEXT not in {entry.filename for entry in entries}:
        raise Unreadable("is an archive and not a Word document, though its name says so")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > UNPACKED_BYTES_AT_MOST or len(entries) > ENTRIES_AT_MOST:
        raise Unreadable(f"would unpack to {unpacked / 1e6:,.0f} MB in {len(entries):,} parts; it is not opened")
    text = max(entry.file_size for entry in entries if entry.filename == TEXT)
    if text > TEXT_BYTES_AT_MOST:
        raise Unreadable(f"has {text / 1e6:,.0f} MB of text; split it")


def _no_image(_image: Any) -> dict[str, str]:
    return {}
