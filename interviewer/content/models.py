"""The files of corpus/ as their authors write them; the domain's values are made from these."""

from typing import Annotated

from pydantic import Field, model_validator

from interviewer.domain.base import Location, Slug, Text, Value, reject
from interviewer.domain.coaching import CoachingItem
from interviewer.domain.question import Kind, Level, Topic
from interviewer.domain.readiness import Ability
from interviewer.domain.role import Role


class QuestionFrontMatter(Value):
    """Front matter of corpus/questions/<id>.md."""

    id: Slug
    kind: Kind
    topic: Slug
    level: Level
    seconds: int = Field(ge=15, le=3600)
    sources: tuple[Text, ...] = ()
    draft: bool = False
    private: bool = False


class NoteFrontMatter(Value):
    """Front matter of corpus/notes/<topic>.md."""

    topic: Slug
    title: Text


class TopicsFile(Value):
    """corpus/topics.yaml."""

    topics: tuple[Topic, ...]


class GlossaryTerm(Value):
    """A term of the field with all the ways in which it is written and spoken."""

    term: Text
    expansion: str | None = None
    aliases: tuple[Text, ...] = ()
    plural: str | None = None
    spoken: tuple[Text, ...] = ()
    kind: Annotated[str, Field(pattern="^(metric|tool|concept|technique|unit|infrastructure)$")]
    topic: Slug | None = None
    meaning: Text

    @property
    def forms(self) -> tuple[str, ...]:
        """All written and spoken forms, the term itself first."""
        optional = [form for form in (self.expansion, self.plural) if form]
        return (self.term, *optional, *self.aliases, *self.spoken)


class GlossaryFile(Value):
    """corpus/glossary.yaml."""

    terms: tuple[GlossaryTerm, ...]

    @model_validator(mode="after")
    def _forms_are_unique(self) -> "GlossaryFile":
        seen: dict[str, str] = {}
        faults: list[tuple[Location, str]] = []
        for position, entry in enumerate(self.terms):
            for form in sorted({form.lower() for form in entry.forms}):
                if form in seen:
                    message = f"{form!r} stands for both {seen[form]!r} and {entry.term!r}; keep one"
                    faults.append((("terms", position), message))
                seen.setdefault(form, entry.term)
        reject(faults)
        return self


class RolesFile(Value):
    """corpus/roles.yaml."""

    roles: tuple[Role, ...]


class CoachingFile(Value):
    """corpus/coaching.yaml."""

    items: tuple[CoachingItem, ...]


class ReadinessFile(Value):
    """corpus/readiness.yaml."""

    checklist: tuple[Ability, ...]
