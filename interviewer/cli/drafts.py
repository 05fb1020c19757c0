"""What is being typed in the terminal, kept in a file line by line: nothing is lost with the window."""

import os
import shlex
import subprocess
from pathlib import Path

from interviewer.domain.interview import Interview
from interviewer.errors import InvalidInput, StorageError
from interviewer.files import write_atomically


class Draft:
    """An answer that is not sent yet; it belongs to one question, or follow-up question, of an interview."""

    def __init__(self, data_dir: Path, interview: Interview) -> None:
        exchanges = len(interview.current.exchanges)
        self.path = data_dir / "drafts" / f"{interview.id}-{interview.position}-{exchanges}.txt"

    def read(self) -> str:
        """The text so far."""
        try:
            return self.path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise _unusable(self.path, error) from None

    def write(self, text: str) -> None:
        """Keep this text; raises StorageError where that is not possible."""
        try:
            write_atomically(self.path, text.encode("utf-8", errors="replace"))
        except OSError as error:
            raise _unusable(self.path, error) from None

    def discard(self) -> None:
        """Forget it: it was sent, or is not wanted."""
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise _unusable(self.path, error) from None

    def edit(self) -> None:
        """Open it in the person's editor; raises InvalidInput where none can be started."""
        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "nano"
        self.write(self.read())
        try:
            subprocess.run([*shlex.split(editor), str(self.path)], check=True)
        except (OSError, ValueError, subprocess.CalledProcessError):
            raise InvalidInput(
                f"The editor {editor!r} did not work. Set EDITOR to one that is installed."
            ) from None


def _unusable(path: Path, error: OSError) -> StorageError:
    return StorageError(
        f"{path}: {error.strerror or error}. Set INTERVIEWER_DATA_DIR to a folder that you can write."
    )
