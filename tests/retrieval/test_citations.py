"""Which words of the material state a key's claim."""

from pathlib import Path

import pytest

from interviewer.bootstrap import Product
from interviewer.domain.passage import Passage, PassageKind
from interviewer.domain.rubric import Key, NamesRule, Rubric
from interviewer.errors import NotFound
from interviewer.ports import Embedder
from interviewer.retrieval.citations import CitationFinder, statements

KNOWN = {
    ("rapid-psi", "alarm-band"): "0.2",
    ("rapid-psi", "distribution-change"): "distribution",
    ("rapid-data-vs-concept-drift", "concept-drift-pyx"): "P(Y|X)",
    ("rapid-dynamic-batching", "collects-requests"): "one batch",
    ("rapid-training-serving-skew", "silent-loss"): "no error is raised",
}


@pytest.mark.parametrize("key", KNOWN, ids="/".join)
def test_the_cited_words_state_the_claim_and_stand_in_the_passage(product: Product, key: tuple[str, str]) -> None:
    first, *_ = product.passages.citations(*key)
    assert KNOWN[key] in first.text
    assert first.text in product.passages.passage(first.passage_id).text
    assert 0.6 <= first.score <= 1


def test_what_is_cited_belongs_to_the_question_or_its_topic(product: Product) -> None:
    question = product.library.question("rapid-dynamic-batching")
    for key in product.library.rubric(question.id).keys:
        for citation in product.passages.citations(question.id, key.id):
            passage = product.passages.passage(citation.passage_id)
            assert question.id == passage.question_id or question.topic == passage.topic


def test_missed_keys_lead_to_study_notes(product: Product) -> None:
    keys = [key.id for key in product.library.rubric("rapid-dynamic-batching").keys]
    reading = product.passages.read_next("rapid-dynamic-batching", keys)
    assert {passage.kind for passage in reading} == {PassageKind.NOTE}
    assert len({passage.id for passage in reading}) == len(reading) <= 3
    assert product.passages.read_next("rapid-dynamic-batching", []) == []


def test_a_grader_is_given_the_passages_that_make_the_most_claims(product: Product) -> None:
    references = product.passages.references("rapid-dynamic-batching", k=2)
    assert 1 <= len(references) <= 2
    assert any("batch" in passage.text for passage in references)


def test_an_unknown_question_is_named_and_an_unknown_key_has_no_citation(product: Product) -> None:
    with pytest.raises(NotFound, match="rapid-psi"):
        product.passages.citations("rapid-pis", "x")
    assert tuple(product.passages.citations("rapid-psi", "no-such-key")) == ()


def note(text: str, section: str = "what-it-is") -> Passage:
    return Passage(
        id=f"note:topic#{section}", kind=PassageKind.NOTE, title="t", text=text, source="corpus/notes/topic.md"
    )


def answer(text: str) -> Passage:
    return Passage(
        id="reference-answer:q",
        kind=PassageKind.REFERENCE,
        title="t",
        text=text,
        source="corpus/questions/q.md",
    )


CLAIM = "A canary sends a small share of traffic to the new version first."
RUBRIC = Rubric(
    question="q",
    keys=(
        Key(
            id="canary",
            claim=CLAIM,
            phrasings=("At first only a few users get the new model.",),
            near_misses=("A canary sends all traffic to the new version at once.",),
        ),
    ),
)


@pytest.fixture(scope="module")
def finder(embedder: Embedder) -> CitationFinder:
    return CitationFinder(embedder)


def cited(finder: CitationFinder, *passages: Passage, rubric: Rubric = RUBRIC) -> list[str]:
    found = finder.find(rubric, passages)
    return [citation.text for citations in found.values() for citation in citations]


def test_a_note_that_states_the_claim_goes_before_the_answer(finder: CitationFinder) -> None:
    both = [answer("I would start with a canary. " + CLAIM), note("Blue-green differs. " + CLAIM)]
    assert cited(finder, *both) == [CLAIM, CLAIM]
    assert finder.find(RUBRIC, both)["canary"][0].passage_id.startswith("note:")


def test_a_note_that_only_touches_the_claim_does_not(finder: CitationFinder) -> None:
    loose = note("Traffic can be split between versions in several ways, and a mesh helps with it.")
    assert cited(finder, answer(CLAIM), loose)[0] == CLAIM


def test_nothing_is_cited_where_nothing_states_the_claim(finder: CitationFinder) -> None:
    assert cited(finder, answer("We order pizza on Fridays. Nobody knows why we do that.")) == []
    assert cited(finder) == []


def test_a_section_that_only_asks_is_not_cited(finder: CitationFinder) -> None:
    assert cited(finder, note(CLAIM, "what-interviewers-probe")) == []
    assert cited(finder, note(CLAIM, "how-it-fails")) == []


def test_the_opposite_of_the_claim_is_not_cited_when_the_claim_stands_there(finder: CitationFinder) -> None:
    text = f"A canary sends all of the traffic to the new version at once, some believe. {CLAIM}"
    assert cited(finder, answer(text)) == [CLAIM]


def test_a_claim_about_names_is_cited_where_they_are_named(finder: CitationFinder) -> None:
    rubric = Rubric(
        question="q",
        keys=(
            Key(
                id="tools",
                claim="Two orchestration tools are named.",
                phrasings=("We looked at Airflow and Prefect for orchestration.",),
                names=NamesRule(at_least=2, of=("Airflow", "Prefect", "Dagster"), enough=True),
            ),
        ),
    )
    named = "For orchestration there are Dagster and Prefect."
    found = cited(finder, answer(f"Orchestration tools are many. {named} They differ."), rubric=rubric)
    assert named in found[0]


def test_what_was_found_is_kept_and_a_damaged_file_costs_only_time(embedder: Embedder, tmp_path: Path) -> None:
    passages = [answer(CLAIM)]
    fresh = CitationFinder(embedder, tmp_path).find(RUBRIC, passages)
    (kept,) = tmp_path.iterdir()
    assert CitationFinder(embedder, tmp_path).find(RUBRIC, passages) == fresh
    for damage in ("", "[1]", '{"canary": [["no such passage", 0, 5, 1]]}', '{"canary": 7}'):
        kept.write_text(damage)
        assert CitationFinder(embedder, tmp_path).find(RUBRIC, passages) == fresh


def test_an_edited_passage_is_searched_again(embedder: Embedder, tmp_path: Path) -> None:
    finder = CitationFinder(embedder, tmp_path)
    finder.find(RUBRIC, [answer(CLAIM)])
    edited = "So a canary first of all sends a small share of the traffic to the new version."
    assert cited(finder, answer(edited)) == [edited]


def test_statements_are_cut_from_any_text_without_leaving_it() -> None:
    for text in (
        "```\ncode: 1\n```",
        "🚀 " * 50,
        "a. b. c.",
        "\u202eright to left words here. And more of it now.",
    ):
        for statement in statements([answer(text)]):
            assert statement.text == text[statement.start : statement.end]
