"""The lines that `grade-file` reads and writes: answers in, grades out, one JSON object each."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr, ValidationError

from interviewer.domain.base import Text
from interviewer.domain.grade import EvidenceSpan, Grade
from interviewer.domain.interview import ANSWER_CHARACTERS_AT_MOST
from interviewer.errors import InvalidInput
from interviewer.ports import GradingTask

RecordId = StrictStr | StrictInt
BankTask = Callable[[str, str], GradingTask]
"""Question id and answer to a task; raises NotFound, or ContentError for a rubric that is wrong."""
ExternalTask = Callable[[str, str, Sequence[tuple[str, str]] | None, str], GradingTask]
"""Question, reference answer, (id, claim) pairs or None, and answer to a task; raises InvalidInput."""

_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_Line = TypeVar("_Line", bound=BaseModel)


class _BankLine(BaseModel):
    """An answer to a question of the bank. Other fields are another program's business and are not looked at."""

    model_config = ConfigDict(strict=True)

    question_id: str
    answer: Annotated[str, Field(max_length=ANSWER_CHARACTERS_AT_MOST)]


class _Claim(BaseModel):
    id: RecordId
    claim: Annotated[Text, Field(max_length=2_000)]


class _ExternalLine(BaseModel):
    """An answer to any other question, which the line brings along."""

    model_config = ConfigDict(strict=True)

    question_id: str | None = None
    question: Annotated[str, Field(max_length=20_000)]
    reference_answer: Annotated[str, Field(max_length=50_000)] = ""
    rubric: Annotated[list[_Claim], Field(max_length=100)] | None = None
    answer: Annotated[str, Field(max_length=ANSWER_CHARACTERS_AT_MOST)]


@dataclass(frozen=True)
class Order:
    """A line that can be graded, and how it calls its question and its keys."""

    id: str | int
    question_id: str | None
    task: GradingTask
    key_names: Mapping[str, str | int] = field(default_factory=dict)

    def record(self, grade: Grade) -> dict[str, Any]:
        """The line to write, with the names that the line read has."""
        record = grade_record(self.id, grade)
        for key in record["keys"]:
            key["id"] = self.key_names.get(key["id"], key["id"])
        return {**record, "question_id": self.question_id}


class OrderReader:
    """Makes orders of lines. A line with its own question is graded by its own reference answer and rubric,
    unless its `question_id` is one of the bank's."""

    def __init__(self, bank_ids: Iterable[str], bank_task: BankTask, external_task: ExternalTask) -> None:
        self._bank_ids = frozenset(bank_ids)
        self._bank_task = bank_task
        self._external_task = external_task

    def read(self, data: Mapping[str, Any]) -> Order:
        """The order in a line; raises InvalidInput, NotFound or ContentError, in one line each."""
        record_id = id_of(data)
        if record_id is None:
            raise InvalidInput("id is missing, or neither a string nor a whole number")
        if "question_id" not in data and "question" not in data:
            raise InvalidInput("question_id is missing; give it, or question and reference_answer")
        question_id = data.get("question_id")
        if "question" in data and not (isinstance(question_id, str) and question_id in self._bank_ids):
            return self._external(record_id, _checked(_ExternalLine, data))
        line = _checked(_BankLine, data)
        return Order(record_id, line.question_id, self._bank_task(line.question_id, line.answer))

    def _external(self, record_id: str | int, line: _ExternalLine) -> Order:
        # The ids of a rubric from outside can be anything; inside, ids are slugs.
        names = {f"key-{number}": claim.id for number, claim in enumerate(line.rubric or (), start=1)}
        if len(set(names.values())) < len(names):
            raise InvalidInput("rubric: two entries have the same id")
        claims = [(slug, claim.claim) for slug, claim in zip(names, line.rubric or (), strict=True)]
        task = self._external_task(line.question, line.reference_answer, claims or None, line.answer)
        return Order(record_id, line.question_id, task, names)


def parse_line(line: bytes) -> dict[str, Any]:
    """The JSON object in a line; raises InvalidInput. Lone surrogates, which no text contains, are replaced."""
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InvalidInput(f"byte {error.start + 1} of the line is not UTF-8") from None
    except RecursionError:
        raise InvalidInput("not usable JSON: nested too deeply") from None
    except ValueError as error:
        raise InvalidInput(f"not valid JSON: {error}") from None
    if not isinstance(data, dict):
        raise InvalidInput("not a JSON object")
    return {str(_mended(key)): _mended(value) for key, value in data.items()}


def id_of(data: Mapping[str, Any]) -> str | int | None:
    """The line's own id, if it has a usable one."""
    found = data.get("id")
    return found if isinstance(found, str | int) and not isinstance(found, bool) else None


def grade_record(id: str | int, grade: Grade) -> dict[str, Any]:
    """The JSON object of a grade: exactly these fields, for every command that writes grades."""
    return {
        "id": id,
        "question_id": grade.question_id,
        "score": grade.score,
        "keys": [
            {
                "id": key.id,
                "verdict": key.verdict.value,
                "credit": key.credit,
                "evidence": _spans(key.evidence),
                "confidence": key.confidence,
                "reason": key.reason,
            }
            for key in grade.keys
        ],
        "traps": [{"id": t.id, "triggered": t.triggered, "evidence": _spans(t.evidence)} for t in grade.traps],
        "numbers": [{"id": n.id, "met": n.met, "evidence": _spans(n.evidence)} for n in grade.numbers],
        "grader": {
            "name": grade.grader.name,
            "version": grade.grader.version,
            "model": grade.grader.model,
            "prompt_version": grade.grader.prompt_version,
            "rubric_version": grade.grader.rubric_version,
            "fallback_reason": grade.grader.fallback_reason,
        },
    }


def _spans(evidence: Sequence[EvidenceSpan]) -> list[dict[str, Any]]:
    return [{"start": span.start, "end": span.end, "quote": span.quote} for span in evidence]


def _checked(model: type[_Line], data: Mapping[str, Any]) -> _Line:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise InvalidInput(f"{place}: {first['msg'][:1].lower()}{first['msg'][1:]}") from None


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, list):
        return [_mended(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _mended(entry) for key, entry in value.items()}
    return value
