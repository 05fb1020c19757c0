"""A grader measured against labelled answers: the table, its slices, the calibration and the worst errors."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from interviewer.domain.base import Value
from interviewer.domain.grade import EvidenceSpan, Usage, Verdict
from interviewer.evaluation import agreement
from interviewer.evaluation.agreement import Array
from interviewer.evaluation.labels import BadLine
from interviewer.evaluation.measures import MEASURES, Sample
from interviewer.evaluation.outcome import KeyOutcome, Outcome
from interviewer.evaluation.units import Unit

DRAWS = 500
SEED = 20_240_601
INTERVAL = (2.5, 97.5)
BINS = 10
WORST = 20


class Measured(Value):
    """A figure with its 95 % confidence interval; None where it is not defined."""

    id: str
    title: str
    value: float | None
    low: float | None
    high: float | None


class Group(Value):
    """All answers that share a style, kind, topic or level; the counts are of keys."""

    by: str
    value: str
    answers: int
    hits: int
    ticked_only: int
    labelled_only: int
    neither: int
    kappa: float | None
    precision: float | None
    recall: float | None
    f1: float | None
    false_credit: float | None
    pearson: float | None


class Bin(Value):
    """Keys whose probability of being met is from `low` to `high`, to the grader; and how many really are."""

    low: float
    high: float
    keys: int
    predicted: float
    observed: float


class Mistake(Value):
    """A key on which grader and label disagree."""

    answer_id: str
    style: str
    key: str
    claim: str
    weight: int
    labelled: bool
    verdict: Verdict
    confidence: float
    reason: str
    evidence: tuple[EvidenceSpan, ...]
    answer: str


class Evaluation(Value):
    """Everything that is known of a grader's agreement with labelled answers.

    `calibration_error` is the mean distance between predicted and observed share over all keys.
    """

    graders: dict[str, int]
    fallbacks: int
    answers: int
    questions: int
    keys: int
    unscored: int
    resampled: Unit
    measures: tuple[Measured, ...]
    groups: tuple[Group, ...]
    calibration: tuple[Bin, ...]
    calibration_error: float | None
    mistakes: tuple[Mistake, ...]
    bad_lines: tuple[BadLine, ...] = ()
    usage: Usage = Usage()
    scores: tuple[tuple[float, float], ...] = ()

    def value(self, measure: str) -> float | None:
        """The figure of this id; KeyError if there is none."""
        return {each.id: each.value for each in self.measures}[measure]


def evaluate(
    outcomes: Sequence[Outcome],
    bad_lines: Sequence[BadLine] = (),
    unit: Unit = Unit.QUESTIONS,
    draws: int = DRAWS,
) -> Evaluation:
    """Measure graded labelled answers. The same outcomes always give the same figures, intervals included."""
    keys = [key for outcome in outcomes for key in outcome.keys]
    bins = calibration(keys)
    return Evaluation(
        graders=dict(Counter(outcome.grader for outcome in outcomes)),
        fallbacks=sum(outcome.fallback_reason is not None for outcome in outcomes),
        answers=len(outcomes),
        questions=len({outcome.question_id for outcome in outcomes}),
        keys=len(keys),
        unscored=sum(key.verdict is Verdict.UNSCORED for key in keys),
        resampled=unit,
        measures=measured(outcomes, unit, draws),
        groups=tuple(_groups(outcomes)),
        calibration=bins,
        calibration_error=_calibration_error(bins),
        mistakes=worst_mistakes(outcomes),
        bad_lines=tuple(bad_lines),
        usage=sum((outcome.usage for outcome in outcomes if outcome.usage), Usage()),
        scores=tuple((o.holistic, o.score) for o in outcomes if o.holistic is not None and o.score is not None),
    )


def measured(outcomes: Sequence[Outcome], unit: Unit = Unit.QUESTIONS, draws: int = DRAWS) -> tuple[Measured, ...]:
    """The table: each measure with its interval."""
    sample = Sample(outcomes)
    weights = list(_resampled(outcomes, unit, draws))
    found = []
    for measure in MEASURES:
        value = measure.of(sample, sample.ones)
        drawn = [each for each in (measure.of(sample, w) for w in weights) if each is not None]
        low, high = np.percentile(drawn, INTERVAL) if value is not None and drawn else (None, None)
        found.append(Measured(id=measure.id, title=measure.title, value=value, low=low, high=high))
    return tuple(found)


def calibration(keys: Sequence[KeyOutcome]) -> tuple[Bin, ...]:
    """Probabilities in ten bins beside the share of keys that are really met; empty bins are left out."""
    scored = [key for key in keys if key.verdict is not Verdict.UNSCORED]
    binned: dict[int, list[KeyOutcome]] = {}
    for key in scored:
        binned.setdefault(min(int(key.probability * BINS), BINS - 1), []).append(key)
    return tuple(
        Bin(
            low=number / BINS,
            high=(number + 1) / BINS,
            keys=len(members),
            predicted=float(np.mean([key.probability for key in members])),
            observed=float(np.mean([key.met for key in members])),
        )
        for number, members in sorted(binned.items())
    )


def worst_mistakes(outcomes: Sequence[Outcome], at_most: int = WORST) -> tuple[Mistake, ...]:
    """The mistakes that the grader was surest of, the heaviest keys first among equals."""
    wrong = [
        (outcome, key)
        for outcome in outcomes
        for key in outcome.keys
        if key.met != key.ticked and key.verdict is not Verdict.UNSCORED
    ]
    wrong.sort(key=lambda pair: (-pair[1].confidence, -pair[1].weight, pair[0].id, pair[1].id))
    return tuple(
        Mistake(
            answer_id=outcome.id,
            style=outcome.style,
            key=key.id,
            claim=key.claim,
            weight=key.weight,
            labelled=key.met,
            verdict=key.verdict,
            confidence=key.confidence,
            reason=key.reason,
            evidence=key.evidence,
            answer=outcome.answer,
        )
        for outcome, key in wrong[:at_most]
    )


GROUPINGS: dict[str, Callable[[Outcome], str]] = {
    "style": lambda outcome: outcome.style,
    "kind": lambda outcome: outcome.kind,
    "level": lambda outcome: outcome.level,
    "topic": lambda outcome: outcome.topic,
}


def _groups(outcomes: Sequence[Outcome]) -> Iterator[Group]:
    for by, value_of in GROUPINGS.items():
        for value in sorted({value_of(outcome) for outcome in outcomes}):
            yield _group(by, value, [o for o in outcomes if value_of(o) == value])


def _group(by: str, value: str, members: Sequence[Outcome]) -> Group:
    sample = Sample(members)
    counts = sample.keys.sum(axis=0)
    hits, ticked_only, labelled_only, neither = (int(count) for count in counts)
    return Group(
        by=by,
        value=value,
        answers=len(members),
        hits=hits,
        ticked_only=ticked_only,
        labelled_only=labelled_only,
        neither=neither,
        kappa=agreement.kappa(counts),
        precision=agreement.precision(counts),
        recall=agreement.recall(counts),
        f1=agreement.f1(counts),
        false_credit=agreement.false_positive_rate(counts),
        pearson=agreement.pearson(*sample.marks(sample.ones)),
    )


def _resampled(outcomes: Sequence[Outcome], unit: Unit, draws: int) -> list[Array]:
    """Weights over answers, one array a draw: how often each was drawn, alone or with its question."""
    members = [outcome.question_id if unit is Unit.QUESTIONS else i for i, outcome in enumerate(outcomes)]
    places = {member: place for place, member in enumerate(dict.fromkeys(members))}
    member_of = np.array([places[member] for member in members], dtype=int)
    random = np.random.default_rng(SEED)
    if not places:
        return []
    even = np.full(len(places), 1 / len(places))
    return [random.multinomial(len(places), even).astype(float)[member_of] for _ in range(draws)]


def _calibration_error(bins: Sequence[Bin]) -> float | None:
    total = sum(each.keys for each in bins)
    return sum(each.keys * abs(each.predicted - each.observed) for each in bins) / total if total else None
