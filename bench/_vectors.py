"""Large collections of vectors that behave like embedded text, and how fast and how well they are searched.

Each synthetic vector mixes two real ones (claims and phrasings of the bank) at random and adds noise; queries mix
vectors of questions that the collection has not seen. Independent random vectors would have no neighbours worth
finding, and copies of real ones would be too easy.
"""

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from interviewer.adapters import faiss_vectors
from interviewer.content.library import Library
from interviewer.ports import Embedder, Vectors

NOISE = 0.3
CHUNK = 50_000
QUERIES = 300
NEIGHBOURS = 10
HELD_OUT_EVERY = 5


def sources(library: Library, embedder: Embedder) -> tuple[Vectors, Vectors]:
    """Real vectors: of four questions in five for the collection, of the fifth for the queries."""
    texts: tuple[list[str], list[str]] = [], []
    for number, question in enumerate(library.questions):
        for key in library.rubric(question).keys:
            texts[number % HELD_OUT_EVERY == 0].extend((key.claim, *key.phrasings))
    return embedder.embed(texts[0]), embedder.embed(texts[1])


def mixed(real: Vectors, count: int, seed: int) -> Vectors:
    """`count` unit vectors made from real ones."""
    rng = np.random.default_rng(seed)
    vectors = np.empty((count, real.shape[1]), dtype=np.float32)
    for start in range(0, count, CHUNK):
        part = vectors[start : start + CHUNK]
        share = rng.uniform(0.2, 0.8, (len(part), 1)).astype(np.float32)
        part[:] = rng.standard_normal(part.shape, dtype=np.float32) * np.float32(NOISE / real.shape[1] ** 0.5)
        part += share * real[rng.integers(len(real), size=len(part))]
        part += (1 - share) * real[rng.integers(len(real), size=len(part))]
        faiss.normalize_L2(part)
    return vectors


def measure(real: tuple[Vectors, Vectors], count: int, kinds: Sequence[str]) -> list[dict[str, Any]]:
    """Build time, size, recall of the exact ten nearest, and latency of one query at a time, for each kind."""
    vectors, queries = mixed(real[0], count, seed=1), mixed(real[1], QUERIES, seed=2)
    keys = np.arange(count, dtype=np.int64)
    _, exact = faiss.knn(queries, vectors, NEIGHBOURS, metric=faiss.METRIC_INNER_PRODUCT)
    rows = []
    for kind in kinds:
        started = time.perf_counter()
        index = BUILDERS[kind](keys, vectors)
        built = time.perf_counter() - started
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "index"
            faiss_vectors.write(index, path)
            size = path.stat().st_size
            del index
            mapped = faiss_vectors.read(path)
            rows.append({"passages": count, "index": kind, "build_s": built, "bytes": size})
            rows[-1] |= _searched(mapped, queries, exact)
            del mapped
    return rows


def _searched(index: faiss.Index, queries: Vectors, exact: Vectors) -> dict[str, float]:
    times, hits = [], 0
    for query in queries[:20]:
        faiss_vectors.search(index, query, NEIGHBOURS)
    for query, wanted in zip(queries, exact, strict=True):
        started = time.perf_counter()
        found = faiss_vectors.search(index, query, NEIGHBOURS)
        times.append(1000 * (time.perf_counter() - started))
        hits += len(set(wanted.tolist()) & {key for key, _ in found})
    return {
        "recall": hits / exact.size,
        "p50_ms": float(np.percentile(times, 50)),
        "p95_ms": float(np.percentile(times, 95)),
    }


def _exact(keys: faiss_vectors.Keys, vectors: Vectors) -> faiss.Index:
    index = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
    index.add_with_ids(vectors, keys)
    return index


def _hnsw(keys: faiss_vectors.Keys, vectors: Vectors) -> faiss.Index:
    graph = faiss.index_factory(vectors.shape[1], "HNSW32,SQ8", faiss.METRIC_INNER_PRODUCT)
    graph.hnsw.efSearch = 128  # type: ignore[attr-defined]
    graph.train(vectors)
    index = faiss.IndexIDMap2(graph)
    index.add_with_ids(vectors, keys)
    return index


BUILDERS: dict[str, Callable[[faiss_vectors.Keys, Vectors], faiss.Index]] = {
    "exact": _exact,
    "IVF, SQ8": faiss_vectors.approximate,
    "HNSW, SQ8": _hnsw,
}
