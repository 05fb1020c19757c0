"""Job descriptions and résumés as people paste them: headings, bullets and sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from interviewer.grading.text import sentences

CHARACTERS_AT_MOST = 50_000
HEADING_WORDS_AT_MOST = 7
ENTRY_CHARACTERS_AT_MOST = 160
LAST_CHARACTERS = 8
FULL_LINE_CHARACTERS = 60
_BULLET = re.compile(r"^\s*(?:[•◦▪‣·∙●○*–—-]|\(?\d{1,2}[.)])\s+")
_MARKUP = re.compile(r"^#{1,6}\s+|\*\*|__|`")


@dataclass(frozen=True)
class Line:
    """A heading, a bullet or a sentence; `heading` is the one that it stands under, itself where it is one."""

    text: str
    heading: str
    is_heading: bool = False
    is_bullet: bool = False


_GOES_ON = re.compile(
    r"(?:,|\b(?:a|an|the|and|or|of|on|in|to|by|for|from|with|at|as|und|mit|auf|von))$", re.IGNORECASE
)
_DATES = re.compile(
    r"[\s,(|–—-]*(?:(?:[A-Z][a-z]{2,8}\.?|\d{1,2}[/.])\s*)?(?:19|20)\d\d\s*(?:[–—-]+|to|bis)\s*"
    r"(?:(?:[A-Z][a-z]{2,8}\.?|\d{1,2}[/.])\s*)?(?:(?:19|20)\d\d|present|today|now|heute)\)?\s*$",
    re.IGNORECASE,
)


def lines(text: str) -> Iterator[Line]:
    """The lines of a text of at most 50,000 characters, without bullets and markup; the rest is not looked at."""
    heading = ""
    for raw in _joined(text[:CHARACTERS_AT_MOST].splitlines()):
        bullet = bool(_BULLET.match(raw))
        line = " ".join(_MARKUP.sub("", _BULLET.sub("", raw)).split())
        if not line:
            continue
        if bullet:
            yield Line(line, heading, is_bullet=True)
        elif _is_heading(raw, line) or _is_heading(raw, _entry(line)):
            heading = _entry(line).rstrip(": ")
            yield Line(heading, heading, is_heading=True)
        else:
            yield from (Line(line[start:end], heading) for start, end in sentences(line))


def _joined(raw: list[str]) -> Iterator[str]:
    """Lines with what goes on with a bullet or a long line put to its end: a PDF breaks them at its margin."""
    waiting = ""
    for line in raw:
        text = line.strip()
        goes_on = text[:1].islower() or _GOES_ON.search(waiting[-LAST_CHARACTERS:])
        if waiting and text and goes_on and not _BULLET.match(line):
            waiting = f"{waiting} {text}"
            continue
        if waiting:
            yield waiting
        waiting = line.rstrip() if _BULLET.match(line) or len(line) >= FULL_LINE_CHARACTERS else ""
        if not waiting:
            yield line
    if waiting:
        yield waiting


def _entry(line: str) -> str:
    """The name that a line of a résumé begins with, without tools and dates: "Name | Python, 2020 – 2021"."""
    name, bar, _ = line.partition(" | ")
    return name if bar or len(line) > ENTRY_CHARACTERS_AT_MOST else _DATES.sub("", line)


def _is_heading(raw: str, line: str) -> bool:
    if raw.lstrip().startswith("#"):
        return True
    short = len(line.split()) <= HEADING_WORDS_AT_MOST
    return short and (line.endswith(":") or (not line.endswith((".", "!", ",", ";")) and line[:1].isupper()))
