"""Roles: what interviewers for a job ask most."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from interviewer.domain.base import Slug, Text, Value
from interviewer.domain.question import Kind, Question

RoleWeight = Annotated[int, Field(ge=0, le=3)]
"""From 0 (not asked) to 3 (asked most)."""


class Role(Value):
    """A job with the topics and kinds of question that its interviews favour; 1 where nothing is said."""

    id: Slug
    title: Text
    summary: Text
    topic_weights: dict[Slug, RoleWeight]
    kinds: dict[Kind, RoleWeight] = {}

    def weights(self, questions: Iterable[Question]) -> dict[str, float]:
        """Question id to how likely it is asked: the weight of its topic times that of its kind."""
        return {
            question.id: float(self.topic_weights.get(question.topic, 1) * self.kinds.get(question.kind, 1))
            for question in questions
        }
