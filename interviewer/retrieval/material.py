"""The source material of a library: searched, cited, and suggested for reading."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from interviewer.content.library import Library
from interviewer.domain.grade import Citation
from interviewer.domain.passage import Found, Hit, Passage, PassageKind
from interviewer.errors import NotFound
from interviewer.ports import PassageIndex, Progress, untold
from interviewer.retrieval.citations import CitationFinder
from interviewer.retrieval.passages import note_passages, passages_of, question_passages
from interviewer.retrieval.words import matching_words

RESULTS_AT_MOST = 50
SEARCH_DEPTH = 50
SHARES = (1, 0.5, 0.25)
"""What the best three passages of a file count towards its place: several that fit make it likelier."""
QUERY_CHARACTERS_AT_MOST = 2_000
QUESTIONS_REMEMBERED = 128


class SourceMaterial:
    """Passages are cut and indexed at the first use; `prepare` does so ahead of time, in the background.

    `reading` says meanwhile how many of the new passages were read, and how many there are; else it is None.
    """

    def __init__(self, library: Library, index: PassageIndex, citations: CitationFinder) -> None:
        self._library = library
        self._index = index
        self._finder = citations
        self._passages: dict[str, Passage] | None = None
        self._cutting = threading.Lock()
        self._preparing = threading.Lock()
        self.reading: tuple[int, int] | None = None
        self._cited = lru_cache(maxsize=QUESTIONS_REMEMBERED)(self._find_citations)

    def search(self, query: str, k: int = 5, *, topic: str | None = None, pack: str | None = None) -> list[Found]:
        """Passages about the query, the best first, each file of the corpus once.

        `topic` and `pack` keep to one of them. A query beyond 2,000 characters is cut.
        """
        passages = self._ready()
        query = query[:QUERY_CHARACTERS_AT_MOST]
        depth = SEARCH_DEPTH if topic is None and pack is None else len(passages)
        places: dict[str, list[Hit]] = defaultdict(list)
        for hit in self._index.search(query, depth):
            passage = passages.get(hit.passage_id)  # None where packs changed meanwhile
            if passage and topic in (None, passage.topic) and pack in (None, passage.pack):
                places[_place(passage)].append(hit)
        best = sorted(places.values(), key=_joint_score, reverse=True)[: min(k, RESULTS_AT_MOST)]
        return [_found(query, passages[hits[0].passage_id], _joint_score(hits)) for hits in best]

    def passage(self, passage_id: str) -> Passage:
        """The passage with this id; raises NotFound."""
        passages = self._all()
        if passage_id in passages:
            return passages[passage_id]
        raise NotFound.of("passage", passage_id, passages, "`interviewer search` finds passages.")

    def citations(self, question_id: str, key_id: str) -> Sequence[Citation]:
        """Statements of the material that make the key's claim, the best first; two at most, perhaps none.

        Each `text` stands word for word in the passage of its `passage_id`. Raises NotFound for a question that
        does not exist.
        """
        return self._cited(question_id).get(key_id, ())

    def read_next(self, question_id: str, key_ids: Iterable[str], k: int = 3) -> list[Passage]:
        """What the study notes say about keys that were missed; its own texts are shown with a question."""
        cited = [
            self.passage(citation.passage_id)
            for key_id in key_ids
            for citation in self.citations(question_id, key_id)
        ]
        return [passage for passage in dict.fromkeys(cited) if passage.kind is PassageKind.NOTE][:k]

    def references(self, question_id: str, k: int = 6) -> list[Passage]:
        """Passages against which to judge an answer: those that make the most of the rubric's claims."""
        counts: dict[str, int] = {}
        for citations in self._cited(question_id).values():
            for citation in citations:
                counts[citation.passage_id] = counts.get(citation.passage_id, 0) + 1
        best = sorted(counts, key=lambda passage_id: -counts[passage_id])[:k]
        return [self.passage(passage_id) for passage_id in best]

    def prepare(self, progress: Progress = untold) -> None:
        """Cut and index everything now: about 10 ms for each new passage on a core, next to nothing for others."""
        self._ready(progress)

    def refresh(self) -> None:
        """Look at the library again, after a pack was imported, changed or removed."""
        with self._cutting:
            self._passages = None
            self._cited.cache_clear()

    def _all(self) -> dict[str, Passage]:
        with self._cutting:
            if self._passages is None:
                self._passages = {passage.id: passage for passage in passages_of(self._library)}
            return self._passages

    def _ready(self, progress: Progress = untold) -> dict[str, Passage]:
        def told(done: int, of: int) -> None:
            self.reading = done, of
            progress(done, of)

        with self._preparing:
            passages = self._all()
            try:
                self._index.update(list(passages.values()), told)
            finally:
                self.reading = None
            return passages

    def _find_citations(self, question_id: str) -> dict[str, tuple[Citation, ...]]:
        question = self._library.question(question_id)
        note = self._library.notes.get(question.topic)
        own = [each for each in question_passages(question) if each.kind is not PassageKind.QUESTION]
        return self._finder.find(self._library.rubric(question_id), own + (note_passages(note) if note else []))


def _joint_score(hits: Sequence[Hit]) -> float:
    """From 0 to 1: 1 where an index gives its highest score three times."""
    return sum(share * hit.score for share, hit in zip(SHARES, hits, strict=False)) / sum(SHARES)


def _found(query: str, passage: Passage, score: float) -> Found:
    return Found(passage=passage, score=score, matches=tuple(matching_words(query, passage.text)))


def _place(passage: Passage) -> str:
    """Coaching items stand in one file but are read one by one."""
    return passage.id if passage.kind is PassageKind.COACHING else f"{passage.pack}/{passage.source}"
