"""What contradicts a true statement, and what only puts it in other words."""

import pytest

from interviewer.grading.opposition import contradicts

MEANS = "The median is robust against outliers, the mean is not."


@pytest.mark.parametrize(
    ("true", "said"),
    [
        ("Changes are logged before the pages are written.", "Changes are logged after the pages are written."),
        ("The key spreads load evenly.", "The key spreads load unevenly."),
        ("A lookup of a key is cheap.", "A lookup of a key is not cheap."),
        ("Failed messages are never lost.", "Failed messages are lost."),
        ("A store cannot guarantee both at once.", "A store can guarantee both at once."),
        ("The pod keeps its address without a restart.", "The pod keeps its address with a restart."),
        ("Heat moves from the cold side to the warm side.", "Heat moves from the warm side to the cold side."),
        ("Listen to the buyer before you propose a price.", "Propose a price before you listen to the buyer."),
        ("A thread is cheaper than a process.", "A process is cheaper than a thread."),
        ("Antibiotics are given within one hour.", "Antibiotics are given within two days."),
        (MEANS, "The mean is robust against outliers, the median is not."),
    ],
)  # fmt: skip
def test_the_opposite_of_a_true_statement_contradicts_it(true: str, said: str) -> None:
    assert contradicts(said, [true])
    assert not contradicts(true, [true])


@pytest.mark.parametrize(
    ("true", "said"),
    [
        ("A lookup of a key is cheap.", "A lookup of a key is not expensive."),
        ("A thread is cheaper than a process.", "A process is more expensive than a thread."),
        ("Antibiotics are given within one hour.", "Antibiotics are given within 60 minutes."),
        ("The wing stalls at a critical angle.", "Boiling water makes the tea bitter after three minutes."),
        ("Threads share memory.", "Separate processes do not."),
        (MEANS, "The mean is not robust against outliers."),
        (MEANS, "One wild value pulls the average along, the middle one stays where it is."),
    ],
)
def test_the_same_in_other_words_contradicts_nothing(true: str, said: str) -> None:
    assert not contradicts(said, [true])


def test_what_is_true_of_another_thing_is_no_contradiction() -> None:
    truths = ["TCP guarantees the order of packets.", "UDP does not guarantee the order of packets."]
    assert not any(contradicts(true, truths) for true in truths)
    assert contradicts("UDP guarantees the order of packets.", truths)


def test_without_truths_nothing_is_contradicted() -> None:
    assert not contradicts("The median is not robust.", [])
