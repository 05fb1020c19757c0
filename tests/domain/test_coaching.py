"""When a piece of advice is shown."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from interviewer.domain.coaching import CoachingItem, Observation, When, coaching, holds
from interviewer.domain.question import Kind
from interviewer.domain.rubric import KeyTag
from tests.examples import ANSWERED, PROBED, RUBRIC, SECOND_SKIPPED, grade, minute, question

TAGGED = RUBRIC.model_copy(
    update={
        "keys": tuple(
            key.model_copy(update={"tags": (tag,)})
            for key, tag in zip(RUBRIC.keys, (KeyTag.RELEASE, KeyTag.MONITORING, KeyTag.ROLLBACK), strict=True)
        )
    }
)
SEEN = Observation.of(PROBED.items[0], question(), TAGGED)
"""Of a concept question about release: release met, monitoring partly, rollback missed; the trap, the number."""


def when(**fields: object) -> When:
    return When.model_validate({"describe": "as the fields say", **fields})


@pytest.mark.parametrize(
    "condition",
    [
        when(kinds=["concept", "scenario"]),
        when(topics=["drift", "release"]),
        when(missed_tags=["rollback"]),
        when(met_tags=["monitoring"]),
        when(none_met_tags=["rollback", "cost"]),
        when(numbers_possible_none_given=False),
        when(over_time=False),
        when(score_below=70, score_at_least=60),
        when(trap_in=["other/trap", "canary/half"]),
        when(answer_has=["a LITTLE traffic"]),
        when(answer_lacks=["rollback", "percen", "rors"]),
    ],
    ids=lambda condition: ", ".join(condition.model_fields_set - {"describe"}),
)
def test_a_condition_that_holds(condition: When) -> None:
    assert holds(condition, SEEN)


@pytest.mark.parametrize(
    "condition",
    [
        when(kinds=["scenario"]),
        when(topics=["drift"]),
        when(missed_tags=["monitoring", "release"]),
        when(met_tags=["rollback"]),
        when(none_met_tags=["rollback", "release"]),
        when(none_met_tags=["cost"]),
        when(numbers_possible_none_given=True),
        when(over_time=True),
        when(skipped=True),
        when(score_below=64),
        when(score_at_least=66),
        when(trap_in=["canary/other"]),
        when(answer_has=["rollback"]),
        when(answer_lacks=["rollback", "traffic"]),
        when(kinds=["concept"], topics=["drift"]),
    ],
    ids=lambda condition: ", ".join(condition.model_fields_set - {"describe"}),
)
def test_a_condition_that_does_not_hold(condition: When) -> None:
    assert not holds(condition, SEEN)


def test_an_answer_over_its_time_is_seen() -> None:
    slow = ANSWERED.graded(grade(), None, minute(3)).items[0]
    assert not Observation.of(slow, question(seconds=120), TAGGED).over_time
    assert Observation.of(slow, question(seconds=119), TAGGED).over_time


def test_a_figure_asked_for_and_not_given_is_seen() -> None:
    assert holds(when(numbers_possible_none_given=True), replace(SEEN, numbers_given=0))
    assert not holds(when(numbers_possible_none_given=True), replace(SEEN, numbers_given=0, numbers_possible=0))


def test_a_skipped_question_calls_only_for_what_is_about_skipping() -> None:
    skipped = Observation.of(SECOND_SKIPPED.items[1], question("drift"), TAGGED)
    assert holds(when(skipped=True, kinds=["concept"]), skipped)
    assert not holds(when(kinds=["concept"]), skipped)


def test_nothing_is_said_of_a_score_that_is_not_there() -> None:
    unscored = replace(SEEN, scores=())
    assert not holds(when(score_below=100), unscored)
    assert not holds(when(score_at_least=0), unscored)


def item(id: str, **fields: object) -> CoachingItem:
    return CoachingItem(id=id, says=f"{id}!", when=when(**fields))


def advised(*items: CoachingItem, session: list[Observation]) -> list[tuple[str, tuple[str, ...]]]:
    return [(advice.id, advice.questions) for advice in coaching(items, session)]


SECOND = replace(SEEN, questions=frozenset({"drift"}), kinds=frozenset({Kind.SCENARIO}), text="we retrain")


def test_advice_names_the_questions_that_called_for_it_and_the_most_called_for_comes_first() -> None:
    found = advised(item("one", kinds=["scenario"]), item("both", score_below=70), session=[SEEN, SECOND])
    assert found == [("both", ("canary", "drift")), ("one", ("drift",))]


def test_min_count_asks_for_several_questions() -> None:
    several = item("several", score_below=70, min_count=2)
    assert advised(several, session=[SEEN]) == []
    assert advised(several, session=[SEEN, SECOND]) == [("several", ("canary", "drift"))]


def test_the_whole_session_counts_as_one_answer() -> None:
    pooled = item("pooled", whole_session=True, answer_has=["retrain"], kinds=["concept"])
    assert advised(pooled, session=[SEEN, SECOND]) == [("pooled", ())]
    assert advised(pooled, session=[SEEN]) == []


def test_what_was_met_anywhere_is_met_in_the_session() -> None:
    lacking = item("lacking", whole_session=True, none_met_tags=["rollback"])
    elsewhere = replace(SECOND, met_tags=frozenset({KeyTag.ROLLBACK}))
    assert advised(lacking, session=[SEEN]) == [("lacking", ())]
    assert advised(lacking, session=[SEEN, elsewhere]) == []


def test_what_ends_a_session_comes_last_and_needs_an_answer() -> None:
    items = (item("end", session_end=True), item("low", score_below=70))
    assert advised(*items, session=[SEEN]) == [("low", ("canary",)), ("end", ())]
    assert advised(*items, session=[replace(SEEN, skipped=True)]) == []


def test_a_condition_that_says_nothing_is_refused() -> None:
    with pytest.raises(ValidationError, match="always holds"):
        when(min_count=2)


def test_a_trap_is_named_with_its_question() -> None:
    with pytest.raises(ValidationError, match="question-id/trap-id"):
        when(trap_in=["half"])
