"""A FAISS index of the right kind for its size, changed in place when passages come and go.

Exact inner product up to EXACT_AT_MOST vectors; beyond that inverted lists over 8-bit codes (IVF, SQ8).
Unlike HNSW they can forget vectors, and they take less room (docs/retrieval.md has the figures).
bench/retrieval.py measures where the line should be.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from interviewer.ports import Vectors

EXACT_AT_MOST = 25_000
"""Vectors searched one by one: 1 to 2 ms for so many of 384 dimensions on one core, and memory-bound beyond."""
RECALL_WANTED = 0.98
"""Share of the exact ten nearest that an approximate search must find on its own training sample."""
SAMPLE_PER_LIST = 64
TUNING_QUERIES = 200
NEIGHBOURS = 10
LISTS_AT_LEAST = 8

Keys = npt.NDArray[np.int64]


def build(keys: Keys, vectors: Vectors) -> faiss.Index:
    """An index of these unit vectors, shape (len(keys), dimension), each found under its key."""
    if len(keys) <= EXACT_AT_MOST:
        exact = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
        exact.add_with_ids(vectors, keys)
        return exact
    return approximate(keys, vectors)


def approximate(keys: Keys, vectors: Vectors) -> faiss.Index:
    """Inverted lists over 8-bit codes, as many of them searched as the recall wanted takes."""
    lists = lists_for(len(keys))
    index = faiss.index_factory(vectors.shape[1], f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT)
    rng = np.random.default_rng(0)
    index.train(vectors[rng.permutation(len(vectors))[: lists * SAMPLE_PER_LIST]])
    index.add_with_ids(vectors, keys)
    _tune(index, keys, vectors, rng)
    return index


def change(index: faiss.Index, gone: Keys, keys: Keys, vectors: Vectors) -> faiss.Index:
    """The index without the keys in `gone` and with these vectors; rebuilt where its kind no longer fits."""
    if len(gone):
        index.remove_ids(faiss.IDSelectorBatch(gone))
    if _fits(index, index.ntotal + len(keys)):
        if len(keys):
            index.add_with_ids(vectors, keys)
        return index
    kept_keys, kept = _contents(index)
    return build(np.concatenate([kept_keys, keys]), np.concatenate([kept, vectors]))


def search(index: faiss.Index, vector: Vectors, k: int) -> list[tuple[int, float]]:
    """Keys and cosines of the `k` nearest at most, the nearest first."""
    with _threads(1):  # for one query, a second thread costs more in waiting than it gains
        scores, keys = index.search(vector.reshape(1, -1), min(k, max(index.ntotal, 1)))
    return [(int(key), float(score)) for key, score in zip(keys[0], scores[0], strict=True) if key >= 0]


def write(index: faiss.Index, path: Path) -> None:
    """Write the index to this file."""
    faiss.write_index(index, str(path))


def read(path: Path, *, to_change: bool = False) -> faiss.Index:
    """The index in this file, memory-mapped unless it is to be changed; RuntimeError if it is damaged."""
    flags = 0 if to_change else faiss.IO_FLAG_MMAP_IFC
    return faiss.read_index(str(path), flags)


def is_exact(index: faiss.Index) -> bool:
    """Whether every vector is looked at."""
    return isinstance(index, faiss.IndexIDMap2)


def lists_for(count: int) -> int:
    """How many inverted lists suit so many vectors: a power of two near four times the square root."""
    return 1 << round(math.log2(4 * math.sqrt(count)))


def _fits(index: faiss.Index, count: int) -> bool:
    """A shrunken index stays as it is: fewer vectors never make it slower."""
    if is_exact(index):
        return count <= EXACT_AT_MOST
    return lists_for(count) <= 2 * faiss.extract_index_ivf(index).nlist


def _contents(index: Any) -> tuple[Keys, Vectors]:
    """All that the index holds; codes come back as the vectors they stand for."""
    if is_exact(index):
        return faiss.vector_to_array(index.id_map), index.index.reconstruct_n(0, index.ntotal)
    lists = index.invlists
    sizes = ((number, lists.list_size(number)) for number in range(lists.nlist))
    keys = np.concatenate([faiss.rev_swig_ptr(lists.get_ids(n), size) for n, size in sizes if size])
    index.set_direct_map_type(faiss.DirectMap.Hashtable)  # type: ignore[attr-defined]
    return keys, index.reconstruct_batch(keys)


def _tune(index: faiss.Index, keys: Keys, vectors: Vectors, rng: np.random.Generator) -> None:
    """Search as many lists as it takes to find what an exact search finds for hard queries.

    Hard: the middle between two vectors taken at random, which has no neighbour close by.
    """
    pairs = rng.integers(len(vectors), size=(2, TUNING_QUERIES))
    queries = vectors[pairs[0]] + vectors[pairs[1]]
    faiss.normalize_L2(queries)
    _, rows = faiss.knn(queries, vectors, NEIGHBOURS, metric=faiss.METRIC_INNER_PRODUCT)
    wanted = [set(row) for row in keys[rows]]
    inverted = faiss.extract_index_ivf(index)
    inverted.nprobe = LISTS_AT_LEAST
    while inverted.nprobe < inverted.nlist:
        _, found = index.search(queries, NEIGHBOURS)
        hits = sum(len(exact & set(row)) for exact, row in zip(wanted, found, strict=True))
        if hits >= RECALL_WANTED * rows.size:
            break
        inverted.nprobe = min(2 * inverted.nprobe, inverted.nlist)


@contextmanager
def _threads(count: int) -> Iterator[None]:
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(count)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)
