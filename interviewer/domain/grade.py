"""The result of grading: verdicts with their evidence, and who gave them."""

from enum import StrEnum

from pydantic import Field, model_validator

from interviewer.domain.base import Value
from interviewer.domain.chat import Tokens


class Verdict(StrEnum):
    """What a grader says of one key. `unscored`: it could not be judged, and is left out of the score."""

    MET = "met"
    PARTLY = "partly"
    MISSED = "missed"
    UNSCORED = "unscored"

    @property
    def credit(self) -> float | None:
        """1, 0.5 or 0; None where the key could not be judged."""
        return _CREDIT[self]

    @property
    def earns(self) -> bool:
        """Whether it gives any credit, and so needs evidence."""
        return self in (Verdict.MET, Verdict.PARTLY)


_CREDIT = {Verdict.MET: 1.0, Verdict.PARTLY: 0.5, Verdict.MISSED: 0.0, Verdict.UNSCORED: None}


BY_MODEL = "llm"
"""`decided_by` of a key that a language model judged."""


class EvidenceSpan(Value):
    """Characters `start` to `end` (exclusive) of the candidate's own answer; `quote` is exactly that text."""

    start: int = Field(ge=0)
    end: int
    quote: str = Field(min_length=1)

    @model_validator(mode="after")
    def _lengths_agree(self) -> "EvidenceSpan":
        if self.end - self.start != len(self.quote):
            raise ValueError("the quote must be exactly as long as its span")
        return self

    @classmethod
    def of(cls, answer: str, start: int, end: int) -> "EvidenceSpan":
        """The span of `answer` from `start` to `end`."""
        return cls(start=start, end=end, quote=answer[start:end])


class Citation(Value):
    """A passage of the source material that states a claim."""

    passage_id: str
    title: str
    text: str
    score: float


class KeyVerdict(Value):
    """One key judged. No evidence, no credit: `met` and `partly` cannot be made without a span.

    `confidence` is from 0 to 1; `decided_by` names the grader that judged this key, where several did.
    """

    id: str
    verdict: Verdict
    evidence: tuple[EvidenceSpan, ...] = ()
    confidence: float = Field(ge=0, le=1)
    reason: str = ""
    decided_by: str = ""

    @model_validator(mode="after")
    def _credit_needs_evidence(self) -> "KeyVerdict":
        if self.verdict.earns and not self.evidence:
            raise ValueError(f"key {self.id!r} earns credit without evidence")
        return self

    @property
    def credit(self) -> float | None:
        """1, 0.5, 0, or None where it could not be judged."""
        return self.verdict.credit


class TrapVerdict(Value):
    """Whether the answer fell into a trap, and with which words."""

    id: str
    triggered: bool
    evidence: tuple[EvidenceSpan, ...] = ()
    confidence: float = Field(default=1.0, ge=0, le=1)

    @model_validator(mode="after")
    def _blame_needs_evidence(self) -> "TrapVerdict":
        if self.triggered and not self.evidence:
            raise ValueError(f"trap {self.id!r} is triggered without evidence")
        return self


class NumberVerdict(Value):
    """Whether a figure was given within its range, and where."""

    id: str
    met: bool
    evidence: tuple[EvidenceSpan, ...] = ()

    @model_validator(mode="after")
    def _credit_needs_evidence(self) -> "NumberVerdict":
        if self.met and not self.evidence:
            raise ValueError(f"number {self.id!r} is met without evidence")
        return self


class GraderInfo(Value):
    """Who graded: enough to tell old grades apart from new ones and to repeat them."""

    name: str
    version: str
    model: str | None = None
    prompt_version: str | None = None
    rubric_version: str
    fallback_reason: str | None = None


class Usage(Value):
    """What asking a language model took. `usd` is None where no call was made, or the price is not known."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    usd: float | None = None

    @classmethod
    def of(cls, tokens: Tokens, usd: float | None) -> "Usage":
        """One call."""
        return cls(calls=1, input_tokens=tokens.input, output_tokens=tokens.output, usd=usd)

    def __add__(self, other: "Usage") -> "Usage":
        known = [usage.usd for usage in (self, other) if usage.usd is not None]
        return Usage(
            calls=self.calls + other.calls,
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            usd=sum(known) if known else None,
        )

    @property
    def total_tokens(self) -> int:
        """Tokens in and out."""
        return self.input_tokens + self.output_tokens


class Grade(Value):
    """An answer judged. `score` is 0-100, or None where no key could be judged."""

    question_id: str
    score: float | None = Field(ge=0, le=100)
    keys: tuple[KeyVerdict, ...]
    traps: tuple[TrapVerdict, ...] = ()
    numbers: tuple[NumberVerdict, ...] = ()
    grader: GraderInfo
    notes: tuple[str, ...] = ()
    usage: Usage | None = None

    @property
    def keys_by_model(self) -> int:
        """How many keys a language model judged."""
        return sum(key.decided_by == BY_MODEL for key in self.keys)

    @property
    def stood_in(self) -> bool:
        """Whether the local grader judged all of it in place of a language model that could not be asked."""
        return self.grader.fallback_reason is not None and not self.keys_by_model

    def key(self, key_id: str) -> KeyVerdict | None:
        """The verdict on this key, if it was judged."""
        return next((key for key in self.keys if key.id == key_id), None)
