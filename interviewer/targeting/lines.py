"""Job descriptions and résumés as people paste them: headings, bullets and sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from interviewer.grading.text import sentences

CHARACTERS_AT_MOST = 50_000
HEADING_WORDS_AT_MOST = 7
_BULLET = re.compile(r"^\s*(?:[•◦▪‣·∙●○*–—-]|\(?\d{1,2}[.)])\s+")
_MARKUP = re.compile(r"^#{1,6}\s+|\*\*|__|`")


@dataclass(frozen=True)
class Line:
    """A heading, a bullet or a sentence; `heading` is the one that it stands under, itself where it is one."""

    text: str
    heading: str
    is_heading: bool = False
    is_bullet: bool = False


def lines(text: str) -> Iterator[Line]:
    """The lines of a text of at most 50,000 characters, without bullets and markup; the rest is not looked at."""
    heading = ""
    for raw in text[:CHARACTERS_AT_MOST].splitlines():
        bullet = bool(_BULLET.match(raw))
        line = " ".join(_MARKUP.sub("", _BULLET.sub("", raw)).split())
        if not line:
            continue
        if bullet:
            yield Line(line, heading, is_bullet=True)
        elif _is_heading(raw, line):
            heading = line.rstrip(": ")
            yield Line(heading, heading, is_heading=True)
        else:
            yield from (Line(line[start:end], heading) for start, end in sentences(line))


def _is_heading(raw: str, line: str) -> bool:
    if raw.lstrip().startswith("#"):
        return True
    short = len(line.split()) <= HEADING_WORDS_AT_MOST
    return short and (line.endswith(":") or (not line.endswith((".", "!", ",", ";")) and line[:1].isupper()))
