"""InterviewStore in SQLite, or in PostgreSQL: what is said in an interview outlives the process."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.domain.interview import Interview
from interviewer.errors import NotFound

if TYPE_CHECKING:
    from interviewer.adapters.sql.interviews import Interviews


class SqlStore:
    """Opened, and its tables made or brought up to date, when it is first used: not every command stores.

    Every answer is a row of its own as soon as it is given, and stays one: a state that would take back
    something said is refused. Safe to use from several threads, and from several processes at once. Every
    method raises StorageError, in one line that says what to do, if the database cannot be used.
    """

    def __init__(self, location: Path | str, *, wait_seconds: float = 10.0) -> None:
        """`location`: the path of a SQLite file, or a URL. A locked database is waited for `wait_seconds`."""
        self._location = location
        self._wait_seconds = wait_seconds
        self._opening = threading.Lock()
        self._opened: Interviews | None = None

    def save(self, interview: Interview) -> None:
        """Store this state durably; raises InvalidMove if the interview went on elsewhere meanwhile."""
        self._interviews.save(interview)

    def load(self, interview_id: str) -> Interview:
        """The stored interview; raises NotFound, or StorageError naming it if its rows are damaged."""
        interview = self._interviews.get(interview_id) if _can_be_stored(interview_id) else None
        if interview is None:
            raise NotFound(f"There is no interview {interview_id[:40]!r}. `interviewer history` lists yours.")
        return interview

    def unfinished(self, owner: str) -> list[Interview]:
        """Interviews of this owner that were not finished, the latest first; damaged ones are logged."""
        return self._of_owner(owner, finished=False)

    def history(self, owner: str) -> list[Interview]:
        """Finished interviews of this owner, the latest first; damaged ones are left out and logged."""
        return self._of_owner(owner, finished=True)

    def delete(self, interview_id: str) -> None:
        """Forget an interview; unknown ids are ignored."""
        if _can_be_stored(interview_id):
            self._interviews.delete(interview_id)

    def close(self) -> None:
        """Close all connections; the next use opens them again."""
        with self._opening:
            if self._opened is not None:
                self._opened.close()
            self._opened = None

    def _of_owner(self, owner: str, *, finished: bool) -> list[Interview]:
        return self._interviews.of_owner(owner, finished=finished) if _can_be_stored(owner) else []

    @property
    def _interviews(self) -> "Interviews":
        with self._opening:
            if self._opened is None:
                # Here, because it imports SQLAlchemy, which takes half a second.
                from interviewer.adapters.sql.interviews import open_interviews

                self._opened = open_interviews(self._location, self._wait_seconds)
            return self._opened


def _can_be_stored(name: str) -> bool:
    """Whether a database can hold, or look up, such an id: neither takes lone surrogates, PostgreSQL no NUL."""
    return "\x00" not in name and name.encode(errors="ignore").decode() == name
