"""Files written whole or not at all, so that a cut-off write leaves the former content."""

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

STAGED = ".staged"
FLUSHES_AT_ONCE = 16
"""A disk that is asked for many flushes at once does them together."""


def write_atomically(path: Path, write: bytes | Callable[[Path], None]) -> None:
    """Put a file in place: written beside its target, flushed to the disk, then renamed over it.

    `write` is the content, or a function that writes it to the path it is given. Raises OSError; the target
    is then as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
    os.close(handle)
    temporary = Path(name)
    try:
        if callable(write):
            write(temporary)
        else:
            temporary.write_bytes(write)
        _flush(temporary)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def write_together(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Put many files in place, by their paths below `folder`; one writer at a time.

    All are written and flushed to the disk before the first is renamed over its target: of each file a cut-off
    write leaves the former content or the new, and perhaps a folder `.staged`, which the next call removes.
    Raises OSError.
    """
    staged = folder / STAGED
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(parents=True)
    try:
        temporary = [_staged(staged, data) for data in contents.values()]
        with ThreadPoolExecutor(FLUSHES_AT_ONCE) as pool:
            list(pool.map(_flush, temporary))
        targets = [folder / path for path in contents]
        folders = {target.parent for target in targets}
        for each in folders:
            each.mkdir(parents=True, exist_ok=True)
        for path, target in zip(temporary, targets, strict=True):
            path.replace(target)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    for each in folders:
        _flush_folder(each)


def _staged(folder: Path, data: bytes) -> Path:
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        file.write(data)
    return Path(file.name)


def _flush(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Make the renaming itself durable, where the system can do so."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
