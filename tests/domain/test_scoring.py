"""The score, by sums that a person can check. The three keys weigh 3, 2 and 1."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.domain.grade import EvidenceSpan, KeyVerdict, NumberVerdict, TrapVerdict, Verdict
from interviewer.domain.scoring import coverage, score
from tests.examples import ANY_WORDS, RUBRIC, key, keys, number, trap


@pytest.mark.parametrize(
    ("verdicts", "by_hand"),
    [
        (("met", "met", "met"), 100 * (3 + 2 + 1) / 6),
        (("met", "missed", "missed"), 100 * 3 / 6),
        (("missed", "met", "met"), 100 * (2 + 1) / 6),
        (("partly", "missed", "missed"), 100 * (3 * 0.5) / 6),
        (("met", "partly", "missed"), 100 * (3 + 2 * 0.5) / 6),
        (("missed", "missed", "missed"), 0),
    ],
)
def test_coverage_is_the_weighted_share_of_the_claims_made(verdicts: tuple[str, str, str], by_hand: float) -> None:
    assert coverage(RUBRIC, keys(*verdicts)) == pytest.approx(by_hand)
    assert score(RUBRIC, keys(*verdicts), [], []) == round(by_hand, 1)


def test_a_key_that_could_not_be_judged_is_left_out_of_the_sum() -> None:
    assert score(RUBRIC, keys("unscored", "met", "missed"), [], []) == round(100 * 2 / (2 + 1), 1)


def test_a_key_without_a_verdict_is_left_out_of_the_sum() -> None:
    assert score(RUBRIC, [key("small-share", "met"), key("watch", "missed")], [], []) == 100 * 3 / (3 + 2)


def test_verdicts_on_keys_that_the_rubric_does_not_have_change_nothing() -> None:
    assert score(RUBRIC, [*keys("met", "missed", "missed"), key("invented", "met")], [], []) == 50


@pytest.mark.parametrize("judged", [keys("unscored", "unscored", "unscored"), ()])
def test_there_is_no_score_where_no_key_was_judged(judged: tuple[KeyVerdict, ...]) -> None:
    assert coverage(RUBRIC, judged) is None
    assert score(RUBRIC, judged, [trap()], [number()]) is None


@pytest.mark.parametrize(("fallen_into", "cost"), [(0, 0), (1, 4), (2, 8), (4, 16), (5, 16), (9, 16)])
def test_each_trap_costs_four_marks_and_all_together_sixteen_at_most(fallen_into: int, cost: int) -> None:
    traps = [trap()] * fallen_into + [trap(triggered=False)] * 3
    assert score(RUBRIC, keys("met", "missed", "missed"), traps, []) == 50 - cost


@pytest.mark.parametrize(("given_numbers", "bonus"), [(0, 0), (1, 2), (2, 4), (3, 4), (7, 4)])
def test_each_number_gives_two_marks_and_all_together_four_at_most(given_numbers: int, bonus: int) -> None:
    numbers = [number()] * given_numbers + [number(met=False)] * 3
    assert score(RUBRIC, keys("met", "missed", "missed"), [], numbers) == 50 + bonus


def test_traps_and_numbers_are_set_off_against_each_other() -> None:
    assert score(RUBRIC, keys("met", "missed", "missed"), [trap(), trap()], [number()]) == 50 - 8 + 2


def test_a_score_is_never_below_zero_or_above_a_hundred() -> None:
    assert score(RUBRIC, keys("missed", "missed", "missed"), [trap()] * 3, []) == 0
    assert score(RUBRIC, keys("met", "met", "met"), [], [number()] * 2) == 100


def test_a_score_has_one_decimal() -> None:
    assert score(RUBRIC, keys("missed", "missed", "met"), [], []) == 16.7


WORST_FIRST = ("missed", "partly", "met")


@given(st.tuples(*[st.integers(0, 2)] * 3), st.integers(0, 2), st.integers(0, 6), st.integers(0, 6))
def test_a_better_verdict_never_lowers_the_score(
    marks: tuple[int, int, int], better: int, traps: int, numbers: int
) -> None:
    improved = [min(2, mark + 1) if at == better else mark for at, mark in enumerate(marks)]
    before, after = (
        score(RUBRIC, keys(*(WORST_FIRST[m] for m in some)), [trap()] * traps, [number()] * numbers)
        for some in (marks, improved)
    )
    assert before is not None
    assert after is not None
    assert 0 <= before <= after <= 100


@pytest.mark.parametrize("verdict", [Verdict.MET, Verdict.PARTLY])
def test_no_credit_without_evidence(verdict: Verdict) -> None:
    with pytest.raises(ValueError, match="without evidence"):
        KeyVerdict(id="watch", verdict=verdict, confidence=1)


def test_no_blame_and_no_bonus_without_evidence() -> None:
    with pytest.raises(ValueError, match="without evidence"):
        TrapVerdict(id="half", triggered=True)
    with pytest.raises(ValueError, match="without evidence"):
        NumberVerdict(id="share", met=True)


def test_a_quote_is_as_long_as_its_span() -> None:
    assert EvidenceSpan.of("Send it", 0, 4) == ANY_WORDS[0]
    with pytest.raises(ValueError, match="exactly as long"):
        EvidenceSpan(start=0, end=5, quote="Send")
