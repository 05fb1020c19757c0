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

    `id` is stable: it changes only when the question, section or coaching item is renamed. `source` is the file
    within its content root; `pack` names the imported pack it belongs to, None for the built-in bank.
    """

    id: Text
    kind: PassageKind
    title: Text
    text: Text
    source: Text
    topic: Slug | None = None
    question_id: Slug | None = None
    pack: Slug | None = None
