"""Search through the front door: real bank, real model."""

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from interviewer.adapters.hashing_embedder import HashingEmbedder
from interviewer.bootstrap import Product, build
from interviewer.domain.passage import PassageKind
from interviewer.errors import NotFound
from interviewer.ports import Vectors


def test_a_name_is_found_where_it_is_explained(product: Product) -> None:
    found = product.passages.search("How do I read PSI values?", k=3)
    assert found[0].passage.question_id == "rapid-psi"
    assert found[0].passage.topic == "drift"


def test_plain_words_find_what_jargon_says(product: Product) -> None:
    found = product.passages.search(
        "the live service calculates an input otherwise than it was done for learning", k=3
    )
    assert "training-serving-skew" in {result.passage.topic for result in found}


def test_results_say_how_good_they_are_and_which_words_match(product: Product) -> None:
    for result in product.passages.search("KServe autoscaling", k=5):
        assert 0 < result.score <= 1
        words = {result.passage.text[start:end].lower() for start, end in result.matches}
        assert all(word.startswith(("kserve", "autoscal")) for word in words)
    scores = [result.score for result in product.passages.search("KServe autoscaling", k=5)]
    assert scores == sorted(scores, reverse=True)


def test_each_file_is_shown_once(product: Product) -> None:
    sources = [result.passage.source for result in product.passages.search("feature store", k=20)]
    notes_and_questions = [source for source in sources if source != "corpus/coaching.yaml"]
    assert len(notes_and_questions) == len(set(notes_and_questions)) > 3


def test_search_can_keep_to_a_topic(product: Product) -> None:
    found = product.passages.search("how much does it cost", k=5, topic="cost")
    assert found
    assert {result.passage.topic for result in found} == {"cost"}
    assert product.passages.search("anything", topic="no-such-topic") == []
    assert product.passages.search("anything", pack="no-such-pack") == []


def test_advice_is_found_too(product: Product) -> None:
    found = product.passages.search("talk about rollback before the interviewer asks", k=10)
    assert PassageKind.COACHING in {result.passage.kind for result in found}


@pytest.mark.parametrize("query", ["", " ", "\u202e\u0000", "<script>alert(1)</script>", "x" * 200_000, "🚀🚀"])
def test_any_query_is_only_a_query(product: Product, query: str) -> None:
    assert len(product.passages.search(query, k=3)) <= 3


def test_an_unknown_passage_is_named(product: Product) -> None:
    with pytest.raises(NotFound, match="no passage 'note:x'"):
        product.passages.passage("note:x")


def test_several_threads_may_search_at_once(product: Product) -> None:
    expected = [result.passage.id for result in product.passages.search("error budget")]
    results: list[list[str]] = []
    threads = [
        threading.Thread(
            target=lambda: results.append([r.passage.id for r in product.passages.search("error budget")])
        )
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 8


def test_a_packs_question_is_called_by_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "qa.md").write_text("Q: What is letterpress?\nA: Raised type is inked and pressed onto paper.\n")
    made = build(embedder=HashingEmbedder())
    made.packs.import_files([tmp_path / "qa.md"], "press")
    found = made.passages.search("raised type", 1, pack="press")
    assert found[0].passage.title == "What is letterpress?: reference answer"


class HeldEmbedder(HashingEmbedder):
    """Embeds once it is let go."""

    def __init__(self) -> None:
        super().__init__(48)  # a name of its own: nothing of it lies in the cache of other tests
        self.asked, self.let_go = threading.Event(), threading.Event()

    def embed(self, texts: Sequence[str]) -> Vectors:
        if texts:
            self.asked.set()
            assert self.let_go.wait(30)
        return super().embed(texts)


def test_passages_can_be_looked_up_while_new_ones_are_read_for_the_search() -> None:
    embedder = HeldEmbedder()
    material = build(embedder=embedder).passages
    reading = threading.Thread(target=material.prepare)
    reading.start()
    try:
        assert embedder.asked.wait(30)
        assert material.passage("question:rapid-psi").question_id == "rapid-psi"
        assert material.reading is not None
        assert material.reading[0] == 0 < material.reading[1]
    finally:
        embedder.let_go.set()
        reading.join(60)
    assert material.reading is None
