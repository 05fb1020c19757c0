"""Which follow-up question to ask: the one for the heaviest key that is still open."""

from interviewer.domain.grade import Grade, Verdict
from interviewer.domain.interview import Item
from interviewer.domain.rubric import Probe, Rubric


def next_probe(rubric: Rubric, grade: Grade, item: Item, at_most: int) -> Probe | None:
    """The follow-up question to ask now, or None.

    Only keys that were missed or partly made are probed, the heaviest first and a missed one before one partly
    made; no probe is asked twice, and none once `at_most` were asked.
    """
    asked = {exchange.probe for exchange in item.exchanges}
    if len(asked) >= at_most:
        return None
    openness = {Verdict.MISSED: 2, Verdict.PARTLY: 1}
    candidates = []
    for probe in rubric.probes:
        judged = grade.key(probe.key)
        if probe not in asked and judged is not None and judged.verdict in openness:
            candidates.append((rubric.key(probe.key).weight, openness[judged.verdict], probe))
    return max(candidates, key=lambda candidate: candidate[:2])[2] if candidates else None
