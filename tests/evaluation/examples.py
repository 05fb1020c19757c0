"""Graded labelled answers made up for tests."""

from interviewer.domain.grade import EvidenceSpan, Verdict
from interviewer.domain.question import Kind, Level
from interviewer.evaluation.outcome import Decision, KeyOutcome, Outcome

WORDS = (EvidenceSpan(start=0, end=4, quote="Some"),)


def key(met: bool, ticked: bool, confidence: float = 0.8, id: str = "claim", weight: int = 1) -> KeyOutcome:
    """A key labelled and judged."""
    return KeyOutcome(
        id=id,
        claim="A claim.",
        weight=weight,
        met=met,
        verdict=Verdict.MET if ticked else Verdict.MISSED,
        confidence=confidence,
        evidence=WORDS if ticked else (),
    )


def outcome(
    *keys: KeyOutcome,
    id: str = "a",
    question: str = "canary",
    style: str = "strong",
    attack: str | None = None,
    marks: tuple[float, float | None] | None = None,
    traps: tuple[Decision, ...] = (),
) -> Outcome:
    """An answer; `marks` are the examiner's and the grader's."""
    return Outcome(
        id=id,
        question_id=question,
        kind=Kind.CONCEPT,
        topic="release",
        level=Level.EASY,
        style=style,
        attack=attack,
        answer="Some words.",
        holistic=marks[0] if marks else None,
        score=marks[1] if marks else None,
        keys=keys,
        traps=traps,
        grader="keyword",
    )
