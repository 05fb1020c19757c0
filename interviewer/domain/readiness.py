"""The readiness checklist: abilities, and the questions that prove them."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from pydantic import Field

from interviewer.domain.base import Slug, Text, Value


class Ability(Value):
    """Something a candidate should be able to do, and the questions that show it."""

    id: Slug
    ability: Text
    proven_by: tuple[Slug, ...] = Field(min_length=1)
    pass_score: float = Field(ge=0, le=100)


class Shown(StrEnum):
    """How far an ability was seen."""

    SHOWN = "shown"
    PARTLY = "partly shown"
    NOT_SHOWN = "not shown"
    NOT_ASKED = "not yet asked"


class ReadinessLine(Value):
    """An ability with how far it was shown; the best answer so far and the questions to practise it with."""

    id: Slug
    ability: Text
    shown: Shown
    question: Slug | None = None
    score: float | None = None
    proven_by: tuple[Slug, ...]


def readiness(checklist: Iterable[Ability], scores: Sequence[tuple[str, float]]) -> list[ReadinessLine]:
    """The checklist in the light of (question id, score) pairs; the best answer to each ability counts."""
    return [_line(ability, [pair for pair in scores if pair[0] in ability.proven_by]) for ability in checklist]


def _line(ability: Ability, scores: Sequence[tuple[str, float]]) -> ReadinessLine:
    question, best = max(scores, key=lambda pair: pair[1], default=(None, None))
    return ReadinessLine(
        id=ability.id,
        ability=ability.ability,
        shown=_shown(best, ability.pass_score),
        question=question,
        score=best,
        proven_by=ability.proven_by,
    )


def _shown(best: float | None, pass_score: float) -> Shown:
    if best is None:
        return Shown.NOT_ASKED
    if best == 0:
        return Shown.NOT_SHOWN
    return Shown.SHOWN if best >= pass_score else Shown.PARTLY
