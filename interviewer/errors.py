"""The errors a person can do something about.

InterviewerError                  one line: what happened and what to do
├── ContentError                  a file of corpus/ or rubrics/ is wrong (names file, line and key)
├── NotFound                      an id that nothing here has
├── InvalidInput                  an answer, option or upload that cannot be taken
├── InvalidMove                   a step that the interview's state does not allow
├── StorageError                  the data folder or database cannot be used
├── EmbeddingError                the embedding model is missing or not the published one
└── ModelError                    a language model could not be asked or did not answer usably

The command line turns these into one line and exit code 1, the app into a notice. Anything else is a bug
and shows a traceback.
"""

import difflib
from collections.abc import Iterable


class InterviewerError(Exception):
    """Base class; the message is one line for the person at the keyboard."""


class ContentError(InterviewerError):
    """A file of corpus/ or rubrics/ is wrong."""


class NotFound(InterviewerError):
    """An id that nothing here has."""

    @classmethod
    def of(cls, what: str, given: str, known: Iterable[str], remedy: str) -> "NotFound":
        """Name the closest known ids: most wrong ids are typing mistakes."""
        close = difflib.get_close_matches(given, list(known), n=3, cutoff=0.5)
        hint = f" Did you mean {', '.join(close)}?" if close else ""
        return cls(f"There is no {what} {given[:80]!r}.{hint} {remedy}")


class InvalidInput(InterviewerError):
    """An answer, option or upload that cannot be taken."""


class InvalidMove(InterviewerError):
    """A step that the interview's state does not allow."""


class StorageError(InterviewerError):
    """The data folder or the database cannot be used."""


class EmbeddingError(InterviewerError):
    """The embedding model is missing or is not the published one."""


class ModelError(InterviewerError):
    """A language model could not be asked or did not answer usably."""
