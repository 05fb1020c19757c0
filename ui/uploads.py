"""Files that somebody brings: which, how large, and where they lie meanwhile."""

import os
import shutil
import time
from pathlib import Path

from interviewer.settings import Settings

MEGABYTES_AT_MOST = 25
FORMATS = [
    *(".md", ".markdown", ".txt", ".text", ".html", ".htm", ".pdf", ".docx"),
    *(".csv", ".tsv", ".json", ".jsonl"),
]
SECONDS_KEPT = 7200
LOOKED_THROUGH_EACH = 600
"""Seconds."""


def keep_uploads_in_the_data_folder(settings: Settings) -> None:
    """Gradio reads where to from the environment, when a component is made and when a file comes in."""
    os.environ["GRADIO_TEMP_DIR"] = str(_folder(settings))


def forget_uploads(settings: Settings, *, older_than: float = 0) -> None:
    """Delete what was uploaded more than so many seconds ago."""
    for path in _folder(settings).glob("*"):
        if time.time() - path.stat().st_mtime < older_than:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _folder(settings: Settings) -> Path:
    return settings.data_dir / "uploads"
