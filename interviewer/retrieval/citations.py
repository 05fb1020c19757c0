"""Which words of the source material state a key's claim.

Looked at are the statements (a clause, one or two sentences) of the question's own reference answer and worked
note and of its topic's study note. A statement is likened to the claim and to the ways of making it, and to the
near-misses: what is nearer to those does not state the claim. docs/retrieval.md has the figures behind all this.
"""

import contextlib
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from interviewer.domain.grade import Citation
from interviewer.domain.passage import Passage, PassageKind
from interviewer.domain.rubric import Key, NamesRule, Rubric
from interviewer.files import write_atomically
from interviewer.grading.text import clauses, sentences
from interviewer.ports import Embedder, Vectors

VERSION = 1
"""Part of the cache's key: raise it when a change here gives other citations."""
SENTENCE_WORDS_AT_LEAST = 4
CLAUSE_WORDS_AT_LEAST = 8
LIKENESS_AT_LEAST = 0.6
"""Cosine with the claim or a phrasing below which nothing is cited: rather no proof than a wrong one."""
SURE_LIKENESS = 0.65
"""What a second citation must reach: it adds proof, so it should not add doubt."""
NOTE_FIT_AT_LEAST = 0.56
NOTE_ADVANTAGE = 0.06
"""A study note is preferred where it states the claim about as well: it says more than the answer it is from."""
SECOND_SENTENCE = 0.02
NAMES_BONUS = 0.1
PHRASINGS_COUNTED = 3
STATES_NOTHING = ("#what-interviewers-probe", "#how-it-fails")
"""Sections that ask questions or tell mistakes: what stands there is not to be taken for the claim."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Statement:
    """Characters `start` to `end` of a passage: a clause, one sentence, or two that follow each other."""

    passage: Passage
    start: int
    end: int
    sentences: int

    @property
    def text(self) -> str:
        """Exactly what stands in the passage."""
        return self.passage.text[self.start : self.end]


def statements(passages: Iterable[Passage]) -> list[Statement]:
    """Every clause, sentence and pair of neighbouring sentences that is long enough to claim something."""
    return [
        statement
        for passage in passages
        if not passage.id.split(".")[0].endswith(STATES_NOTHING)
        for statement in _windows(passage)
    ]


def _windows(passage: Passage) -> Iterator[Statement]:
    spans = sentences(passage.text)
    for count in (1, 2):
        for first, last in zip(spans, spans[count - 1 :], strict=False):
            if _words(passage, first[0], last[1]) >= SENTENCE_WORDS_AT_LEAST:
                yield Statement(passage, first[0], last[1], count)
    for span in spans:
        for clause in clauses(passage.text, *span):
            if clause != span and _words(passage, *clause) >= CLAUSE_WORDS_AT_LEAST:
                yield Statement(passage, *clause, 1)


def _words(passage: Passage, start: int, end: int) -> int:
    return len(passage.text[start:end].split())


class CitationFinder:
    """Finds the statements for all keys of a rubric; what was found is kept in a folder by content digest."""

    def __init__(self, embedder: Embedder, folder: Path | None = None) -> None:
        self._embedder = embedder
        self._folder = folder

    def find(self, rubric: Rubric, passages: Sequence[Passage]) -> dict[str, tuple[Citation, ...]]:
        """Citations by key id, the best first, two at most; none for a key that no statement makes."""
        path = self._folder / f"{self._digest(rubric, passages)}.json" if self._folder else None
        kept = _read(path, passages) if path else None
        if kept is not None:
            return kept
        found = self._search(rubric, statements(passages))
        if path:
            _write(path, found)
        return {key: tuple(map(_citation, chosen)) for key, chosen in found.items()}

    def _search(self, rubric: Rubric, candidates: Sequence[Statement]) -> "Found":
        if not candidates:
            return {}
        vectors = self._vectors([each.text for each in candidates], *map(_ways, rubric.keys))
        lengths = np.array([statement.sentences - 1 for statement in candidates], dtype=np.float32)
        found: Found = {}
        for key, ways in zip(rubric.keys, vectors[1:], strict=True):
            likeness, fit = _compare(key, vectors[0], ways)
            fit -= SECOND_SENTENCE * lengths
            fit += NAMES_BONUS * _names(key.names, candidates)
            chosen = _choose(candidates, likeness, fit)
            if chosen:
                found[key.id] = chosen
        return found

    def _vectors(self, *groups: Sequence[str]) -> list[Vectors]:
        """The vectors of each group of texts, embedded together: that keeps all cores busy."""
        together = self._embedder.embed([text for group in groups for text in group])
        ends = np.cumsum([len(group) for group in groups])
        return np.split(together, ends[:-1])

    def _digest(self, rubric: Rubric, passages: Iterable[Passage]) -> str:
        parts = [str(VERSION), self._embedder.name, rubric.digest]
        parts += [f"{passage.id}\0{passage.text}" for passage in passages]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


Found = dict[str, list[tuple[Statement, float]]]
"""Statements by key id, each with its likeness."""


def _ways(key: Key) -> list[str]:
    """The claim, its phrasings, and its near-misses."""
    return [key.claim, *key.phrasings, *key.near_misses]


def _compare(key: Key, vectors: Vectors, ways: Vectors) -> tuple[Floats, Floats]:
    """Per statement: the best cosine with a way of making the claim, and how well it fits on the whole."""
    cosines = vectors @ ways.T
    against = cosines[:, 1 + len(key.phrasings) :]
    pro = np.sort(cosines[:, : 1 + len(key.phrasings)], axis=1)[:, ::-1]
    likeness = pro[:, 0]
    fit = (2 * likeness + cosines[:, 0] + pro[:, :PHRASINGS_COUNTED].mean(axis=1)) / 4
    if against.size:
        fit -= np.maximum(0, against.max(axis=1) - likeness)
    return likeness, fit


def _names(rule: NamesRule | None, candidates: Sequence[Statement]) -> Floats:
    """1 for the statements that name what the claim asks to be named."""
    if rule is None:
        return np.zeros(len(candidates), dtype=np.float32)
    patterns = [re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE) for name in rule.of]
    counts = [sum(bool(pattern.search(each.text)) for pattern in patterns) for each in candidates]
    return np.array([count >= rule.at_least for count in counts], dtype=np.float32)


def _choose(candidates: Sequence[Statement], likeness: Floats, fit: Floats) -> list[tuple[Statement, float]]:
    """The best of the study note and the best of the question's own texts, in the order of preference."""
    notes = np.array([statement.passage.kind is PassageKind.NOTE for statement in candidates])
    note, own = _best(notes, likeness, fit), _best(~notes, likeness, fit)
    if note is not None and fit[note] < NOTE_FIT_AT_LEAST:
        note = None
    if note is not None and own is not None:
        behind = max(fit[own] - fit[note], likeness[own] - likeness[note])
        if behind > NOTE_ADVANTAGE:
            note, own = own, note
    rows = [row for row in (note, own) if row is not None]
    sure = [row for place, row in enumerate(rows) if place == 0 or likeness[row] >= SURE_LIKENESS]
    return [(candidates[row], round(float(likeness[row]), 3)) for row in sure]


def _best(allowed: npt.NDArray[np.bool_], likeness: Floats, fit: Floats) -> int | None:
    if not allowed.any():
        return None
    row = int(np.where(allowed, fit, -np.inf).argmax())
    return row if likeness[row] >= LIKENESS_AT_LEAST else None


def _citation(chosen: tuple[Statement, float]) -> Citation:
    statement, likeness = chosen
    return Citation(
        passage_id=statement.passage.id,
        title=statement.passage.title,
        text=statement.text,
        score=min(1.0, likeness),
    )


def _write(path: Path, found: Found) -> None:
    """A cache that cannot be written is no error."""
    data = {
        key: [[statement.passage.id, statement.start, statement.end, score] for statement, score in chosen]
        for key, chosen in found.items()
    }
    with contextlib.suppress(OSError):
        write_atomically(path, json.dumps(data).encode())


def _read(path: Path, passages: Iterable[Passage]) -> dict[str, tuple[Citation, ...]] | None:
    """What the cache holds; None if that is nothing or cannot be used."""
    by_id = {passage.id: passage for passage in passages}
    try:
        data = json.loads(path.read_bytes())
        return {
            key: tuple(
                _citation((Statement(by_id[passage_id], start, end, 1), score))
                for passage_id, start, end, score in chosen
            )
            for key, chosen in data.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
