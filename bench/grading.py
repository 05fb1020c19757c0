"""How far the local grader agrees with labelled answers, beside the obvious baselines, in one run.

    python -m bench.grading [--no-docs]

Writes bench/results/grading.json and grading.md, and puts the table into docs/agreement.md and README.md. The
honest column is "questions left out": every answer is graded with a calibration that was fitted without the
labelled answers to its question and to the four others of its group.
"""

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import _baselines as baselines
from bench._agreement_card import card, put_into_documents
from interviewer.adapters.minilm import minilm, rubric_encoder
from interviewer.content.library import Library
from interviewer.domain.rubric import Rubric
from interviewer.evaluation.evaluation import Evaluation, evaluate
from interviewer.evaluation.labels import LabelledAnswer, read_labelled
from interviewer.evaluation.outcome import Outcome, compare
from interviewer.grading.calibration import Calibration, Decision, shipped
from interviewer.grading.external import external_task
from interviewer.grading.local import LocalGrader
from interviewer.grading.records import OrderReader
from interviewer.grading.terms import Terms
from interviewer.ports import GradingTask
from interviewer.settings import read_settings
from training.calibrate import LABELLED, bags, labelled_answers, sampled_decision, without_samples
from training.remembering import RememberingEmbedder

RESULTS = Path(__file__).parent / "results"
QUESTIONS_A_GROUP = 5

Groups = Sequence[frozenset[str]]


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-docs", action="store_true", help="leave docs/agreement.md and README.md as they are")
    options = parser.parse_args()
    started = time.perf_counter()
    results = measure()
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "grading.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    (RESULTS / "grading.md").write_text(card(results), encoding="utf-8")
    if not options.no_docs:
        put_into_documents(results)
    print(card(results))
    print(f"{time.perf_counter() - started:.0f} s; details in {RESULTS / 'grading.json'}")


def measure() -> dict[str, object]:
    """Every way of grading, evaluated."""
    bench = _Bench()
    found = {name: evaluate(list(bench.baseline(columns))) for name, columns in baselines.BASELINES.items()}
    found["questions left out"] = evaluate(bench.left_out(bench.encoder))
    found["as shipped"] = evaluate(bench.graded(lambda _: shipped()))
    found["without sample answers"] = evaluate(bench.left_out(bench.encoder, without_samples))
    found["published encoder"] = evaluate(bench.left_out(bench.published))
    bench.encoder.save()
    bench.published.save()
    return {"encoder": bench.encoder.name, "ways": {name: _figures(each) for name, each in found.items()}}


class _Bench:
    """The labelled answers, their groups and the encoders."""

    def __init__(self) -> None:
        self.library = Library()
        self.terms = Terms(self.library.glossary)
        folder = read_settings().cache_dir / "bench"
        self.encoder = RememberingEmbedder(rubric_encoder(), folder)
        self.published = RememberingEmbedder(minilm(), folder)
        self.answers = _answers(self.library)
        ids = sorted({answer.task.question.id for answer in self.answers})
        self.groups = [frozenset(ids[at : at + QUESTIONS_A_GROUP]) for at in range(0, len(ids), QUESTIONS_A_GROUP)]

    def baseline(self, columns: tuple[int, ...]) -> Sequence[Outcome]:
        """The answers graded by a baseline with these features."""
        rows = baselines.measured(self.answers, self.published)
        return list(baselines.outcomes(self.answers, rows, self.groups, columns))

    def left_out(
        self, encoder: RememberingEmbedder, withheld: Callable[[Rubric], Rubric] = lambda rubric: rubric
    ) -> list[Outcome]:
        """Each group graded with the calibration that its questions had no part in."""
        measured = bags(list(labelled_answers(self.library)), encoder, self.library, withheld)
        fitted = [
            sampled_decision([bag for bag in measured if bag.question not in group]) for group in self.groups
        ]

        def calibration(group: int) -> Calibration:
            return _everywhere(fitted[group])

        return self.graded(calibration, encoder, withheld)

    def graded(
        self,
        calibration: Callable[[int], Calibration],
        encoder: RememberingEmbedder | None = None,
        withheld: Callable[[Rubric], Rubric] = lambda rubric: rubric,
    ) -> list[Outcome]:
        """All answers, group by group, with the calibration of the group."""
        found = []
        for number, group in enumerate(self.groups):
            members = [answer for answer in self.answers if answer.task.question.id in group]
            grader = LocalGrader(encoder or self.encoder, self.terms, calibration(number), None)
            tasks = [_withheld(answer.task, withheld) for answer in members]
            found += [
                compare(answer, grade) for answer, grade in zip(members, grader.grade_many(tasks), strict=True)
            ]
        return found


def _answers(library: Library) -> list[LabelledAnswer]:
    reader = OrderReader(
        library.questions,
        lambda id, text: GradingTask(library.question(id), library.rubric(id), text),
        external_task,
    )
    answers, bad = read_labelled(enumerate(LABELLED.read_bytes().splitlines(), start=1), reader)
    assert not bad, bad
    return answers


def _withheld(task: GradingTask, withheld: Callable[[Rubric], Rubric]) -> GradingTask:
    return GradingTask(task.question, withheld(task.rubric), task.answer)


def _everywhere(decision: Decision) -> Calibration:
    """A calibration that decides so, whatever the rubric offers."""
    return shipped().model_copy(update={"sampled": decision, "phrased": decision, "bare": decision})


def _figures(found: Evaluation) -> dict[str, object]:
    """What is worth keeping of an evaluation, rounded so that a repeated run gives the same file."""
    rounded = json.loads(found.model_dump_json(include={"answers", "questions", "keys", "measures", "groups"}))
    return {name: _rounded(value) for name, value in rounded.items()}


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, list):
        return [_rounded(each) for each in value]
    return {name: _rounded(each) for name, each in value.items()} if isinstance(value, dict) else value


if __name__ == "__main__":
    main()
