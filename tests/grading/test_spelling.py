"""British and American spelling earn the same marks."""

import pytest

from interviewer.grading.spelling import american


@pytest.mark.parametrize(
    ("british", "expected"),
    [
        ("we containerise and optimise it", "we containerize and optimize it"),
        ("serialisation, serialised, serialises", "serialization, serialized, serializes"),
        ("a catalogue of artefacts in the centre", "a catalog of artifacts in the center"),
        ("labelled behaviours", "labeled behaviors"),
        ("parameterised, vectorised and summarised", "parameterized, vectorized and summarized"),
        ("analysing it, we analyse", "analyzing it, we analyze"),
    ],
)
def test_british_words_become_american(british: str, expected: str) -> None:
    assert american(british) == expected


@pytest.mark.parametrize(
    "text",
    ["a precise promise", "otherwise we revise the exercise", "noise and surprise", "supervised enterprise"],
)
def test_words_that_only_look_british_stay(text: str) -> None:
    assert american(text) == text
