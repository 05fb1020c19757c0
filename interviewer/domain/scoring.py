"""The score of an answer: arithmetic that no model can influence and a person can check by hand."""

from collections.abc import Iterable

from interviewer.domain.grade import KeyVerdict, NumberVerdict, TrapVerdict
from interviewer.domain.rubric import Rubric

TRAP_COST = 4
TRAP_COST_AT_MOST = 16
NUMBER_BONUS = 2
NUMBER_BONUS_AT_MOST = 4


def coverage(rubric: Rubric, keys: Iterable[KeyVerdict]) -> float | None:
    """Weighted share of the rubric that was made, 0-100, over scored keys; None where none was scored."""
    credits = {key.id: key.credit for key in keys}
    scored = [(key.weight, credits[key.id]) for key in rubric.keys if credits.get(key.id) is not None]
    total = sum(weight for weight, _ in scored)
    if not total:
        return None
    return 100 * sum(weight * (credit or 0) for weight, credit in scored) / total


def score(
    rubric: Rubric, keys: Iterable[KeyVerdict], traps: Iterable[TrapVerdict], numbers: Iterable[NumberVerdict]
) -> float | None:
    """Score from 0 to 100, to one decimal; None where no key could be judged.

    100 x sum(weight x credit) / sum(weight) over scored keys, minus 4 for each trap fallen into (16 at most),
    plus 2 for each number given (4 at most), clamped to 0-100. (docs/scoring.md gives the reasons.)
    """
    base = coverage(rubric, keys)
    if base is None:
        return None
    cost = min(TRAP_COST_AT_MOST, TRAP_COST * sum(trap.triggered for trap in traps))
    bonus = min(NUMBER_BONUS_AT_MOST, NUMBER_BONUS * sum(number.met for number in numbers))
    return round(max(0.0, min(100.0, base - cost + bonus)), 1)
