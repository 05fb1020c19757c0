"""What every InterviewStore does: in memory, in SQLite and in PostgreSQL."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from interviewer.adapters.memory_store import MemoryStore
from interviewer.adapters.sql_store import SqlStore
from interviewer.domain.interview import Aside, Choices, Interview, Remark
from interviewer.domain.question import Kind, Level
from interviewer.errors import InvalidMove, NotFound
from interviewer.ports import InterviewStore
from tests.domain.test_interview import STEPS, walk
from tests.examples import (
    ANSWERED,
    ASKED,
    FINISHED,
    GRADED,
    PROBED,
    PROBED_AGAIN,
    REGRADED,
    REPLIED,
    SECOND_ASKED,
    STATES,
    grade,
    minute,
    new_interview,
)


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, data_dir: Path) -> Iterator[InterviewStore]:
    if request.param == "memory":
        yield MemoryStore()
    elif request.param == "sqlite":
        with closing(SqlStore(data_dir / "interviews.db")) as sqlite_store:
            yield sqlite_store
    else:
        yield request.getfixturevalue("postgres_store")


@pytest.mark.parametrize("state", STATES)
def test_an_interview_is_loaded_as_it_was_saved(store: InterviewStore, state: str) -> None:
    store.save(STATES[state])
    assert store.load("first") == STATES[state]


def test_every_state_on_the_way_replaces_the_one_before(store: InterviewStore) -> None:
    for state in [ASKED, ANSWERED, PROBED, REPLIED, PROBED_AGAIN, SECOND_ASKED, FINISHED, REGRADED]:
        store.save(state)
        assert store.load("first") == state


def test_saving_the_same_state_twice_changes_nothing(store: InterviewStore) -> None:
    store.save(FINISHED)
    store.save(FINISHED)
    assert store.history("ada") == [FINISHED]


def test_every_field_is_kept(store: InterviewStore) -> None:
    choices = Choices(
        only=("canary",),
        topics=("drift", "release"),
        kinds=(Kind.CONCEPT,),
        levels=(Level.HARD,),
        questions=3,
        probes=3,
        role="platform-engineer",
        pack="acme",
        seed=-7,
    )
    asides = (
        Aside(said="Can you repeat that?", reply="What is canary?"),
        Aside(said="A hint, please.", reply="Think of errors.", probe="roll-back"),
    )
    first, *others = REGRADED.items
    worded = first.exchanges[0].model_copy(update={"worded": "You said “later”. When?"})
    remarks = (Remark(after=0, said="Welcome."), Remark(after=1, said="Thank you."))
    said = {"asides": asides, "remarks": remarks, "exchanges": (worded, *first.exchanges[1:])}
    items = (first.model_copy(update=said), *others)
    full = REGRADED.model_copy(update={"choices": choices, "items": items})
    for value in (choices, full, full.items[0], *full.items[0].exchanges[:1], asides[1], remarks[1]):
        fields = type(value).model_fields
        unset = [name for name, field in fields.items() if getattr(value, name) == field.default]
        assert unset == [], f"give {unset} a value of its own here, so that this test sees whether it is stored"
    store.save(full)
    assert store.load("first") == full


def test_times_are_kept_to_the_microsecond_from_any_zone(store: InterviewStore) -> None:
    kathmandu = timezone(timedelta(hours=5, minutes=45))
    said = minute(1).replace(microsecond=1).astimezone(kathmandu)
    store.save(ASKED.answer("Now.", said))
    assert store.load("first").updated_at == said


@pytest.mark.parametrize(
    "text",
    [
        "🚀 Canary 👩🏽‍💻",
        "أرسل جزءًا صغيرًا \u202eمن الحركة",
        "<script>alert(1)</script>",
        "'; DROP TABLE interviews; --",
        '{"json": "\\u0000", %s, :name, ?}',
        "first\n\n\tsecond\n",
        " spaces around ",
        "x" * 20_000,
    ],
)
def test_what_was_said_is_kept_letter_by_letter(store: InterviewStore, text: str) -> None:
    said = ASKED.answer(text, minute(1)).graded(grade(), PROBED.current.open_probe, minute(2))
    store.save(said.answer(text, minute(3)))
    loaded = store.load("first").current
    assert (loaded.answer, loaded.exchanges[0].reply) == (text, text)


@pytest.mark.parametrize(
    "unknown", ["", "second", "FIRST", "%", "first'--", "\x00", "\ud800", "x" * 10_000, "../first", "🚀"]
)
def test_an_unknown_id_is_not_found(store: InterviewStore, unknown: str) -> None:
    store.save(ASKED)
    with pytest.raises(NotFound, match="interviewer history"):
        store.load(unknown)
    store.delete(unknown)
    assert store.load("first") == ASKED


@pytest.mark.parametrize("stranger", ["", "ADA", "ad%", "\x00", "\ud800", "ada' OR '1'='1"])
def test_nobody_sees_the_interviews_of_another(store: InterviewStore, stranger: str) -> None:
    store.save(FINISHED)
    store.save(new_interview("second"))
    assert store.history(stranger) == store.unfinished(stranger) == []


def test_finished_and_unfinished_interviews_are_told_apart_the_latest_first(store: InterviewStore) -> None:
    early, late = (new_interview(name, at=at) for name, at in (("early", 1), ("late", 2)))
    done, done_later = (new_interview(name).finish(minute(at)) for name, at in (("done", 3), ("done-later", 4)))
    for interview in (late, done, new_interview("other", owner="bob", at=5), done_later, early):
        store.save(interview)
    assert store.unfinished("ada") == [late, early]
    assert store.history("ada") == [done_later, done]
    store.save(early.answer("Something.", minute(9)))
    assert [interview.id for interview in store.unfinished("ada")] == ["early", "late"]


def test_a_deleted_interview_is_gone_and_no_other(store: InterviewStore) -> None:
    store.save(FINISHED)
    store.save(new_interview("second"))
    store.delete("first")
    assert store.history("ada") == []
    assert store.unfinished("ada") == [new_interview("second")]
    with pytest.raises(NotFound):
        store.load("first")


def test_a_deleted_interview_can_be_saved_again_whole(store: InterviewStore) -> None:
    store.save(PROBED)
    store.delete("first")
    store.save(REPLIED)
    assert store.load("first") == REPLIED


@pytest.mark.parametrize(
    ("stored", "stale"),
    [
        (ANSWERED, ASKED.skip(minute(5))),
        (ANSWERED, ASKED.answer("From another window.", minute(5))),
        (REPLIED, PROBED.skip(minute(5))),
        (SECOND_ASKED, GRADED),
        (FINISHED, SECOND_ASKED),
        (ASKED, new_interview(owner="bob")),
    ],
)
def test_a_stale_window_takes_back_nothing(store: InterviewStore, stored: Interview, stale: Interview) -> None:
    store.save(stored)
    with pytest.raises(InvalidMove, match="another window"):
        store.save(stale)
    assert store.load("first") == stored


def test_many_people_practise_at_once(store: InterviewStore) -> None:
    def practise(number: int) -> Interview:
        interview = new_interview(f"of-{number}", owner=f"person-{number % 4}", at=number)
        for move in PRACTICE:
            store.save(interview)
            interview = move(interview)
        store.save(interview)
        return interview

    with ThreadPoolExecutor(12) as threads:
        done = list(threads.map(practise, range(24)))
    for person in range(4):
        mine = sorted((i for i in done if i.owner == f"person-{person}"), key=lambda i: i.updated_at)
        assert store.history(f"person-{person}") == mine[::-1]


def test_of_answers_given_at_once_in_many_windows_one_is_kept(store: InterviewStore) -> None:
    store.save(ASKED)

    def answer(window: int) -> str | None:
        text = f"Said in window {window}."
        try:
            store.save(ASKED.answer(text, minute(window)))
        except InvalidMove:
            return None
        return text

    with ThreadPoolExecutor(8) as threads:
        kept = [text for text in threads.map(answer, range(1, 9)) if text]
    assert kept == [store.load("first").current.answer]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_any_way_through_an_interview_can_be_stored_step_by_step(store: InterviewStore, steps: list[str]) -> None:
    store.delete("first")
    for state in walk(steps):
        store.save(state)
        assert store.load("first") == state


PRACTICE: tuple[Callable[[Interview], Interview], ...] = (
    lambda interview: interview.answer(f"I am {interview.owner}.", interview.updated_at),
    lambda interview: interview.graded(grade(), PROBED.current.open_probe, interview.updated_at),
    lambda interview: interview.answer("More.", interview.updated_at),
    lambda interview: interview.graded(grade(), None, interview.updated_at),
    lambda interview: interview.finish(interview.updated_at),
)
