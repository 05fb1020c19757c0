"""Text folded for comparison: typography, case, white space and invisible characters, with a way back."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

WALL = "\0"
"""Stands for what was removed: nothing can match it or reach across it."""

_TYPOGRAPHY = {
    **dict.fromkeys('‘’‚‛“”„‟«»‹›`´"', "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "…": "...",
}
_INVISIBLE = ("Cf", "Cc", "Cs", "Co", "Cn")

Span = tuple[int, int]


@dataclass(frozen=True)
class Folded:
    """Folded text; character `i` of it comes from character `places[i]` of the original."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The original's span of the folded characters from `start` to `end`."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str, *, removed: Sequence[Span] = (), dropped: str = "", newlines: bool = False) -> Folded:
    """The folded text, without the characters `dropped`; `removed` spans become walls.

    White space becomes single spaces; with `newlines`, white space that holds a line's end becomes that.
    """
    walls = {place for span in removed for place in range(*span)}
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character in dropped:
            continue
        pieces = WALL if place in walls else _fold_character(character)
        if newlines and character == "\n":
            while folded and folded[-1] == " ":
                folded.pop()
                places.pop()
            pieces = "\n"
        for piece in pieces:
            if folded and ((piece == WALL == folded[-1]) or (piece == " " and folded[-1] in " \n")):
                continue
            folded.append(piece)
            places.append(place)
    return Folded("".join(folded), tuple(places))


def visible(text: str) -> str:
    """The text without characters that a person would not see; a model must not read more than a person."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _INVISIBLE)


def merged(spans: Sequence[Span]) -> list[Span]:
    """Overlapping and touching spans as one, in order."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """What a character is compared by: no character, one, or several."""
    if character.isspace():
        return " "
    if character in _TYPOGRAPHY:
        return _TYPOGRAPHY[character]
    if unicodedata.category(character) in _INVISIBLE:
        return ""
    decomposed = unicodedata.normalize("NFKD", character)
    return "".join(c for c in decomposed.casefold() if unicodedata.category(c) != "Mn")
