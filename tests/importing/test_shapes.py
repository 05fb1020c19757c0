"""Question lists are found whole and unmixed, however people write them."""

import re

import pytest

from interviewer.importing.convert import parsed
from interviewer.importing.pairing import paired
from interviewer.importing.sources import Format
from tests.importing import shapes

SHAPES = [
    pytest.param(format, text, id=f"{format.name.lower()}: {name}")
    for format, written in (
        (Format.MARKDOWN, shapes.MARKDOWN),
        (Format.TEXT, shapes.TEXT),
        (Format.CSV, shapes.CSV),
        (Format.JSON, shapes.JSON),
        (Format.HTML, shapes.HTML),
    )
    for name, text in written.items()
]


def words(text: str) -> str:
    return " ".join(re.sub(r"[^\w ]+", " ", text).split())


@pytest.mark.parametrize(("format", "text"), SHAPES)
def test_every_pair_is_found_and_nothing_else(format: Format, text: str) -> None:
    document = paired(parsed(format, text.encode()))
    assert [words(pair.question) for pair in document.pairs] == [words(question) for question, _ in shapes.PAIRS]
    for pair, (_, answer) in zip(document.pairs, shapes.PAIRS, strict=True):
        said = words(re.sub(r"```.*?```", "", pair.answer, flags=re.DOTALL).replace("### In short", ""))
        assert said == words(answer)


def test_code_in_an_answer_stays_code() -> None:
    text = shapes.MARKDOWN["headings, code in the answer, a way back"]
    pair = paired(parsed(Format.MARKDOWN, text.encode())).pairs[0]
    assert pair.answer.endswith("```\ncache = {}  # Q: is this a question?\n```")


def test_what_stands_around_a_page_is_no_note() -> None:
    for name in shapes.HTML:
        document = paired(parsed(Format.HTML, shapes.HTML[name].encode()))
        assert document.blocks == (), name


def test_lists_of_questions_give_their_topics() -> None:
    for name in ("lists under topics", "topics with lists"):
        document = parsed(Format.JSON, shapes.JSON[name].encode())
        assert {pair.topic for pair in document.pairs} == {"databases", "systems"}
    assert {pair.topic for pair in parsed(Format.JSON, shapes.JSON["deep"].encode()).pairs} == {""}


def test_an_answer_of_one_letter_is_the_option_that_it_stands_for() -> None:
    text = "Q1. Which one keeps order?\nA) a set\nB) a list\nC) a bag\nAnswer: B\n\n"
    pairs = paired(parsed(Format.TEXT, (text + text.replace("Q1", "Q2")).encode())).pairs
    assert [pair.answer for pair in pairs] == ["a list", "a list"]
    assert "C) a bag" in pairs[0].question


def test_a_list_of_things_in_an_article_is_no_question_list() -> None:
    text = (
        "# Serving\n\nAsk yourself:\n\n- Is it fast?\n- Is it cheap?\n- Is it right?\n\nThen measure. "
        + "More. " * 80
    )
    assert paired(parsed(Format.MARKDOWN, text.encode())).pairs == ()


def test_namespaces_in_prose_are_no_cards() -> None:
    text = "# C++\n\nUse std::vector for lists.\nUse std::map for tables.\nUse std::set.\n" + "Plain prose.\n" * 9
    assert paired(parsed(Format.MARKDOWN, text.encode())).pairs == ()
