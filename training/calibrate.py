"""Fits the local grader's calibration to labelled answers and writes it as readable JSON.

    python -m training.calibrate [--leave-out QUESTION ...] [--external FILE ...] [--out FILE]

Labels say which claims an answer makes, not where, so the fit alternates: choose in each answer the window that
the present model finds likeliest, refit a logistic regression on the chosen windows, and repeat (multiple-instance
learning by the witness rule; Andrews et al. 2003).

Rubrics with sample answers are calibrated on the labelled answers alone, because the samples are exemplars there
and would meet themselves. The other sorts are made by withholding: samples; then phrasings too, with near-misses
by rule in place of the bank's; then near-misses as well. Sample answers then serve as labelled ones, and some
answers to other questions as answers that make nothing.
`--external` adds questions from elsewhere (JSON lines with question, answer and rubric of {key, text, met}) to the
fit for bare claims, in which the bank and each of these files have the same weight.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from interviewer.adapters.minilm import rubric_encoder
from interviewer.content.library import Library
from interviewer.domain.rubric import Rubric, Trap
from interviewer.grading.calibration import Calibration, Decision, Logistic
from interviewer.grading.exemplars import ExemplarBank
from interviewer.grading.external import external_task
from interviewer.grading.features import FEATURES, Matrix
from interviewer.grading.measure import Reader
from interviewer.grading.opposition import sound
from interviewer.grading.terms import Terms
from interviewer.importing.contrasts import near_misses
from interviewer.ports import Embedder, GradingTask
from interviewer.settings import read_settings
from training.remembering import RememberingEmbedder

ROOT = Path(__file__).parent.parent
LABELLED = ROOT / "bench" / "data" / "labelled-answers.jsonl"
SHIPPED = ROOT / "interviewer" / "grading" / "calibration.json"
ROUNDS = 5
REGULARISATION = 3.0
WITH_SAMPLES = 10.0
"""What the penalty is divided by. Rubrics with sample answers are the bank's, the others may be about anything."""
STRANGER_EVERY = 16
"""For one in so many answers, another question is taken along which it does not answer."""
STRANGER_TO_DERIVED_EVERY = 2
"""The same for claims derived by rule, which know nothing of what else people say."""
START = {"near": 8.0, "margin": 6.0, "contrast": 3.0}
PHRASED = (
    "nearest",
    "near",
    "fit",
    "against",
    "margin",
    "contrast",
    "pitfall",
    "words",
    "ignorance",
    "length",
)
SAMPLED = (*PHRASED, "heard", "over_idle", "over_others", "vote")
DERIVED = ("nearest", "against", "margin", "contrast", "words", "ignorance", "length", "over_idle")
BARE = ("nearest", "words", "contrast", "ignorance", "length", "among")
DIGITS = 4


@dataclass(frozen=True)
class Labelled:
    """An answer to a task with its labels; only ids in `judged` have one."""

    task: GradingTask
    judged: frozenset[str]
    made: frozenset[str]


@dataclass(frozen=True)
class Bag:
    """All windows of one answer with regard to one claim, whether it makes it, and its weight in the fit."""

    question: str
    claim: str
    is_trap: bool
    windows: Matrix
    made: bool
    weight: float = 1.0


def labelled_answers(library: Library, path: Path = LABELLED) -> Iterator[Labelled]:
    """The labelled answers that ship with the project, without their borderline keys."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rubric = library.rubric(row["question_id"])
        judged = frozenset(each.id for each in rubric.claims) - frozenset(row["borderline"])
        made = frozenset((*row["met"], *row["traps"]))
        yield Labelled(GradingTask(library.question(row["question_id"]), rubric, row["answer"]), judged, made)


def sample_answers(library: Library) -> Iterator[Labelled]:
    """The rubrics' own sample answers."""
    for question in library.questions.values():
        rubric = library.rubric(question.id)
        judged = frozenset(each.id for each in rubric.claims)
        for answer in library.sample_answers(question.id):
            yield Labelled(GradingTask(question, rubric, answer.text), judged, answer.met | answer.trapped)


def external_answers(path: Path) -> Iterator[Labelled]:
    """Answers to questions outside the bank, judged by people."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        claims = [(f"k{i}", each["text"]) for i, each in enumerate(row["rubric"]) if each["met"] is not None]
        made = frozenset(f"k{i}" for i, each in enumerate(row["rubric"]) if each["met"])
        if claims:
            task = external_task(row["question"], row["reference_answer"] or "", claims, row["answer"])
            yield Labelled(task, frozenset(id for id, _ in claims), made)


def strangers(answers: Sequence[Labelled]) -> Iterator[Labelled]:
    """Some questions with an answer to another one, which makes none of their claims."""
    for own, other in zip(answers, [*answers[len(answers) // 2 :], *answers[: len(answers) // 2]], strict=True):
        if own.task.question != other.task.question:
            task = GradingTask(own.task.question, own.task.rubric, other.task.answer)
            yield Labelled(task, own.judged, frozenset())


def without_samples(rubric: Rubric) -> Rubric:
    """The rubric as if nobody had written sample answers."""
    return rubric.model_copy(update={"samples": ()})


def derived(rubric: Rubric) -> Rubric:
    """The rubric as if its claims had been imported: with near-misses by rule."""
    keys = tuple(
        key.model_copy(update={"phrasings": (), "near_misses": near_misses(key.claim)}) for key in rubric.keys
    )
    traps = tuple(
        trap.model_copy(update={"phrasings": (), "warnings": near_misses(trap.claim)}) for trap in rubric.traps
    )
    return rubric.model_copy(update={"samples": (), "keys": keys, "traps": traps})


def bare(rubric: Rubric) -> Rubric:
    """The rubric with its claims alone."""
    keys = tuple(key.model_copy(update={"phrasings": (), "near_misses": ()}) for key in rubric.keys)
    traps = tuple(trap.model_copy(update={"phrasings": (), "warnings": ()}) for trap in rubric.traps)
    return rubric.model_copy(update={"samples": (), "keys": keys, "traps": traps})


def bags(
    answers: Sequence[Labelled],
    embedder: Embedder,
    library: Library,
    withheld: Callable[[Rubric], Rubric] = lambda r: r,
    *,
    by_rule: bool = False,
) -> list[Bag]:
    """What the grader measures of each answer, with its labels; `by_rule` as in the decision it is for."""
    terms = Terms(library.glossary)
    reader = Reader(embedder, terms, ExemplarBank(embedder, terms, None))
    found = []
    for answer in answers:
        rubric = withheld(answer.task.rubric)
        task = GradingTask(answer.task.question, rubric, answer.task.answer)
        reading = reader.read([task])[0]
        windows = reading.heard.windows
        kept = np.array(sound(task, windows)) if by_rule else np.ones(len(windows), bool)
        measured = [each[kept] for each in (*reading.keys, *reading.traps)] if kept.any() else []
        for claim, features in zip(rubric.claims, measured, strict=bool(measured)):
            if claim.id in answer.judged:
                made = claim.id in answer.made
                found.append(Bag(rubric.question, claim.id, isinstance(claim, Trap), features, made))
    return found


def with_equal_weight(*sources: Sequence[Bag]) -> list[Bag]:
    """All bags, of which each source has the same weight, however many it has."""
    mean = sum(map(len, sources)) / len(sources)
    return [replace(bag, weight=mean / len(source)) for source in sources for bag in source]


def fit(chosen: Sequence[Bag], names: Sequence[str], strength: float = REGULARISATION) -> Logistic:
    """The logistic regression over witness windows, on the named features."""
    columns = [FEATURES.index(name) for name in names]
    windows = [bag.windows[:, columns] for bag in chosen]
    weights = np.array([START.get(name, 0.0) for name in names])
    if not weights.any():
        weights[0] = 1.0
    made, weight = np.array([bag.made for bag in chosen]), np.array([bag.weight for bag in chosen])
    intercept = 0.0
    for _ in range(ROUNDS):
        witnesses = np.array([each[np.argmax(each @ weights)] for each in windows])
        model = LogisticRegression(C=strength, max_iter=5000).fit(witnesses, made, sample_weight=weight)
        weights, intercept = model.coef_[0], float(model.intercept_[0])
    coefficients = {name: round(float(weight), DIGITS) for name, weight in zip(names, weights, strict=True)}
    return Logistic(intercept=round(intercept, DIGITS), coefficients=coefficients)


def decision(
    measured: Sequence[Bag],
    names: Sequence[str],
    strength: float = REGULARISATION,
    *,
    met: float,
    partly: float,
    trapped: float,
    alike: float = 0.0,
    by_rule: bool = False,
) -> Decision:
    """Both models of one sort of rubric, with its thresholds."""
    return Decision(
        key=fit([bag for bag in measured if not bag.is_trap], names, strength),
        trap=fit([bag for bag in measured if bag.is_trap], names, strength),
        met=met,
        partly=partly,
        trapped=trapped,
        alike=alike,
        by_rule=by_rule,
    )


def sampled_decision(measured: Sequence[Bag]) -> Decision:
    """The decision for rubrics with sample answers; bench/grading.py refits it with questions left out."""
    return decision(measured, SAMPLED, WITH_SAMPLES, met=0.72, partly=0.48, trapped=0.5)


def calibrate(
    library: Library, embedder: Embedder, left_out: frozenset[str], external: Sequence[Path]
) -> Calibration:
    """The calibration, without the questions left out."""
    labelled = [each for each in labelled_answers(library) if each.task.question.id not in left_out]
    both = [*labelled, *(each for each in sample_answers(library) if each.task.question.id not in left_out)]
    foreign = list(strangers(both[::STRANGER_TO_DERIVED_EVERY]))
    ruled = bags([*both, *foreign], embedder, library, derived, by_rule=True)
    both += foreign[:: STRANGER_EVERY // STRANGER_TO_DERIVED_EVERY]
    others = [bags(list(external_answers(path)), embedder, library) for path in external]
    stripped = with_equal_weight(bags(both, embedder, library, bare), *others)
    phrased = bags(both, embedder, library, without_samples, by_rule=True)
    return Calibration(
        encoder=embedder.name,
        sampled=sampled_decision(bags(labelled, embedder, library)),
        phrased=decision(phrased, PHRASED, met=0.7, partly=0.5, trapped=0.35, by_rule=True),
        derived=decision(ruled, DERIVED, met=0.4, partly=0.25, trapped=0.5, alike=0.29, by_rule=True),
        bare=decision(stripped, BARE, met=0.7, partly=0.5, trapped=0.5),
    )


def main() -> None:
    """Read the options, fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--leave-out", nargs="*", default=[])
    parser.add_argument("--external", nargs="*", type=Path, default=[])
    parser.add_argument("--out", type=Path, default=SHIPPED)
    options = parser.parse_args()
    encoder = RememberingEmbedder(rubric_encoder(), read_settings().cache_dir / "training")
    fitted = calibrate(Library(), encoder, frozenset(options.leave_out), options.external)
    encoder.save()
    options.out.write_text(fitted.model_dump_json(indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
