"""Statistics of agreement, each against a figure that can be worked out by hand."""

import numpy as np
import pytest

from interviewer.evaluation import agreement

TEXTBOOK = np.array([20.0, 5.0, 10.0, 15.0])  # 35 of 50 agreed; chance (25*30 + 25*20) / 50^2 = 0.5
NOTHING = np.zeros(4)


def test_kappa_is_agreement_beyond_chance() -> None:
    assert agreement.kappa(TEXTBOOK) == pytest.approx((35 / 50 - 0.5) / (1 - 0.5))


def test_precision_recall_and_false_positives_are_shares_of_their_own_rows() -> None:
    assert agreement.precision(TEXTBOOK) == pytest.approx(20 / 25)
    assert agreement.recall(TEXTBOOK) == pytest.approx(20 / 30)
    assert agreement.false_positive_rate(TEXTBOOK) == pytest.approx(5 / 20)
    assert agreement.f1(TEXTBOOK) == pytest.approx(2 * 0.8 * (2 / 3) / (0.8 + 2 / 3))


@pytest.mark.parametrize("measure", [agreement.kappa, agreement.precision, agreement.recall, agreement.f1])
def test_what_nothing_was_counted_for_is_not_defined(measure: object) -> None:
    assert callable(measure)
    assert measure(NOTHING) is None


def test_kappa_is_not_defined_where_both_always_say_the_same_one_thing() -> None:
    assert agreement.kappa(np.array([0.0, 0.0, 0.0, 9.0])) is None


def test_correlation_counts_an_answer_as_often_as_its_weight_says() -> None:
    x, y, ones = np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 9.0]), np.ones(3)
    assert agreement.pearson(x, y, ones) == pytest.approx(np.corrcoef(x, y)[0, 1])
    twice = agreement.pearson(x, y, np.array([2.0, 1.0, 1.0]))
    assert twice == pytest.approx(np.corrcoef([1, 1, 2, 3], [2, 2, 4, 9])[0, 1])


def test_correlation_is_not_defined_where_a_series_does_not_vary() -> None:
    assert agreement.pearson(np.full(3, 50.0), np.array([1.0, 2.0, 3.0]), np.ones(3)) is None


def test_bands_are_twenty_marks_wide_and_a_hundred_lies_in_the_last() -> None:
    marks = np.array([0, 19.9, 20, 79.9, 80, 100])
    assert agreement.band(marks).tolist() == [0, 0, 1, 3, 4, 4]


def test_weighted_kappa_forgives_the_next_band_more_than_the_farthest() -> None:
    marks, ones = np.array([10.0, 30.0, 50.0, 70.0, 90.0]), np.ones(5)
    near = agreement.quadratic_kappa(np.array([30.0, 30.0, 50.0, 70.0, 90.0]), marks, ones)
    far = agreement.quadratic_kappa(np.array([90.0, 30.0, 50.0, 70.0, 90.0]), marks, ones)
    assert agreement.quadratic_kappa(marks, marks, ones) == pytest.approx(1)
    assert near is not None and far is not None and 1 > near > far
