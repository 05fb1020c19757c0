"""What every PassageIndex does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.adapters.faiss_index import FaissIndex
from interviewer.adapters.hashing_embedder import HashingEmbedder
from interviewer.domain.passage import Passage, PassageKind
from interviewer.ports import PassageIndex
from interviewer.retrieval.bm25 import Bm25Index
from interviewer.retrieval.fusion import FusedIndex

INDEXES: dict[str, Callable[[Path], PassageIndex]] = {
    "faiss in memory": lambda _: FaissIndex(HashingEmbedder()),
    "faiss in a folder": lambda folder: FaissIndex(HashingEmbedder(), folder),
    "bm25": lambda _: Bm25Index(),
    "fused": lambda folder: FusedIndex([FaissIndex(HashingEmbedder(), folder), Bm25Index()]),
}


@pytest.fixture(params=INDEXES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> PassageIndex:
    return INDEXES[request.param](tmp_path)


def passage(name: str, text: str, context: str = "") -> Passage:
    return Passage(
        id=name, kind=PassageKind.NOTE, title=name, text=text, context=context, source="corpus/notes/x.md"
    )


KSERVE = passage("kserve", "KServe scales model servers on Kubernetes.")
DRIFT = passage("drift", "The population stability index measures drift of a feature.")
BUDGET = passage("budget", "An error budget is the downtime that a target allows.")
ALL = [KSERVE, DRIFT, BUDGET]


def found(index: PassageIndex, query: str, k: int = 3) -> list[str]:
    return [hit.passage_id for hit in index.search(query, k)]


def test_the_passage_that_says_it_comes_first(index: PassageIndex) -> None:
    index.update(ALL)
    assert found(index, "what does kserve do with model servers")[0] == "kserve"
    assert found(index, "population stability index of a feature")[0] == "drift"


def test_scores_fall(index: PassageIndex) -> None:
    index.update(ALL)
    scores = [hit.score for hit in index.search("the error budget of a model server", 3)]
    assert scores == sorted(scores, reverse=True)


def test_at_most_k_are_found_and_no_more_than_there_are(index: PassageIndex) -> None:
    index.update(ALL)
    assert len(found(index, "drift of a feature", 1)) == 1
    assert len(found(index, "drift of a feature on Kubernetes and an error budget", 99)) <= 3


def test_the_context_is_searched_too(index: PassageIndex) -> None:
    index.update([*ALL, passage("answer", "Above a fifth it is time to look.", context="How do you read PSI?")])
    assert found(index, "read PSI")[0] == "answer"


@pytest.mark.parametrize("query", ["", "   ", "???", "🚀", "the of and", "\u202e", "a" * 5_000])
def test_a_query_that_says_nothing_does_no_harm(index: PassageIndex, query: str) -> None:
    index.update(ALL)
    assert set(found(index, query)) <= {"kserve", "drift", "budget"}


def test_an_index_without_passages_finds_nothing(index: PassageIndex) -> None:
    assert found(index, "drift") == []
    index.update([])
    assert found(index, "drift") == []


def test_what_is_gone_is_not_found_and_what_is_new_is(index: PassageIndex) -> None:
    index.update(ALL)
    index.update([KSERVE, passage("canary", "A canary takes a small share of traffic.")])
    assert found(index, "small share of traffic for a canary")[0] == "canary"
    assert set(found(index, "drift of a feature, error budget", 9)) <= {"kserve", "canary"}
    index.update([])
    assert found(index, "canary") == []


def test_an_edited_passage_is_found_by_its_new_words_only(index: PassageIndex) -> None:
    def score(query: str) -> float:
        return next((hit.score for hit in index.search(query, 3) if hit.passage_id == "drift"), 0)

    index.update(ALL)
    before = score("population stability index")
    index.update([KSERVE, BUDGET, passage("drift", "Shadow traffic is mirrored to the challenger.")])
    assert found(index, "mirrored shadow traffic")[0] == "drift"
    assert score("population stability index") < before


def test_the_same_query_gives_the_same_hits(index: PassageIndex) -> None:
    index.update(ALL)
    assert index.search("error budget of a feature", 3) == index.search("error budget of a feature", 3)
