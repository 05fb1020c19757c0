"""Which questions an interview asks."""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping

from interviewer.domain.interview import Choices
from interviewer.domain.question import Question


def matching(questions: Iterable[Question], choices: Choices) -> list[Question]:
    """The questions that the choices allow, in their given order; those that were named, as they were named."""
    if choices.only:
        known = {question.id: question for question in questions}
        return [known[question_id] for question_id in dict.fromkeys(choices.only) if question_id in known]
    return [
        question
        for question in questions
        if _belongs(question, choices)
        and (not choices.topics or question.topic in choices.topics)
        and (not choices.kinds or question.kind in choices.kinds)
        and (not choices.levels or question.level in choices.levels)
    ]


def _belongs(question: Question, choices: Choices) -> bool:
    """Without a pack the bank is asked, and besides it only what a pack has on a topic that was named."""
    return question.pack == choices.pack or (choices.pack is None and question.topic in choices.topics)


def select(
    questions: Iterable[Question],
    choices: Choices,
    *,
    recent: Iterable[str] = (),
    weights: Mapping[str, float] | None = None,
) -> list[Question]:
    """Up to `choices.questions` of the matching questions, in the order in which to ask them.

    The same choices and seed give the same selection. Questions that were named are asked as they were named;
    otherwise questions asked recently come last; topics take turns,
    so that five questions are not five about one topic; `weights` (question id to 0 or more, 1 where missing)
    makes some likelier, and 0 leaves a question out.
    """
    if choices.only:
        return matching(questions, choices)[: choices.questions]
    rng = random.Random(choices.seed)  # noqa: S311  (a choice of questions is no secret)
    seen = set(recent)
    draws = []
    for question in matching(questions, choices):
        weight = 1.0 if weights is None else weights.get(question.id, 1.0)
        if weight > 0:
            # Efraimidis-Spirakis: the largest u**(1/w) are a weighted sample without replacement.
            draws.append((question.id in seen, -(rng.random() ** (1 / weight)), question))
    draws.sort(key=lambda draw: draw[:2])
    return _topics_in_turn([question for _, _, question in draws])[: choices.questions]


def _topics_in_turn(ranked: list[Question]) -> list[Question]:
    rounds: dict[str, int] = defaultdict(int)
    keyed = []
    for place, question in enumerate(ranked):
        keyed.append((rounds[question.topic], place, question))
        rounds[question.topic] += 1
    return [question for _, _, question in sorted(keyed, key=lambda entry: entry[:2])]
