"""What is measured of a window of an answer with regard to one claim.

The same features serve keys and traps; a small linear model (calibration.py) turns them into a probability.
But for the last, none of them looks beyond the window's own sentence, so that the tone of the whole answer teaches
nothing. Rubrics with sample answers do without that last one, and so without the length of the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from interviewer.grading.exemplars import Exemplars, ExemplarSet, Floats, Rows, kernel
from interviewer.grading.wording import Wording

TEMPERATURE = 0.05
TOP = 3

FEATURES = (
    "nearest",  # cosine with the nearest positive exemplar
    "near",  # mean cosine with the three nearest positive ones
    "fit",  # soft maximum over all positive ones
    "against",  # soft maximum over the negative ones
    "margin",  # nearest positive minus nearest negative
    "contrast",  # nearest positive minus the best of the question's other claims of its sort
    "pitfall",  # nearest positive minus the best of the question's traps (for a trap: of its keys)
    "heard",  # cosine with the nearest sample that makes the claim
    "over_idle",  # the better of nearest and heard, minus the nearest sample that claims nothing
    "over_others",  # the same, minus the nearest sample that claims nothing or something else
    "vote",  # of all exemplars, by kernel ridge regression: about 1 for the claim, -1 against it
    "words",  # share of the nearest positive exemplar's content words that the window has
    "polarity",  # 1 where the window and all of its nearest positive exemplars differ in denying something
    "ignorance",  # 1 where the window says that the candidate does not know
    "length",  # log of the window's number of words
    "among",  # log of the number of windows: the likeliest of many looks likely by chance alone
)

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Measured:
    """One window: its wording, whether it admits ignorance, and its number of words."""

    wording: Wording
    ignorance: bool
    words: int


def key_features(measured: Sequence[Measured], similarities: Floats, exemplars: Exemplars) -> list[Matrix]:
    """For each key a matrix of shape (windows, features)."""
    return _all(measured, similarities, exemplars, exemplars.keys, exemplars.traps)


def trap_features(measured: Sequence[Measured], similarities: Floats, exemplars: Exemplars) -> list[Matrix]:
    """For each trap a matrix of shape (windows, features); the keys take the place of the traps."""
    return _all(measured, similarities, exemplars, exemplars.traps, exemplars.keys)


def _all(
    measured: Sequence[Measured],
    similarities: Floats,
    exemplars: Exemplars,
    claims: Sequence[ExemplarSet],
    opposed: Sequence[ExemplarSet],
) -> list[Matrix]:
    cosines = similarities.astype(np.float64)
    alike = np.array([_largest(cosines, claim.positive) for claim in claims])
    pitfall = np.max([_largest(cosines, trap.positive) for trap in opposed], axis=0) if opposed else None
    alikeness = kernel(cosines)
    return [
        _features(
            measured,
            cosines,
            exemplars,
            claim,
            others=np.delete(alike, number, axis=0),
            pitfall=pitfall,
            vote=alikeness @ claim.votes,
        )
        for number, claim in enumerate(claims)
    ]


def _features(
    measured: Sequence[Measured],
    cosines: Matrix,
    exemplars: Exemplars,
    claim: ExemplarSet,
    *,
    others: Matrix,
    pitfall: Matrix | None,
    vote: Matrix,
) -> Matrix:
    positive = cosines[:, claim.positive]
    ranked = np.argsort(-positive, axis=1, kind="stable")[:, :TOP]
    top = np.take_along_axis(positive, ranked, axis=1)
    nearest = top[:, 0]
    best = np.maximum(nearest, _largest(cosines, claim.heard)) if len(claim.heard) else nearest
    idle = _largest(cosines, exemplars.idle)
    overlap, polarity = _worded(measured, exemplars, claim, ranked)
    return np.column_stack(
        [
            nearest,
            top.mean(axis=1),
            _soft_maximum(positive),
            _soft_maximum(cosines[:, claim.negative]),
            nearest - _largest(cosines, claim.negative),
            nearest - others.max(axis=0) if len(others) else nearest,
            nearest - pitfall if pitfall is not None else nearest,
            _largest(cosines, claim.heard),
            best - idle,
            best - np.maximum(idle, _largest(cosines, claim.elsewhere)),
            vote,
            overlap,
            polarity,
            [float(window.ignorance) for window in measured],
            np.log1p([window.words for window in measured]),
            np.full(len(measured), np.log(len(measured))),
        ]
    )


def _worded(
    measured: Sequence[Measured], exemplars: Exemplars, claim: ExemplarSet, ranked: npt.NDArray[np.intp]
) -> tuple[Matrix, Matrix]:
    """Share of the nearest exemplar's content words, and polarity against the nearest exemplars."""
    overlap, polarity = np.zeros(len(measured)), np.zeros(len(measured))
    for i, window in enumerate(measured):
        nearest = [exemplars.wording[claim.positive[row]] for row in ranked[i]]
        wanted = nearest[0].content
        overlap[i] = len(wanted & window.wording.content) / max(1, len(wanted))
        polarity[i] = float(window.wording.denies != all(each.denies for each in nearest))
    return overlap, polarity


def _soft_maximum(cosines: Matrix) -> Matrix:
    if not cosines.shape[1]:
        return np.zeros(len(cosines))
    return np.asarray(TEMPERATURE * np.log(np.exp(cosines / TEMPERATURE).sum(axis=1)), dtype=np.float64)


def _largest(cosines: Matrix, rows: Rows) -> Matrix:
    return cosines[:, rows].max(axis=1) if len(rows) else np.zeros(len(cosines))
