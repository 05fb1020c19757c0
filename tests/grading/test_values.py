"""Values in text: digits or words, with their units."""

import pytest

from interviewer.domain.rubric import Unit, ValueRange
from interviewer.grading.values import matching, values


def said(text: str) -> list[tuple[float, float, Unit | None]]:
    """The values of a text without their places."""
    return [(value.low, value.high, value.unit) for value in values(text)]


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("5 ms", 5, Unit.MILLISECONDS),
        ("5ms", 5, Unit.MILLISECONDS),
        ("five milliseconds", 5, Unit.MILLISECONDS),
        ("half a second", 500, Unit.MILLISECONDS),
        ("twenty-five millis", 25, Unit.MILLISECONDS),
        ("one point five seconds", 1.5, Unit.SECONDS),
        ("a hundred and twenty minutes", 120, Unit.MINUTES),
        ("2 hrs", 2, Unit.HOURS),
        ("a fortnight", 2, Unit.WEEKS),
        ("99.9%", 99.9, Unit.PERCENT),
        ("ninety nine point nine percent", 99.9, Unit.PERCENT),
        ("half a percent", 0.5, Unit.PERCENT),
        ("three in ten", 30, Unit.PERCENT),
        ("every tenth user", 10, Unit.PERCENT),
        ("$35K", 35_000, Unit.US_DOLLARS),
        ("35,000 dollars", 35_000, Unit.US_DOLLARS),
        ("thirty five thousand bucks", 35_000, Unit.US_DOLLARS),
        ("90 cents", 0.9, Unit.US_DOLLARS),
        ("10x", 10, Unit.FACTOR),
        ("ten times", 10, Unit.FACTOR),
        ("twice", 2, Unit.FACTOR),
        ("a factor of 4", 4, Unit.FACTOR),
        ("two sigma", 2, Unit.STANDARD_DEVIATIONS),
        ("2 standard deviations", 2, Unit.STANDARD_DEVIATIONS),
        ("300 requests per second", 300, Unit.REQUESTS_PER_SECOND),
        ("80 GB", 80, Unit.GIGABYTES),
        ("0.25", 0.25, None),
        ("point two five", 0.25, None),
        (".2", 0.2, None),
        ("1,200", 1200, None),
        ("sixteen", 16, None),
    ],
)
def test_a_value_is_read_with_its_unit(text: str, number: float, unit: Unit | None) -> None:
    ((low, high, found),) = said(text)
    assert (low, high) == pytest.approx((number, number))
    assert found is unit


def test_both_ends_of_a_range_have_the_unit_that_follows() -> None:
    assert said("5 to 10 ms") == [(5, 5, Unit.MILLISECONDS), (10, 10, Unit.MILLISECONDS)]
    assert said("$50 to 60") == [(50, 50, Unit.US_DOLLARS), (60, 60, Unit.US_DOLLARS)]
    assert said("between five and ten percent") == [(5, 5, Unit.PERCENT), (10, 10, Unit.PERCENT)]


def test_a_rough_value_is_an_interval() -> None:
    assert said("single-digit milliseconds") == [(1, 9, Unit.MILLISECONDS)]
    assert said("a few minutes") == [(2, 5, Unit.MINUTES)]


@pytest.mark.parametrize("text", ["p99", "v2 of the p95 report", "the new one", "resnet50", "someone", "A100"])
def test_names_and_percentiles_are_no_values(text: str) -> None:
    assert said(text) == []


def test_a_split_names_two_shares() -> None:
    assert said("a 90/10 split") == [(90, 90, Unit.PERCENT), (10, 10, Unit.PERCENT)]


@pytest.mark.parametrize(
    ("text", "wanted", "fits"),
    [
        ("0.005 s", ValueRange(max=10, unit=Unit.MILLISECONDS), True),
        ("two minutes", ValueRange(min=100, max=130, unit=Unit.SECONDS), True),
        ("200 ms", ValueRange(max=10, unit=Unit.MILLISECONDS), False),
        ("5 percent", ValueRange(min=0.01, max=0.1, unit=Unit.NUMBER), False),
        ("0.2", ValueRange(min=0.1, max=0.25, unit=Unit.NUMBER), True),
        ("5 percent", ValueRange(min=1, max=10, unit=Unit.MILLISECONDS), False),
        ("single-digit millis", ValueRange(min=0.1, max=10, unit=Unit.MILLISECONDS), True),
        ("10 ms", ValueRange(max=10, unit=Unit.MILLISECONDS), True),
    ],
)
def test_units_of_a_family_are_converted_and_others_never_match(text: str, wanted: ValueRange, fits: bool) -> None:
    assert bool(list(matching(text, [wanted]))) is fits


def test_a_value_says_where_it_stands() -> None:
    text = "reads take five milliseconds at most"
    (value,) = values(text)
    assert text[value.start : value.end] == "five milliseconds"
