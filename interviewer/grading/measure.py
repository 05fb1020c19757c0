"""From an answer to probabilities: hear it, embed its windows, compare them with the exemplars."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from interviewer.grading.assertion import assertion, content_words
from interviewer.grading.exemplars import ExemplarBank
from interviewer.grading.features import Matrix, Measured, key_features, trap_features
from interviewer.grading.gate import is_gibberish
from interviewer.grading.scope import Heard, hear
from interviewer.grading.terms import Terms
from interviewer.grading.wording import Wording
from interviewer.ports import Embedder, GradingTask, Vectors


@dataclass(frozen=True)
class Reading:
    """An answer heard and measured: a feature matrix (windows, features) for each key and each trap."""

    heard: Heard
    keys: list[Matrix]
    traps: list[Matrix]


class Reader:
    """Reads answers against rubrics."""

    def __init__(self, embedder: Embedder, terms: Terms, bank: ExemplarBank) -> None:
        self._embedder = embedder
        self._terms = terms
        self._bank = bank

    def read(self, tasks: Sequence[GradingTask]) -> list[Reading]:
        """One reading for each task; the windows of all are embedded together, each distinct text once."""
        heard = [hear(task.answer, _question_words(task.question.prompt)) for task in tasks]
        plain = [[self._terms.plain(window.text) for window in each.windows] for each in heard]
        vector = self._embedded(text for texts in plain for text in texts)
        return [
            self._measure(task, each, texts, vector) for task, each, texts in zip(tasks, heard, plain, strict=True)
        ]

    def _embedded(self, texts: Iterable[str]) -> dict[str, Vectors]:
        distinct = list(dict.fromkeys(texts))
        return dict(zip(distinct, self._embedder.embed(distinct), strict=True))

    def _measure(self, task: GradingTask, heard: Heard, texts: list[str], vector: dict[str, Vectors]) -> Reading:
        exemplars = self._bank.of(task.rubric, task.question)
        if not texts or is_gibberish(task, task.answer):
            return Reading(heard, [], [])
        measured = [
            Measured(Wording.of(text), assertion(task.answer[window.start : window.end]).ignorance, window.words)
            for text, window in zip(texts, heard.windows, strict=True)
        ]
        similarities = exemplars.similarities(np.stack([vector[text] for text in texts]))
        return Reading(
            heard,
            key_features(measured, similarities, exemplars),
            trap_features(measured, similarities, exemplars),
        )


def _question_words(prompt: str) -> frozenset[str]:
    return frozenset(content_words(prompt))
