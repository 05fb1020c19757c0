"""InterviewStore in a dictionary: for tests, and for trying things out without leaving a trace."""

import threading

from interviewer.domain.interview import Interview
from interviewer.errors import NotFound


class MemoryStore:
    """Forgets everything when the process ends."""

    def __init__(self) -> None:
        self._interviews: dict[str, Interview] = {}
        self._saving = threading.Lock()

    def save(self, interview: Interview) -> None:
        """Store this state; raises InvalidMove if the interview went on elsewhere meanwhile."""
        with self._saving:
            if stored := self._interviews.get(interview.id):
                interview.must_continue(stored)
            self._interviews[interview.id] = interview

    def load(self, interview_id: str) -> Interview:
        """The stored interview; raises NotFound."""
        if interview_id not in self._interviews:
            raise NotFound(f"There is no interview {interview_id[:40]!r}. `interviewer history` lists yours.")
        return self._interviews[interview_id]

    def unfinished(self, owner: str) -> list[Interview]:
        """Interviews of this owner that were not finished, the latest first."""
        return self._of(owner, finished=False)

    def history(self, owner: str) -> list[Interview]:
        """Finished interviews of this owner, the latest first."""
        return self._of(owner, finished=True)

    def delete(self, interview_id: str) -> None:
        """Forget an interview."""
        self._interviews.pop(interview_id, None)

    def _of(self, owner: str, *, finished: bool) -> list[Interview]:
        own = (i for i in list(self._interviews.values()) if i.owner == owner and i.finished is finished)
        return sorted(own, key=lambda interview: interview.updated_at, reverse=True)
