"""Which words of an answer earned or cost what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from interviewer.domain.grade import EvidenceSpan, Grade, TrapVerdict, Verdict
from interviewer.domain.rubric import Rubric


@dataclass(frozen=True)
class Mark:
    """Characters `start` to `end` of a transcript belong to the line `label` of the feedback card.

    `tone` is `met`, `partly`, `trap` or `number`; `title` says the same for a pointer and a screen reader.
    """

    start: int
    end: int
    label: str
    tone: str
    title: str


@dataclass(frozen=True)
class Piece:
    """A run of text under the same marks, which may be none; some of them may end with it."""

    text: str
    marks: tuple[Mark, ...] = ()
    ending: tuple[Mark, ...] = ()

    @property
    def ends(self) -> str:
        """The labels of the marks that end here, where the eye looks for them."""
        return " ".join(mark.label for mark in self.ending)

    @property
    def labels(self) -> str:
        """The labels of the feedback lines these words belong to, separated by spaces."""
        return " ".join(mark.label for mark in self.marks)

    @property
    def tone(self) -> str:
        """The tone that matters most."""
        tones = {mark.tone for mark in self.marks}
        return next((tone for tone in ("trap", "met", "partly", "number") if tone in tones), "")

    @property
    def title(self) -> str:
        """What these words did, in words."""
        return "; ".join(dict.fromkeys(mark.title for mark in self.marks))


def marks_of(grade: Grade, rubric: Rubric) -> list[Mark]:
    """All marks of a grade: keys are numbered as in the rubric, traps T1, T2, and numbers N1, N2."""
    labels = key_labels(rubric)
    found: list[Mark] = []
    for key in grade.keys:
        if key.id in labels and key.verdict.earns:
            tone, title = ("met", "Made point") if key.verdict is Verdict.MET else ("partly", "Partly made point")
            found += _marks(key.evidence, labels[key.id], tone, title)
    for label, trap in fallen_into(grade):
        found += _marks(trap.evidence, label, "trap", "Fell into trap")
    for label, number in zip(numbered("N", len(grade.numbers)), grade.numbers, strict=True):
        if number.met:
            found += _marks(number.evidence, label, "number", "Gave figure")
    return found


def key_labels(rubric: Rubric) -> dict[str, str]:
    """Key id to its number on the card."""
    return {key.id: str(place) for place, key in enumerate(rubric.keys, start=1)}


def fallen_into(grade: Grade) -> list[tuple[str, TrapVerdict]]:
    """The traps that the answer fell into, with their labels on the card."""
    triggered = [trap for trap in grade.traps if trap.triggered]
    return list(zip(numbered("T", len(triggered)), triggered, strict=True))


def numbered(prefix: str, count: int) -> list[str]:
    """Labels such as T1, T2."""
    return [f"{prefix}{place}" for place in range(1, count + 1)]


def _marks(evidence: Iterable[EvidenceSpan], label: str, tone: str, title: str) -> list[Mark]:
    return [Mark(span.start, span.end, label, tone, f"{title} {label}") for span in evidence]


def pieces(text: str, marks: Sequence[Mark], offset: int = 0) -> list[Piece]:
    """`text` cut wherever a mark begins or ends; marks count from `offset` characters before the text.

    The pieces joined give the text again, whatever the marks are.
    """
    here = [(max(0, m.start - offset), min(len(text), m.end - offset), m) for m in marks]
    here = [(start, end, m) for start, end, m in here if start < end]
    cuts = sorted({0, len(text), *(start for start, _, _ in here), *(end for _, end, _ in here)})
    return [
        Piece(
            text[a:b],
            tuple(m for start, end, m in here if start <= a and b <= end),
            tuple(m for _, end, m in here if end == b),
        )
        for a, b in pairwise(cuts)
    ]
