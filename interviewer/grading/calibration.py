"""From features to a probability: logistic regression with coefficients that a person can read.

`calibration.json` is written by training/calibrate.py and names the encoder that it was fitted with. There is one
model for each sort of rubric, since what cannot be measured (no sample answers, no phrasings) must not count.
"""

from functools import cache
from importlib.resources import files

import numpy as np

from interviewer.domain.base import Value
from interviewer.domain.rubric import Rubric
from interviewer.grading.features import FEATURES, Matrix


class Logistic(Value):
    """P = 1 / (1 + exp(-(intercept + sum of coefficient x feature))); a feature not named counts nothing."""

    intercept: float
    coefficients: dict[str, float]

    def probability(self, features: Matrix) -> Matrix:
        """Probabilities of shape (windows,) for features of shape (windows, features)."""
        weights = np.array([self.coefficients.get(name, 0.0) for name in FEATURES])
        # Summed feature by feature: BLAS may order the sum by the number of rows, and the last bit would differ.
        logits = self.intercept + sum(features[:, i] * weights[i] for i in range(len(FEATURES)))
        return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float64)


class Decision(Value):
    """How verdicts are reached for one sort of rubric; thresholds are probabilities.

    A window whose cosine with the nearest exemplar of a key is below `alike` does not make it. `by_rule` says that
    windows which contradict what is true, or are rather about another claim, are struck out by rule: where there
    are no sample answers to teach it, but claims that were made to be contradicted.
    """

    key: Logistic
    trap: Logistic
    met: float
    partly: float
    trapped: float
    alike: float = 0.0
    by_rule: bool = False


class Calibration(Value):
    """A decision for each sort of rubric: with samples, phrasings, near-misses alone, or bare claims."""

    encoder: str
    sampled: Decision
    phrased: Decision
    derived: Decision
    bare: Decision

    def of(self, rubric: Rubric) -> Decision:
        """The decision that fits what the rubric offers."""
        if rubric.samples:
            return self.sampled
        if not any(key.near_misses for key in rubric.keys):
            return self.bare
        return self.phrased if any(key.phrasings for key in rubric.keys) else self.derived


@cache
def shipped() -> Calibration:
    """The calibration that ships with the product."""
    return Calibration.model_validate_json(files(__package__).joinpath("calibration.json").read_bytes())
