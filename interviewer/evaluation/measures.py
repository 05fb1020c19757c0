"""The measures of agreement. Each is a function of weights over answers, so that resampling is cheap.

A weight says how often an answer is counted: once each for the figure itself, as often as it was drawn for its
confidence interval.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from interviewer.evaluation import agreement
from interviewer.evaluation.agreement import Array
from interviewer.evaluation.outcome import Outcome

PARAPHRASE, WRONG = "paraphrase", "wrong"
WORTHLESS = frozenset("abce")
"""Attacks that claim nothing: a list of terms, the question echoed, an injection, an evasion."""
APART = 15


class Sample:
    """Outcomes as arrays: rows are answers. Counts are as in `agreement`."""

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        self.keys = _counts(((key.met, key.ticked) for key in o.keys) for o in outcomes)
        self.traps = _counts(((d.labelled, d.judged) for d in o.traps) for o in outcomes)
        self.numbers = _counts(((d.labelled, d.judged) for d in o.numbers) for o in outcomes)
        self.styles = {style: _where(o.style == style for o in outcomes) for style in _styles(outcomes)}
        self.worthless = _where(o.attack in WORTHLESS for o in outcomes)
        self.ones = np.ones(len(outcomes))
        marked = _where(o.score is not None and o.holistic is not None for o in outcomes)
        self._marked = marked.astype(bool)
        self._scores = np.array([o.score or 0.0 for o in outcomes])[self._marked]
        self._marks = np.array([o.holistic or 0.0 for o in outcomes])[self._marked]
        self._pairs = _pairs(outcomes)

    def of_style(self, style: str) -> Array:
        """1 for each answer of this style, 0 for the others."""
        return self.styles.get(style, np.zeros(len(self.ones)))

    def kappa_by_style(self, weights: Array) -> float | None:
        """Mean of the kappas of the styles, each taken alone."""
        each = (agreement.kappa((weights * mask) @ self.keys) for mask in self.styles.values())
        known = [kappa for kappa in each if kappa is not None]
        return float(np.mean(known)) if known else None

    def marks(self, weights: Array) -> tuple[Array, Array, Array]:
        """Scores, the examiner's marks, and the weights of those answers that have both."""
        return self._scores, self._marks, weights[self._marked]

    def order(self, weights: Array) -> float | None:
        """Share of pairs of answers to one question, marked well apart, that the scores put in the same order."""
        first, second, right = self._pairs
        pair_weights = weights[first] * weights[second]
        total = pair_weights.sum()
        return float((pair_weights * right).sum() / total) if total else None


@dataclass(frozen=True)
class Measure:
    """A figure of the table; `of` is None where it is not defined."""

    id: str
    title: str
    of: Callable[[Sample, Array], float | None]


MEASURES = (
    Measure("kappa", "kappa per key, all styles", lambda s, w: agreement.kappa(w @ s.keys)),
    Measure("kappa_by_style", "kappa per key, mean of the styles each taken alone", Sample.kappa_by_style),
    Measure("precision", "precision of met", lambda s, w: agreement.precision(w @ s.keys)),
    Measure("recall", "recall of met", lambda s, w: agreement.recall(w @ s.keys)),
    Measure("f1", "F1 of met", lambda s, w: agreement.f1(w @ s.keys)),
    Measure(
        "paraphrase_recall",
        "recall on plain-word paraphrase",
        lambda s, w: agreement.recall((w * s.of_style(PARAPHRASE)) @ s.keys),
    ),
    Measure(
        "paraphrase_precision",
        "precision on plain-word paraphrase",
        lambda s, w: agreement.precision((w * s.of_style(PARAPHRASE)) @ s.keys),
    ),
    Measure(
        "false_credit",
        "false credit on fluent wrong answers",
        lambda s, w: agreement.false_positive_rate((w * s.of_style(WRONG)) @ s.keys),
    ),
    Measure(
        "worthless_credit",
        "credit for keyword lists, echoed question, injection, evasion",
        lambda s, w: agreement.false_positive_rate((w * s.worthless) @ s.keys),
    ),
    Measure("traps_f1", "F1 of traps", lambda s, w: agreement.f1(w @ s.traps)),
    Measure("numbers_f1", "F1 of numbers", lambda s, w: agreement.f1(w @ s.numbers)),
    Measure(
        "pearson", "Pearson r of the score with the holistic mark", lambda s, w: agreement.pearson(*s.marks(w))
    ),
    Measure("order", f"order of two answers to one question, {APART} or more marks apart", Sample.order),
    Measure(
        "bands",
        "quadratic weighted kappa of the score in five bands",
        lambda s, w: agreement.quadratic_kappa(*s.marks(w)),
    ),
)


def _counts(rows: Iterable[Iterable[tuple[bool, bool]]]) -> Array:
    """For each answer: hits, judged only, labelled only, neither."""
    places = {(True, True): 0, (False, True): 1, (True, False): 2, (False, False): 3}
    counts = []
    for decisions in rows:
        row = [0.0] * 4
        for decision in decisions:
            row[places[decision]] += 1
        counts.append(row)
    return np.array(counts).reshape(-1, 4)


def _styles(outcomes: Sequence[Outcome]) -> list[str]:
    return sorted({outcome.style for outcome in outcomes})


def _where(flags: Iterable[bool]) -> Array:
    return np.array([float(flag) for flag in flags])


def _pairs(outcomes: Sequence[Outcome]) -> tuple[Array, Array, Array]:
    """Indices of the two answers of each pair, and 1 where the scores order it rightly; a tie is not right."""
    found: list[tuple[int, int, float]] = []
    by_question: dict[str, list[int]] = {}
    for i, outcome in enumerate(outcomes):
        if outcome.score is not None and outcome.holistic is not None:
            by_question.setdefault(outcome.question_id, []).append(i)
    for group in by_question.values():
        for i, j in combinations(group, 2):
            marks = (outcomes[i].holistic or 0.0) - (outcomes[j].holistic or 0.0)
            scores = (outcomes[i].score or 0.0) - (outcomes[j].score or 0.0)
            if abs(marks) >= APART:
                found.append((i, j, float(marks * scores > 0)))
    first, second, right = np.array(found).reshape(-1, 3).T
    return first.astype(int), second.astype(int), right
