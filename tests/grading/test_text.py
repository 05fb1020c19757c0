"""Answers cut into windows: what a piece of evidence can be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.grading.text import normalise, sentences, windows

SPOKEN = (
    "so um we keep the old model around and then uh if the error rate goes up we just flip the alias back and "
    "because the container is still warm it takes like a minute and then we look at what went wrong afterwards"
)


def cut(answer: str) -> list[str]:
    """The sentences of an answer."""
    return [answer[start:end] for start, end in sentences(answer)]


@pytest.mark.parametrize(
    ("answer", "parts"),
    [
        ("One thing. Another thing.", ["One thing.", "Another thing."]),
        ("lower case too. even here.", ["lower case too.", "even here."]),
        ("Really? Yes! Good…  then", ["Really?", "Yes!", "Good…", "then"]),
        ("We use tools, e.g. Airflow, for it.", ["We use tools, e.g. Airflow, for it."]),
        ("It takes 3.5 ms at p99.9 on v1.2.3.", ["It takes 3.5 ms at p99.9 on v1.2.3."]),
        ("First:\n- one item\n- another item", ["First:", "one item", "another item"]),
        ("1) build\n2) test", ["1) build", "2) test"]),
        ('He said "no." Then left.', ['He said "no."', "Then left."]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_an_answer_is_cut_into_its_sentences(answer: str, parts: list[str]) -> None:
    assert [part.strip('"') for part in cut(answer)] == [part.strip('"') for part in parts]


def test_a_sentence_is_also_heard_clause_by_clause() -> None:
    texts = {
        window.text for window in windows("We keep the old version warm, but nobody tests the way back to it.")
    }
    assert {"We keep the old version warm", "but nobody tests the way back to it."} <= texts


def test_speech_without_punctuation_is_cut_into_runs() -> None:
    longest = max(window.words for window in windows(SPOKEN) if (window.start, window.end) != (0, len(SPOKEN)))
    assert len(windows(SPOKEN)) > 3
    assert longest < 40


def test_fragments_that_say_nothing_are_not_windows_unless_they_are_the_whole_answer() -> None:
    assert [window.text for window in windows("DVC.")] == ["DVC."]
    assert "Yes." not in [window.text for window in windows("Yes. We version the data together with the code.")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("it’s “safe” – really", 'it\'s "safe" - really'),
        ("um we uh version the the data", "we version the data"),
        ("behaviour of the neighbour", "behavior of the neighbor"),
        ("two   spaces\tand a tab", "two spaces and a tab"),
        ("non\u00a0breaking\u200bspace", "non breaking space"),
    ],
)
def test_spellings_of_the_same_words_are_one_text(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("aB .,;:!?\n-*()'\"’…🙂é\u202e1%"), max_size=200))
def test_windows_are_stretches_of_the_answer_whatever_it_is(answer: str) -> None:
    for window in windows(answer):
        assert 0 <= window.start < window.end <= len(answer)
        assert answer[window.start : window.end].strip()
        assert normalise(answer[window.start : window.end]) == window.text
