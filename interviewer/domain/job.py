"""What a job description asks for, in terms of the bank."""

from collections import Counter
from collections.abc import Iterable

from pydantic import Field

from interviewer.domain.base import Slug, Value
from interviewer.domain.question import Question

ASKED_WEIGHT = 100.0
UNASKED_WEIGHT = 0.1
"""How likely a question is whose topic the description does not mention: hardly, while others are left."""


class TopicShare(Value):
    """A topic with its share of the description, 0 to 1, and the words there that speak of it."""

    topic: Slug
    share: float = Field(ge=0, le=1)
    because: tuple[str, ...]


class JobProfile(Value):
    """Topics by share, the largest first; requirements that the bank has nothing on; names it does not know."""

    topics: tuple[TopicShare, ...]
    uncovered: tuple[str, ...] = ()
    unknown_names: tuple[str, ...] = ()

    def weights(self, questions: Iterable[Question]) -> dict[str, float]:
        """Question id to how likely it is asked: the share of its topic, divided among the topic's questions."""
        asked = list(questions)
        shares = {found.topic: found.share for found in self.topics}
        counts = Counter(question.topic for question in asked)
        return {
            question.id: ASKED_WEIGHT * shares.get(question.topic, 0) / counts[question.topic] + UNASKED_WEIGHT
            for question in asked
        }
