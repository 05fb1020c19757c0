"""Which questions an interview asks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.domain.interview import Choices
from interviewer.domain.question import Kind, Level, Question
from interviewer.domain.selection import matching, select
from tests.examples import question

TOPICS = ("release", "monitoring", "cost")
BANK = [
    question(
        f"question-{number}",
        topic=TOPICS[number % 3],
        kind=Kind.SCENARIO if number % 2 else Kind.CONCEPT,
        level=Level.HARD if number >= 8 else Level.EASY,
    )
    for number in range(12)
]


def ids(questions: list[Question]) -> list[str]:
    return [question.id for question in questions]


@pytest.mark.parametrize(
    ("choices", "how_many"),
    [
        (Choices(), 12),
        (Choices(topics=("cost",)), 4),
        (Choices(topics=("cost", "release")), 8),
        (Choices(kinds=(Kind.SCENARIO,)), 6),
        (Choices(levels=(Level.HARD,)), 4),
        (Choices(topics=("cost",), kinds=(Kind.SCENARIO,), levels=(Level.HARD,)), 1),
        (Choices(topics=("unknown",)), 0),
    ],
)
def test_only_questions_that_match_every_choice_are_asked(choices: Choices, how_many: int) -> None:
    allowed = matching(BANK, choices)
    assert len(allowed) == how_many
    selected = select(BANK, choices.model_copy(update={"questions": 75}))
    assert sorted(ids(selected)) == sorted(ids(allowed))


@given(seed=st.integers(), wanted=st.integers(1, 75))
def test_no_question_is_asked_twice_and_never_more_than_wanted(seed: int, wanted: int) -> None:
    selected = ids(select(BANK, Choices(seed=seed, questions=wanted)))
    assert len(selected) == len(set(selected)) == min(wanted, len(BANK))


def test_the_same_seed_gives_the_same_questions() -> None:
    assert ids(select(BANK, Choices(seed=7))) == ids(select(BANK, Choices(seed=7)))
    assert len({tuple(ids(select(BANK, Choices(seed=seed)))) for seed in range(10)}) > 5


@given(seed=st.integers())
def test_topics_take_turns(seed: int) -> None:
    topics = [question.topic for question in select(BANK, Choices(seed=seed, questions=6))]
    assert set(topics[:3]) == set(topics[3:]) == set(TOPICS)


@given(seed=st.integers())
def test_questions_asked_recently_come_only_when_no_other_is_left(seed: int) -> None:
    cost = Choices(topics=("cost",), seed=seed, questions=3)
    recent = {"question-2", "question-5"}
    selected = ids(select(BANK, cost, recent=recent))
    assert set(selected[:2]) == {"question-8", "question-11"}
    assert selected[2] in recent


def test_a_weight_of_zero_leaves_a_question_out() -> None:
    selected = select(BANK, Choices(questions=75), weights={"question-3": 0})
    assert len(selected) == 11
    assert "question-3" not in ids(selected)


def test_a_great_weight_makes_a_question_likelier() -> None:
    first = [select(BANK, Choices(seed=seed, questions=1), weights={"question-4": 50})[0].id for seed in range(50)]
    assert first.count("question-4") > 30


def test_questions_that_were_named_are_asked_as_named_whatever_else_is_chosen() -> None:
    choices = Choices(only=("question-7", "unknown", "question-2", "question-7"), topics=("cost",), seed=3)
    chosen = select(BANK, choices, recent=["question-7"], weights={"question-2": 0})
    assert ids(chosen) == ["question-7", "question-2"]
