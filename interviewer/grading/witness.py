"""The local grader as a witness against a model that was talked into something.

It cannot be talked to: it measures what stands in the answer. It misses claims in words that it does not know, so
one contradiction means little, and the model is there to know better. But a model that credits claim after claim
where the witness is sure that there is nothing has not read the answer, whatever it was told, in whatever words or
language.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from interviewer.domain.grade import KeyVerdict, Verdict

SURE = 0.95
"""On labelled answers about three in a hundred of its verdicts that are so sure are wrong."""
CONTRADICTED_AT_LEAST = 2
ONE_IN = 3
"""So large a part of all verdicts must be contradicted."""


@dataclass(frozen=True)
class Witness:
    """What the local grader saw. `unlikely` are the keys that it is sure the answer does not make.

    Of an answer in a language that it does not know it saw nothing (`saw_it` is False).
    """

    unlikely: frozenset[str] = frozenset()
    saw_it: bool = True

    @classmethod
    def of(cls, keys: Collection[KeyVerdict]) -> "Witness":
        """The witness whose verdicts these are."""
        sure = (key.id for key in keys if key.verdict is Verdict.MISSED and key.confidence >= SURE)
        return cls(frozenset(sure), any(key.verdict is not Verdict.UNSCORED for key in keys))

    def contradicts(self, verdicts: Iterable[KeyVerdict]) -> bool:
        """Whether these give credit again and again where there is surely nothing."""
        given = list(verdicts)
        contradicted = sum(verdict.verdict.earns and verdict.id in self.unlikely for verdict in given)
        return contradicted >= CONTRADICTED_AT_LEAST and ONE_IN * contradicted >= len(given)
