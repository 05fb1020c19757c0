"""The local grader: offline, deterministic, and it shows its evidence.

A key is judged by the window of the answer that makes its claim most probably. The probability comes from
features that a person can read (features.py) and coefficients that a person can read (calibration.json).
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from interviewer import __version__
from interviewer.domain.grade import EvidenceSpan, Grade, GraderInfo, KeyVerdict, TrapVerdict, Verdict
from interviewer.domain.rubric import Key, Rubric
from interviewer.domain.scoring import score
from interviewer.grading.calibration import Calibration, Decision
from interviewer.grading.exemplars import ExemplarBank
from interviewer.grading.features import FEATURES, Matrix
from interviewer.grading.language import is_english
from interviewer.grading.measure import Reader, Reading
from interviewer.grading.numbers import judge_numbers
from interviewer.grading.opposition import sound
from interviewer.grading.scope import Span
from interviewer.grading.terms import Terms
from interviewer.grading.text import Window, sentences
from interviewer.grading.values import matching
from interviewer.ports import Embedder, GradingTask

BATCH = 16
SHORTER_BUT_AS_SURE = 0.03
UNSURE = 0.5
REPEATS_A_NEAR_MISS = 0.85
ABOUT_AT_LEAST = 0.5
"""Share of a claim's words of content from which on a window is about it."""

_NEAREST, _MARGIN, _HEARD, _WORDS = (FEATURES.index(name) for name in ("nearest", "margin", "heard", "words"))


class LocalGrader:
    """Judges answers without a language model. The same task gives the same grade, byte for byte."""

    name = "keyword"

    def __init__(self, embedder: Embedder, terms: Terms, calibration: Calibration, cache_dir: Path | None) -> None:
        self._embedder = embedder
        self._terms = terms
        self._calibration = calibration
        self._reader = Reader(embedder, terms, ExemplarBank(embedder, terms, cache_dir))

    def warm_up(self) -> None:
        """Load the model, so that the first answer need not wait for it."""
        self._embedder.embed(["ready"])

    def grade(self, task: GradingTask) -> Grade:
        """Judge one answer."""
        return next(self.grade_many([task]))

    def grade_many(self, tasks: Iterable[GradingTask]) -> Iterator[Grade]:
        """Judge many answers in order, a batch at a time."""
        remaining = iter(tasks)
        while batch := list(islice(remaining, BATCH)):
            for task, reading in zip(batch, self._reader.read(batch), strict=True):
                yield self._grade(task, reading)

    def _grade(self, task: GradingTask, reading: Reading) -> Grade:
        rubric = task.rubric
        if not is_english(task.answer):
            return self._unscored(
                rubric, "The local grader reads English; this answer seems to be in another language."
            )
        decision = self._calibration.of(rubric)
        numbers = judge_numbers(rubric.numbers, task.answer, reading.heard.void)
        given = frozenset(number.id for number in numbers if number.met)
        fallen = [
            decision.trap.probability(windows) * (not given.intersection(trap.unless_given))
            for trap, windows in zip(rubric.traps, reading.traps, strict=bool(reading.traps))
        ]
        honest = 1 - np.max(fallen, axis=0) if fallen else np.ones(len(reading.heard.windows))
        if decision.by_rule:
            honest = honest * np.array(sound(task, reading.heard.windows))
        keys = tuple(self._key(task, reading, decision, i, honest) for i in range(len(rubric.keys)))
        traps = tuple(self._trap(task, reading, decision, i, fallen) for i in range(len(rubric.traps)))
        return Grade(
            question_id=rubric.question,
            score=score(rubric, keys, traps, numbers),
            keys=keys,
            traps=traps,
            numbers=numbers,
            grader=self._info(rubric),
        )

    def _key(
        self, task: GradingTask, reading: Reading, decision: Decision, number: int, honest: Matrix
    ) -> KeyVerdict:
        key = task.rubric.keys[number]
        named = self._named(task.answer, reading, key)
        if key.names and key.names.enough and len(named) >= key.names.at_least:
            spans = tuple(EvidenceSpan.of(task.answer, *span) for span in named)
            return self._verdict(key.id, Verdict.MET, spans, 0.95, "Named in a statement.")
        if not reading.keys:
            reason = "The answer asserts nothing that could make it."
            return self._verdict(key.id, Verdict.MISSED, (), 0.99, reason)
        measured = reading.keys[number]
        probability = decision.key.probability(measured) * honest * _outside_near_misses(reading, measured)
        probability *= measured[:, _NEAREST] >= decision.alike
        if decision.by_rule:
            probability *= _not_about_others(reading, measured)
        best = _best(probability, reading)
        window, sure = reading.heard.windows[best], float(probability[best])
        verdict, confidence, reason = _decided(sure, decision, key, len(named))
        if verdict.earns and key.needs_value and not _has_value(task.answer, window, key):
            verdict, confidence, reason = Verdict.MISSED, UNSURE, "The claim lacks the figure that belongs to it."
        evidence = (EvidenceSpan.of(task.answer, window.start, window.end),) if verdict.earns else ()
        return self._verdict(key.id, verdict, evidence, confidence, reason)

    def _named(self, answer: str, reading: Reading, key: Key) -> list[Span]:
        """Where the names that the key asks for are said, outside stretches that assert nothing."""
        if key.names is None:
            return []
        asserted = list(answer)
        for start, end in reading.heard.void:
            asserted[start:end] = " " * (end - start)
        return list(self._terms.found(key.names.of, "".join(asserted)).values())

    def _trap(
        self, task: GradingTask, reading: Reading, decision: Decision, number: int, fallen: Sequence[Matrix]
    ) -> TrapVerdict:
        trap = task.rubric.traps[number]
        if not fallen:
            return TrapVerdict(id=trap.id, triggered=False)
        best = _best(fallen[number], reading)
        sure = float(fallen[number][best])
        if sure < decision.trapped:
            return TrapVerdict(id=trap.id, triggered=False, confidence=round(1 - sure, 2))
        window = reading.heard.windows[best]
        evidence = (EvidenceSpan.of(task.answer, window.start, window.end),)
        return TrapVerdict(id=trap.id, triggered=True, evidence=evidence, confidence=round(sure, 2))

    def _verdict(
        self,
        key_id: str,
        verdict: Verdict,
        evidence: tuple[EvidenceSpan, ...],
        confidence: float,
        reason: str,
    ) -> KeyVerdict:
        return KeyVerdict(
            id=key_id,
            verdict=verdict,
            evidence=evidence,
            confidence=round(confidence, 2),
            reason=reason,
            decided_by=self.name,
        )

    def _unscored(self, rubric: Rubric, reason: str) -> Grade:
        return Grade(
            question_id=rubric.question,
            score=None,
            keys=tuple(self._verdict(key.id, Verdict.UNSCORED, (), 0.0, reason) for key in rubric.keys),
            grader=self._info(rubric),
            notes=(reason,),
        )

    def _info(self, rubric: Rubric) -> GraderInfo:
        return GraderInfo(
            name=self.name,
            version=__version__,
            model=self._embedder.name,
            rubric_version=f"{rubric.version}-{rubric.digest}",
        )


def _outside_near_misses(reading: Reading, measured: Matrix) -> Matrix:
    """0 for each window inside one that all but repeats a near-miss, 1 elsewhere.

    "Rolling back means to retrain" makes no claim, and so its clause "rolling back" makes none either.
    """
    made = np.maximum(measured[:, _NEAREST], measured[:, _HEARD])
    denied = measured[:, _NEAREST] - measured[:, _MARGIN]
    windows = reading.heard.windows
    kept = np.ones(len(windows))
    for outer in (windows[i] for i in np.flatnonzero((denied >= REPEATS_A_NEAR_MISS) & (denied > made))):
        kept[[outer.start <= window.start and window.end <= outer.end for window in windows]] = 0
    return kept


def _not_about_others(reading: Reading, measured: Matrix) -> Matrix:
    """0 for each window that has half of the words of another claim and fewer of this one, 1 elsewhere."""
    most = np.max([each[:, _WORDS] for each in reading.keys], axis=0)
    return np.asarray((most < ABOUT_AT_LEAST) | (measured[:, _WORDS] >= most), dtype=np.float64)


def _has_value(answer: str, window: Window, key: Key) -> bool:
    """Whether a value that the key needs is said in the window's sentence or the one before or after."""
    spans = sentences(answer)
    around = answer[spans[max(0, window.sentence - 1)][0] : spans[min(len(spans) - 1, window.sentence + 1)][1]]
    return any(matching(around, key.needs_value))


def _decided(sure: float, decision: Decision, key: Key, named: int) -> tuple[Verdict, float, str]:
    """Verdict, confidence and reason for a key whose likeliest window makes it with probability `sure`."""
    if sure < decision.partly:
        return Verdict.MISSED, 1 - sure, "Nothing in the answer makes this claim."
    if key.names and named < key.names.at_least:
        return Verdict.PARTLY, UNSURE, f"Made with {named} of the {key.names.at_least} names that belong to it."
    if sure < decision.met:
        return Verdict.PARTLY, sure, "These words come close to the claim."
    return Verdict.MET, sure, "These words make the claim."


def _best(probability: Matrix, reading: Reading) -> int:
    """The window to show: the shortest of those that are as sure as the surest, the earliest among equals."""
    surest = float(probability.max())
    windows = reading.heard.windows
    as_sure = [i for i in range(len(windows)) if probability[i] >= surest - SHORTER_BUT_AS_SURE]
    return min(as_sure, key=lambda i: (windows[i].end - windows[i].start, windows[i].start))
