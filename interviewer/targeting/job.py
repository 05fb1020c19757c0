"""What a job description asks for: by the terms it uses, and by meaning where it uses none of ours."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import as_file, files

import numpy as np

from interviewer.content.library import Library
from interviewer.content.models import GlossaryTerm
from interviewer.content.source import read_yaml
from interviewer.domain.base import Text, Value
from interviewer.domain.job import JobProfile, TopicShare
from interviewer.errors import InvalidInput
from interviewer.grading.language import is_english
from interviewer.ports import Embedder, Vectors
from interviewer.targeting.lines import Line, lines

LIKENESS_AT_LEAST = 0.42
"""Cosine with a topic's summary or one of its questions from which on a statement speaks of the topic."""
MENTIONS_COUNTED = 2
"""A term repeated throughout is still one requirement."""
WORDS_SHOWN = 6
UNCOVERED_AT_MOST = 12
STATEMENT_CHARACTERS_SHOWN = 140
STATEMENT_WORDS_AT_LEAST = 3
LONG_STATEMENT_WORDS = 15

_LISTED = re.compile(r"\s*[;,:]\s+(?:and\s+)?|\s+and\s+(?=(?:you|keep|take|set|cut|tune|build|run|own)\b)")
_NAME = re.compile(r"(?<![\w.])(?:[A-Z][a-z]*[A-Z+#][\w+#]*|[A-Z][\w+#]{2,}|[A-Z]{2,}\d*|C\+\+|C#)(?!\w)")

_CODED = re.compile(r"(?<![\w.-])(?:[A-Z][a-z]*[A-Z+#][\w+#]*|[A-Z]{2,}\d*|C\+\+|C#)(?![\w-])")
"""Names that have more than one capital: in other languages ordinary words may begin with one."""


class JobWords(Value):
    """interviewer/data/job-words.yaml."""

    beside_the_point: tuple[Text, ...]
    requires: tuple[Text, ...]
    ordinary: frozenset[Text]

    @cached_property
    def is_beside_the_point(self) -> re.Pattern[str]:
        """Finds headings under which nothing is required."""
        return _any_of(self.beside_the_point)

    @cached_property
    def is_requirement(self) -> re.Pattern[str]:
        """Finds sentences that require something."""
        return _any_of(self.requires)


@cache
def job_words() -> JobWords:
    """The words by which job descriptions are read."""
    with as_file(files("interviewer") / "data" / "job-words.yaml") as path:
        return read_yaml(path, JobWords)


@dataclass(frozen=True)
class _Form:
    """A way of writing a term, and the topic that it speaks of."""

    pattern: re.Pattern[str]
    term: str
    topic: str


class JobReader:
    """Reads job descriptions against one library. Nothing leaves this computer."""

    def __init__(self, library: Library, embedder: Embedder) -> None:
        self._library = library
        self._embedder = embedder

    def profile(self, text: str) -> JobProfile:
        """Topics with their shares and the words that caused them, and what is not covered.

        Raises InvalidInput for a text that says nothing about any topic.
        """
        said = (line for line in lines(text) if not line.is_heading)
        told = [
            part
            for line in said
            if not job_words().is_beside_the_point.search(line.heading)
            for part in _parts(line)
        ]
        points: Counter[str] = Counter()
        because: dict[str, list[str]] = defaultdict(list)
        mentioned: Counter[str] = Counter()
        silent: list[Line] = []
        for statement in told:
            hits = self._terms(statement.text)
            for form, words in hits:
                mentioned[form.term] += 1
                if mentioned[form.term] <= MENTIONS_COUNTED:
                    points[form.topic] += 1
                    because[form.topic].append(words)
            if not hits and len(statement.text.split()) >= STATEMENT_WORDS_AT_LEAST:
                silent.append(statement)
        uncovered = list(self._by_meaning(silent, points, because))
        if not points:
            raise InvalidInput(
                "Nothing in this text speaks of a topic of the bank. Paste the whole job description, or import "
                "material of another field: interviewer import."
            )
        total = points.total()
        return JobProfile(
            topics=tuple(
                TopicShare(
                    topic=topic, share=count / total, because=tuple(dict.fromkeys(because[topic]))[:WORDS_SHOWN]
                )
                for topic, count in points.most_common()
            ),
            uncovered=tuple(dict.fromkeys(uncovered))[:UNCOVERED_AT_MOST],
            unknown_names=tuple(self._unknown_names(told, _NAME if is_english(text) else _CODED)),
        )

    def _by_meaning(
        self, silent: Sequence[Line], points: Counter[str], because: dict[str, list[str]]
    ) -> Iterator[str]:
        """Count statements without our terms towards the topic they are nearest to; yields those near to none."""
        if not silent:
            return
        topics, vectors = self._topics
        likeness = self._embedder.embed([statement.text for statement in silent]) @ vectors.T
        for statement, row in zip(silent, likeness, strict=True):
            best = int(np.argmax(row))
            if row[best] >= LIKENESS_AT_LEAST:
                points[topics[best]] += 1
                because[topics[best]].append(_shortened(statement.text))
            elif statement.is_bullet or job_words().is_requirement.search(statement.text):
                yield _shortened(statement.text)

    def _terms(self, text: str) -> list[tuple[_Form, str]]:
        """The terms that a statement names, each once, with the words that do; longer forms go first."""
        found: dict[str, tuple[_Form, str]] = {}
        free = text
        for form in self._forms:
            match = form.pattern.search(free)
            if match:
                found.setdefault(form.term, (form, match.group()))
                # What a longer form has taken is no longer there for a shorter one.
                free = form.pattern.sub(lambda taken: " " * len(taken.group()), free)
        return list(found.values())

    def _unknown_names(self, told: Iterable[Line], names: re.Pattern[str]) -> Iterator[str]:
        """Names of techniques and tools that stand among the requirements and not in the glossary."""
        seen: set[str] = set()
        for statement in told:
            if not (statement.is_bullet or job_words().is_requirement.search(statement.text)):
                continue
            rest = statement.text
            for form in self._forms:
                rest = form.pattern.sub(" ", rest)
            for match in names.finditer(rest):
                name = match.group()
                first = not statement.text[: statement.text.find(name)].strip()
                if name.lower() in job_words().ordinary or name.lower() in seen or (first and name[1:].islower()):
                    continue
                seen.add(name.lower())
                yield name

    @cached_property
    def _forms(self) -> list[_Form]:
        forms = [
            _Form(_pattern(form, term), term.term, term.topic)
            for term in self._library.glossary
            if term.topic
            for form in _written(term)
        ]
        return sorted(forms, key=lambda form: -len(form.pattern.pattern))

    @cached_property
    def _topics(self) -> tuple[list[str], Vectors]:
        """What speaks of each topic: its title and summary, and the questions of the bank about it."""
        questions = [question for question in self._library.questions.values() if question.pack is None]
        asked = {question.topic for question in questions}
        topics = [topic for topic in self._library.topics.values() if topic.id in asked]
        texts = [f"{topic.title}. {topic.summary}" for topic in topics] + [each.prompt for each in questions]
        return [topic.id for topic in topics] + [each.topic for each in questions], self._embedder.embed(texts)


def _parts(line: Line) -> Iterator[Line]:
    """What a long statement asks for one after the other: each part is looked at by itself."""
    parts = [part for part in _LISTED.split(line.text) if part]
    if len(line.text.split()) < LONG_STATEMENT_WORDS or len(parts) == 1:
        yield line
        return
    required = line.is_bullet or bool(job_words().is_requirement.search(line.text))
    for part in parts:
        yield replace(line, text=part, is_bullet=required)


def _written(term: GlossaryTerm) -> Iterator[str]:
    """The forms in which a term is written; what is only spoken has no place in a job description."""
    yield from filter(None, (term.term, term.expansion, term.plural, *term.aliases))


def _pattern(form: str, term: GlossaryTerm) -> re.Pattern[str]:
    """Whole words in any case; a tool called like an ordinary word (Ray, Feast, Aim) only with its capital."""
    exact = term.kind == "tool" and form.isalpha() and form[:1].isupper()
    words = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", form))
    return re.compile(rf"(?<![\w-]){words}(?![\w-])", re.NOFLAG if exact else re.IGNORECASE)


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


def _shortened(text: str) -> str:
    return text if len(text) <= STATEMENT_CHARACTERS_SHOWN else f"{text[:STATEMENT_CHARACTERS_SHOWN].rstrip()}…"
