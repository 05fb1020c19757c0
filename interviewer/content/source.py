"""Data files read so that every problem can name its file, line and key."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from interviewer.domain.base import Location
from interviewer.errors import ContentError

Model = TypeVar("Model", bound=BaseModel)

FILE_BYTES_AT_MOST = 2_000_000
DEPTH_AT_MOST = 30
ALIASES_AT_MOST = 20
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_HEADING = re.compile(r"^## (.+?)(?:\s*\{#([a-z0-9-]+)\})?\s*$", re.MULTILINE)
_FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong in a data file: where it is and what to do about it."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.key}: {self.message}" if self.key else f"{where}: {self.message}"


class InvalidFile(ContentError):
    """One file with all that is wrong in it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(str(problem) for problem in problems))


@dataclass(frozen=True)
class Section:
    """A `## heading` of a Markdown file with the text under it; `line` is where the heading stands."""

    title: str
    anchor: str | None
    body: str
    line: int


def read_text(path: Path) -> str:
    """The file's text; raises InvalidFile when it is missing, too large or not UTF-8."""
    try:
        if path.stat().st_size > FILE_BYTES_AT_MOST:
            raise InvalidFile([Problem(str(path), 0, "", "the file is over 2 MB; split it")])
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        message = f"byte {error.start} is not UTF-8; save the file as UTF-8"
        raise InvalidFile([Problem(str(path), 0, "", message)]) from None
    except OSError as error:
        raise InvalidFile([Problem(str(path), 0, "", f"cannot be read ({error.strerror})")]) from None


def read_yaml(path: Path, model: type[Model]) -> Model:
    """The YAML file as `model`; raises InvalidFile naming each wrong key with its line."""
    return parse_yaml(read_text(path), path, model)


def parse_yaml(text: str, path: Path, model: type[Model], first_line: int = 1) -> Model:
    """The YAML `text` as `model`; `first_line` is where the text begins in the file."""
    try:
        _check_shape(text)
        node = yaml.compose(text, Loader=_Loader)
        data = _loaded(text)
        repeated = list(_repeated_keys(node))
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: a date such as 2026-13-01
        mark = getattr(error, "problem_mark", None)
        line = mark.line + first_line if mark else 0
        problem = getattr(error, "problem", None) or str(error)
        message = f"not valid YAML: {problem}; check quotes, colons and indentation"
        raise InvalidFile([Problem(str(path), line, "", message)]) from None
    if repeated:
        message = "this field stands here twice and only the last would count; remove one"
        raise InvalidFile(
            [Problem(str(path), key.start_mark.line + first_line, key.value, message) for key in repeated]
        )
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise InvalidFile(
            [
                Problem(
                    str(path),
                    _line(node, detail["loc"]) + first_line,
                    _name(data, detail["loc"]),
                    _remedy(detail),
                )
                for detail in _telling(error.errors())
            ]
        ) from None


def problem_at(path: Path, location: Location, message: str) -> Problem:
    """A problem of the entry at `location` of a YAML file or of a Markdown file's front matter."""
    text = read_text(path).replace("\r\n", "\n")
    front = _FRONT_MATTER.match(text) if path.suffix == ".md" else None
    source = front[1] if front else text
    line = _line(yaml.compose(source, Loader=_Loader), location) + (2 if front else 1)
    return Problem(str(path), line, _name(_loaded(source), location), message)


def read_data(path: Path) -> Any:
    """What a YAML file holds, whatever it is; None where it cannot be parsed."""
    try:
        text = read_text(path)
        _check_shape(text)
        return _loaded(text)
    except (InvalidFile, yaml.YAMLError, ValueError, RecursionError):
        return None


def _telling(details: list[Any]) -> list[Any]:
    """Without "too few entries" for a list whose entries are there and wrong: each of those is told itself."""
    places = [tuple(detail["loc"]) for detail in details]
    return [
        detail
        for detail, place in zip(details, places, strict=True)
        if detail["type"] != "too_short" or not any(p[: len(place)] == place and p != place for p in places)
    ]


def _check_shape(text: str) -> None:
    """Raises YAMLError for what would crash the C parser, which recurses, or grow without end by its aliases."""
    depth = aliases = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        if depth > DEPTH_AT_MOST or aliases > ALIASES_AT_MOST:
            raise yaml.YAMLError(f"over {DEPTH_AT_MOST} levels deep, or over {ALIASES_AT_MOST} aliases")


def _loaded(text: str) -> Any:
    return yaml.load(text, Loader=_Loader)  # noqa: S506  (a safe loader)


def read_markdown(path: Path, model: type[Model]) -> tuple[Model, list[Section]]:
    """Front matter as `model` and the `## ` sections; raises InvalidFile."""
    text = read_text(path).replace("\r\n", "\n")
    match = _FRONT_MATTER.match(text)
    if not match:
        message = "does not begin with front matter; put it between two lines of ---"
        raise InvalidFile([Problem(str(path), 1, "", message)])
    front, body = match.groups()
    return parse_yaml(front, path, model, first_line=2), _sections(body, first_line=front.count("\n") + 4)


def _sections(body: str, first_line: int) -> list[Section]:
    code = [match.span() for match in _FENCE.finditer(body)]
    headings = [
        match for match in _HEADING.finditer(body) if not any(start <= match.start() < end for start, end in code)
    ]
    ends = [heading.start() for heading in headings[1:]] + [len(body)]
    return [
        Section(
            heading[1].strip(),
            heading[2],
            body[heading.end() : end].strip(),
            first_line + body.count("\n", 0, heading.start()),
        )
        for heading, end in zip(headings, ends, strict=True)
    ]


def _repeated_keys(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """Keys that stand in a mapping twice: YAML forbids it, PyYAML says nothing and keeps the last."""
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    yield key
                seen.add(key.value)
            yield from _repeated_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for entry in node.value:
            yield from _repeated_keys(entry)


def _line(node: yaml.Node | None, location: Location) -> int:
    """Zero-based line of the deepest node on the way to `location`."""
    line = node.start_mark.line if node else 0
    for step in location:
        if isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == str(step)]
            if not found:
                break
            line, node = found[0][0].start_mark.line, found[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
        else:
            break
    return line


def _name(data: Any, location: Location) -> str:
    """The path in words a reader of the file knows: list entries by their id where they have one."""
    parts: list[str] = []
    for step in location:
        if isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
            entry = data.get("id") if isinstance(data, dict) else None
            parts.append(str(entry) if entry else f"#{step + 1}")
        else:
            data = data.get(step) if isinstance(data, dict) else None
            parts.append(str(step))
    return ".".join(parts)


def _remedy(detail: Any) -> str:
    kind, message = detail["type"], str(detail["msg"]).removeprefix("Value error, ")
    if kind == "extra_forbidden":
        return "this field is not known here; check its spelling or remove it"
    if kind == "missing":
        return "this field is required; add it"
    if kind == "string_type":
        return f"{message[:1].lower()}{message[1:]}; put the value in quotes"
    if kind in ("greater_than_equal", "less_than_equal"):
        return f"{message[:1].lower()}{message[1:]}, not {detail['input']!r}; change it"
    return f"{message[:1].lower()}{message[1:]}"
