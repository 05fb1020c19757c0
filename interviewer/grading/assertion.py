"""Whether a candidate asserts what their words say.

A claim that is asked, doubted, attributed to others, echoed from the question or listed without a predicate is not
a claim of the candidate's, however well its words fit.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from interviewer.grading.english import english
from interviewer.grading.text import normalise, words

ECHO_SHARE = 0.75
ECHO_NEW_WORDS_AT_MOST = 3
LIST_ITEMS_AT_LEAST = 4
LIST_ITEM_WORDS = 4
LIST_SHARE = 0.9

_IGNORANCE = re.compile(rf"\b(?:{'|'.join(english().ignorance)})", re.IGNORECASE)
HEARSAY = re.compile(rf"\b(?:{'|'.join(english().hearsay)})\b", re.IGNORECASE)
DENIED = re.compile("|".join(english().denied), re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:[,;/|•·\n]|\band\b|\bor\b|\bplus\b|\.\s)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Assertion:
    """Why a stretch of text may not be a claim of the candidate's."""

    ignorance: bool = False
    hearsay: bool = False
    denied: bool = False
    question: bool = False
    bare_list: bool = False

    @property
    def void(self) -> bool:
        """Whether it cannot be a claim at all."""
        return self.denied or self.question or self.bare_list or self.hearsay


@lru_cache(maxsize=8192)
def assertion(text: str) -> Assertion:
    """What the text itself says about being asserted; `text` is a sentence, a clause or two clauses."""
    plain = normalise(text)
    return Assertion(
        ignorance=bool(_IGNORANCE.search(plain)),
        hearsay=bool(HEARSAY.search(plain)),
        denied=bool(DENIED.search(plain)),
        question=text.rstrip().endswith("?"),
        bare_list=is_bare_list(plain),
    )


def is_bare_list(text: str) -> bool:
    """Terms strung together without saying anything of them."""
    items = [item.split() for item in _ITEM.split(text) if item.strip()]
    if len(items) < LIST_ITEMS_AT_LEAST:
        return False
    bare = sum(
        len(item) <= LIST_ITEM_WORDS and not any(w.lower() in english().function_words for w in item)
        for item in items
    )
    return bare >= LIST_SHARE * len(items)


def content_words(text: str) -> list[str]:
    """Words that carry meaning, cut to their stems."""
    return [
        stem(word) for word in words(normalise(text)) if word not in english().function_words and len(word) > 1
    ]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A rough stem: plural and verb endings cut. Good enough to compare two texts of one person."""
    for ending in (
        "ations",
        "ation",
        "ingly",
        "ments",
        "ment",
        "ings",
        "ing",
        "ies",
        "edly",
        "ed",
        "es",
        "s",
        "ly",
        "e",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3:  # noqa: PLR2004
            return word[: -len(ending)]
    return word


def is_echo(text: str, question_words: frozenset[str]) -> bool:
    """Whether the text only repeats the question: nearly all of its content words stand in it."""
    said = set(content_words(text))
    if not said:
        return True
    new = said - question_words
    return len(new) <= ECHO_NEW_WORDS_AT_MOST and len(said & question_words) / len(said) >= ECHO_SHARE
