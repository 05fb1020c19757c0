"""A grade beside the labels of the same answer. Keys on which fair examiners could differ are left out."""

from collections.abc import Collection, Iterable

from interviewer.domain.base import Value
from interviewer.domain.grade import EvidenceSpan, Grade, KeyVerdict, NumberVerdict, TrapVerdict, Usage, Verdict
from interviewer.domain.question import Kind, Level
from interviewer.domain.rubric import Key
from interviewer.evaluation.labels import LabelledAnswer

TICKED_FROM = 0.5


class KeyOutcome(Value):
    """A key as labelled (`met`) and as judged. A key that could not be judged counts as not ticked."""

    id: str
    claim: str
    weight: int
    met: bool
    verdict: Verdict
    confidence: float
    evidence: tuple[EvidenceSpan, ...] = ()
    reason: str = ""

    @property
    def ticked(self) -> bool:
        """Whether the grader gives at least half of the credit."""
        return (self.verdict.credit or 0.0) >= TICKED_FROM

    @property
    def probability(self) -> float:
        """How probable it is to the grader that the key is met."""
        return self.confidence if self.ticked else 1 - self.confidence


class Decision(Value):
    """A trap or number: whether it is there by the label, and by the grader."""

    id: str
    labelled: bool
    judged: bool


class Outcome(Value):
    """One labelled answer, graded. `traps` and `numbers` are empty where nobody labelled them."""

    id: str
    question_id: str
    kind: Kind
    topic: str
    level: Level
    style: str
    attack: str | None
    answer: str
    holistic: float | None
    score: float | None
    keys: tuple[KeyOutcome, ...]
    traps: tuple[Decision, ...] = ()
    numbers: tuple[Decision, ...] = ()
    grader: str = ""
    fallback_reason: str | None = None
    usage: Usage | None = None


def compare(labelled: LabelledAnswer, grade: Grade) -> Outcome:
    """The grade of a labelled answer beside its labels."""
    question, rubric = labelled.task.question, labelled.task.rubric
    return Outcome(
        id=labelled.id,
        question_id=question.id,
        kind=question.kind,
        topic=question.topic,
        level=question.level,
        style=labelled.style,
        attack=labelled.attack,
        answer=labelled.task.answer,
        holistic=labelled.holistic,
        score=grade.score,
        keys=tuple(
            _key(rubric.key(verdict.id), verdict, labelled.met)
            for verdict in grade.keys
            if verdict.id not in labelled.borderline
        ),
        traps=_decisions(((trap, trap.triggered) for trap in grade.traps), labelled.traps),
        numbers=_decisions(((number, number.met) for number in grade.numbers), labelled.numbers),
        grader=" ".join(part for part in (grade.grader.name, grade.grader.model) if part),
        fallback_reason=grade.grader.fallback_reason,
        usage=grade.usage,
    )


def _key(key: Key, verdict: KeyVerdict, met: Collection[str]) -> KeyOutcome:
    return KeyOutcome(
        id=key.id,
        claim=key.claim,
        weight=key.weight,
        met=key.id in met,
        verdict=verdict.verdict,
        confidence=verdict.confidence,
        evidence=verdict.evidence,
        reason=verdict.reason,
    )


def _decisions(
    judged: Iterable[tuple[TrapVerdict | NumberVerdict, bool]], labelled: Collection[str] | None
) -> tuple[Decision, ...]:
    if labelled is None:
        return ()
    return tuple(Decision(id=each.id, labelled=each.id in labelled, judged=found) for each, found in judged)
