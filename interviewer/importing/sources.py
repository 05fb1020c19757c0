"""The files to import, opened safely: links are not followed, and size and type are checked first."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from interviewer.importing.document import Unreadable

FILES_AT_MOST = 2_000
MEGABYTE = 1_000_000


class Format(StrEnum):
    """A format that can be imported."""

    MARKDOWN = "Markdown"
    TEXT = "text"
    HTML = "HTML"
    PDF = "PDF"
    DOCX = "Word (.docx)"
    CSV = "CSV"
    JSON = "JSON"

    @property
    def megabytes_at_most(self) -> int:
        """How large a file may be: documents carry pictures, text does not."""
        return {Format.PDF: 50, Format.DOCX: 50, Format.HTML: 10}.get(self, 5)


SUFFIXES = {
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".json": Format.JSON,
    ".jsonl": Format.JSON,
}
NOT_TEXT = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "an archive or Office document",
    bytes.fromhex("d0cf11e0"): "an old Office document",
    b"\x1f\x8b": "a compressed file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
}


@dataclass(frozen=True)
class Source:
    """A file's content. `name` is its path below the folder that was named, with slashes."""

    name: str
    format: Format
    data: bytes


@dataclass(frozen=True)
class Remark:
    """One line about one file."""

    file: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.message}"


def sources(paths: Iterable[Path]) -> Iterator[Source | Remark]:
    """The files behind these paths, folders with all below them; a remark for each that cannot be taken."""
    seen: dict[str, str] = {}
    for number, (path, name) in enumerate(_files(paths)):
        if number == FILES_AT_MOST:
            yield Remark(name, f"this and what follows are left out: at most {FILES_AT_MOST:,} files at a time")
            return
        if name in seen:
            yield Remark(name, "another file of this import has the same name; rename one of them")
            continue
        try:
            source = opened(path, name)
        except Unreadable as error:
            yield Remark(name, str(error))
            continue
        seen[name] = name
        yield source


def opened(path: Path, name: str) -> Source:
    """The content of one file; raises Unreadable for a link, a large file, an unknown or a wrong type."""
    if path.is_symlink():
        raise Unreadable("is a link; name what it points to")
    format = SUFFIXES.get(path.suffix.lower())
    if format is None:
        raise Unreadable("is of a type that cannot be imported; use Markdown, text, HTML, PDF, DOCX, CSV or JSON")
    data = _read(path, format.megabytes_at_most)
    if not data.strip():
        raise Unreadable("is empty")
    _check_type(format, data)
    return Source(name, format, data)


def _files(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Each file with the name it goes by. A folder that was named may be a link; nothing below it may."""
    for path in paths:
        resolved = path.resolve()
        if resolved.is_dir():
            yield from (
                (file, _readable(f"{resolved.name}/{file.relative_to(resolved).as_posix()}"))
                for file in _below(resolved)
            )
        else:
            yield resolved, _readable(path.name)


def _readable(name: str) -> str:
    """A file's name as text that can be shown and stored: what is no character, or no printable one, becomes �."""
    text = os.fsencode(name).decode(errors="replace")
    return "".join(character if character.isprintable() else "�" for character in text)


def _below(folder: Path) -> Iterator[Path]:
    for here, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__pycache__")
        links = [name for name in folders if (Path(here) / name).is_symlink()]
        yield from (Path(here) / name for name in sorted([*files, *links]) if not name.startswith("."))


def _read(path: Path, megabytes: int) -> bytes:
    try:
        # A pipe or device of this name must not be waited for, and a link put here meanwhile not be followed.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise Unreadable("is not a file")
            if status.st_size > megabytes * MEGABYTE:
                size = status.st_size / MEGABYTE
                raise Unreadable(f"has {size:,.0f} MB, at most {megabytes} MB can be imported; split it")
            return file.read(megabytes * MEGABYTE + 1)
    except OSError as error:
        raise Unreadable(f"cannot be opened ({error.strerror}); check the path and its rights") from None


def _check_type(format: Format, data: bytes) -> None:
    if format is Format.PDF:
        if b"%PDF-" not in data[:1024]:
            raise Unreadable("is not a PDF, though its name says so")
    elif format is not Format.DOCX:  # its reader looks into the archive
        found = next((what for start, what in NOT_TEXT.items() if data.startswith(start)), None)
        if found:
            raise Unreadable(f"is {found}, though its name says {format}; give it its right name")
        start = data[:1024].lstrip().lower()
        if format is not Format.HTML and start.startswith((b"<!doctype html", b"<html")):
            raise Unreadable(f"is a web page, though its name says {format}; rename it to .html")
