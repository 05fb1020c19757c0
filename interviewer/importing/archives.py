"""A pack as one file: a zip of the files that a pack has. An archive that holds anything else is refused whole."""

import io
import re
import zipfile
from pathlib import Path

from interviewer.content.roots import PACK_FILE, ContentRoot
from interviewer.errors import InvalidInput

ARCHIVE_BYTES_AT_MOST = 50_000_000
FILE_BYTES_AT_MOST = 2_000_000
UNPACKED_BYTES_AT_MOST = 200_000_000
ENTRIES_AT_MOST = 20_000
_TIME = (2000, 1, 1, 0, 0, 0)
_NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_BELONGS = re.compile(
    rf"{re.escape(PACK_FILE)}|corpus/topics\.yaml|corpus/(?:questions|notes)/{_NAME}\.md"
    rf"|corpus/exercises/{_NAME}\.yaml|rubrics/(?:samples/)?{_NAME}\.yaml"
)


def packed(root: ContentRoot) -> bytes:
    """The pack as a zip; the same content gives the same bytes."""
    files = {path.relative_to(root.path).as_posix(): path for path in root.path.rglob("*") if path.is_file()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            if _BELONGS.fullmatch(name):
                archive.writestr(zipfile.ZipInfo(name, _TIME), files[name].read_bytes(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def unpack(archive: Path, folder: Path) -> None:
    """Write the archive's files below this new folder; raises InvalidInput for one that is no pack or unsafe."""
    try:
        if archive.stat().st_size > ARCHIVE_BYTES_AT_MOST:
            raise InvalidInput(
                f"{archive.name} has over {ARCHIVE_BYTES_AT_MOST // 1_000_000} MB. It is not opened."
            )
        with zipfile.ZipFile(archive) as opened:
            for name, data in _contents(archive.name, opened).items():
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        raise InvalidInput(f"{archive.name} is not a pack that can be read. Export it again.") from None
    except OSError as error:
        raise InvalidInput(f"{archive.name} cannot be opened ({error.strerror}).") from None


def _contents(name: str, archive: zipfile.ZipFile) -> dict[str, bytes]:
    """What is in the archive. Names are checked against those that a pack has, so none leads elsewhere."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > ENTRIES_AT_MOST:
        raise InvalidInput(f"{name} holds {len(entries):,} files. It is not a pack.")
    found: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        if not _BELONGS.fullmatch(entry.filename):
            raise InvalidInput(f"{name} holds {entry.filename[:80]!r}, which no pack has. It is not opened.")
        if entry.filename in found:
            raise InvalidInput(f"{name} holds {entry.filename} twice. It is not opened.")
        with archive.open(entry) as file:
            # What an entry says of its size may be a lie; reading stops at the limit.
            found[entry.filename] = file.read(FILE_BYTES_AT_MOST + 1)
        total += len(found[entry.filename])
        if len(found[entry.filename]) > FILE_BYTES_AT_MOST or total > UNPACKED_BYTES_AT_MOST:
            raise InvalidInput(f"{name} is too large when unpacked. It is not opened.")
    if PACK_FILE not in found:
        raise InvalidInput(f"{name} has no {PACK_FILE}. It is not a pack.")
    return found
