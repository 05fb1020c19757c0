"""Training answers: answers to the bank in many voices, cut into labelled segments (training/answers/*.yaml)."""

from pathlib import Path

from interviewer.content.source import read_yaml
from interviewer.domain.base import Slug, Text, Value

FOLDER = Path(__file__).parent / "answers"


class Segment(Value):
    """A stretch of an answer with the keys it makes, the traps it falls into and the numbers it gives."""

    text: Text
    makes: tuple[Slug, ...] = ()
    traps: tuple[Slug, ...] = ()
    numbers: tuple[Slug, ...] = ()


class TrainingAnswer(Value):
    """One candidate's answer; read aloud, it is its segments one after the other."""

    style: Text
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """The whole answer."""
        return " ".join(segment.text for segment in self.segments)

    @property
    def met(self) -> frozenset[str]:
        """Keys that the answer makes."""
        return frozenset(key for segment in self.segments for key in segment.makes)

    @property
    def traps(self) -> frozenset[str]:
        """Traps that the answer falls into."""
        return frozenset(trap for segment in self.segments for trap in segment.traps)


class TrainingAnswers(Value):
    """All training answers to one question."""

    question: Slug
    answers: tuple[TrainingAnswer, ...]


def training_answers() -> list[TrainingAnswers]:
    """All of them, in the order of their files."""
    return [read_yaml(path, TrainingAnswers) for path in sorted(FOLDER.glob("*.yaml"))]
