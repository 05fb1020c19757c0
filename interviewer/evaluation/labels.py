"""Labelled answers: the lines that `grade-file` reads, with what examiners say of each answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, Field, ValidationError

from interviewer.domain.base import Value
from interviewer.errors import InterviewerError, InvalidInput
from interviewer.grading.records import Order, OrderReader, RecordId, parse_line
from interviewer.ports import GradingTask

LABEL_CHARACTERS_AT_MOST = 60

_Label = Annotated[str, Field(max_length=LABEL_CHARACTERS_AT_MOST)]
_Mark = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]


class _Labels(BaseModel):
    """The labels of a line; what is left out was not labelled and is not measured."""

    met: list[RecordId]
    borderline: list[RecordId] = []
    traps: list[str] | None = None
    numbers: list[str] | None = None
    style: _Label = ""
    attack: _Label | None = None
    holistic: _Mark | None = None


@dataclass(frozen=True)
class LabelledAnswer:
    """An answer with its labels. `traps`, `numbers` and `holistic` are None where nobody labelled them."""

    id: str
    task: GradingTask
    met: frozenset[str]
    borderline: frozenset[str] = frozenset()
    traps: frozenset[str] | None = None
    numbers: frozenset[str] | None = None
    style: str = ""
    attack: str | None = None
    holistic: float | None = None


class BadLine(Value):
    """A line that could not be read, by its number from 1, and why."""

    line: int
    error: str


def read_labelled(
    lines: Iterable[tuple[int, bytes | None]], reader: OrderReader
) -> tuple[list[LabelledAnswer], list[BadLine]]:
    """The labelled answers in numbered lines, and the lines that hold none (None: too long to be read)."""
    answers: list[LabelledAnswer] = []
    bad: list[BadLine] = []
    for number, line in lines:
        try:
            if line is None:
                raise InvalidInput("the line is too long")
            answers.append(labelled_answer(parse_line(line), reader))
        except InterviewerError as error:
            bad.append(BadLine(line=number, error=str(error)))
    return answers, bad


def labelled_answer(data: Mapping[str, Any], reader: OrderReader) -> LabelledAnswer:
    """The labelled answer in a JSON object; raises InterviewerError in one line."""
    order = reader.read(data)
    labels = _checked(data)
    rubric = order.task.rubric
    keys = {key.id for key in rubric.keys}
    traps, numbers = {trap.id for trap in rubric.traps}, {number.id for number in rubric.numbers}
    return LabelledAnswer(
        id=str(order.id),
        task=order.task,
        met=_known("met", _inside(order, labels.met), keys),
        borderline=_known("borderline", _inside(order, labels.borderline), keys),
        traps=None if labels.traps is None else _known("traps", labels.traps, traps),
        numbers=None if labels.numbers is None else _known("numbers", labels.numbers, numbers),
        style=labels.style,
        attack=labels.attack,
        holistic=labels.holistic,
    )


def _checked(data: Mapping[str, Any]) -> _Labels:
    try:
        return _Labels.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise InvalidInput(f"{place}: {first['msg'][:1].lower()}{first['msg'][1:]}") from None


def _inside(order: Order, ids: Iterable[str | int]) -> list[str]:
    """Ids as the rubric has them, of ids as the line has them."""
    slugs = {name: slug for slug, name in order.key_names.items()}
    return [str(slugs.get(id, id)) for id in ids]


def _known(field: str, ids: Iterable[str], known: set[str]) -> frozenset[str]:
    found = frozenset(ids)
    unknown = sorted(found - known)
    if unknown:
        raise InvalidInput(f"{field}: the rubric has no {unknown[0][:80]!r}")
    return found
