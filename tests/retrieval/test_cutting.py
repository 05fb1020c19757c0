"""Text cut into passages."""

from hypothesis import given
from hypothesis import strategies as st

from interviewer.retrieval.cutting import WORDS_AT_LEAST, WORDS_AT_MOST, cut, word_count

SENTENCE = "Every sentence here has exactly eight words inside."


def test_a_short_text_is_one_passage() -> None:
    assert cut("One line.\n\nAnother line.") == ["One line.\n\nAnother line."]


def test_an_empty_text_has_none() -> None:
    assert cut(" \n\n ") == []


def test_long_paragraphs_are_passages_of_their_own() -> None:
    first, second = " ".join([SENTENCE] * 6), " ".join([SENTENCE] * 7)
    assert cut(f"{first}\n\n{second}") == [first, second]


def test_a_paragraph_beyond_the_limit_is_cut_between_sentences() -> None:
    pieces = cut(" ".join([SENTENCE] * 60))
    assert len(pieces) == 3
    assert all(piece.endswith("inside.") and piece.startswith("Every") for piece in pieces)


def test_wrapped_lines_are_joined_and_list_items_are_not() -> None:
    assert cut("A sentence that\ngoes on.\n- first\n  item\n- second") == [
        "A sentence that goes on.\n- first item\n- second"
    ]


def test_a_code_block_stays_whole_with_its_lines() -> None:
    code = "```yaml\n# a comment\nkey: value\n\nother: 1\n```"
    assert code in "\n\n".join(cut(f"{' '.join([SENTENCE] * 6)}\n\n{code}"))


def test_a_short_end_is_not_left_alone() -> None:
    pieces = cut(f"{' '.join([SENTENCE] * 6)}\n\nThe end.")
    assert [word_count(piece) for piece in pieces] == [50]


@given(st.lists(st.text(alphabet="abc .!?\n-*#`1)", max_size=400), max_size=6))
def test_no_word_is_lost_and_no_passage_too_long(parts: list[str]) -> None:
    text = "\n\n".join(parts)
    pieces = cut(text)
    assert " ".join(pieces).split() == text.split()
    assert all(0 < word_count(piece) <= WORDS_AT_MOST for piece in pieces)


def test_a_long_text_has_passages_of_the_stated_size() -> None:
    text = "\n\n".join(" ".join([SENTENCE] * n) for n in (1, 9, 30, 2, 4, 12, 1))
    assert all(WORDS_AT_LEAST <= word_count(piece) <= WORDS_AT_MOST for piece in cut(text))
