"""Fits the local grader's calibration to labelled answers and writes it as readable JSON.

    python -m training.calibrate [--leave-out QUESTION ...] [--out FILE]

Labels say which claims an answer makes, not where, so the fit alternates: choose in each answer the window that
the present model finds likeliest, refit a logistic regression on the chosen windows, and repeat (multiple-instance
learning by the witness rule; Andrews et al. 2003). The two sources of labels, the labelled answers of bench/data
and the training answers, weigh the same.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from interviewer.adapters.minilm import rubric_encoder
from interviewer.content.library import Library
from interviewer.grading.calibration import Calibration, Logistic
from interviewer.grading.exemplars import ExemplarBank
from interviewer.grading.features import FEATURES, Matrix
from interviewer.grading.measure import Reader
from interviewer.grading.terms import Terms
from interviewer.ports import Embedder, GradingTask
from training.answers import training_answers

ROOT = Path(__file__).parent.parent
LABELLED = ROOT / "bench" / "data" / "labelled-answers.jsonl"
SHIPPED = ROOT / "interviewer" / "grading" / "calibration.json"
ROUNDS = 4
REGULARISATION = 3.0
START = {"near": 8.0, "margin": 6.0, "contrast": 3.0}
MET, PARTLY, TRAPPED = 0.65, 0.5, 0.33
DIGITS = 4


@dataclass(frozen=True)
class Labelled:
    """An answer with its labels; `borderline` keys are left out."""

    question: str
    answer: str
    met: frozenset[str]
    traps: frozenset[str]
    borderline: frozenset[str]
    source: str


@dataclass(frozen=True)
class Bag:
    """All windows of one answer with regard to one claim, and whether the answer makes it."""

    question: str
    source: str
    is_trap: bool
    windows: Matrix
    made: bool


def labelled_answers(path: Path = LABELLED) -> Iterator[Labelled]:
    """The labelled answers that ship with the project, then the training answers."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Labelled(
            row["question_id"],
            row["answer"],
            frozenset(row["met"]),
            frozenset(row["traps"]),
            frozenset(row["borderline"]),
            "labelled",
        )
    for each in training_answers():
        for answer in each.answers:
            yield Labelled(each.question, answer.text, answer.met, answer.traps, frozenset(), "training")


def bags(answers: Sequence[Labelled], embedder: Embedder) -> list[Bag]:
    """What the grader measures of each answer, with its labels."""
    library = Library()
    terms = Terms(library.glossary)
    reader = Reader(embedder, terms, ExemplarBank(embedder, terms, None))
    found = []
    for answer in answers:
        rubric = library.rubric(answer.question)
        reading = reader.read([GradingTask(library.question(answer.question), rubric, answer.answer)])[0]
        for key, windows in zip(rubric.keys, reading.keys, strict=bool(reading.keys)):
            if key.id not in answer.borderline:
                found.append(Bag(answer.question, answer.source, False, windows, key.id in answer.met))
        for trap, windows in zip(rubric.traps, reading.traps, strict=bool(reading.traps)):
            found.append(Bag(answer.question, answer.source, True, windows, trap.id in answer.traps))
    return found


def fit(chosen: Sequence[Bag]) -> Logistic:
    """The logistic regression over witness windows."""
    weights = np.array([START.get(name, 0.0) for name in FEATURES])
    made = np.array([bag.made for bag in chosen])
    sources = [bag.source for bag in chosen]
    sample_weight = np.array([len(chosen) / sources.count(source) for source in sources])
    intercept = 0.0
    for _ in range(ROUNDS):
        witnesses = np.array([bag.windows[np.argmax(bag.windows @ weights)] for bag in chosen])
        model = LogisticRegression(C=REGULARISATION, max_iter=5000)
        model.fit(witnesses, made, sample_weight=sample_weight / sample_weight.mean())
        weights, intercept = model.coef_[0], float(model.intercept_[0])
    coefficients = {
        name: round(float(weight), DIGITS) for name, weight in zip(FEATURES, weights, strict=True)
    }
    return Logistic(intercept=round(intercept, DIGITS), coefficients=coefficients)


def calibrate(measured: Sequence[Bag], encoder: str, left_out: frozenset[str] = frozenset()) -> Calibration:
    """The calibration without the questions left out."""
    chosen = [bag for bag in measured if bag.question not in left_out]
    return Calibration(
        encoder=encoder,
        key=fit([bag for bag in chosen if not bag.is_trap]),
        trap=fit([bag for bag in chosen if bag.is_trap]),
        met=MET,
        partly=PARTLY,
        trapped=TRAPPED,
    )


def main() -> None:
    """Read the options, fit and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--leave-out", nargs="*", default=[])
    parser.add_argument("--out", type=Path, default=SHIPPED)
    options = parser.parse_args()
    embedder = rubric_encoder()
    answers = list(labelled_answers())
    calibration = calibrate(bags(answers, embedder), embedder.name, frozenset(options.leave_out))
    options.out.write_text(calibration.model_dump_json(indent=2) + "\n", encoding="utf-8")
    print(f"{options.out}: fitted on {len(answers)} answers")  # noqa: T201


if __name__ == "__main__":
    main()
