"""Advice beyond single questions: each item says under which condition it is shown."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from pydantic import Field, model_validator

from interviewer.domain.base import Location, Slug, Text, Value, reject
from interviewer.domain.grade import Verdict
from interviewer.domain.interview import Item, Stage
from interviewer.domain.question import Kind, Question
from interviewer.domain.rubric import KeyTag, Rubric


class When(Value):
    """A condition on one question of a session, or on the whole of it.

    Fields that are given combine with AND; a list inside a field means any of its entries (`answer_lacks`:
    none of them occurs). `describe` says the same in plain words and is not evaluated.
    """

    describe: Text
    kinds: tuple[Kind, ...] = ()
    topics: tuple[Slug, ...] = ()
    missed_tags: tuple[KeyTag, ...] = Field(default=(), description="a key with such a tag was missed")
    met_tags: tuple[KeyTag, ...] = Field(default=(), description="a key with such a tag earned credit")
    none_met_tags: tuple[KeyTag, ...] = Field(
        default=(), description="keys with such tags were judged and none of them earned credit"
    )
    numbers_possible_none_given: bool | None = Field(
        default=None, description="figures were asked for and none was given"
    )
    over_time: bool | None = Field(default=None, description="the answer took longer than its time")
    skipped: bool = Field(default=False, description="the question was skipped; without it, it was graded")
    score_below: float | None = Field(default=None, ge=0, le=100)
    score_at_least: float | None = Field(default=None, ge=0, le=100)
    trap_in: tuple[str, ...] = Field(default=(), description="question-id/trap-id of a trap fallen into")
    answer_lacks: tuple[Text, ...] = Field(default=(), description="none of these words or phrases was said")
    answer_has: tuple[Text, ...] = Field(default=(), description="one of these words or phrases was said")
    session_end: bool = Field(default=False, description="holds at the end of every session with a graded answer")
    whole_session: bool = Field(default=False, description="all answers of the session count as one")
    min_count: int = Field(default=1, ge=1, description="holds for at least so many questions of the session")

    @model_validator(mode="after")
    def _says_something(self) -> "When":
        faults: list[tuple[Location, str]] = []
        if not self.model_fields_set - {"describe", "min_count", "whole_session"}:
            faults.append(((), "this condition always holds; give at least one field that it depends on"))
        faults += [
            (("trap_in", place), f"{entry!r} is not question-id/trap-id; write it in that form")
            for place, entry in enumerate(self.trap_in)
            if entry.count("/") != 1
        ]
        reject(faults)
        return self


class CoachingItem(Value):
    """A piece of advice and the condition under which it applies."""

    id: Slug
    says: Text
    sources: tuple[Text, ...] = ()
    when: When


class Advice(Value):
    """A coaching item that applies to a session, and the questions that called for it (none: the session)."""

    id: Slug
    says: Text
    questions: tuple[Slug, ...] = ()


@dataclass(frozen=True)
class Observation:
    """What there is to see in one question of a session, or in several together."""

    questions: frozenset[str]
    kinds: frozenset[Kind]
    topics: frozenset[str]
    skipped: bool
    over_time: bool
    missed_tags: frozenset[KeyTag]
    met_tags: frozenset[KeyTag]
    numbers_possible: int
    numbers_given: int
    traps: frozenset[str]
    scores: tuple[float, ...]
    text: str

    @classmethod
    def of(cls, item: Item, question: Question, rubric: Rubric) -> "Observation":
        """What one question of an interview shows; it must be graded or skipped."""
        grade = item.grade
        verdicts = {key.id: key.verdict for key in grade.keys} if grade else {}
        seconds = item.seconds_taken
        return cls(
            questions=frozenset({question.id}),
            kinds=frozenset({question.kind}),
            topics=frozenset({question.topic}),
            skipped=item.stage is Stage.SKIPPED,
            over_time=seconds is not None and seconds > question.seconds,
            missed_tags=_tags(rubric, (id for id, verdict in verdicts.items() if verdict is Verdict.MISSED)),
            met_tags=_tags(rubric, (id for id, verdict in verdicts.items() if verdict.earns)),
            numbers_possible=len(rubric.numbers) if grade else 0,
            numbers_given=sum(number.met for number in grade.numbers) if grade else 0,
            traps=frozenset(f"{question.id}/{t.id}" for t in grade.traps if t.triggered) if grade else frozenset(),
            scores=() if grade is None or grade.score is None else (grade.score,),
            text=_words(item.transcript),
        )

    def __add__(self, other: "Observation") -> "Observation":
        """Both together, as one."""
        return Observation(
            questions=self.questions | other.questions,
            kinds=self.kinds | other.kinds,
            topics=self.topics | other.topics,
            skipped=self.skipped and other.skipped,
            over_time=self.over_time or other.over_time,
            missed_tags=self.missed_tags | other.missed_tags,
            met_tags=self.met_tags | other.met_tags,
            numbers_possible=self.numbers_possible + other.numbers_possible,
            numbers_given=self.numbers_given + other.numbers_given,
            traps=self.traps | other.traps,
            scores=self.scores + other.scores,
            text=f"{self.text}\n{other.text}",
        )

    @property
    def score(self) -> float | None:
        """Mean score, 0-100; None where nothing could be scored."""
        return sum(self.scores) / len(self.scores) if self.scores else None

    def says(self, phrase: str) -> bool:
        """Whether the phrase was said, as whole words, in whatever case and spacing."""
        return re.search(rf"(?<!\w){re.escape(_words(phrase))}(?!\w)", self.text) is not None


def coaching(items: Iterable[CoachingItem], session: Sequence[Observation]) -> list[Advice]:
    """The advice that applies to a session: most often called for first, what ends every session last."""
    found = [(item, _calling_for(item.when, session)) for item in items]
    applying = [(item, questions) for item, questions in found if questions is not None]
    applying.sort(key=lambda pair: (pair[0].when.session_end, -len(pair[1])))
    return [Advice(id=item.id, says=item.says, questions=questions) for item, questions in applying]


def holds(when: When, seen: Observation) -> bool:
    """Whether the condition holds for what was seen (without regard to `min_count` and `session_end`)."""
    return all(
        (
            when.skipped == seen.skipped,
            not when.kinds or not seen.kinds.isdisjoint(when.kinds),
            not when.topics or not seen.topics.isdisjoint(when.topics),
            not when.missed_tags or not seen.missed_tags.isdisjoint(when.missed_tags),
            not when.met_tags or not seen.met_tags.isdisjoint(when.met_tags),
            not when.none_met_tags or _none_met(when.none_met_tags, seen),
            when.numbers_possible_none_given in (None, seen.numbers_possible > 0 and seen.numbers_given == 0),
            when.over_time in (None, seen.over_time),
            _score_fits(when, seen.score),
            not when.trap_in or not seen.traps.isdisjoint(when.trap_in),
            not any(seen.says(phrase) for phrase in when.answer_lacks),
            not when.answer_has or any(seen.says(phrase) for phrase in when.answer_has),
        )
    )


def _calling_for(when: When, session: Sequence[Observation]) -> tuple[str, ...] | None:
    """Ids of the questions for which the condition holds; None where it does not apply."""
    if when.session_end or when.whole_session:
        graded = [seen for seen in session if not seen.skipped]
        applies = bool(graded) and (when.session_end or holds(when, reduce(Observation.__add__, graded)))
        return () if applies else None
    questions = tuple(question for seen in session if holds(when, seen) for question in sorted(seen.questions))
    return questions if len(questions) >= when.min_count else None


def _none_met(tags: Sequence[KeyTag], seen: Observation) -> bool:
    """Some key with such a tag was missed (nobody is blamed for what was not asked) and none was met."""
    return not seen.missed_tags.isdisjoint(tags) and seen.met_tags.isdisjoint(tags)


def _score_fits(when: When, score: float | None) -> bool:
    if when.score_below is not None and (score is None or score >= when.score_below):
        return False
    return when.score_at_least is None or (score is not None and score >= when.score_at_least)


def _tags(rubric: Rubric, key_ids: Iterable[str]) -> frozenset[KeyTag]:
    wanted = set(key_ids)
    return frozenset(tag for key in rubric.keys if key.id in wanted for tag in key.tags)


def _words(text: str) -> str:
    """Lower case, straight apostrophes, single spaces: what a comparison of words needs."""
    return " ".join(text.lower().replace("’", "'").split())
