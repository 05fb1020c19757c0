"""The wording of a text beside its meaning: its content words, and whether it denies something."""

import re
from dataclasses import dataclass
from functools import lru_cache

from interviewer.grading.assertion import content_words

_NEGATION = re.compile(
    r"\b(?:not|no|never|nor|neither|none|nobody|nothing|without|cannot|can't|\w+n't|unnecessary|needless|pointless|"
    r"useless|redundant|overkill|avoid(?:s|ed|ing)?|refuse[sd]?|overrated|superfluous|irrelevant|"
    r"(?:waste|myth|nonsense)|instead\s+of|rather\s+than|advise\s+against|skip(?:s|ped|ping)?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Wording:
    """Stems of the content words, and whether a word of denial occurs."""

    content: frozenset[str]
    denies: bool

    @classmethod
    @lru_cache(maxsize=50_000)
    def of(cls, text: str) -> "Wording":
        """The wording of a plain text."""
        return cls(frozenset(content_words(text)), bool(_NEGATION.search(text)))
