"""What can be cited: short passages of the source material."""

from enum import StrEnum

from interviewer.domain.base import Slug, Text, Value


class PassageKind(StrEnum):
    """Which part of the material a passage is cut from."""

    QUESTION = "question"
    REFERENCE = "reference answer"
    WORKED_NOTE = "worked note"
    NOTE = "study note"
    COACHING = "coaching"


class Passage(Value):
    """40 to 200 words of the material where its author wrote as many.

    `id` is stable: it changes only when the question, section or coaching item is renamed. `source` is the
    file within its content root; `pack` names the imported pack it belongs to, None for the built-in bank.
    `context` is searched with the text but not shown: a piece of an answer seldom repeats the question.
    """

    id: Text
    kind: PassageKind
    title: Text
    text: Text
    context: str = ""
    source: Text
    topic: Slug | None = None
    question_id: Slug | None = None
    pack: Slug | None = None

    @property
    def searchable(self) -> str:
        """What an index sees of it."""
        return f"{self.context} {self.text}" if self.context else self.text


class Hit(Value):
    """A passage that an index found; `score` grows with likeness and is comparable within one index only."""

    passage_id: str
    score: float


class Found(Value):
    """A search result. `score` is from 0 to 1; `matches` are spans of `passage.text` that the query names."""

    passage: Passage
    score: float
    matches: tuple[tuple[int, int], ...] = ()
