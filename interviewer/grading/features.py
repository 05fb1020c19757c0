"""What is measured of a window of an answer with regard to one claim.

The same features serve keys and traps; a small linear model (calibration.py) turns them into a probability.
None of them looks beyond the window's own sentence, so that tone and length of the whole answer teach nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from interviewer.grading.assertion import content_words
from interviewer.grading.exemplars import Exemplars, ExemplarSet, Floats

TEMPERATURE = 0.05
TOP = 3

FEATURES = (
    "nearest",  # cosine with the nearest positive exemplar
    "near",  # mean cosine with the three nearest positive ones
    "fit",  # soft maximum over all positive ones
    "against",  # soft maximum over the negative ones
    "margin",  # nearest positive minus nearest negative
    "contrast",  # nearest positive minus the best of the question's other keys
    "pitfall",  # nearest positive minus the best of the question's traps
    "words",  # share of the nearest positive exemplar's content words that the window has
    "polarity",  # 1 where window and nearest positive exemplars differ in being negated
    "ignorance",  # 1 where the window says that the candidate does not know
    "length",  # log of the window's number of words
)

Matrix = npt.NDArray[np.float64]

_NEGATION = re.compile(
    r"\b(?:not|no|never|nor|neither|none|nobody|nothing|without|cannot|can't|\w+n't|unnecessary|needless|pointless|"
    r"useless|redundant|overkill|avoid(?:s|ed|ing)?|refuse[sd]?|overrated|superfluous|irrelevant|"
    r"(?:waste|myth|nonsense)|instead\s+of|rather\s+than|advise\s+against|skip(?:s|ped|ping)?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Measured:
    """One window: its plain text, its content words, and what it says of being asserted."""

    text: str
    content: frozenset[str]
    negations: int
    ignorance: bool
    words: int

    @classmethod
    def of(cls, text: str, *, ignorance: bool, words: int) -> "Measured":
        """Measure a window's plain text."""
        return cls(text, frozenset(content_words(text)), negations(text), ignorance, words)


def negations(text: str) -> int:
    """How many words of denial the text has."""
    return len(_NEGATION.findall(text))


def key_features(measured: Sequence[Measured], similarities: Floats, exemplars: Exemplars) -> list[Matrix]:
    """For each key a matrix of shape (windows, features)."""
    return [
        _features(
            measured,
            similarities,
            exemplars,
            key,
            others=_without(exemplars.keys, key),
            traps=exemplars.traps,
        )
        for key in exemplars.keys
    ]


def trap_features(measured: Sequence[Measured], similarities: Floats, exemplars: Exemplars) -> list[Matrix]:
    """For each trap a matrix of shape (windows, features); the keys take the place of the traps."""
    return [
        _features(
            measured,
            similarities,
            exemplars,
            trap,
            others=_without(exemplars.traps, trap),
            traps=exemplars.keys,
        )
        for trap in exemplars.traps
    ]


def _without(sets: Sequence[ExemplarSet], left_out: ExemplarSet) -> list[ExemplarSet]:
    return [each for each in sets if each is not left_out]


def _features(
    measured: Sequence[Measured],
    similarities: Floats,
    exemplars: Exemplars,
    claim: ExemplarSet,
    *,
    others: Sequence[ExemplarSet],
    traps: Sequence[ExemplarSet],
) -> Matrix:
    positive = similarities[:, claim.positive].astype(np.float64)
    negative = similarities[:, claim.negative].astype(np.float64)
    ranked = np.argsort(-positive, axis=1, kind="stable")[:, :TOP]
    top = np.take_along_axis(positive, ranked, axis=1)
    nearest = top[:, 0]
    polarity, overlap = _wording(measured, exemplars, claim, ranked)
    return np.column_stack(
        [
            nearest,
            top.mean(axis=1),
            _soft_maximum(positive),
            _soft_maximum(negative),
            nearest - _largest(negative),
            nearest - _best(similarities, others),
            nearest - _best(similarities, traps),
            overlap,
            polarity,
            [float(window.ignorance) for window in measured],
            np.log1p([window.words for window in measured]),
        ]
    )


def _wording(
    measured: Sequence[Measured], exemplars: Exemplars, claim: ExemplarSet, ranked: npt.NDArray[np.int64]
) -> tuple[Matrix, Matrix]:
    """Polarity against the nearest exemplars, and the share of the nearest one's content words."""
    polarity, overlap = np.zeros(len(measured)), np.zeros(len(measured))
    for i, window in enumerate(measured):
        texts = [exemplars.texts[claim.positive[row]] for row in ranked[i]]
        denials = min(negations(text) for text in texts)
        polarity[i] = float((window.negations > 0) != (denials > 0))
        wanted = set(content_words(texts[0]))
        overlap[i] = len(wanted & window.content) / max(1, len(wanted))
    return polarity, overlap


def _soft_maximum(cosines: Matrix) -> Matrix:
    if not cosines.shape[1]:
        return np.zeros(len(cosines))
    return TEMPERATURE * np.log(np.exp(cosines / TEMPERATURE).sum(axis=1))


def _largest(cosines: Matrix) -> Matrix:
    return cosines.max(axis=1) if cosines.shape[1] else np.zeros(len(cosines))


def _best(similarities: Floats, sets: Sequence[ExemplarSet]) -> Matrix:
    if not sets:
        return np.zeros(len(similarities))
    return np.max([similarities[:, each.positive].max(axis=1) for each in sets], axis=0).astype(np.float64)
