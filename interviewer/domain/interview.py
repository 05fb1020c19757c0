"""An interview as a value: every move returns the next one, so it can be stored and resumed at any state.

asked ──answer──▶ answered ──grade──▶ graded ──next──▶ (the next question is asked, or it is finished)
  │                  ▲        └─grade with a probe─▶ probed ──┐
  └─skip─▶ skipped   └──────────────reply──────────────┘      └─decline─▶ graded
"""

from datetime import datetime
from enum import StrEnum

from pydantic import Field, model_validator

from interviewer.domain.base import Slug, Value
from interviewer.domain.grade import Grade
from interviewer.domain.question import Kind, Level
from interviewer.domain.rubric import Probe
from interviewer.errors import InvalidInput, InvalidMove

ANSWER_CHARACTERS_AT_MOST = 20_000
"""About half an hour of speech. A longer answer is refused with its text left with the person."""
ASIDES_AT_MOST = 50


class Stage(StrEnum):
    """How far one question of an interview has come."""

    ASKED = "asked"
    ANSWERED = "answered"
    PROBED = "probed"
    GRADED = "graded"
    SKIPPED = "skipped"

    @property
    def closed(self) -> bool:
        """Whether nothing more is expected of the candidate."""
        return self in (Stage.GRADED, Stage.SKIPPED)


class Choices(Value):
    """What the candidate chose to practise. Empty means any. Questions named in `only` are asked and no others."""

    only: tuple[Slug, ...] = ()
    topics: tuple[Slug, ...] = ()
    kinds: tuple[Kind, ...] = ()
    levels: tuple[Level, ...] = ()
    questions: int = Field(default=5, ge=1, le=75)
    probes: int = Field(default=1, ge=0, le=3)
    role: Slug | None = None
    pack: Slug | None = None
    seed: int = 0


class Exchange(Value):
    """A follow-up question and the candidate's reply to it (None while it is awaited).

    `worded` is how the interviewer put it, where that differs from the probe's own wording.
    """

    probe: Probe
    worded: str | None = None
    reply: str | None = None

    @property
    def ask(self) -> str:
        """The follow-up question as it was put to the candidate."""
        return self.worded or self.probe.ask


class Aside(Value):
    """Something said beside the answer, such as “can you repeat that?”, and what the interviewer replied.

    `probe` is the key of the follow-up question it was said to, None for the question itself. Asides earn nothing.
    """

    said: str
    reply: str
    probe: Slug | None = None


class Remark(Value):
    """What the interviewer said that asks and answers nothing: a greeting, a word of thanks, the last words.

    `after` is how many things the candidate had said to the question by then, one more once all was over.
    """

    after: int = Field(ge=0)
    said: str


class Item(Value):
    """One question of an interview: what was said, what was probed, and the grade."""

    question_id: Slug
    stage: Stage = Stage.ASKED
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    answer: str | None = None
    exchanges: tuple[Exchange, ...] = ()
    asides: tuple[Aside, ...] = ()
    remarks: tuple[Remark, ...] = ()
    grade: Grade | None = None

    @model_validator(mode="after")
    def _complete(self) -> "Item":
        if self.answer is None and self.stage in (Stage.ANSWERED, Stage.PROBED, Stage.GRADED):
            raise ValueError(f"a question that is {self.stage} has an answer")
        if self.grade is None and self.stage in (Stage.PROBED, Stage.GRADED):
            raise ValueError(f"a question that is {self.stage} has a grade")
        if self.stage is Stage.PROBED and not (self.exchanges and self.exchanges[-1].reply is None):
            raise ValueError("a question that is probed has a probe without a reply")
        return self

    @property
    def transcript(self) -> str:
        """All that the candidate said to this question; evidence spans count characters of this text."""
        replies = [exchange.reply for exchange in self.exchanges if exchange.reply]
        return "\n\n".join([self.answer or "", *replies])

    @property
    def times_said(self) -> int:
        """How many things the candidate said: the answer and each reply."""
        return (self.answer is not None) + sum(exchange.reply is not None for exchange in self.exchanges)

    def remark(self, after: int) -> str:
        """What the interviewer remarked after so many things; empty where that was nothing."""
        return next((remark.said for remark in self.remarks if remark.after == after), "")

    @property
    def open_probe(self) -> Probe | None:
        """The follow-up question that waits for a reply."""
        return self.exchanges[-1].probe if self.stage is Stage.PROBED else None

    @property
    def seconds_taken(self) -> float | None:
        """Seconds from the question to the first answer."""
        if self.asked_at is None or self.answered_at is None:
            return None
        return (self.answered_at - self.asked_at).total_seconds()

    def continues(self, earlier: "Item") -> bool:
        """Whether everything that was said and graded in `earlier` is here too; remarks are no reason to stop."""
        return (
            self.question_id == earlier.question_id
            and earlier.answer in (None, self.answer)
            and len(self.exchanges) >= len(earlier.exchanges)
            and all(
                new.probe == old.probe and old.worded in (None, new.worded) and old.reply in (None, new.reply)
                for new, old in zip(self.exchanges, earlier.exchanges, strict=False)
            )
            and self.asides[: len(earlier.asides)] == earlier.asides
            and (self.grade is not None or earlier.grade is None)
        )


def check_answer(text: str) -> str:
    """The text, if it can be taken as an answer.

    Raises InvalidInput for an empty or over-long one; control characters become spaces, so that character
    positions stay as they are.
    """
    if len(text) > ANSWER_CHARACTERS_AT_MOST:
        raise InvalidInput(
            f"The answer has {len(text):,} characters; at most {ANSWER_CHARACTERS_AT_MOST:,} can be graded. "
            "Shorten it and send it again; nothing was lost."
        )
    cleaned = "".join(" " if _is_control(c) else c for c in text)
    if not cleaned.strip():
        raise InvalidInput("The answer is empty. Say something, or skip the question.")
    return cleaned


def _is_control(character: str) -> bool:
    code = ord(character)
    return (code < 32 and character not in "\n\t") or 127 <= code < 160 or 0xD800 <= code <= 0xDFFF  # noqa: PLR2004


class Interview(Value):
    """A whole interview. `owner` keeps people apart who share one data folder."""

    id: str
    owner: str
    choices: Choices
    items: tuple[Item, ...] = Field(min_length=1)
    position: int = Field(default=0, ge=0)
    started_at: datetime
    updated_at: datetime
    finished_at: datetime | None = None

    @model_validator(mode="after")
    def _in_range(self) -> "Interview":
        if self.position >= len(self.items):
            raise ValueError("the position is beyond the last question")
        return self

    @classmethod
    def begin(
        cls, *, id: str, owner: str, choices: Choices, question_ids: tuple[str, ...], now: datetime
    ) -> "Interview":
        """A new interview whose first question is asked."""
        first, *rest = (Item(question_id=question_id) for question_id in question_ids)
        return cls(
            id=id,
            owner=owner,
            choices=choices,
            items=(first.model_copy(update={"asked_at": now}), *rest),
            started_at=now,
            updated_at=now,
        )

    @property
    def current(self) -> Item:
        """The question that is being worked on (the last one, once all are done)."""
        return self.items[self.position]

    @property
    def finished(self) -> bool:
        """Whether the interview is over."""
        return self.finished_at is not None

    def must_continue(self, earlier: "Interview") -> None:
        """Raises InvalidMove if storing this state in place of `earlier` would take anything back.

        That happens when the same interview is open in two windows and goes on in one of them.
        """
        if not (
            self.owner == earlier.owner
            and self.position >= earlier.position
            and (self.finished or not earlier.finished)
            and len(self.items) == len(earlier.items)
            and all(new.continues(old) for new, old in zip(self.items, earlier.items, strict=True))
        ):
            raise InvalidMove("This interview went on in another window. Go on there, or reload this page.")

    def answer(self, text: str, now: datetime) -> "Interview":
        """The candidate's answer to the question, or their reply to its open probe."""
        item = self.current
        text = check_answer(text)
        if item.stage is Stage.ASKED:
            changed = item.model_copy(update={"answer": text, "answered_at": now, "stage": Stage.ANSWERED})
        elif item.stage is Stage.PROBED:
            replied = item.exchanges[-1].model_copy(update={"reply": text})
            changed = item.model_copy(
                update={"exchanges": (*item.exchanges[:-1], replied), "stage": Stage.ANSWERED}
            )
        else:
            raise InvalidMove("This question is already answered. Go on to the next one.")
        return self._with(changed, now)

    def aside(self, said: str, reply: str, now: datetime) -> "Interview":
        """Something that was said beside the answer, with the interviewer's reply; the question stays open."""
        item = self.current
        if item.stage not in (Stage.ASKED, Stage.PROBED):
            raise InvalidMove("This question is already answered. Go on to the next one.")
        if len(item.asides) >= ASIDES_AT_MOST:
            raise InvalidMove("That is enough talk beside the question. Answer it, or skip it.")
        probe = item.open_probe.key if item.open_probe else None
        heard = Aside(said=check_answer(said), reply=reply, probe=probe)
        return self._with(item.model_copy(update={"asides": (*item.asides, heard)}), now)

    def graded(self, grade: Grade, probe: Probe | None, now: datetime) -> "Interview":
        """The grade of what was said so far, and the follow-up question to ask next, if any."""
        item = self.current
        if item.stage is not Stage.ANSWERED:
            raise InvalidMove("There is no answer to grade yet.")
        stage = Stage.GRADED if probe is None else Stage.PROBED
        exchanges = item.exchanges if probe is None else (*item.exchanges, Exchange(probe=probe))
        return self._with(item.model_copy(update={"grade": grade, "stage": stage, "exchanges": exchanges}), now)

    def worded(self, words: str, now: datetime) -> "Interview":
        """The same interview, with the words in which the interviewer put the open follow-up question."""
        item = self.current
        if item.stage is not Stage.PROBED or item.exchanges[-1].worded is not None:
            raise InvalidMove("No follow-up question waits to be asked.")
        put = item.exchanges[-1].model_copy(update={"worded": words})
        return self._with(item.model_copy(update={"exchanges": (*item.exchanges[:-1], put)}), now)

    def remarked(self, said: str) -> "Interview":
        """The same interview with a remark on what was said last; raises InvalidMove where there is one."""
        item = self.current
        after = item.times_said + self.finished
        if item.remark(after):
            raise InvalidMove("The interviewer has said so already.")
        remarks = (*item.remarks, Remark(after=after, said=said))
        items = list(self.items)
        items[self.position] = item.model_copy(update={"remarks": remarks})
        return self.model_copy(update={"items": tuple(items)})

    def regraded(self, position: int, grade: Grade, now: datetime) -> "Interview":
        """The same interview with another grade for a question that was graded before."""
        item = self.items[position]
        if item.grade is None:
            raise InvalidMove("This question has no grade yet.")
        return self._with(item.model_copy(update={"grade": grade}), now, position)

    def skip(self, now: datetime) -> "Interview":
        """Pass over the question, or decline the open probe and keep the grade."""
        item = self.current
        if item.stage is Stage.ASKED:
            return self._with(item.model_copy(update={"stage": Stage.SKIPPED}), now)
        if item.stage is Stage.PROBED:
            return self._with(item.model_copy(update={"stage": Stage.GRADED}), now)
        raise InvalidMove("There is nothing to skip here. Go on to the next question.")

    def next(self, now: datetime) -> "Interview":
        """Ask the next question, or finish after the last."""
        if self.finished:
            raise InvalidMove("The interview is finished.")
        if not self.current.stage.closed:
            raise InvalidMove("The current question is still open. Answer or skip it first.")
        if self.position + 1 == len(self.items):
            return self.finish(now)
        upcoming = self.items[self.position + 1].model_copy(update={"asked_at": now})
        moved = self._with(upcoming, now, self.position + 1)
        return moved.model_copy(update={"position": self.position + 1})

    def finish(self, now: datetime) -> "Interview":
        """End the interview here; questions not reached count as not asked. It ends only once."""
        if self.finished:
            return self
        return self.model_copy(update={"finished_at": now, "updated_at": now})

    def _with(self, item: Item, now: datetime, position: int | None = None) -> "Interview":
        if self.finished and position is None:
            raise InvalidMove("The interview is finished.")
        at = self.position if position is None else position
        items = (*self.items[:at], item, *self.items[at + 1 :])
        return self.model_copy(update={"items": items, "updated_at": now})
