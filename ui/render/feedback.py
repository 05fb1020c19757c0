"""The feedback card: what an answer earned and missed, with the words, and who judged."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from interviewer.domain import scoring
from interviewer.domain.grade import Citation, Grade, KeyVerdict, Verdict
from interviewer.domain.interview import Item, Stage
from interviewer.domain.passage import Passage
from interviewer.domain.question import Question
from interviewer.domain.rubric import Rubric
from ui.render import words
from ui.render.marks import fallen_into, key_labels, numbered
from ui.render.page import fill

FULL_MARKS = 100


@dataclass(frozen=True)
class Sources:
    """What the source material says of each key, by key id, and passages to read about those that were missed."""

    cited: Mapping[str, Sequence[Citation]] = field(default_factory=dict)
    reading: Sequence[Passage] = ()


NO_SOURCES = Sources()


@dataclass(frozen=True)
class KeyLine:
    """A key of the rubric as the card shows it."""

    label: str
    verdict: Verdict
    claim: str
    weight: int
    reason: str
    close: bool
    quotes: tuple[str, ...]
    source: Citation | None
    judge: str

    @property
    def icon(self) -> str:
        """A sign for the verdict that does not depend on colour."""
        return words.ICONS[self.verdict]

    @property
    def said(self) -> str:
        """The verdict in words."""
        return words.VERDICTS[self.verdict]

    @property
    def is_verbatim(self) -> bool:
        """Whether the source states the claim in the same words, so that they need not be shown twice."""
        return self.source is not None and _words(self.source.text) == _words(self.claim)

    @property
    def source_title(self) -> str:
        """What the source is called; texts of the question itself as they are called further down the card."""
        if self.source is None:
            return ""
        return words.OWN_TEXTS.get(self.source.passage_id.partition(":")[0], self.source.title)

    @property
    def importance(self) -> str:
        """The weight in words."""
        return words.WEIGHTS[self.weight]


@dataclass(frozen=True)
class ExtraLine:
    """A trap or a number as the card shows it; `hit`: fallen into, or given."""

    label: str
    claim: str
    hit: bool
    quotes: tuple[str, ...]


def feedback(
    item: Item, question: Question, rubric: Rubric, sources: Sources = NO_SOURCES, *, finished: bool = False
) -> str:
    """The card of a graded item; before that, what a good answer to this kind of question has.

    While a follow-up question waits, in an interview that is not `finished`, what was missed stays folded
    away: it would give the answer away.
    """
    if item.grade is None:
        return _before(item, question, rubric)
    keys = _key_lines(item.grade, rubric, sources)
    return fill(
        "feedback.html",
        grade=item.grade,
        fallback=item.grade.grader.fallback_reason,
        open=item.stage is Stage.PROBED and not finished,
        earned=[line for line in keys if line.verdict.earns],
        missed=sorted((k for k in keys if k.verdict is Verdict.MISSED), key=lambda line: -line.weight),
        unscored=[line for line in keys if line.verdict is Verdict.UNSCORED],
        traps=_trap_lines(item.grade, rubric),
        numbers=_number_lines(item.grade, rubric),
        sum=arithmetic(item.grade, rubric),
        reading=sources.reading,
        question=question,
        words=words,
    )


def _before(item: Item, question: Question, rubric: Rubric) -> str:
    if item.stage is Stage.SKIPPED:
        return fill("skipped.html", question=question, rubric=rubric, words=words)
    essential = sum(key.weight == max(words.WEIGHTS) for key in rubric.keys)
    return fill(
        "before.html",
        advice=words.ADVICE[question.kind],
        points=len(rubric.keys),
        essential=essential,
        figures=len(rubric.numbers),
        minutes=words.clock(question.seconds),
    )


def arithmetic(grade: Grade, rubric: Rubric) -> str:
    """How the score came about, so that a person can check it by hand."""
    base = scoring.coverage(rubric, grade.keys)
    if base is None or grade.score is None:
        return ""
    trapped = sum(trap.triggered for trap in grade.traps)
    given = sum(number.met for number in grade.numbers)
    cost = min(scoring.TRAP_COST_AT_MOST, scoring.TRAP_COST * trapped)
    bonus = min(scoring.NUMBER_BONUS_AT_MOST, scoring.NUMBER_BONUS * given)
    steps = [f"{base:.1f} for the points made, by weight"]
    if cost:
        steps.append(f"− {cost} for {trapped} {words.plural(trapped, 'trap')}")
    if bonus:
        steps.append(f"+ {bonus} for {given} {words.plural(given, 'figure')}")
    total = f"{' '.join(steps)} = {grade.score:g}" if steps[1:] else steps[0]
    exact = round(base - cost + bonus, 1)
    return total if 0 <= exact <= FULL_MARKS else f"{total}, kept between 0 and {FULL_MARKS}"


def _key_lines(grade: Grade, rubric: Rubric, sources: Sources) -> list[KeyLine]:
    labels = key_labels(rubric)
    return [
        _key_line(labels[judged.id], judged, rubric, sources, words.judge(judged.decided_by, grade.grader.name))
        for judged in grade.keys
        if judged.id in labels
    ]


def _key_line(label: str, judged: KeyVerdict, rubric: Rubric, sources: Sources, judge: str) -> KeyLine:
    key = rubric.key(judged.id)
    return KeyLine(
        label=label,
        verdict=judged.verdict,
        claim=key.claim,
        weight=key.weight,
        reason=judged.reason,
        close=judged.verdict is not Verdict.UNSCORED and judged.confidence < words.CLOSE_CALL,
        quotes=tuple(span.quote for span in judged.evidence),
        source=next(iter(sources.cited.get(judged.id, ())), None),
        judge=judge,
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _trap_lines(grade: Grade, rubric: Rubric) -> list[ExtraLine]:
    claims = {trap.id: trap.claim for trap in rubric.traps}
    return [
        ExtraLine(label, claims[trap.id], True, tuple(span.quote for span in trap.evidence))
        for label, trap in fallen_into(grade)
        if trap.id in claims
    ]


def _number_lines(grade: Grade, rubric: Rubric) -> list[ExtraLine]:
    claims = {number.id: number.claim for number in rubric.numbers}
    return [
        ExtraLine(label, claims[number.id], number.met, tuple(span.quote for span in number.evidence))
        for label, number in zip(numbered("N", len(grade.numbers)), grade.numbers, strict=True)
        if number.id in claims
    ]
