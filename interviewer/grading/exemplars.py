"""Exemplars: how people say each claim, and how they seem to. FAISS holds their vectors.

A rubric's phrasings and near-misses are the examples of a few-shot classifier: a window of an answer is
compared with all of them at once. Vectors are kept in the cache folder by content digest.
"""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from interviewer.domain.rubric import Rubric
from interviewer.grading.terms import Terms
from interviewer.ports import Embedder, Vectors

RUBRICS_IN_MEMORY = 128

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class ExemplarSet:
    """Rows of the index that speak for (`positive`) and against (`negative`) one key or trap."""

    id: str
    positive: Rows
    negative: Rows


@dataclass(frozen=True)
class Exemplars:
    """All exemplars of one rubric: an index of unit vectors, and which rows belong to which key or trap."""

    index: faiss.IndexFlatIP
    keys: tuple[ExemplarSet, ...]
    traps: tuple[ExemplarSet, ...]
    texts: tuple[str, ...]

    def similarities(self, vectors: Vectors) -> Floats:
        """Cosines of shape (len(vectors), number of exemplars)."""
        count = self.index.ntotal
        scores, rows = self.index.search(np.ascontiguousarray(vectors), count)
        found = np.empty((len(vectors), count), dtype=np.float32)
        np.put_along_axis(found, rows, scores, axis=1)
        return found


class ExemplarBank:
    """Gives the exemplars of any rubric, embedded once and kept by content digest."""

    def __init__(self, embedder: Embedder, terms: Terms, cache_dir: Path | None) -> None:
        self._embedder = embedder
        self._terms = terms
        self._folder = cache_dir / "exemplars" if cache_dir else None
        self.of = lru_cache(maxsize=RUBRICS_IN_MEMORY)(self._build)

    def _build(self, rubric: Rubric) -> Exemplars:
        """The exemplars of this rubric."""
        texts: list[str] = []

        def rows(items: Sequence[str]) -> Rows:
            start = len(texts)
            texts.extend(self._terms.plain(item) for item in items)
            return np.arange(start, len(texts))

        keys = tuple(
            ExemplarSet(key.id, rows((key.claim, *key.phrasings)), rows(key.near_misses))
            for key in rubric.keys
        )
        traps = tuple(
            ExemplarSet(trap.id, rows((trap.claim, *trap.phrasings)), rows(trap.warnings))
            for trap in rubric.traps
        )
        index = faiss.IndexFlatIP(self._embedder.dimension)
        index.add(self._vectors(texts))
        return Exemplars(index, keys, traps, tuple(texts))

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        if self._folder is None:
            return self._embedder.embed(texts)
        digest = hashlib.sha256("\0".join((self._embedder.name, *texts)).encode()).hexdigest()
        path = self._folder / f"{digest[:32]}.npy"
        with contextlib.suppress(OSError, ValueError):
            kept = np.load(path, allow_pickle=False)
            if kept.shape == (len(texts), self._embedder.dimension) and kept.dtype == np.float32:
                return np.ascontiguousarray(kept)
        vectors = self._embedder.embed(texts)
        _write(path, vectors)
        return vectors


def _write(path: Path, vectors: Vectors) -> None:
    """Put the file in place whole or not at all; a cache that cannot be written is no error."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".npy")
        with os.fdopen(handle, "wb") as file:
            np.save(file, vectors)
        Path(temporary).replace(path)
