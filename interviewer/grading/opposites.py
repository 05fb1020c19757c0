"""Words with an opposite, and words that deny; they are data: data/contrasts.yaml."""

import re
from functools import cache, cached_property
from importlib.resources import as_file, files

from interviewer.content.source import read_yaml
from interviewer.domain.base import Text, Value
from interviewer.grading.assertion import stem

Stems = tuple[str, ...]
"""The stems of a word, or of a phrase of several."""


class Contrasts(Value):
    """data/contrasts.yaml as it is written."""

    opposites: tuple[tuple[Text, Text], ...]
    denials: frozenset[str]

    @cached_property
    def opposite(self) -> dict[str, str]:
        """Each word's opposite; of two pairs with one word the first counts."""
        found: dict[str, str] = {}
        for one, other in self.opposites:
            found.setdefault(one, other)
            found.setdefault(other, one)
        return found

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any of the words, the longest first."""
        words = sorted(self.opposite, key=len, reverse=True)
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)

    @cached_property
    def denying(self) -> frozenset[str]:
        """Stems of the words that deny."""
        return frozenset(map(stem, self.denials))

    @cached_property
    def against(self) -> dict[Stems, frozenset[Stems]]:
        """All opposites of a word or phrase; pairs with a word that denies are told by where that stands."""
        found: dict[Stems, set[Stems]] = {}
        for pair in self.opposites:
            one, other = (tuple(map(stem, phrase.split())) for phrase in pair)
            if not self.denying.intersection(one + other):
                found.setdefault(one, set()).add(other)
                found.setdefault(other, set()).add(one)
        return {word: frozenset(others) for word, others in found.items()}


@cache
def contrasts() -> Contrasts:
    """The words that have an opposite."""
    with as_file(files("interviewer") / "data" / "contrasts.yaml") as path:
        return read_yaml(path, Contrasts)
