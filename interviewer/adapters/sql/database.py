"""Opening the database: where it is, how it is locked, and what its errors mean to a person."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from interviewer.errors import StorageError

ELSEWHERE = "Set INTERVIEWER_DATA_DIR to a folder that you can write."

SQLITE_REMEDIES = {
    "SQLITE_BUSY": "is locked by another program. Close that program and try again.",
    "SQLITE_LOCKED": "is locked by another program. Close that program and try again.",
    "SQLITE_READONLY": f"cannot be written. {ELSEWHERE}",
    "SQLITE_CANTOPEN": f"cannot be opened. {ELSEWHERE}",
    "SQLITE_PERM": f"cannot be opened. {ELSEWHERE}",
    "SQLITE_FULL": "has no room left: the disk is full. Make room and try again.",
    "SQLITE_IOERR": "cannot be read or written: the disk reports an error. Check the disk and copy the file.",
    "SQLITE_CORRUPT": "is damaged. Move the file away or restore a backup; it was left as it is.",
    "SQLITE_NOTADB": "is not a database. Move the file away or restore a backup; it was left as it is.",
}


class Database:
    """Connections to one database, each in a transaction, with errors as StorageError."""

    def __init__(self, location: Path | str, wait_seconds: float) -> None:
        """`location`: the path of a SQLite file, or a URL. A locked database is waited for `wait_seconds`."""
        self.url = _url(location)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        with self.explained():
            if self.is_sqlite:
                _create_private(Path(self.url.database or ""))
            self._open(wait_seconds)

    @property
    def name(self) -> str:
        """What to call it in a message: never with a password."""
        if self.is_sqlite:
            return f"The database {self.url.database}"
        return f"The database {self.url.database!r} at {self.url.host or 'the local socket'}"

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one state of everything it reads."""
        return self._transaction(self._reader)

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that is durable when it ends; in SQLite there is one at a time."""
        return self._transaction(self._writer)

    def use_write_ahead_log(self) -> None:
        """Readers of a SQLite file then never wait for its writer. The file remembers it."""
        with self._transaction(self._engine.execution_options(begin=None)) as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")  # refused inside a transaction

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turns what drivers and the system raise into one line that says what to do."""
        try:
            yield
        except OSError as error:
            raise StorageError(
                f"Nothing could be stored: {self.url.database}: {error.strerror or error}. {ELSEWHERE}"
            ) from error
        except ModuleNotFoundError as error:
            raise StorageError(
                "PostgreSQL needs a driver: pip install 'mlops-interviewer[postgres]', or unset DATABASE_URL."
            ) from error
        except SQLAlchemyError as error:
            raise StorageError(f"{self.name} {self._remedy(error)}") from error

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        with self.explained(), engine.begin() as connection:
            yield connection

    def _open(self, wait_seconds: float) -> None:
        if self.is_sqlite:
            self._engine: Engine = create_engine(self.url, connect_args={"timeout": wait_seconds})
            event.listen(self._engine, "connect", _prepare_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)
            self._reader: Engine = self._engine
            self._writer: Engine = self._engine.execution_options(begin="BEGIN IMMEDIATE")
        else:
            wait = {"connect_timeout": max(2, round(wait_seconds))}
            self._engine = create_engine(self.url, pool_pre_ping=True, connect_args=wait)
            self._reader = self._engine.execution_options(isolation_level="REPEATABLE READ")
            self._writer = self._engine

    def _remedy(self, error: SQLAlchemyError) -> str:
        cause = error.orig if isinstance(error, DBAPIError) else error
        code = getattr(cause, "sqlite_errorname", "")
        for known, remedy in SQLITE_REMEDIES.items():
            if code.startswith(known):
                return remedy
        first_line = str(cause).strip().partition("\n")[0][:300]
        place = "the file" if self.is_sqlite else "that the server runs and that DATABASE_URL is right"
        return f"cannot be used: {first_line}. Check {place}."


def _url(location: Path | str) -> URL:
    """The URL of a file or of DATABASE_URL; raises StorageError for one that is of no use here."""
    if isinstance(location, Path):
        return URL.create("sqlite", database=str(location))
    try:
        url = make_url(location.strip())
    except (ArgumentError, ValueError):
        raise StorageError(f"DATABASE_URL is not a URL. {_USABLE_URLS}") from None
    backend = "postgresql" if url.drivername == "postgres" else url.drivername.partition("+")[0]
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and url.database and url.database != ":memory:":
        return url.set(drivername="sqlite")
    raise StorageError(f"DATABASE_URL names a database that is not supported. {_USABLE_URLS}")


_USABLE_URLS = "Use postgresql://user:password@host/name or sqlite:////path/to/file, or unset it."


def _create_private(file: Path) -> None:
    """What people say here is nobody else's business: folder 0700, file 0600 (SQLite's own follow)."""
    with suppress(FileExistsError):  # a file where the folder should be is told by what follows
        file.parent.mkdir(mode=0o700, parents=True)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin below, not where the driver guesses
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")  # with WAL: what is committed survives a power cut


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that will write says so first: a lock gained halfway could not be waited for.
    if statement := connection.get_execution_options().get("begin", "BEGIN"):
        connection.exec_driver_sql(statement)
