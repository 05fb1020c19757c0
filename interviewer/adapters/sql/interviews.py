"""Interviews in the tables: the statements behind `SqlStore`."""

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from interviewer.adapters.sql import rows
from interviewer.adapters.sql.database import Database
from interviewer.adapters.sql.migrate import migrate
from interviewer.adapters.sql.rows import InterviewRows, Row
from interviewer.adapters.sql.tables import grades, interviews, items, utterances
from interviewer.domain.interview import Interview
from interviewer.errors import StorageError

log = logging.getLogger(__name__)


def open_interviews(location: Path | str, wait_seconds: float) -> "Interviews":
    """Open the database and bring its tables up to date."""
    database = Database(location, wait_seconds)
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    return Interviews(database)


class Interviews:
    """Reads and writes whole interviews, each in one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, interview: Interview) -> None:
        """Write what differs from the stored state; raises InvalidMove if that went on elsewhere."""
        with self._database.writing() as connection:
            _lock(connection, interview.id)
            stored = next(_read(connection, interviews.c.id == interview.id), None)
            before = stored.put_together() if stored else None
            if before:
                interview.must_continue(before)
            _upsert(connection, interviews, [rows.interview_row(interview)])
            _upsert(connection, items, rows.item_rows(interview, before))
            _insert(connection, utterances, rows.utterance_rows(interview, before))
            _insert(connection, grades, rows.grade_rows(interview, before))

    def get(self, interview_id: str) -> Interview | None:
        """The stored interview, if there is one; raises StorageError if its rows are damaged."""
        with self._database.reading() as connection:
            stored = next(_read(connection, interviews.c.id == interview_id), None)
        return stored.put_together() if stored else None

    def of_owner(self, owner: str, *, finished: bool) -> list[Interview]:
        """Interviews of this owner, the latest first; one with damaged rows is left out and logged."""
        finished_at = interviews.c.finished_at
        wanted = finished_at.is_not(None) if finished else finished_at.is_(None)
        with self._database.reading() as connection:
            stored = list(_read(connection, (interviews.c.owner == owner) & wanted))
        return list(_whole(stored))

    def delete(self, interview_id: str) -> None:
        """Remove an interview and all that was said in it."""
        with self._database.writing() as connection:
            _lock(connection, interview_id)
            connection.execute(delete(interviews).where(interviews.c.id == interview_id))

    def close(self) -> None:
        """Close all connections."""
        self._database.close()


def _read(connection: Connection, which: ColumnElement[bool]) -> Iterator[InterviewRows]:
    """All rows of the interviews that `which` selects, the latest first."""
    found = {
        row["id"]: InterviewRows(dict(row))
        for row in connection.execute(
            select(interviews).where(which).order_by(interviews.c.updated_at.desc(), interviews.c.id)
        ).mappings()
    }
    chosen = select(interviews.c.id).where(which).scalar_subquery()
    for table, order in ((items, items.c.position), (utterances, utterances.c.turn), (grades, grades.c.id)):
        rows_of_chosen = select(table).where(table.c.interview_id.in_(chosen)).order_by(order)
        for row in connection.execute(rows_of_chosen).mappings():
            getattr(found[row["interview_id"]], table.name).append(dict(row))
    return iter(found.values())


def _whole(stored: Iterable[InterviewRows]) -> Iterator[Interview]:
    for interview_rows in stored:
        try:
            yield interview_rows.put_together()
        except StorageError as error:
            log.warning("%s", error)


def _lock(connection: Connection, interview_id: str) -> None:
    """Let others wait who would write the same interview. (SQLite has one writer at a time anyway.)"""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(interview_id, 0))))


def _insert(connection: Connection, table: Table, new: Iterable[Row]) -> None:
    if new := list(new):
        connection.execute(insert(table), new)


def _upsert(connection: Connection, table: Table, new: Iterable[Row]) -> None:
    if not (new := list(new)):
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table)
    values = {column.name: statement.excluded[column.name] for column in table.c if not column.primary_key}
    connection.execute(statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=values), new)
