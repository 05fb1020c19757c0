"""What earns marks: keys, traps, numbers and probes."""

import hashlib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import Field, model_validator

from interviewer.domain.base import Location, Slug, Text, Value, reject


class Unit(StrEnum):
    """Units of a value said in an answer; those of one family are converted."""

    NUMBER = "number"
    PERCENT = "percent"
    MILLISECONDS = "ms"
    SECONDS = "s"
    MINUTES = "min"
    HOURS = "h"
    DAYS = "day"
    WEEKS = "week"
    MONTHS = "month"
    YEARS = "year"
    US_DOLLARS = "usd"
    FACTOR = "x"
    REQUESTS_PER_SECOND = "rps"
    GIGABYTES = "gb"
    STANDARD_DEVIATIONS = "sigma"
    COUNT = "count"


class KeyTag(StrEnum):
    """What sort of claim a key makes; coaching and the plan of study go by it."""

    DEFINITION = "definition"
    COMPONENT = "component"
    TOOL = "tool"
    TRADE_OFF = "trade-off"
    ROLLBACK = "rollback"
    MONITORING = "monitoring"
    FIGURE = "figure"
    COST = "cost"
    AUTOMATION = "automation"
    FLOW = "flow"
    SKEW = "skew"
    DIAGNOSIS = "diagnosis"
    DETECTION = "detection"
    MITIGATION = "mitigation"
    PERMANENT_FIX = "permanent-fix"
    PREVENTION = "prevention"
    RESULT = "result"
    LESSON = "lesson"
    CONTEXT = "context"
    SECURITY = "security"
    ML_SPECIFIC = "ml-specific"
    RELEASE = "release"
    FAILURE_MODE = "failure-mode"
    REASONING = "reasoning"


class ValueRange(Value):
    """A value from `min` to `max`, both included, in `unit`. An end left out is open."""

    min: float | None = None
    max: float | None = None
    unit: Unit

    @model_validator(mode="after")
    def _ordered(self) -> "ValueRange":
        if self.min is None and self.max is None:
            raise ValueError("give min, max or both")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"min {self.min:g} is greater than max {self.max:g}")
        return self


class NamesRule(Value):
    """The claim involves naming at least so many of these; with `enough`, naming them is the whole claim."""

    at_least: int = Field(default=1, ge=1)
    of: tuple[Text, ...] = Field(min_length=1)
    enough: bool = False


Weight = Annotated[int, Field(ge=1, le=3)]


class Key(Value):
    """A criterion: one checkable claim, with the exemplars that teach a grader to see it."""

    id: Slug
    claim: Text
    weight: Weight = 1
    tags: tuple[KeyTag, ...] = ()
    phrasings: tuple[Text, ...] = ()
    near_misses: tuple[Text, ...] = ()
    names: NamesRule | None = None
    needs_value: tuple[ValueRange, ...] = ()


class Trap(Value):
    """A misconception; falling into it costs marks, warning against it does not.

    One about a figure is told from the truth by the figure: it is not fallen into where a number that
    `unless_given` names is given within its range.
    """

    id: Slug
    claim: Text
    phrasings: tuple[Text, ...] = ()
    warnings: tuple[Text, ...] = ()
    unless_given: tuple[Slug, ...] = ()


class NumberRule(Value):
    """A figure worth giving: values that count, and the words one of which must stand nearby."""

    id: Slug
    claim: Text
    values: tuple[ValueRange, ...] = Field(min_length=1)
    at_least: int = Field(default=1, ge=1)
    context: tuple[Text, ...] = ()
    examples: tuple[Text, ...] = ()
    counterexamples: tuple[Text, ...] = ()


class Probe(Value):
    """A follow-up question that gives the candidate a second chance at one key."""

    key: Slug
    ask: Text


class Sample(Value):
    """A stretch of a sample answer, with the keys it makes, the traps it falls into and the numbers it gives."""

    text: Text
    makes: tuple[Slug, ...] = ()
    traps: tuple[Slug, ...] = ()
    numbers: tuple[Slug, ...] = ()


class SampleAnswer(Value):
    """An answer in the voice of one candidate; read aloud, it is its segments one after the other."""

    style: Text
    segments: tuple[Sample, ...] = Field(min_length=1)

    @property
    def text(self) -> str:
        """The whole answer."""
        return " ".join(segment.text for segment in self.segments)

    @property
    def met(self) -> frozenset[str]:
        """Keys that the answer makes."""
        return frozenset(key for segment in self.segments for key in segment.makes)

    @property
    def trapped(self) -> frozenset[str]:
        """Traps that the answer falls into."""
        return frozenset(trap for segment in self.segments for trap in segment.traps)


class SampleAnswers(Value):
    """Labelled answers to one question in many voices: right, wrong, plain, spoken."""

    question: Slug
    answers: tuple[SampleAnswer, ...]


def _repeated(field: str, entries: Iterable[Key | Trap | NumberRule]) -> Iterator[tuple[Location, str]]:
    seen: set[str] = set()
    for position, entry in enumerate(entries):
        if entry.id in seen:
            yield (field, position, "id"), f"duplicate id {entry.id!r}; rename one of them"
        seen.add(entry.id)


class Rubric(Value):
    """All that earns or costs marks in the answer to one question."""

    question: Slug
    version: int = Field(default=1, ge=1)
    draft: bool = False
    keys: tuple[Key, ...] = Field(min_length=1)
    traps: tuple[Trap, ...] = ()
    numbers: tuple[NumberRule, ...] = ()
    probes: tuple[Probe, ...] = ()
    samples: tuple[Sample, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> "Rubric":
        reject(
            [
                *_repeated("keys", self.keys),
                *_repeated("traps", self.traps),
                *_repeated("numbers", self.numbers),
                *self._probes_for_nothing(),
                *self._numbers_not_there(),
            ]
        )
        return self

    def _probes_for_nothing(self) -> Iterator[tuple[Location, str]]:
        known = {key.id for key in self.keys}
        for position, probe in enumerate(self.probes):
            if probe.key not in known:
                message = f"there is no key {probe.key!r}; use one of {', '.join(sorted(known))}"
                yield ("probes", position, "key"), message

    def _numbers_not_there(self) -> Iterator[tuple[Location, str]]:
        known = {number.id for number in self.numbers}
        for position, trap in enumerate(self.traps):
            for at, given in enumerate(trap.unless_given):
                if given not in known:
                    message = f"there is no number {given!r}; use one of {', '.join(sorted(known)) or 'none'}"
                    yield ("traps", position, "unless_given", at), message

    @property
    def claims(self) -> tuple[Key | Trap, ...]:
        """Keys, then traps."""
        return (*self.keys, *self.traps)

    def key(self, key_id: str) -> Key:
        """The key with this id; KeyError if there is none."""
        for key in self.keys:
            if key.id == key_id:
                return key
        raise KeyError(key_id)

    @cached_property
    def digest(self) -> str:
        """Sixteen hex digits that change whenever the content does; caches are keyed by it."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]
