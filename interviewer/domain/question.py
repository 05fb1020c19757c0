"""What is asked: questions, topics and exercises."""

from enum import StrEnum

from pydantic import Field, model_validator

from interviewer.domain.base import Location, Slug, Text, Value, reject


class Kind(StrEnum):
    """What sort of question it is; each is answered, and timed, differently."""

    CONCEPT = "concept"
    SYSTEM_DESIGN = "system-design"
    RAPID_FIRE = "rapid-fire"
    SCENARIO = "scenario"
    PRACTICAL = "practical"
    BEHAVIOURAL = "behavioural"


class Level(StrEnum):
    """How much experience a good answer takes."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Topic(Value):
    """A field of study that questions and notes belong to."""

    id: Slug
    title: Text
    summary: Text


class Question(Value):
    """One question of the bank.

    `seconds` is the time an interviewer would allow; `sources` name the documents behind it; `pack` names the
    imported pack it belongs to, None for the built-in bank. A `private` question, made from a résumé, is not sent
    to a language model.
    """

    id: Slug
    kind: Kind
    topic: Slug
    level: Level
    seconds: int = Field(ge=15, le=3600)
    sources: tuple[Text, ...] = ()
    prompt: Text
    reference_answer: Text
    worked_note: str = ""
    draft: bool = False
    private: bool = False
    pack: Slug | None = None


class ExerciseOption(Value):
    """One of four answers to choose from; `why` explains the judgement after the choice."""

    id: Slug
    text: Text
    best: bool
    why: Text


class Exercise(Value):
    """Choose the best-structured answer to a question."""

    question: Slug
    structure: Text
    options: tuple[ExerciseOption, ...] = Field(min_length=4, max_length=4)

    @model_validator(mode="after")
    def _one_best(self) -> "Exercise":
        faults: list[tuple[Location, str]] = []
        if sum(option.best for option in self.options) != 1:
            faults.append((("options",), "exactly one option must have best: true"))
        if len({option.id for option in self.options}) != len(self.options):
            faults.append((("options",), "option ids must differ; rename one of them"))
        reject(faults)
        return self

    @property
    def best(self) -> ExerciseOption:
        """The option that an interviewer would rate highest."""
        return next(option for option in self.options if option.best)

    def option(self, option_id: str) -> ExerciseOption | None:
        """The option with this id, if there is one."""
        return next((option for option in self.options if option.id == option_id), None)
