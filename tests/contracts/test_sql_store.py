"""What only a database can do, or suffer: other processes, older and newer versions, damage, a full disk."""

import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from interviewer.adapters.scripted_grader import ScriptedGrader
from interviewer.adapters.sql.database import Database
from interviewer.adapters.sql.migrate import MIGRATIONS, REVISIONS, upgrade
from interviewer.adapters.sql.tables import metadata
from interviewer.adapters.sql_store import SqlStore
from interviewer.bootstrap import build
from interviewer.domain.interview import Stage
from interviewer.errors import StorageError
from interviewer.settings import read_settings
from tests.examples import (
    ANSWER,
    ANSWERED,
    ASKED,
    DECLINED,
    FINISHED,
    PROBED,
    REGRADED,
    SECOND_SKIPPED,
    grade,
    minute,
    new_interview,
)

NOBODY = 65534
FIRST_REVISION = Path(__file__).with_name("revision_0001.sql")


@pytest.fixture
def file(data_dir: Path) -> Path:
    """The database file of the default settings; not made yet."""
    return data_dir / "interviews.db"


@pytest.fixture
def store(file: Path) -> Iterator[SqlStore]:
    """A store in that file."""
    with closing(SqlStore(file)) as sqlite_store:
        yield sqlite_store


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def location(request: pytest.FixtureRequest, file: Path) -> Path | str:
    """Where an empty database is, or will be: a file or a URL."""
    if request.param == "sqlite":
        return file
    url: str = request.getfixturevalue("new_database")()
    return url


def change(file: Path, *statements: str) -> None:
    """Change rows behind the store's back."""
    with closing(sqlite3.connect(file)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def rows(file: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


# Where it is kept, and how


def test_the_default_is_a_file_in_the_data_folder(file: Path) -> None:
    assert build(grader=ScriptedGrader()).service.history("ada") == []
    assert file.exists()


def test_nothing_is_made_before_it_is_used(file: Path) -> None:
    build(grader=ScriptedGrader())
    assert not file.parent.exists()


def test_an_empty_database_url_is_none(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    assert read_settings().database() == file


def test_a_database_url_may_name_a_file(file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'elsewhere.db'}")
    build(grader=ScriptedGrader()).service.history("ada")
    assert (tmp_path / "elsewhere.db").exists()
    assert not file.exists()


@pytest.mark.postgres
@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg", "postgresql+psycopg2"])
def test_any_common_spelling_of_a_postgresql_url_works(new_database: Callable[[], str], scheme: str) -> None:
    with closing(SqlStore(new_database().replace("postgresql", scheme, 1))) as store:
        store.save(ASKED)
        assert store.load("first") == ASKED


def test_folder_and_file_are_private_also_while_in_use(store: SqlStore, file: Path) -> None:
    store.save(ANSWERED)
    assert file.parent.stat().st_mode & 0o777 == 0o700
    modes = {path.name: path.stat().st_mode & 0o777 for path in file.parent.iterdir()}
    assert modes == dict.fromkeys(["interviews.db", "interviews.db-shm", "interviews.db-wal"], 0o600)


def test_a_path_with_characters_that_urls_mind_is_taken_as_it_is(tmp_path: Path) -> None:
    odd = tmp_path / "50% off?mode=memory&x#y @ü" / "i.db"
    with closing(SqlStore(odd)) as store:
        store.save(ASKED)
    assert odd.exists()


def test_everything_said_is_a_row_of_its_own_before_it_is_graded(store: SqlStore, file: Path) -> None:
    store.save(ASKED)
    store.save(ANSWERED)
    assert rows(file, "SELECT kind, text, said_at FROM utterances") == [
        ("answer", ANSWER, "2026-01-05T12:02:00.000000+00:00")
    ]
    assert rows(file, "SELECT * FROM grades") == []
    store.save(PROBED)
    store.save(PROBED.answer("It goes back by itself.", minute(4)))
    assert rows(file, "SELECT position, turn, kind, key_id, text FROM utterances ORDER BY turn") == [
        (0, 0, "answer", None, ANSWER),
        (0, 1, "probe", "roll-back", "And when the errors rise?"),
        (0, 2, "reply", None, "It goes back by itself."),
    ]


def test_an_earlier_grade_is_kept_beside_the_later_one(store: SqlStore, file: Path) -> None:
    store.save(FINISHED)
    store.save(REGRADED)
    stored = [str(row[0]) for row in rows(file, "SELECT grade FROM grades ORDER BY id")]
    assert stored == [grade(*v).model_dump_json() for v in (("met", "partly", "met"), ("met", "met", "met"))]


def test_deleting_an_interview_leaves_nothing_of_it_behind(store: SqlStore, file: Path) -> None:
    store.save(REGRADED)
    store.delete("first")
    for table in ("interviews", "items", "utterances", "grades"):
        assert rows(file, f"SELECT * FROM {table}") == []  # noqa: S608


# Other processes


def start(what: str, location: Path | str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.contracts.processes", what, str(location)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def test_a_process_killed_while_grading_has_lost_nothing(location: Path | str) -> None:
    killed = start("answer", location)
    _, errors = killed.communicate(timeout=150)
    assert killed.returncode == -9, errors

    with closing(SqlStore(location)) as store:
        service = build(grader=ScriptedGrader(), store=store).service
        (cut_off,) = service.unfinished("ada")
        assert (cut_off.position, cut_off.current.stage) == (0, Stage.ANSWERED)
        assert cut_off.current.answer == "A canary."
        assert service.resume(cut_off).current.grade is not None


def test_processes_that_start_at_once_on_a_blank_database_all_store(location: Path | str) -> None:
    processes = [start("save", location) for _ in range(3)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("now\n")
        process.stdin.flush()
    for process in processes:
        _, errors = process.communicate(timeout=150)
        assert process.returncode == 0, errors
    with closing(SqlStore(location)) as store:
        assert {i.id for i in store.unfinished("ada")} == {f"of-{process.pid}" for process in processes}


def test_reading_does_not_wait_for_a_writer(store: SqlStore, file: Path) -> None:
    store.save(ASKED)
    with closing(sqlite3.connect(file, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM interviews")
        with closing(SqlStore(file, wait_seconds=0)) as reader:
            assert reader.load("first") == ASKED


@pytest.mark.postgres
def test_a_server_that_dropped_its_connections_is_connected_to_again(new_database: Callable[[], str]) -> None:
    import psycopg

    url = new_database()
    with closing(SqlStore(url)) as store:
        store.save(ASKED)
        with psycopg.connect(url) as other:
            other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        store.save(ANSWERED)
        assert store.load("first") == ANSWERED


def test_a_remark_outlives_a_grade_that_did_not_know_of_it(store: SqlStore) -> None:
    for state in (ANSWERED, ANSWERED.remarked("Thank you."), PROBED):
        store.save(state)
    assert store.load("first").current.remark(1) == "Thank you."
    assert store.load("first").current.stage is Stage.PROBED


# Older and newer versions


def test_tables_and_migrations_agree(location: Path | str) -> None:
    with closing(SqlStore(location)) as store:
        store.unfinished("ada")
    with closing(Database(location, 1)) as database, database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_file_names_and_revisions_agree() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    history = list(ScriptDirectory.from_config(config).walk_revisions())
    assert tuple(revision.revision for revision in reversed(history)) == REVISIONS


def test_a_database_of_the_first_version_is_brought_up_to_date_with_its_rows(location: Path | str) -> None:
    with closing(Database(location, 1)) as database, database.writing() as connection:
        upgrade(connection, to=REVISIONS[0])
        for statement in FIRST_REVISION.read_text().split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
    with closing(SqlStore(location)) as store:
        stored = store.load("first")
        assert stored.items[0].exchanges == DECLINED.items[0].exchanges
        assert stored.items[0].grade is not None
        assert stored.items[0].grade.score == 78
        assert stored.model_copy(update={"items": (), "choices": None}) == SECOND_SKIPPED.model_copy(
            update={"items": (), "choices": None}
        )
        store.save(stored.next(minute(9)))


def test_a_database_of_a_newer_version_is_left_as_it_is(store: SqlStore, file: Path) -> None:
    store.save(FINISHED)
    store.close()
    change(file, "UPDATE alembic_version SET version_num = '9999'", "PRAGMA journal_mode = DELETE")
    before = file.read_bytes()
    for use in (lambda: store.history("ada"), lambda: store.save(ASKED), lambda: store.delete("first")):
        with pytest.raises(StorageError, match=r"newer version .*'9999'.* Install that version"):
            use()
    assert file.read_bytes() == before


# Trouble with the file


def one_line(error: pytest.ExceptionInfo[StorageError]) -> str:
    message = str(error.value)
    assert "\n" not in message
    return message


@pytest.mark.parametrize("damage", ["not a database", "zeroed", "cut short"])
def test_a_damaged_file_is_named_and_left_as_it_is(store: SqlStore, file: Path, damage: str) -> None:
    for number in range(20):
        store.save(new_interview(f"number-{number}").answer("word " * 1000, minute(1)))
    store.close()
    whole = file.read_bytes()
    broken = {
        "not a database": b"Dear diary, today I practised. " * 400,
        "zeroed": whole[:4096] + bytes(len(whole) - 4096),
        "cut short": whole[: len(whole) // 2],
    }[damage]
    file.write_bytes(broken)
    with pytest.raises(StorageError) as error:
        store.unfinished("ada")
    assert str(file) in one_line(error)
    assert "restore a backup" in one_line(error)
    assert file.read_bytes() == broken


def test_a_locked_database_is_waited_for_and_then_named(file: Path) -> None:
    with closing(SqlStore(file, wait_seconds=0.05)) as store:
        store.save(ASKED)
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StorageError, match=r"locked by another program\. Close that program") as error:
                store.save(ANSWERED)
            assert str(file) in one_line(error)
            other.execute("ROLLBACK")
        store.save(ANSWERED)
        assert store.load("first") == ANSWERED


@contextmanager
def as_ordinary_user() -> Iterator[None]:
    """Root may write everywhere; file permissions only hold for others."""
    if os.getuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def read_only_folder() -> Iterator[Path]:
    """A folder that an ordinary user can enter but not write. (Nobody but root can enter pytest's.)"""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        yield Path(folder)
        Path(folder).chmod(0o700)


@pytest.mark.parametrize("name", ["interviews.db", "below/interviews.db"])
def test_a_read_only_folder_is_told_with_what_to_do(read_only_folder: Path, name: str) -> None:
    store = SqlStore(read_only_folder / name)
    with as_ordinary_user(), pytest.raises(StorageError) as error:
        store.save(ASKED)
    assert one_line(error) == (
        f"Nothing could be stored: {read_only_folder / name}: Permission denied. "
        "Set INTERVIEWER_DATA_DIR to a folder that you can write."
    )
    assert list(read_only_folder.iterdir()) == []


def test_a_database_that_cannot_be_written_is_told_with_what_to_do(read_only_folder: Path) -> None:
    file = read_only_folder / "interviews.db"
    with closing(SqlStore(file)) as store:
        store.save(ASKED)
    file.chmod(0o444)
    store = SqlStore(file)
    with as_ordinary_user(), pytest.raises(StorageError, match="Set INTERVIEWER_DATA_DIR") as error:
        store.save(ANSWERED)
    assert str(file) in one_line(error)


def test_a_file_in_place_of_the_data_folder_is_told(file: Path, store: SqlStore) -> None:
    file.parent.write_text("in the way")
    with pytest.raises(StorageError, match="Not a directory"):
        store.save(ASKED)
    assert file.parent.read_text() == "in the way"


def test_a_full_disk_is_told_and_what_was_stored_stays(store: SqlStore, file: Path) -> None:
    store.save(ANSWERED)
    with largest_file(300_000), pytest.raises(StorageError, match="disk") as error:
        for number in range(40):
            store.save(new_interview(f"number-{number}").answer("word " * 4_000, minute(1)))
    assert str(file) in one_line(error)
    assert store.load("first") == ANSWERED
    store.save(PROBED)
    assert store.load("first") == PROBED


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """The system lets no file of this process grow beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


# Trouble with DATABASE_URL


@pytest.mark.parametrize(
    "url",
    [
        "mysql://ada:s3cret@localhost/x",
        "no url at all s3cret",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql://ada:s3cret@localhost:no-port/x",
        "http://s3cret.example/x",
    ],
)
def test_a_url_of_no_use_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(StorageError, match=r"DATABASE_URL .* Use postgresql://") as error:
        SqlStore(url).history("ada")
    assert "s3cret" not in one_line(error)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ada:s3cret@127.0.0.1:1/interviews",
        "postgres://ada@127.0.0.1:1/interviews?password=s3cret",
        "postgresql://ada:s3cret@/interviews?host=/nowhere",
    ],
)
def test_a_server_that_cannot_be_reached_is_told_without_the_password(url: str) -> None:
    with pytest.raises(StorageError, match=r"'interviews' .* Check that the server runs") as error:
        SqlStore(url).history("ada")
    assert "s3cret" not in one_line(error)


# Damaged rows


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE interviews SET choices = '{' WHERE id = 'first'",
        "UPDATE interviews SET choices = '[]' WHERE id = 'first'",
        "UPDATE interviews SET choices = x'ff00' WHERE id = 'first'",
        "UPDATE interviews SET position = 99 WHERE id = 'first'",
        "UPDATE interviews SET position = -1 WHERE id = 'first'",
        "UPDATE interviews SET started_at = 'yesterday' WHERE id = 'first'",
        "UPDATE items SET stage = 'asleep' WHERE interview_id = 'first'",
        "UPDATE items SET question_id = '../../etc/passwd' WHERE interview_id = 'first'",
        "UPDATE items SET stage = 'answered' WHERE interview_id = 'first' AND position = 1",
        "DELETE FROM items WHERE interview_id = 'first' AND position = 0",
        "DELETE FROM items WHERE interview_id = 'first'",
        "DELETE FROM utterances WHERE interview_id = 'first' AND turn = 0",
        "DELETE FROM utterances WHERE interview_id = 'first' AND turn = 1",
        "UPDATE utterances SET kind = 'song' WHERE interview_id = 'first'",
        "UPDATE utterances SET text = x'fffe' WHERE interview_id = 'first'",
        "UPDATE grades SET grade = 'null' WHERE interview_id = 'first'",
        "UPDATE grades SET grade = '{\"score\": 1000}' WHERE interview_id = 'first'",
        "UPDATE grades SET grade = 7 WHERE interview_id = 'first'",
    ],
)
def test_a_damaged_interview_is_named_and_takes_no_other_with_it(
    store: SqlStore, file: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    other = new_interview("second").finish(minute(1))
    store.save(REGRADED)
    store.save(other)
    change(file, "PRAGMA foreign_keys = ON", damage)
    with pytest.raises(StorageError, match="interview 'first' is damaged") as error:
        store.load("first")
    assert store.history("ada") == [other]
    assert caplog.messages == [one_line(error)]
    store.delete("first")
    assert store.history("ada") == [other]
