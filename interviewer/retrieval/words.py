"""Words as a search by words compares them: lower case, without endings, without those that say nothing."""

import re
from collections.abc import Iterator

import Stemmer
from bm25s.stopwords import STOPWORDS_EN, STOPWORDS_EN_PLUS

_WORD = re.compile(r"[^\W_]+(?:[./'’][^\W_]+)*")
_SILENT = frozenset(STOPWORDS_EN)
_UNMARKED = frozenset(STOPWORDS_EN_PLUS)
_STEMMER = Stemmer.Stemmer("english")


def terms(text: str) -> list[str]:
    """The stems of the text's words in their order, articles and the like left out.

    "How", "why" and "which" stay in: they tell questions apart.
    """
    return [stem for _, _, stem in _stems(text, _SILENT)]


def matching_words(query: str, text: str) -> list[tuple[int, int]]:
    """Spans of the words of `text` that the query names too, in whatever form."""
    named = {stem for _, _, stem in _stems(query, _UNMARKED)}
    return [(start, end) for start, end, stem in _stems(text, _UNMARKED) if stem in named]


def _stems(text: str, silent: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    for match in _WORD.finditer(text):
        word = match.group().lower()
        if word not in silent:
            yield match.start(), match.end(), _STEMMER.stemWord(word)
