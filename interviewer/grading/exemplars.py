"""Exemplars: how people say each claim, and how they seem to. FAISS holds their vectors.

A rubric's phrasings, near-misses and sample answers are the examples of a few-shot classifier: a window of an
answer is compared with all of them at once. Vectors are kept in the cache folder by content digest.
"""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from interviewer.domain.question import Question
from interviewer.domain.rubric import Key, Rubric, Sample
from interviewer.grading.terms import Terms
from interviewer.grading.text import sentences
from interviewer.grading.wording import Wording
from interviewer.ports import Embedder, Vectors

RUBRICS_IN_MEMORY = 128
KERNEL_WIDTH = 0.6
RIDGE = 0.1
"""Of the kernel ridge regression (Saunders et al. 1998): chosen on labelled answers, and far from critical."""

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class ExemplarSet:
    """Rows of the index with regard to one key or trap.

    `positive` make the claim, `negative` only seem to; of the sample answers `heard` make it and `elsewhere`
    make another claim of the question but not this one. `votes` says of every row how strongly it speaks for the
    claim, or against it.
    """

    id: str
    positive: Rows
    negative: Rows
    heard: Rows
    elsewhere: Rows
    votes: Floats


@dataclass(frozen=True)
class Exemplars:
    """All exemplars of one rubric: an index of unit vectors, and what each row is an example of.

    `idle` are the rows of sample answers that make no claim at all, and of the question itself.
    """

    index: faiss.IndexFlatIP
    keys: tuple[ExemplarSet, ...]
    traps: tuple[ExemplarSet, ...]
    idle: Rows
    wording: tuple[Wording, ...]

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
        self._cached = lru_cache(maxsize=RUBRICS_IN_MEMORY)(self._build)

    def of(self, rubric: Rubric, question: Question) -> Exemplars:
        """The exemplars of this rubric, for an answer to the question."""
        return self._cached(rubric, question)

    def _build(self, rubric: Rubric, question: Question) -> Exemplars:
        texts: list[str] = []

        def rows(items: Iterable[str]) -> Rows:
            start = len(texts)
            texts.extend(self._terms.plain(item) for item in items)
            return np.arange(start, len(texts))

        claims = rubric.claims
        positive = [rows((claim.claim, *claim.phrasings)) for claim in claims]
        negative = [rows(claim.near_misses if isinstance(claim, Key) else claim.warnings) for claim in claims]
        said = rows(sample.text for sample in rubric.samples)
        asked = rows(_sentences(question.prompt))
        true = rows(_sentences(question.reference_answer))
        made = [frozenset((*sample.makes, *sample.traps)) for sample in rubric.samples]
        heard = [said[_where(made, claim.id)] for claim in claims]
        vectors = self._vectors(texts)
        makers = [np.concatenate(of_claim) for of_claim in zip(positive, heard, strict=True)]
        count = len(rubric.keys)
        right = np.concatenate([true, *negative[count:]])  # which keys they make, nobody has said
        votes = [*_votes(vectors, makers[:count], but=right), *_votes(vectors, makers[count:])]
        index = faiss.IndexFlatIP(self._embedder.dimension)
        index.add(vectors)
        elsewhere = [said[_elsewhere(made, claim.id)] for claim in claims]
        elsewhere[count:] = [np.concatenate([said_else, true]) for said_else in elsewhere[count:]]
        ids = [claim.id for claim in claims]
        sets = [
            ExemplarSet(*of_claim)
            for of_claim in zip(ids, positive, negative, heard, elsewhere, votes, strict=True)
        ]
        return Exemplars(
            index=index,
            keys=tuple(sets[: len(rubric.keys)]),
            traps=tuple(sets[len(rubric.keys) :]),
            idle=np.concatenate([said[_idle(rubric.samples)], asked]),
            wording=tuple(Wording.of(text) for text in texts),
        )

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


def kernel(cosines: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    """How much a text counts for another, 1 for the same one and less the further apart they are."""
    return np.exp((cosines.astype(np.float64) - 1) / KERNEL_WIDTH)


def _votes(vectors: Vectors, makers: Sequence[Rows], but: Rows | None = None) -> Floats:
    """Kernel ridge regression of 1 for the rows that make a claim and -1 for all others, a row for each claim.

    Unlike the nearest exemplars it weighs what many say together, and which of them merely repeat each other.
    Rows in `but` have no say.
    """
    voting = np.setdiff1d(np.arange(len(vectors)), [] if but is None else but)
    makes = np.full((len(makers), len(vectors)), -1.0)
    for claim, rows in enumerate(makers):
        makes[claim, rows] = 1.0
    alike = kernel(vectors[voting] @ vectors[voting].T)
    votes = np.zeros((len(makers), len(vectors)), dtype=np.float32)
    votes[:, voting] = np.linalg.solve(alike + RIDGE * np.eye(len(voting)), makes[:, voting].T).T
    return votes


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def _where(made: Sequence[frozenset[str]], id: str) -> Rows:
    return np.flatnonzero([id in each for each in made])


def _elsewhere(made: Sequence[frozenset[str]], id: str) -> Rows:
    return np.flatnonzero([bool(each) and id not in each for each in made])


def _idle(samples: Sequence[Sample]) -> Rows:
    return np.flatnonzero([not (sample.makes or sample.traps) for sample in samples])


def _write(path: Path, vectors: Vectors) -> None:
    """Put the file in place whole or not at all; a cache that cannot be written is no error."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".npy")
        with os.fdopen(handle, "wb") as file:
            np.save(file, vectors)
        Path(temporary).replace(path)
