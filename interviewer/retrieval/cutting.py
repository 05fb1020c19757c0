"""Long text cut into passages at blank lines and, where a paragraph is long, at sentences."""

import itertools
import re
from collections.abc import Iterator

from interviewer.grading.text import sentences

WORDS_AT_LEAST = 40
WORDS_AT_MOST = 200

_FENCED = re.compile(r"^(?P<fence>```|~~~).*?^(?P=fence)[^\S\n]*$", re.MULTILINE | re.DOTALL)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_WRAPPED = re.compile(r"[^\S\n]*\n[^\S\n]*(?![-*+•|>#]|\d+[.)]\s)")


def cut(text: str) -> list[str]:
    """Pieces of at most 200 words, and of 40 at least unless the whole text is shorter.

    Nothing is lost or repeated: the pieces hold all words of the text in their order. Lines that an author
    wrapped are joined; list items and table rows keep theirs. Code blocks are kept whole where they fit and
    are cut at lines where they do not.
    """
    pieces: list[str] = []
    for part in _parts(text):
        if pieces and _fits_with(pieces[-1], part):
            pieces[-1] = f"{pieces[-1]}\n\n{part}"
        else:
            pieces.append(part)
    return _without_stub(pieces)


def word_count(text: str) -> int:
    """Words as a reader counts them."""
    return len(text.split())


def _fits_with(piece: str, part: str) -> bool:
    """Short paragraphs join the one before; a piece that is long enough stands alone."""
    together = word_count(piece) + word_count(part)
    return together <= WORDS_AT_MOST and (word_count(piece) < WORDS_AT_LEAST or word_count(part) < WORDS_AT_LEAST)


def _without_stub(pieces: list[str]) -> list[str]:
    """A last piece that is too short is evened out with the one before it."""
    if len(pieces) < 2 or word_count(pieces[-1]) >= WORDS_AT_LEAST:  # noqa: PLR2004
        return pieces
    *front, last, stub = pieces
    if word_count(last) + word_count(stub) <= WORDS_AT_MOST:
        return [*front, f"{last}\n\n{stub}"]
    return pieces


def _parts(text: str) -> Iterator[str]:
    """Paragraphs and code blocks, those that are too long cut further."""
    at = 0
    for block in _FENCED.finditer(text):
        yield from _paragraphs(text[at : block.start()])
        yield from _grouped(block.group().splitlines(), "\n")
        at = block.end()
    yield from _paragraphs(text[at:])


def _paragraphs(text: str) -> Iterator[str]:
    for wrapped in _BLANK_LINE.split(text):
        paragraph = _WRAPPED.sub(" ", wrapped.strip())
        if paragraph:
            yield from _grouped([paragraph[start:end] for start, end in _units(paragraph)], " ")


def _units(paragraph: str) -> list[tuple[int, int]]:
    if word_count(paragraph) <= WORDS_AT_MOST:
        return [(0, len(paragraph))]
    found = sentences(paragraph)
    # The text between two sentences (bullets, white space) stays with the sentence after it.
    ends = [start for start, _ in found[1:]] + [len(paragraph)]
    starts = [0, *ends[:-1]]
    return list(zip(starts, ends, strict=True))


def _grouped(units: list[str], joint: str) -> Iterator[str]:
    """Units joined into strings of at most 200 words; a single longer unit is cut at words."""
    group: list[str] = []
    for unit in itertools.chain.from_iterable(map(_shorter, units)):
        if group and sum(map(word_count, group)) + word_count(unit) > WORDS_AT_MOST:
            yield joint.join(group).strip()
            group = []
        group.append(unit.rstrip() if joint == "\n" else unit.strip())
    if group:
        yield joint.join(group).strip()


def _shorter(unit: str) -> Iterator[str]:
    if word_count(unit) <= WORDS_AT_MOST:
        yield unit
        return
    words = unit.split()
    for start in range(0, len(words), WORDS_AT_MOST):
        yield " ".join(words[start : start + WORDS_AT_MOST])
