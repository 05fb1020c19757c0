"""The obvious ways to grade, each at its best: thresholds fitted on the other questions."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from interviewer.domain.grade import EvidenceSpan, Grade, GraderInfo, KeyVerdict, Verdict
from interviewer.domain.rubric import Key
from interviewer.domain.scoring import score
from interviewer.evaluation.agreement import Array, kappa
from interviewer.evaluation.labels import LabelledAnswer
from interviewer.evaluation.outcome import Outcome, compare
from interviewer.grading.assertion import content_words
from interviewer.grading.text import sentences
from interviewer.ports import Embedder

THRESHOLDS = 60
COSINE, OVERLAP = 0, 1
BASELINES: dict[str, tuple[int, ...]] = {
    "best cosine": (COSINE,),
    "word overlap": (OVERLAP,),
    "both, logistic": (COSINE, OVERLAP),
}


@dataclass(frozen=True)
class Row:
    """One key of one answer: its cosine and overlap, and the label; None where fair examiners could differ."""

    answer: int
    key: str
    features: tuple[float, float]
    met: bool | None


def measured(answers: Sequence[LabelledAnswer], embedder: Embedder) -> list[Row]:
    """For each claim its best cosine with a sentence of the answer, and the share of its words in the answer."""
    rows = []
    for number, answer in enumerate(answers):
        text, keys = answer.task.answer, answer.task.rubric.keys
        parts = [text[start:end] for start, end in sentences(text)] or [text]
        cosines = embedder.embed([key.claim for key in keys]) @ embedder.embed(parts).T
        said = set(content_words(text))
        rows += [
            Row(number, key.id, (float(best), _overlap(key, said)), _label(answer, key))
            for key, best in zip(keys, cosines.max(axis=1), strict=True)
        ]
    return rows


def outcomes(
    answers: Sequence[LabelledAnswer],
    rows: Sequence[Row],
    groups: Sequence[frozenset[str]],
    columns: tuple[int, ...],
) -> Iterator[Outcome]:
    """Every answer graded by a baseline that was fitted without the questions of its group."""
    question = [answer.task.question.id for answer in answers]
    ticked: dict[tuple[int, str], bool] = {}
    for group in groups:
        fitted = _fitted(
            [row for row in rows if question[row.answer] not in group and row.met is not None], columns
        )
        ticked.update({(row.answer, row.key): fitted(row) for row in rows if question[row.answer] in group})
    for number, answer in enumerate(answers):
        yield compare(answer, _grade(answer, {key.id: ticked[number, key.id] for key in answer.task.rubric.keys}))


def _fitted(rows: Sequence[Row], columns: tuple[int, ...]) -> Callable[[Row], bool]:
    features = np.array([[row.features[column] for column in columns] for row in rows])
    met = np.array([bool(row.met) for row in rows])
    direction = LogisticRegression(max_iter=1000).fit(features, met).coef_[0] if len(columns) > 1 else np.ones(1)
    threshold = _best_threshold(features @ direction, met)
    return lambda row: bool(np.dot([row.features[c] for c in columns], direction) >= threshold)


def _best_threshold(scores: Array, met: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> float:
    """The threshold of the best kappa."""
    candidates = np.quantile(scores, np.linspace(0, 1, THRESHOLDS))

    def agreed(threshold: float) -> float:
        ticked = scores >= threshold
        counts = [(met & ticked).sum(), (~met & ticked).sum(), (met & ~ticked).sum(), (~met & ~ticked).sum()]
        return kappa(np.array(counts, dtype=float)) or 0.0

    return float(max(candidates, key=agreed))


def _overlap(key: Key, said: set[str]) -> float:
    wanted = set(content_words(key.claim))
    return len(wanted & said) / max(1, len(wanted))


def _label(answer: LabelledAnswer, key: Key) -> bool | None:
    return None if key.id in answer.borderline else key.id in answer.met


def _grade(answer: LabelledAnswer, ticked: dict[str, bool]) -> Grade:
    """A grade without traps and numbers, which the baselines know nothing of."""
    whole = (EvidenceSpan.of(answer.task.answer, 0, len(answer.task.answer)),)
    keys = tuple(
        KeyVerdict(
            id=id,
            verdict=Verdict.MET if met else Verdict.MISSED,
            evidence=whole if met else (),
            confidence=1.0,
        )
        for id, met in ticked.items()
    )
    rubric = answer.task.rubric
    return Grade(
        question_id=rubric.question,
        score=score(rubric, keys, (), ()),
        keys=keys,
        grader=GraderInfo(name="baseline", version="1", rubric_version=str(rubric.version)),
    )
