"""The end report of an interview: what it showed, what was missing, and what to do about it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from interviewer.domain.base import Value
from interviewer.domain.coaching import Advice, CoachingItem, Observation, coaching
from interviewer.domain.grade import Grade, Usage, Verdict
from interviewer.domain.interview import Interview, Item, Stage
from interviewer.domain.question import Kind, Question
from interviewer.domain.readiness import Ability, ReadinessLine, readiness
from interviewer.domain.rubric import Key, Rubric

LOCAL_GRADER = "keyword"
STRENGTHS_AT_MOST = 8
GAPS_AT_MOST = 12


class QuestionResult(Value):
    """A graded question. `score` is None where nothing could be judged."""

    question: str
    topic: str
    kind: Kind
    score: float | None
    seconds_taken: float | None
    seconds_allowed: int


class TopicResult(Value):
    """Mean score of a topic's scored questions, 0-100."""

    topic: str
    score: float
    questions: int


class KeyResult(Value):
    """A key of the rubric with what became of it; `claim` is what there was to say."""

    question: str
    key: str
    claim: str
    weight: int
    verdict: Verdict


class NumberMissing(Value):
    """A figure that the question had room for and the answer did not give."""

    question: str
    number: str
    claim: str


class TrapFallenInto(Value):
    """A misconception that the answer held, and the words that did."""

    question: str
    trap: str
    claim: str
    quotes: tuple[str, ...]


class GraderShare(Value):
    """Who graded how many questions; `fallback_reasons` say why another grader than the chosen one did."""

    name: str
    version: str
    model: str | None
    questions: int
    fallback_reasons: tuple[str, ...]


class Report(Value):
    """What an interview showed; `score` is the mean over its graded questions, 0-100, without skipped ones.

    `usage` is what its grades took of a language model, None where none was there to be asked.
    """

    interview: str
    started_at: datetime
    finished_at: datetime | None
    score: float | None
    questions: tuple[QuestionResult, ...]
    skipped: tuple[str, ...]
    not_reached: tuple[str, ...]
    topics: tuple[TopicResult, ...]
    strengths: tuple[KeyResult, ...]
    gaps: tuple[KeyResult, ...]
    numbers_missing: tuple[NumberMissing, ...]
    traps: tuple[TrapFallenInto, ...]
    unscored: tuple[KeyResult, ...]
    graders: tuple[GraderShare, ...]
    usage: Usage | None = None
    advice: tuple[Advice, ...]
    readiness: tuple[ReadinessLine, ...]


class Reviewed(NamedTuple):
    """A graded item with what it was graded against."""

    item: Item
    grade: Grade
    question: Question
    rubric: Rubric


def build_report(
    interview: Interview,
    questions: Mapping[str, Question],
    rubrics: Mapping[str, Rubric],
    *,
    coaching_items: Iterable[CoachingItem] = (),
    checklist: Iterable[Ability] = (),
    earlier: Iterable[Interview] = (),
) -> Report:
    """The report of an interview, finished or not.

    `questions` and `rubrics` give what the bank has for the interview's questions; one that it no longer has
    counts in the score only. `earlier` interviews count for the readiness checklist.
    """
    graded = [item for item in interview.items if item.grade is not None]
    reviewed = list(_reviewed(graded, questions, rubrics))
    keys = [result for review in reviewed for result in _key_results(review)]
    scores = scored(graded)
    return Report(
        interview=interview.id,
        started_at=interview.started_at,
        finished_at=interview.finished_at,
        score=_mean([score for _, score in scores]),
        questions=tuple(_question_result(review) for review in reviewed),
        skipped=tuple(item.question_id for item in interview.items if item.stage is Stage.SKIPPED),
        not_reached=tuple(item.question_id for item in interview.items if _not_reached(item)),
        topics=_topics(reviewed),
        strengths=tuple(_heaviest(keys, Verdict.MET))[:STRENGTHS_AT_MOST],
        gaps=tuple(_heaviest(keys, Verdict.MISSED, Verdict.PARTLY))[:GAPS_AT_MOST],
        numbers_missing=tuple(missing for review in reviewed for missing in _numbers_missing(review)),
        traps=tuple(trap for review in reviewed for trap in _traps(review)),
        unscored=tuple(key for key in keys if key.verdict is Verdict.UNSCORED),
        graders=_graders([item.grade for item in graded if item.grade]),
        usage=_usage([item.grade for item in graded if item.grade]),
        advice=tuple(coaching(coaching_items, _observations(interview, questions, rubrics))),
        readiness=tuple(readiness(checklist, [*scores, *_scores_of(earlier)])),
    )


def scored(items: Iterable[Item]) -> list[tuple[str, float]]:
    """(question id, score) of the items that have a score."""
    return [
        (item.question_id, item.grade.score)
        for item in items
        if item.grade is not None and item.grade.score is not None
    ]


def mean_score(interview: Interview) -> float | None:
    """Mean score of an interview's graded questions, 0-100, to one decimal; None where there is none."""
    return _mean([score for _, score in scored(interview.items)])


def _scores_of(interviews: Iterable[Interview]) -> list[tuple[str, float]]:
    return [pair for interview in interviews for pair in scored(interview.items)]


def _mean(scores: Sequence[float]) -> float | None:
    return round(sum(scores) / len(scores), 1) if scores else None


def _not_reached(item: Item) -> bool:
    return item.grade is None and item.stage is not Stage.SKIPPED


def _reviewed(
    items: Iterable[Item], questions: Mapping[str, Question], rubrics: Mapping[str, Rubric]
) -> Iterable[Reviewed]:
    for item in items:
        question, rubric = questions.get(item.question_id), rubrics.get(item.question_id)
        if item.grade is not None and question is not None and rubric is not None:
            yield Reviewed(item, item.grade, question, rubric)


def _observations(
    interview: Interview, questions: Mapping[str, Question], rubrics: Mapping[str, Rubric]
) -> list[Observation]:
    return [
        Observation.of(item, questions[item.question_id], rubrics[item.question_id])
        for item in interview.items
        if item.question_id in questions
        and item.question_id in rubrics
        and (item.grade is not None or item.stage is Stage.SKIPPED)
    ]


def _question_result(review: Reviewed) -> QuestionResult:
    return QuestionResult(
        question=review.question.id,
        topic=review.question.topic,
        kind=review.question.kind,
        score=review.grade.score,
        seconds_taken=review.item.seconds_taken,
        seconds_allowed=review.question.seconds,
    )


def _topics(reviewed: Iterable[Reviewed]) -> tuple[TopicResult, ...]:
    """Topics in the order of their scores, the weakest first."""
    scores: dict[str, list[float]] = {}
    for review in reviewed:
        if review.grade.score is not None:
            scores.setdefault(review.question.topic, []).append(review.grade.score)
    results = [
        TopicResult(topic=topic, score=round(sum(found) / len(found), 1), questions=len(found))
        for topic, found in scores.items()
    ]
    return tuple(sorted(results, key=lambda result: result.score))


def _key_results(review: Reviewed) -> Iterable[KeyResult]:
    """Keys judged that the rubric still has: an old grade may know keys that were removed since."""
    known: dict[str, Key] = {key.id: key for key in review.rubric.keys}
    return [
        KeyResult(
            question=review.question.id,
            key=judged.id,
            claim=known[judged.id].claim,
            weight=known[judged.id].weight,
            verdict=judged.verdict,
        )
        for judged in review.grade.keys
        if judged.id in known
    ]


def _heaviest(keys: Iterable[KeyResult], *verdicts: Verdict) -> list[KeyResult]:
    """Those with one of the verdicts: by weight, then in the order of `verdicts`, then as they were asked."""
    found = [key for key in keys if key.verdict in verdicts]
    return sorted(found, key=lambda key: (-key.weight, verdicts.index(key.verdict)))


def _numbers_missing(review: Reviewed) -> Iterable[NumberMissing]:
    given = {number.id for number in review.grade.numbers if number.met}
    return [
        NumberMissing(question=review.question.id, number=number.id, claim=number.claim)
        for number in review.rubric.numbers
        if number.id not in given
    ]


def _traps(review: Reviewed) -> Iterable[TrapFallenInto]:
    claims = {trap.id: trap.claim for trap in review.rubric.traps}
    return [
        TrapFallenInto(
            question=review.question.id,
            trap=trap.id,
            claim=claims[trap.id],
            quotes=tuple(span.quote for span in trap.evidence),
        )
        for trap in review.grade.traps
        if trap.triggered and trap.id in claims
    ]


def _usage(grades: Iterable[Grade]) -> Usage | None:
    known = [grade.usage for grade in grades if grade.usage is not None]
    return sum(known, Usage()) if known else None


def _graders(grades: Iterable[Grade]) -> tuple[GraderShare, ...]:
    shares: dict[tuple[str, str, str | None], list[str | None]] = {}
    for grade in grades:
        name = LOCAL_GRADER if grade.stood_in else grade.grader.name
        who = (name, grade.grader.version, grade.grader.model)
        shares.setdefault(who, []).append(grade.grader.fallback_reason)
    return tuple(
        GraderShare(
            name=name,
            version=version,
            model=model,
            questions=len(reasons),
            fallback_reasons=tuple(dict.fromkeys(reason for reason in reasons if reason)),
        )
        for (name, version, model), reasons in shares.items()
    )
