"""Excerpts are shown without the signs of Markdown, and nothing that a reader would see is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.retrieval.reading import as_read, cited

NOTE = """\
### Roll *back*

Keep the **last good** version, say `model:41`, and
the [switch](https://host.example/x) to it.

- Weights
  and code
- Steps:
  1. stop
  2. switch

| what | how long |
|---|---|
| switch | 1 s |

```
switch --to 41
  now
```
"""
READ = """\
Roll back

Keep the last good version, say model:41, and the switch to it.

• Weights and code
• Steps:
1. stop
2. switch
what | how long
switch | 1 s

switch --to 41
  now"""


def test_the_signs_of_markdown_go_and_the_words_stay_in_their_lines() -> None:
    assert as_read(NOTE) == READ


def test_a_passage_cut_out_of_a_block_of_code_keeps_its_code_and_its_prose_apart() -> None:
    assert as_read("  stop **now**\n```\nThen the *check*:\n\n```python\ncheck(**all)") == (
        "  stop **now**\n\nThen the check:\n\ncheck(**all)"
    )


@pytest.mark.parametrize(
    "text",
    ["2 * 3 * 4", "snake_case_name", "<script>alert(1)</script>", "P(Y|X)", "{{ 7 * 7 }}", "f(*args, **options)"],
)
def test_what_only_looks_like_markdown_stays_as_it_is_written(text: str) -> None:
    assert as_read(text) == text


def test_a_picture_and_a_link_are_read_as_their_words() -> None:
    assert as_read("![a chart](//evil.example/x) and [more](javascript:alert(1))") == (
        "a chart and [more](javascript:alert(1))"
    )


def test_a_text_made_to_keep_a_parser_busy_is_left_as_it_is() -> None:
    hostile = "![" * 500_000
    assert as_read(hostile) == hostile


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("Evaluation.** The new model is scored.", "Evaluation. The new model is scored."),
        ("It is scored on **the same", "It is scored on the same"),
        ("Run `dvc push", "Run dvc push"),
        ("Then check:\n\n- that `types` agree;", "Then check: that types agree;"),
        ("6. End **bad** runs early.", "End bad runs early."),
        ("Little work is lost.\n3.", "Little work is lost."),
        ("2 ** 8 is 256", "2 ** 8 is 256"),
    ],
)
def test_a_statement_cut_out_of_its_paragraph_reads_as_a_sentence(statement: str, words: str) -> None:
    assert cited(statement) == words


@given(st.text(alphabet="ab *_#-+>()!\\\n\t1.", max_size=100))
def test_no_letter_is_lost_whatever_the_signs_around_it(text: str) -> None:
    letters = [letter for letter in text if letter in "ab"]
    assert [letter for letter in as_read(text) if letter in "ab"] == letters
    assert [letter for letter in cited(text) if letter in "ab"] == letters
    assert "\n" not in cited(text)
