"""The table of agreement, on outcomes made up so that each figure is plain."""

import pytest

from interviewer.domain.grade import Verdict
from interviewer.evaluation.evaluation import evaluate, worst_mistakes
from interviewer.evaluation.outcome import Decision
from interviewer.evaluation.units import Unit
from tests.evaluation.examples import key, outcome

HIT, FALSE, MISS, NEITHER = key(True, True), key(False, True), key(True, False), key(False, False)


def test_a_grader_that_goes_by_tone_is_seen_when_styles_are_taken_alone() -> None:
    tone_only = [
        outcome(*[HIT] * 8, *[FALSE] * 2, style="strong"),
        outcome(*[MISS] * 2, *[NEITHER] * 8, style="wrong"),
    ]
    found = evaluate(tone_only, draws=1)
    assert found.value("kappa") == pytest.approx(0.6)
    assert found.value("kappa_by_style") == pytest.approx(0)


def test_false_credit_looks_at_unmet_keys_of_wrong_answers_only() -> None:
    found = evaluate([outcome(HIT, FALSE, NEITHER, NEITHER, NEITHER, style="wrong"), outcome(FALSE)], draws=1)
    assert found.value("false_credit") == pytest.approx(1 / 4)


@pytest.mark.parametrize(("attack", "counted"), [("a", True), ("b", True), ("c", True), ("e", True), ("h", False)])
def test_worthless_credit_looks_at_attacks_that_claim_nothing(attack: str, counted: bool) -> None:
    found = evaluate([outcome(FALSE, NEITHER, attack=attack)], draws=1)
    assert found.value("worthless_credit") == (0.5 if counted else None)


def test_paraphrase_is_measured_on_its_own() -> None:
    found = evaluate([outcome(HIT, MISS, FALSE, style="paraphrase"), outcome(MISS, MISS)], draws=1)
    assert (found.value("paraphrase_recall"), found.value("paraphrase_precision")) == (0.5, 0.5)


def test_traps_are_not_measured_where_nobody_labelled_them() -> None:
    assert evaluate([outcome(HIT)], draws=1).value("traps_f1") is None
    fallen = Decision(id="half", labelled=True, judged=True)
    assert evaluate([outcome(HIT, traps=(fallen,))], draws=1).value("traps_f1") == 1


def test_order_counts_pairs_of_one_question_that_are_well_apart_and_a_tie_is_not_right() -> None:
    answers = [
        outcome(HIT, id="good", marks=(90, 80)),
        outcome(HIT, id="fair", marks=(60, 40)),
        outcome(HIT, id="poor", marks=(20, 40)),
        outcome(HIT, id="close to good", marks=(85, 10)),
        outcome(HIT, id="of another question", question="drift", marks=(0, 100)),
    ]
    # good-fair, good-poor: right; fair-poor: a tie; close-fair, close-poor: wrong; good-close: not apart enough
    assert evaluate(answers, draws=1).value("order") == pytest.approx(2 / 5)


def test_a_key_that_could_not_be_judged_counts_as_not_ticked() -> None:
    unscored = HIT.model_copy(update={"verdict": Verdict.UNSCORED, "evidence": ()})
    found = evaluate([outcome(HIT, unscored)], draws=1)
    assert (found.unscored, found.value("recall")) == (1, 0.5)


def test_intervals_over_questions_do_not_pretend_that_answers_to_one_question_are_many() -> None:
    alike = [outcome(HIT if i % 2 else MISS, id=str(i)) for i in range(20)]
    over_questions = {each.id: each for each in evaluate(alike, draws=50).measures}["recall"]
    over_answers = {each.id: each for each in evaluate(alike, unit=Unit.ANSWERS, draws=50).measures}["recall"]
    assert (over_questions.low, over_questions.high) == (0.5, 0.5)  # one question: nothing varies
    assert over_answers.low is not None and over_answers.high is not None
    assert over_answers.low < 0.5 < over_answers.high


def test_the_same_outcomes_give_the_same_intervals() -> None:
    answers = [outcome(HIT if i % 3 else MISS, id=str(i), question=str(i)) for i in range(9)]
    assert evaluate(answers, draws=20) == evaluate(answers, draws=20)


def test_calibration_compares_what_the_grader_expects_with_what_is_so() -> None:
    sure = [key(True, True, 0.95)] * 3 + [key(False, True, 0.95)]
    unsure = [key(False, False, 0.65)]  # a probability of 0.35
    low, high = evaluate([outcome(*sure, *unsure)], draws=1).calibration
    assert (low.low, low.keys, low.predicted, low.observed) == pytest.approx((0.3, 1, 0.35, 0))
    assert (high.low, high.keys, high.predicted, high.observed) == pytest.approx((0.9, 4, 0.95, 0.75))


def test_the_worst_mistakes_are_those_the_grader_was_surest_of() -> None:
    answers = [
        outcome(key(False, True, 0.7, id="unsure"), key(True, True, 0.99, id="right"), id="one"),
        outcome(key(True, False, 0.9, id="light"), key(True, False, 0.9, id="heavy", weight=3), id="two"),
    ]
    assert [mistake.key for mistake in worst_mistakes(answers)] == ["heavy", "light", "unsure"]
    assert len(worst_mistakes(answers, at_most=2)) == 2


def test_groups_count_by_style_kind_level_and_topic() -> None:
    found = evaluate([outcome(HIT, FALSE, style="spoken"), outcome(MISS, NEITHER, style="spoken")], draws=1)
    spoken = next(group for group in found.groups if (group.by, group.value) == ("style", "spoken"))
    assert (spoken.answers, spoken.hits, spoken.ticked_only, spoken.labelled_only, spoken.neither) == (
        2,
        1,
        1,
        1,
        1,
    )
    assert {group.by for group in found.groups} == {"style", "kind", "level", "topic"}


def test_nothing_measured_is_all_dashes_and_no_error() -> None:
    assert all(each.value is None for each in evaluate([], draws=3).measures)
