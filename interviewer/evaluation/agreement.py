"""Statistics of agreement. Pure; None where a figure is not defined, never a made-up one.

`counts` are always four: labelled and judged so (hits), judged only, labelled only, neither.
"""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

BANDS = 5
MARKS = 100.0


def kappa(counts: Array) -> float | None:
    """Cohen's kappa of two yes-or-no judgements; None where both always say the same one thing."""
    hits, only_judged, only_labelled, neither = counts
    total = counts.sum()
    if not total:
        return None
    agreed = (hits + neither) / total
    judged, labelled = (hits + only_judged) / total, (hits + only_labelled) / total
    chance = judged * labelled + (1 - judged) * (1 - labelled)
    return None if chance >= 1 - 1e-12 else float((agreed - chance) / (1 - chance))


def precision(counts: Array) -> float | None:
    """Share of those judged so that are labelled so."""
    return _share(counts[0], counts[0] + counts[1])


def recall(counts: Array) -> float | None:
    """Share of those labelled so that are judged so."""
    return _share(counts[0], counts[0] + counts[2])


def false_positive_rate(counts: Array) -> float | None:
    """Share of those not labelled so that are judged so all the same."""
    return _share(counts[1], counts[1] + counts[3])


def f1(counts: Array) -> float | None:
    """Harmonic mean of precision and recall; None where neither label nor judgement says yes."""
    return _share(2 * counts[0], 2 * counts[0] + counts[1] + counts[2])


def pearson(x: Array, y: Array, weights: Array) -> float | None:
    """Weighted correlation of two series; None where one of them does not vary."""
    if not weights.sum():
        return None
    x, y = x - np.average(x, weights=weights), y - np.average(y, weights=weights)
    spread = np.sqrt((weights * x * x).sum() * (weights * y * y).sum())
    return float((weights * x * y).sum() / spread) if spread > 1e-9 else None  # noqa: PLR2004


def quadratic_kappa(x: Array, y: Array, weights: Array) -> float | None:
    """Quadratic weighted kappa of two series of marks from 0 to 100, each in five bands of equal width."""
    observed = np.zeros((BANDS, BANDS))
    np.add.at(observed, (band(x), band(y)), weights)
    if not observed.sum():
        return None
    distance = (np.arange(BANDS)[:, None] - np.arange(BANDS)[None, :]) ** 2
    expected = np.outer(observed.sum(1), observed.sum(0)) / observed.sum()
    chance = float((distance * expected).sum())
    return 1 - float((distance * observed).sum()) / chance if chance else None


def band(marks: Array) -> npt.NDArray[np.int64]:
    """The band, from 0, that a mark lies in: 0-20, 20-40 and so on; 100 lies in the last."""
    return np.minimum((marks * BANDS / MARKS).astype(np.int64), BANDS - 1)


def _share(part: float, whole: float) -> float | None:
    return float(part / whole) if whole else None
