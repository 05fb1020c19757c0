"""Files that somebody brings: which, how large, and where they lie meanwhile."""

import os

from interviewer.settings import Settings

MEGABYTES_AT_MOST = 25
FORMATS = [
    *(".md", ".markdown", ".txt", ".text", ".html", ".htm", ".pdf", ".docx"),
    *(".csv", ".tsv", ".json", ".jsonl"),
]
KEPT = (600, 7200)
"""Seconds: how often uploads are looked through, and how old one may become. All are deleted when the app ends."""


def keep_uploads_in_the_data_folder(settings: Settings) -> None:
    """Gradio reads where to from the environment, when a component is made and when a file comes in."""
    os.environ["GRADIO_TEMP_DIR"] = str(settings.data_dir / "uploads")
