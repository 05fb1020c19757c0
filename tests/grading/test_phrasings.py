"""The exemplars of a key differ truly: no two are variants of each other."""

from collections.abc import Iterator
from itertools import combinations

import pytest

from interviewer.adapters.minilm import OnnxEncoder, minilm
from interviewer.domain.rubric import Key
from interviewer.grading.text import words
from tests.grading.conftest import LIBRARY

COSINE_BELOW = 0.95
SHARED_AT_LEAST = 0.2
"""Pairs that share fewer of their words were all measured once and reached 0.88 at most; leaving them out saves
the suite half a minute."""
RUN = 5


@pytest.fixture(scope="module")
def published() -> OnnxEncoder:
    """The published all-MiniLM-L6-v2."""
    return minilm()


def keys() -> Iterator[tuple[str, Key]]:
    """Every key of the bank, with its full name."""
    for id in LIBRARY.questions:
        for key in LIBRARY.rubric(id).keys:
            yield f"{id}/{key.id}", key


def runs(text: str) -> set[tuple[str, ...]]:
    """All runs of five words."""
    said = words(text)
    return {said[at : at + RUN] for at in range(len(said) - RUN + 1)}


def overlap(one: str, other: str) -> float:
    """Words that both have, as a share of the words that either has."""
    ours, theirs = set(words(one)), set(words(other))
    return len(ours & theirs) / len(ours | theirs)


def test_no_two_phrasings_of_a_key_share_five_words_in_a_row() -> None:
    shared = [
        (name, one, other)
        for name, key in keys()
        for one, other in combinations(key.phrasings, 2)
        if runs(one) & runs(other)
    ]
    assert shared == []


def test_no_two_phrasings_of_a_key_mean_nearly_the_same_to_the_published_model(published: OnnxEncoder) -> None:
    pairs = [
        (name, one, other)
        for name, key in keys()
        for one, other in combinations(key.phrasings, 2)
        if overlap(one, other) >= SHARED_AT_LEAST
    ]
    cosines = (published.embed([one for _, one, _ in pairs]) * published.embed([two for _, _, two in pairs])).sum(
        1
    )
    assert [pair for pair, cosine in zip(pairs, cosines, strict=True) if cosine >= COSINE_BELOW] == []


def test_no_near_miss_is_also_a_phrasing() -> None:
    both = [(name, text) for name, key in keys() for text in set(key.phrasings) & set(key.near_misses)]
    assert both == []
