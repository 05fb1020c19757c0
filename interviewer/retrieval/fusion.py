"""PassageIndex that fuses others by the ranks they give, since their scores cannot be compared."""

from collections import defaultdict
from collections.abc import Sequence

from interviewer.domain.passage import Hit, Passage
from interviewer.ports import PassageIndex, Progress, untold

RANK_OFFSET = 10
"""Reciprocal rank fusion: a passage gets 1 / (offset + rank) from each index that finds it. The customary 60
is meant for lists of thousands; a few hundred passages are told apart better by 10 (docs/retrieval.md)."""
DEPTH = 50


class FusedIndex:
    """What several indexes find, best where they agree. Scores are from 0 to 1: 1 is first in every index."""

    def __init__(self, indexes: Sequence[PassageIndex]) -> None:
        self._indexes = tuple(indexes)

    def update(self, passages: Sequence[Passage], progress: Progress = untold) -> None:
        """Update every index."""
        for index in self._indexes:
            index.update(passages, progress)

    def search(self, query: str, k: int) -> list[Hit]:
        """The best `k` passages by reciprocal rank fusion."""
        scores: dict[str, float] = defaultdict(float)
        for index in self._indexes:
            for rank, hit in enumerate(index.search(query, max(k, DEPTH)), start=1):
                scores[hit.passage_id] += 1 / (RANK_OFFSET + rank)
        best = sorted(scores, key=lambda passage_id: -scores[passage_id])[:k]
        highest = len(self._indexes) / (RANK_OFFSET + 1)
        return [Hit(passage_id=passage_id, score=scores[passage_id] / highest) for passage_id in best]
