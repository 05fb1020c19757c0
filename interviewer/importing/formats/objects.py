"""Questions and answers in JSON, however deep they stand."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from interviewer.importing.asking import asks
from interviewer.importing.document import Document, Unreadable
from interviewer.importing.formats.fields import document_of, places

ENTRIES_AT_MOST = 20_000
DEPTH_AT_MOST = 12
NAMES = ("topic", "category", "title", "name", "subject", "section", "deck")
"""Fields that say what a list of questions beside them is about."""
_PLAIN_NAMES = frozenset({
    "questions", "question", "answers", "qa", "qas", "q&a", "cards", "notes", "items", "data", "entries", "list",
    "results", "rows", "records", "paragraphs", "flashcards", "content", "faq", "faqs", "title", "name", "author",
    "version", "date", "description", "source", "url", "license", "tags", "id", "meta", "metadata",
})  # fmt: skip
"""Names that say nothing of what stands under them."""


def from_json(text: str) -> Document:
    """Questions and answers wherever they stand in JSON, or in lines of it; raises Unreadable for anything else.

    Understood are objects with a field for each, pairs in lists of two, an object of question to answer, and
    conversations of a user and an assistant. A name or title above them becomes their topic.
    """
    try:
        data = json.loads(text)
    except RecursionError:
        raise Unreadable("is not valid JSON (nested too deeply); correct it") from None
    except ValueError as error:
        data = _lines(text, str(error))
    entries = list(_entries(data, "", DEPTH_AT_MOST))
    if not entries:
        raise Unreadable('holds no questions; write a list of {"question": ..., "answer": ...}')
    if len(entries) > ENTRIES_AT_MOST:
        raise Unreadable(f"has {len(entries):,} questions; split it into parts of at most {ENTRIES_AT_MOST:,}")
    return document_of(iter(entries), 1)


def _lines(text: str, fault: str) -> list[Any]:
    """JSON lines, if every line is one; raises Unreadable with the fault of the whole otherwise."""
    try:
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    except (ValueError, RecursionError):
        raise Unreadable(f"is not valid JSON ({fault}); correct it") from None


def _entries(data: Any, topic: str, depth: int) -> Iterator[dict[str, list[str]]]:
    """Each question with its answer below this value, in order."""
    if depth == 0:
        return
    about = {"topic": [topic]} if topic else {}
    if isinstance(data, list):
        if all(map(_is_couple, data)):
            yield from ({"question": [question], "answer": [answer]} | about for question, answer in data)
            return
        for entry in data:
            yield from _entries(entry, topic, depth - 1)
    elif isinstance(data, dict):
        fields = _spoken(data) or _fields(data)
        if "question" in fields:
            yield about | fields
        elif data and all(isinstance(value, str) for value in data.values()) and _is_dictionary(data):
            for question, answer in data.items():
                yield {"question": [str(question)], "answer": [answer]} | about
        else:
            named = next((data[name] for name in NAMES if isinstance(data.get(name), str)), "")
            for name, value in data.items():
                if isinstance(value, (list, dict)):
                    yield from _entries(value, named or _topic_in(str(name)) or topic, depth - 1)


def _is_couple(data: Any) -> bool:
    """Whether an entry is a list of a question and its answer; a list of two questions is none."""
    if not isinstance(data, list) or len(data) != 2:  # noqa: PLR2004
        return False
    return all(isinstance(part, str) for part in data) and not asks(data[1])


def _is_dictionary(data: Mapping[str, str]) -> bool:
    """Whether names are questions or terms and what they stand for explains them: not title, author, version."""
    return not {str(name).strip().lower() for name in data} & _PLAIN_NAMES


def _topic_in(name: str) -> str:
    """What the name of a list says of its entries; nothing where it only says that they are entries."""
    return "" if name.strip().lower() in _PLAIN_NAMES else name


def _spoken(data: Mapping[Any, Any]) -> dict[str, list[str]]:
    """The first thing that a user asks in a conversation, and the reply."""
    turns = data.get("messages") or data.get("conversations")
    if not isinstance(turns, list):
        return {}
    said: dict[str, str] = {}
    for turn in filter(lambda each: isinstance(each, dict), turns):
        who = {"user": "question", "human": "question", "assistant": "answer", "gpt": "answer"}.get(
            str(turn.get("role") or turn.get("from")), ""
        )
        what = turn.get("content") or turn.get("value")
        if who and isinstance(what, str):
            said.setdefault(who, what)
    return {name: [what] for name, what in said.items()}


def _fields(entry: Mapping[Any, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    lowered = {str(name).strip().lower(): value for name, value in entry.items()}
    values = list(lowered.values())
    for name, place in places(list(lowered)).items():
        if name == "question" and _holds_more(values[place]):
            continue
        value = _text(values[place], all_of_it=name == "answer")
        if value:
            found[name] = [value]
    return found


def _holds_more(value: Any) -> bool:
    """Whether a field called questions is a list of such and no question itself."""
    return isinstance(value, dict) or (
        isinstance(value, list) and not all(isinstance(each, str) for each in value)
    )


def _text(value: Any, *, all_of_it: bool) -> str:
    """A field as text; of a list all entries or the first, of an object what it says as its text."""
    if isinstance(value, list):
        parts = [part for entry in value if (part := _text(entry, all_of_it=all_of_it))]
        return "\n".join(parts if all_of_it else parts[:1])
    if isinstance(value, dict):
        return next((value[name] for name in ("text", "answer", "value") if isinstance(value.get(name), str)), "")
    return str(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
