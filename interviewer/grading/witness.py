"""The local grader as a witness against a model that was talked into something.

It cannot be talked to: it measures what stands in the answer. It misses claims in words that it does not know, so
one contradiction means little, and the model is there to know better. But a model that credits claim after claim
where the witness is sure that there is nothing has not read the answer, whatever it was told, in whatever words or
language.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from interviewer.domain.grade import KeyVerdict, Verdict

SURE_AT_MOST = 0.95
"""On labelled answers about three in a hundred verdicts that are surer than this are wrong."""
TOO_UNLIKELY = 0.001
"""The chance that the witness is wrong about all of it, as if its verdicts had nothing to do with each other."""


@dataclass(frozen=True)
class Witness:
    """What the local grader saw. `chances` are of being made after all, for each key that it judges to be missed.

    Of an answer in a language that it does not know it saw nothing (`saw_it` is False).
    """

    chances: Mapping[str, float] = field(default_factory=dict)
    saw_it: bool = True

    @classmethod
    def of(cls, keys: Collection[KeyVerdict]) -> "Witness":
        """The witness whose verdicts these are."""
        missed = (key for key in keys if key.verdict is Verdict.MISSED)
        chances = {key.id: 1 - min(key.confidence, SURE_AT_MOST) for key in missed}
        return cls(chances, any(key.verdict is not Verdict.UNSCORED for key in keys))

    def contradicts(self, verdicts: Iterable[KeyVerdict]) -> bool:
        """Whether these give credit where, all taken together, there is hardly a chance that it is earned."""
        credited = (verdict.id for verdict in verdicts if verdict.verdict.earns)
        return math.prod(self.chances.get(id, 1.0) for id in credited) < TOO_UNLIKELY
