"""How well passages are found, cited and searched at size, beside the obvious baselines, in one run.

    python -m bench.retrieval [--largest 1000000] [--no-docs]

Writes bench/results/retrieval.json and retrieval.md, and puts the tables into docs/retrieval.md.
"""

import argparse
import json
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from bench import _retrieval_card as cards
from bench import _vectors
from interviewer.adapters.faiss_index import FaissIndex
from interviewer.bootstrap import local_grader, sentence_embedder
from interviewer.content.library import Library
from interviewer.domain.grade import Citation
from interviewer.domain.passage import Hit, Passage, PassageKind
from interviewer.ports import GradingTask, PassageIndex, Progress, untold
from interviewer.retrieval.bm25 import Bm25Index
from interviewer.retrieval.citations import CitationFinder
from interviewer.retrieval.fusion import FusedIndex
from interviewer.retrieval.material import SourceMaterial
from interviewer.settings import read_settings
from training.remembering import RememberingEmbedder

DATA = Path(__file__).parent / "data"
RESULTS = Path(__file__).parent / "results"
FUSED = "fused (ours)"
FOUND_AT_MOST = 50
LARGE = (1_000, 10_000, 25_000, 100_000, 1_000_000)
HNSW_AT = 100_000
EXACT_AT_MOST = 100_000

Queries = Sequence[tuple[str, str]]
"""Text, and the id of the question whose passages should be found."""


class TfidfIndex:
    """PassageIndex by plain TF-IDF: the baseline that anybody would try first."""

    def update(self, passages: Sequence[Passage], _progress: Progress = untold) -> None:
        """Count the words of all passages."""
        self._ids = [passage.id for passage in passages]
        self._counter = TfidfVectorizer(stop_words="english")
        self._rows = self._counter.fit_transform(passage.searchable for passage in passages)

    def search(self, query: str, k: int) -> list[Hit]:
        """The `k` passages of highest cosine."""
        scores = (self._rows @ self._counter.transform([query]).T).toarray().ravel()
        best = np.argsort(-scores, kind="stable")[:k]
        return [Hit(passage_id=self._ids[row], score=float(scores[row])) for row in best if scores[row] > 0]


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--largest", type=int, default=LARGE[-1], help="the largest synthetic collection")
    parser.add_argument("--no-docs", action="store_true", help="leave docs/retrieval.md as it is")
    options = parser.parse_args()
    results = measure(options.largest)
    card = cards.card(results)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "retrieval.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    (RESULTS / "retrieval.md").write_text(card, encoding="utf-8")
    if not options.no_docs:
        cards.put_into_document(card)
    print(card)


def measure(largest: int) -> dict[str, Any]:
    """Everything that is measured, as JSON."""
    settings, library = read_settings(), Library()
    embedder = RememberingEmbedder(sentence_embedder(settings), settings.cache_dir / "bench-retrieval")
    dense, lexical = FaissIndex(embedder), Bm25Index()
    ways: dict[str, PassageIndex] = {
        "TF-IDF": FusedIndex([TfidfIndex()]),
        "BM25": FusedIndex([lexical]),
        "MiniLM": FusedIndex([dense]),
        FUSED: FusedIndex([dense, lexical]),
    }
    materials = {name: SourceMaterial(library, index, CitationFinder(embedder)) for name, index in ways.items()}
    for material in materials.values():
        material.prepare()
    embedder.save()
    sets = {
        "reworded questions": _queries("reworded.jsonl", "query"),
        "labelled answers": _queries("labelled-answers.jsonl", "answer"),
    }
    quality = [
        {"queries": queries, "way": name, **_quality(material, sets[queries])}
        for queries in sets
        for name, material in materials.items()
    ]
    results: dict[str, Any] = {
        "quality": quality,
        "latency": _latency(library, [query for query, _ in sets["reworded questions"]]),
        "citations": _citations(library, materials[FUSED]),
    }
    real = _vectors.sources(library, embedder)
    embedder.save()
    results["size"] = [
        row for count in LARGE if count <= largest for row in _vectors.measure(real, count, _kinds(count))
    ]
    return results


def _queries(name: str, field: str) -> Queries:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [(entry[field], entry["question_id"]) for entry in map(json.loads, lines)]


def _quality(material: SourceMaterial, queries: Queries) -> dict[str, float]:
    """Recall and MRR of the right question among all files, and among the files of questions alone."""
    ranks: dict[str, list[float]] = {"": [], "questions_": []}
    for query, wanted in queries:
        found = [result.passage.question_id for result in material.search(query, FOUND_AT_MOST)]
        ranks[""].append(_rank(found, wanted))
        ranks["questions_"].append(_rank([question for question in found if question], wanted))
    return {
        f"{prefix}{name}": figure
        for prefix, ranked in ranks.items()
        for name, figure in (
            ("recall_1", float(np.mean([rank <= 1 for rank in ranked]))),
            ("recall_3", float(np.mean([rank <= 3 for rank in ranked]))),
            ("mrr", float(np.mean([1 / rank for rank in ranked]))),
        )
    }


def _rank(found: Sequence[str | None], wanted: str) -> float:
    return found.index(wanted) + 1 if wanted in found else float("inf")


def _latency(library: Library, queries: Iterable[str]) -> dict[str, float]:
    """Milliseconds for a whole search of the bank: embedding, both indexes, fusion, marking the words."""
    embedder = sentence_embedder(read_settings())
    index = FusedIndex([FaissIndex(embedder, read_settings().cache_dir / "passages"), Bm25Index()])
    material = SourceMaterial(library, index, CitationFinder(embedder))
    started = time.perf_counter()
    material.prepare()
    prepared = time.perf_counter() - started
    times = []
    for query in queries:
        started = time.perf_counter()
        material.search(query)
        times.append(1000 * (time.perf_counter() - started))
    return {
        "prepare_s": prepared,
        "p50_ms": float(np.percentile(times, 50)),
        "p95_ms": float(np.percentile(times, 95)),
    }


def _citations(library: Library, material: SourceMaterial) -> dict[str, float]:
    """Of all keys: which are cited, from where, and whether the local grader credits the cited words."""
    cited: list[tuple[str, str, Citation]] = []
    keys = free = 0
    for question in library.questions.values():
        for key in library.rubric(question.id).keys:
            keys += 1
            best = material.search(key.claim, 1)[0].passage
            free += question.id == best.question_id or (
                best.kind is PassageKind.NOTE and best.topic == question.topic
            )
            cited += [(question.id, key.id, found) for found in material.citations(question.id, key.id)[:1]]
    grader = local_grader(library, read_settings().cache_dir)
    tasks = (GradingTask(library.question(q), library.rubric(q), found.text) for q, _, found in cited)
    credited = [
        bool(grade.key(key) and grade.key(key).verdict.earns)  # type: ignore[union-attr]
        for grade, (_, key, _) in zip(grader.grade_many(tasks), cited, strict=True)
    ]
    passages = [material.passage(found.passage_id) for *_, found in cited]
    return {
        "keys": keys,
        "cited": len(cited) / keys,
        "free_search_own_or_topic": free / keys,
        "from_note": float(np.mean([passage.kind is PassageKind.NOTE for passage in passages])),
        "credited_by_grader": float(np.mean(credited)),
        "words": float(np.median([len(found.text.split()) for *_, found in cited])),
    }


def _kinds(count: int) -> list[str]:
    kinds = ["exact"] if count <= EXACT_AT_MOST else []
    kinds += ["IVF, SQ8"] if count >= HNSW_AT else []
    return kinds + (["HNSW, SQ8"] if count == HNSW_AT else [])


if __name__ == "__main__":
    main()
