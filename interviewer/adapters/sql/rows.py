"""An interview taken apart into rows, and put together from them again. Stored rows are hostile input."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json

from interviewer.domain.interview import Interview, Item
from interviewer.errors import StorageError

Row = dict[str, Any]

FIRST_WORDING = 500
"""Turns of wordings, one for each follow-up, begin here, beyond those of any answer with its follow-ups."""
FIRST_REMARK = 600
"""Turns of remarks begin here; how far beyond tells after what they were made."""
FIRST_ASIDE = 1000
"""Turns of asides begin here."""


@dataclass
class InterviewRows:
    """All rows of one interview: items by position, utterances by turn, grades from the oldest on."""

    interview: Row
    items: list[Row] = field(default_factory=list)
    utterances: list[Row] = field(default_factory=list)
    grades: list[Row] = field(default_factory=list)

    def put_together(self) -> Interview:
        """The interview; raises StorageError, naming it, if its rows do not make one."""
        try:
            if [row["position"] for row in self.items] != list(range(len(self.items))):
                raise ValueError("one of its questions is missing")
            return Interview.model_validate(
                {
                    **self.interview,
                    "choices": from_json(self.interview["choices"]),
                    "items": [self._item(row) for row in self.items],
                }
            )
        except (ValueError, TypeError, LookupError) as error:
            raise StorageError(
                f"Stored interview {str(self.interview.get('id'))[:40]!r} is damaged ({_in_short(error)}). "
                "The others are not affected; restore it from a backup or delete it."
            ) from None

    def _item(self, row: Row) -> Row:
        said = [u for u in self.utterances if u["position"] == row["position"]]
        grades = [g for g in self.grades if g["position"] == row["position"]]
        return {
            "question_id": row["question_id"],
            "stage": row["stage"],
            "asked_at": row["asked_at"],
            **_conversation(said),
            "grade": from_json(grades[-1]["grade"]) if grades else None,
        }


def _conversation(said: Iterable[Row]) -> Row:
    """Answer, exchanges, remarks and asides; a reply belongs to the probe before it, a response to its aside.

    A wording tells by its turn which follow-up it puts.
    """
    conversation: Row = {"exchanges": [], "asides": [], "remarks": []}
    for row in said:
        match row["kind"]:
            case "answer":
                conversation |= {"answer": row["text"], "answered_at": row["said_at"]}
            case "probe":
                probe = {"key": row["key_id"], "ask": row["text"]}
                conversation["exchanges"].append({"probe": probe, "reply": None})
            case "reply":
                conversation["exchanges"][-1]["reply"] = row["text"]
            case "wording":
                conversation["exchanges"][row["turn"] - FIRST_WORDING]["worded"] = row["text"]
            case "remark":
                conversation["remarks"].append({"after": row["turn"] - FIRST_REMARK, "said": row["text"]})
            case "aside":
                conversation["asides"].append({"said": row["text"], "reply": "", "probe": row["key_id"]})
            case "response":
                conversation["asides"][-1]["reply"] = row["text"]
            case kind:
                raise ValueError(f"utterances of kind {kind!r} are not known")
    return conversation


def _in_short(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_input=False, include_url=False)[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"[:200]
    return " ".join(str(error).split())[:200] or type(error).__name__


def interview_row(interview: Interview) -> Row:
    """The row of table interviews."""
    return {
        "id": interview.id,
        "owner": interview.owner,
        "choices": interview.choices.model_dump_json(),
        "position": interview.position,
        "started_at": _moment(interview.started_at),
        "updated_at": _moment(interview.updated_at),
        "finished_at": _moment(interview.finished_at),
    }


def item_rows(interview: Interview, stored: Interview | None) -> Iterator[Row]:
    """Rows of table items that differ from the stored state."""
    for position, item, old in _changed(interview, stored):
        row = _item_row(interview.id, position, item)
        if old is None or row != _item_row(interview.id, position, old):
            yield row


def utterance_rows(interview: Interview, stored: Interview | None) -> Iterator[Row]:
    """Rows of table utterances that the stored state does not have yet."""
    for position, item, old in _changed(interview, stored):
        known = {turn for turn, *_ in _turns(old)} if old else set()
        for turn, kind, key_id, text in _turns(item):
            if turn not in known:
                said_at = (item.answered_at if kind == "answer" else None) or interview.updated_at
                yield {
                    "interview_id": interview.id,
                    "position": position,
                    "turn": turn,
                    "kind": kind,
                    "key_id": key_id,
                    "text": text,
                    "said_at": _moment(said_at),
                }


def grade_rows(interview: Interview, stored: Interview | None) -> Iterator[Row]:
    """Rows of table grades: each grade that is not the stored one."""
    for position, item, old in _changed(interview, stored):
        if item.grade is not None and (old is None or item.grade != old.grade):
            yield {
                "interview_id": interview.id,
                "position": position,
                "grade": item.grade.model_dump_json(),
                "graded_at": _moment(interview.updated_at),
            }


def _changed(interview: Interview, stored: Interview | None) -> Iterator[tuple[int, Item, Item | None]]:
    olds: tuple[Item | None, ...] = stored.items if stored else (None,) * len(interview.items)
    for position, (item, old) in enumerate(zip(interview.items, olds, strict=True)):
        if item != old:
            yield position, item, old


def _item_row(interview_id: str, position: int, item: Item) -> Row:
    return {
        "interview_id": interview_id,
        "position": position,
        "question_id": item.question_id,
        "stage": item.stage.value,
        "asked_at": _moment(item.asked_at),
    }


def _turns(item: Item) -> Iterator[tuple[int, str, str | None, str]]:
    """Turn, kind, key and text of everything said to one question."""
    if item.answer is not None:
        yield 0, "answer", None, item.answer
    for number, exchange in enumerate(item.exchanges):
        yield 2 * number + 1, "probe", exchange.probe.key, exchange.probe.ask
        if exchange.reply is not None:
            yield 2 * number + 2, "reply", None, exchange.reply
        if exchange.worded is not None:
            yield FIRST_WORDING + number, "wording", exchange.probe.key, exchange.worded
    for remark in item.remarks:
        yield FIRST_REMARK + remark.after, "remark", None, remark.said
    for number, aside in enumerate(item.asides):
        yield FIRST_ASIDE + 2 * number, "aside", aside.probe, aside.said
        yield FIRST_ASIDE + 2 * number + 1, "response", aside.probe, aside.reply


def _moment(when: datetime | None) -> str | None:
    """ISO 8601 in UTC, always with microseconds, so that text sorts by time."""
    return None if when is None else when.astimezone(UTC).isoformat(timespec="microseconds")
