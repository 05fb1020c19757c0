"""Stretches of an answer that talk to whoever grades it. The patterns are data: data/addressed.yaml."""

import re
from functools import cache
from importlib.resources import as_file, files

from interviewer.content.source import read_yaml
from interviewer.domain.base import Value
from interviewer.grading.disguise import readings
from interviewer.grading.folding import Folded, Span, fold, merged

_ENDS = re.compile(r"(?<=[.!?。！？])['\])]*\s+|\n\s*\n")
_PARAGRAPH = re.compile(r"\n\s*\n|\Z")


class _Words(Value):
    """data/addressed.yaml as it is written."""

    words: dict[str, str]
    sentence: tuple[str, ...]
    to_the_end: tuple[str, ...]
    subject: str


class _Patterns:
    """The same, compiled."""

    def __init__(self, source: _Words) -> None:
        groups: dict[str, str] = {}
        for name, pattern in source.words.items():
            groups[name] = _filled(pattern, groups)
        self.sentence = re.compile("|".join(_filled(p, groups) for p in source.sentence), re.DOTALL)
        self.to_the_end = re.compile("|".join(_filled(p, groups) for p in source.to_the_end))
        self.subject = re.compile(source.subject, re.DOTALL)


def addressed_spans(answer: str) -> list[Span]:
    """Spans that talk to the grader: whole sentences, or the rest of a paragraph."""
    folded = fold(answer, newlines=True)
    patterns = _patterns()
    spans = [
        folded.span(*span) for span in _sentences(folded) if _is_addressed(folded.text[slice(*span)], patterns)
    ]
    for match in patterns.to_the_end.finditer(folded.text):
        end = _PARAGRAPH.search(folded.text, match.end())
        stop = end.start() if end else len(folded.text)
        spans.append(folded.span(match.start(), max(stop, match.end())))
    return merged(spans)


def _is_addressed(sentence: str, patterns: _Patterns) -> bool:
    plain = sentence.replace("\n", " ").strip()
    return any(
        patterns.sentence.search(reading) and not patterns.subject.search(reading) for reading in readings(plain)
    )


def _sentences(folded: Folded) -> list[Span]:
    """Sentences whatever their line breaks: an order is no less one for being spread over lines."""
    spans, start = [], 0
    for match in _ENDS.finditer(folded.text):
        spans.append((start, match.start()))
        start = match.end()
    spans.append((start, len(folded.text)))
    return [(start, end) for start, end in spans if start < end]


def _filled(pattern: str, groups: dict[str, str]) -> str:
    """The pattern with its word groups, its letters folded as the text that it is matched against."""
    for name, group in groups.items():
        pattern = pattern.replace(f"{{{name}}}", group)
    return "".join(c if c.isascii() else fold(c).text for c in pattern)


@cache
def _patterns() -> _Patterns:
    with as_file(files("interviewer").joinpath("data/addressed.yaml")) as path:
        return _Patterns(read_yaml(path, _Words))
