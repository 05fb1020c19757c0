"""What a pack remembers of its imports, so that importing again keeps what a person changed."""

import hashlib
from pathlib import Path

from pydantic import Field

from interviewer.content.roots import PACK_FILE
from interviewer.content.source import read_yaml
from interviewer.domain.base import Text, Value
from interviewer.files import write_atomically
from interviewer.importing.writing import dumped

FORMAT = 1


class SourceRecord(Value):
    """A file that was imported, and the files of the pack that it gave."""

    digest: str
    files: tuple[str, ...] = ()


class Manifest(Value):
    """pack.yaml. `written` has the digest of each file as the import wrote it; a file that differs was edited.

    Questions of a `private` pack are not sent to a language model.
    """

    format: int = Field(default=FORMAT, ge=1, le=FORMAT)
    title: Text
    private: bool = False
    sources: dict[str, SourceRecord] = {}
    written: dict[str, str] = {}


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the pack in this folder; raises InvalidFile."""
    return read_yaml(folder / PACK_FILE, Manifest)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put the manifest in place; raises OSError."""
    write_atomically(folder / PACK_FILE, dumped(manifest.model_dump(mode="json")).encode())


def digest(data: bytes) -> str:
    """Sixteen hex digits that change with the content."""
    return hashlib.sha256(data).hexdigest()[:16]
