"""Questions and answers found in prose."""

from interviewer.importing.convert import parsed
from interviewer.importing.document import Document
from interviewer.importing.pairing import paired
from interviewer.importing.sources import Format


def found(text: str) -> Document:
    return paired(parsed(Format.MARKDOWN, text.encode()))


def pairs(text: str) -> list[tuple[str, str]]:
    return [(pair.question, pair.answer) for pair in found(text).pairs]


def test_marks_of_question_and_answer() -> None:
    text = "Q: What is DVC?\nA: Data version control.\n\nIt is used with git.\n\n"
    text += "Question 2. Why?\nAnswer. Large files."
    assert pairs(text) == [
        ("What is DVC?", "Data version control.\n\nIt is used with git."),
        ("Why?", "Large files."),
    ]


def test_headings_that_ask() -> None:
    text = "# FAQ\n\n## 1. What is A?\nIt is one.\n\n- first\n- second\n\n"
    text += "## 2. What is B?\nTwo.\n\n## 3. What is C?\nThree."
    assert pairs(text) == [
        ("What is A?", "It is one.\n\n- first\n- second"),
        ("What is B?", "Two."),
        ("What is C?", "Three."),
    ]


def test_numbered_items_and_bold_lines_that_ask() -> None:
    text = "".join(f"{n}. **What is number {n}?**\n\n   It is {n}.\n\n" for n in range(1, 5))
    assert pairs(text) == [(f"What is number {n}?", f"It is {n}.") for n in range(1, 5)]


def test_a_heading_above_the_questions_is_their_topic() -> None:
    text = "# All\n\n## Drift\n\n### What is A?\nOne.\n\n### What is B?\nTwo.\n\n## Cost\n\n### What is C?\nThree."
    assert [pair.topic for pair in found(text).pairs] == ["Drift", "Drift", "Cost"]


def test_a_heading_below_the_question_belongs_to_the_answer() -> None:
    text = "".join(f"# What is {n}?\nFirst.\n\n## More\nSecond.\n\n" for n in range(3))
    assert pairs(text)[0][1] == "First.\n\n### More\n\nSecond."


def test_a_table_of_questions() -> None:
    assert pairs("Intro.\n\n| Question | Answer |\n|---|---|\n| What is A? | One. |\n") == [("What is A?", "One.")]


def test_fifty_pairs_are_fifty_questions() -> None:
    text = "".join(f"**Q{n}: What does part {n} do?**\n\nA: It does thing {n}.\n\n" for n in range(50))
    assert len(pairs(text)) == 50


def test_an_article_with_a_question_in_it_is_no_list() -> None:
    text = "# Serving\n\nWhy batch at all?\n\nBecause the GPU is idle otherwise. " + "It goes on at length. " * 30
    assert pairs(text) == []
    assert len(found(text).blocks) == 3


def test_what_is_not_part_of_a_pair_stays() -> None:
    text = "Some words at the start.\n\nQ: What?\nA: That."
    assert [block.text for block in found(text).blocks] == ["Some words at the start."]


def test_questions_without_answers_are_no_pairs() -> None:
    assert pairs("- What is A?\n- What is B?\n- What is C?\n- What is D?\n") == []
