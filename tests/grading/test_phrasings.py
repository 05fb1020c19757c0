"""The exemplars of a key differ truly: no two are variants of each other."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest

from interviewer.adapters.minilm import OnnxEncoder, minilm
from interviewer.domain.rubric import Key
from interviewer.grading.text import words
from tests.grading.conftest import LIBRARY

COSINE_BELOW = 0.95
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


def test_no_two_phrasings_of_a_key_share_five_words_in_a_row() -> None:
    shared = [
        (name, one, other)
        for name, key in keys()
        for one, other in combinations(key.phrasings, 2)
        if runs(one) & runs(other)
    ]
    assert shared == []


def test_no_two_phrasings_of_a_key_mean_nearly_the_same_to_the_published_model(published: OnnxEncoder) -> None:
    vectors = iter(published.embed([text for _, key in keys() for text in key.phrasings]))
    found = []
    for name, key in keys():
        own = np.stack([next(vectors) for _ in key.phrasings])
        close = np.argwhere(np.triu(own @ own.T, k=1) >= COSINE_BELOW)
        found += [(name, key.phrasings[i], key.phrasings[j]) for i, j in close]
    assert found == []


def test_no_near_miss_is_also_a_phrasing() -> None:
    both = [(name, text) for name, key in keys() for text in set(key.phrasings) & set(key.near_misses)]
    assert both == []
