"""ReplyCache in a SQLite file: repeating a grading is free and gives the same result.

Replies are stored, not verdicts: they are read and checked anew each time, so that a cache file that somebody
changed is believed no more than a model is: no credit without words that stand in the answer. A cache that cannot
be read or written is no cache.
"""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

ENTRIES_AT_MOST = 20_000
WAIT_SECONDS = 5.0

_log = logging.getLogger(__name__)
_TABLE = "CREATE TABLE IF NOT EXISTS replies (id INTEGER PRIMARY KEY, digest TEXT UNIQUE, text TEXT NOT NULL)"


class SqliteReplyCache:
    """Keeps the latest replies in one file. A connection for each operation: graders run on several threads."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "model-replies.db"
        self._told = False

    def get(self, digest: str) -> str | None:
        """The text stored under this digest."""
        try:
            with self._connection() as connection:
                row = connection.execute("SELECT text FROM replies WHERE digest = ?", (digest,)).fetchone()
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)
            return None
        return row[0] if row and isinstance(row[0], str) else None

    def put(self, digest: str, text: str) -> None:
        """Store a text, forgetting the oldest ones where there are too many."""
        try:
            with self._connection() as connection:
                connection.execute("REPLACE INTO replies (digest, text) VALUES (?, ?)", (digest, text))
                connection.execute(
                    "DELETE FROM replies WHERE id <= (SELECT max(id) FROM replies) - ?", (ENTRIES_AT_MOST,)
                )
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        """Do without the cache; a file that is no database is removed, so that the next call can begin one."""
        if not self._told:
            _log.warning("The cache of model replies does not work (%s): asking the model again will cost.", error)
            self._told = True
        if type(error) is sqlite3.DatabaseError:
            with suppress(OSError):
                self._path.unlink()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        if not self._path.exists():
            self._path.touch(mode=0o600)  # replies quote answers, which are nobody else's business
        with closing(sqlite3.connect(self._path, timeout=WAIT_SECONDS)) as connection, connection:
            connection.execute("PRAGMA synchronous = OFF")  # a power cut may cost the cache, and nothing else
            connection.execute(_TABLE)
            yield connection
