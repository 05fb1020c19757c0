"""A PostgreSQL server of our own, where Debian's package `postgresql` is installed."""

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from interviewer.adapters.sql_store import SqlStore

DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Postgres:
    """A running cluster: its programs, its folder, and who runs it."""

    programs: Path
    folder: Path
    as_user: tuple[str, ...]

    def url(self, database: str) -> str:
        """DATABASE_URL of one of its databases, by its unix socket."""
        return f"postgresql://interviewer@/{database}?host={self.folder}"

    def run(self, program: str, *arguments: str) -> None:
        """Run one of its programs as its user; what it says is shown if it fails."""
        command = [*self.as_user, str(self.programs / program), *arguments]
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, timeout=150, check=False)
        assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A cluster in a temporary folder; skips where there is no server program or nobody to run it."""
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL server here; Debian's package `postgresql` has it")
    # Not tmp_path: the server refuses to run as root, and other users cannot enter root's folders.
    folder = Path(tempfile.mkdtemp(prefix="interviewer-postgres-"))
    server = Postgres(programs, folder, _ordinary_user(folder))
    data = str(folder / "data")
    try:
        server.run("initdb", "-D", data, "-U", "interviewer", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-k {folder} -c listen_addresses= -c fsync=off"
        server.run("pg_ctl", "start", "-w", "-D", data, "-l", str(folder / "log"), "-o", options)
        try:
            yield server
        finally:
            server.run("pg_ctl", "stop", "-w", "-D", data, "-m", "immediate")
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def new_database(postgres: Postgres) -> Callable[[], str]:
    """Makes an empty database and gives its URL. (It goes with the cluster.)"""

    def make() -> str:
        name = f"test_{next(_numbers)}"
        postgres.run("createdb", "-h", str(postgres.folder), "-U", "interviewer", name)
        return postgres.url(name)

    return make


_numbers = itertools.count()


@pytest.fixture(scope="session")
def migrated_store(postgres: Postgres) -> Iterator[SqlStore]:
    with closing(SqlStore(postgres.url("postgres"))) as store:
        yield store


@pytest.fixture
def postgres_store(postgres: Postgres, migrated_store: SqlStore) -> SqlStore:
    """An empty store. Its tables are made once: with a new database for each test the suite takes minutes."""
    migrated_store.unfinished("anybody")  # opens it, and so makes the tables
    with psycopg.connect(postgres.url("postgres")) as connection:
        connection.execute("DELETE FROM interviews")
    return migrated_store


def _programs() -> Path | None:
    """Folder of the newest installed server's programs."""
    newest_first = sorted(DEBIAN.glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    found = next((path for path in newest_first if (path / "initdb").exists()), None)
    on_path = shutil.which("initdb")
    return found or (Path(on_path).parent if on_path else None)


def _ordinary_user(folder: Path) -> tuple[str, ...]:
    """What to put before a command so that it does not run as root; the folder becomes that user's."""
    if os.getuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("PostgreSQL does not run as root, and there is no `setpriv` to become somebody else")
    try:
        shutil.chown(folder, "postgres", "postgres")
    except LookupError:
        pytest.skip("PostgreSQL does not run as root, and there is no user `postgres`")
    return ("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--")
