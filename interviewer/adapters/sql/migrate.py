"""Bringing a database to the newest revision, safely when several processes start at once."""

import threading
from pathlib import Path

from sqlalchemy import Connection, func, inspect, select, text

from interviewer.adapters.sql.database import Database
from interviewer.errors import StorageError

MIGRATIONS = Path(__file__).parent.parent / "migrations"
REVISIONS = tuple(sorted(path.stem[1:5] for path in (MIGRATIONS / "versions").glob("r????_*.py")))
"""Ids of all revisions, the oldest first: file r0001_interviews.py is revision 0001."""

LOCK = 0x1A7E  # an arbitrary number that all our processes agree on

_in_this_process = threading.Lock()


def migrate(database: Database) -> None:
    """Create the tables, or bring older ones up to date with their rows.

    Raises StorageError, having touched nothing, if a newer version of the interviewer made the database.
    """
    with database.reading() as connection:
        if _revision(connection, database) == REVISIONS[-1]:
            return
    if database.is_sqlite:
        database.use_write_ahead_log()
    with _in_this_process, database.writing() as connection:
        if not database.is_sqlite:  # SQLite has one writer at a time anyway
            connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
        if _revision(connection, database) != REVISIONS[-1]:
            upgrade(connection)


def upgrade(connection: Connection, to: str = "head") -> None:
    """Run the missing revisions in the transaction of `connection`."""
    # Alembic takes a quarter of a second to import, and only the first start needs it.
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, to)


def _revision(connection: Connection, database: Database) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if revision is not None and revision not in REVISIONS:
        raise StorageError(
            f"{database.name} was made by a newer version of the interviewer (it has revision "
            f"{str(revision)[:40]!r}; the newest known here is {REVISIONS[-1]!r}). Install that version, "
            "or set INTERVIEWER_DATA_DIR or DATABASE_URL to another place; nothing was changed."
        )
    return revision
