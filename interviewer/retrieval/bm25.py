"""PassageIndex by words: BM25 finds names such as KServe or PSI, which an embedding blurs."""

from collections.abc import Sequence

import bm25s
import numpy as np

from interviewer.domain.passage import Hit, Passage
from interviewer.ports import Progress, untold
from interviewer.retrieval.words import terms


class Bm25Index:
    """Held in memory: indexing ten thousand passages takes about a second, and a change moves all weights."""

    def __init__(self) -> None:
        self._state: _State | None = None

    def update(self, passages: Sequence[Passage], _progress: Progress = untold) -> None:
        """Index these passages anew, unless they are the ones it holds; it is too quick to tell progress."""
        texts = {passage.id: passage.searchable for passage in passages}
        if self._state is None or texts != self._state.texts:
            self._state = _State(texts)

    def search(self, query: str, k: int) -> list[Hit]:
        """The best `k` passages that share a word with the query."""
        state, words = self._state, terms(query)
        if state is None or state.retriever is None or not words:
            return []
        scores = state.retriever.get_scores(words)
        # A stable sort: of passages with equal scores the earlier one wins on every machine.
        best = np.argsort(-scores, kind="stable")[:k]
        return [Hit(passage_id=state.ids[row], score=float(scores[row])) for row in best if scores[row] > 0]


class _State:
    """The passages and what was counted in them."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts
        self.ids = list(texts)
        corpus = [terms(text) for text in texts.values()]
        self.retriever: bm25s.BM25 | None = None
        if any(corpus):
            self.retriever = bm25s.BM25()
            self.retriever.index(corpus, show_progress=False)
