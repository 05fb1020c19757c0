"""Draft questions made of prose, rule by rule."""

import pytest

from interviewer.importing.convert import parsed
from interviewer.importing.drafting import Draft, RuleDrafter, sections
from interviewer.importing.sources import Format


def drafts(text: str) -> list[Draft]:
    blocks = parsed(Format.MARKDOWN, text.encode()).blocks
    return [draft for section in sections(blocks) for draft in RuleDrafter().draft(section)]


LONG = "The pods are moved one by one, so that capacity is kept. " * 5


def test_a_heading_that_asks_is_asked() -> None:
    (draft,) = drafts("## Why measure recall?\n\nAn approximate search may miss neighbours. Recall says how many.")
    assert draft.prompt == "Why measure recall?"
    assert draft.claims[0].text == "An approximate search may miss neighbours."


@pytest.mark.parametrize(
    ("sentence", "prompt"),
    [
        ("A vector database is a system that stores embeddings.", "What is a vector database?"),
        ("Feature stores are systems that hand out features.", "What are Feature stores?"),
        ("KServe (formerly KFServing) is a model server for Kubernetes.", "What is KServe?"),
        ("The error budget means the downtime that a target allows.", "What is the error budget?"),
        ("DVC stands for data version control and works with git.", "What is DVC?"),
    ],
)
def test_a_definition_asks_what_it_defines(sentence: str, prompt: str) -> None:
    (draft,) = drafts(f"## Basics\n\n{sentence} More is said about it here.")
    assert draft.prompt == prompt
    assert draft.claims[0].text.startswith(sentence[:20])
    assert draft.claims[0].weight == 3


@pytest.mark.parametrize(
    "sentence",
    ["This is a thing that matters here.", "There are three reasons for this.", "It is one of many tools."],
)
def test_a_pronoun_is_not_defined(sentence: str) -> None:
    assert drafts(f"## Introduction\n\n{sentence}") == []


def test_a_list_asks_for_its_points_and_each_item_is_a_claim() -> None:
    (draft,) = drafts(
        "## 2.1 Kinds of index\n\nThree are common.\n\n- HNSW walks a graph and needs much memory\n"
        "- IVF searches some of the lists\n- Flat compares all vectors\n"
    )
    assert draft.prompt == "What belongs to “Kinds of index”? Explain each point."
    assert [claim.text for claim in draft.claims] == [
        "HNSW walks a graph and needs much memory",
        "IVF searches some of the lists",
        "Flat compares all vectors",
    ]


def test_a_glossary_asks_for_each_term() -> None:
    found = drafts(
        "## Glossary\n\n- **PSI**: how far one distribution has moved from another\n- too short: x\n"
        "- KS test - compares two distributions of a number\n"
    )
    assert [draft.prompt for draft in found] == ["What is PSI?", "What is KS test?"]
    assert found[0].reference_answer == "how far one distribution has moved from another"


def test_any_other_long_section_is_to_be_explained() -> None:
    (draft,) = drafts(f"## Rolling updates\n\n{LONG}")
    assert draft.prompt == "What can you tell me about “Rolling updates”?"


def test_a_short_heading_is_asked_about_with_the_one_above_it() -> None:
    (draft,) = drafts(f"# Handbook\n\n## 3. Vector indexes\n\n### Costs\n\n{LONG}")
    assert draft.prompt == "What can you tell me about “Costs” (Vector indexes)?"


@pytest.mark.parametrize("heading", ["References", "Table of contents", "Conclusion", "1. Introduction", ""])
def test_a_heading_that_says_nothing_asks_nothing(heading: str) -> None:
    assert drafts(f"## {heading}\n\n{LONG}" if heading else LONG) == []


def test_contents_and_references_are_not_even_read() -> None:
    blocks = parsed(Format.MARKDOWN, f"# A\n\nText.\n\n# References\n\n{LONG}".encode()).blocks
    assert [section.heading for section in sections(blocks)] == ["A"]


def test_code_makes_no_claim() -> None:
    (draft,) = drafts(
        "## Why so?\n\nA gate stops the pipeline on bad data.\n\n```\nraise SystemExit(1) # and more\n```\n"
    )
    assert [claim.text for claim in draft.claims] == ["A gate stops the pipeline on bad data."]


def test_a_very_long_section_asks_for_its_beginning() -> None:
    (draft,) = drafts("## Rolling updates\n\n" + f"{LONG}\n\n" * 30)
    assert len(draft.reference_answer.split()) <= 400


def test_the_same_text_gives_the_same_drafts() -> None:
    assert drafts(f"## Rolling updates\n\n{LONG}") == drafts(f"## Rolling updates\n\n{LONG}")
