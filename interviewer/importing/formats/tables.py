"""Questions and answers in rows: CSV, JSON, JSON lines and Anki's text export."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from interviewer.importing.document import Document, Pair, Unreadable
from interviewer.importing.formats.markup import to_text

COLUMNS = {
    "question": ("question", "prompt", "front", "q", "frage"),
    "answer": (
        "answer",
        "reference answer",
        "reference_answer",
        "model answer",
        "back",
        "a",
        "antwort",
        "response",
    ),
    "id": ("id", "question id", "question_id", "key"),
    "topic": ("topic", "category", "subject", "deck", "tag", "tags"),
    "kind": ("kind", "type"),
    "level": ("level", "difficulty"),
}
"""What the columns of a table, or the fields of a JSON object, may be called."""
NO_COLUMNS = "has no columns named question and answer; name them in the first row"
FIELD_CHARACTERS_AT_MOST = 100_000
ROWS_AT_MOST = 20_000
REMARKS_AT_MOST = 20
_CLOZE = re.compile(r"\{\{c\d+::(.*?)(?:::[^{}]*)?\}\}", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&\w+;")


def from_csv(text: str) -> Document:
    """One question a row; raises Unreadable where it cannot be told which column is what."""
    rows = _rows(text, _delimiter(text))
    if not rows:
        return Document()
    names = _names(rows[0])
    if names:
        return _document(({name: row[place : place + 1] for name, place in names.items()} for row in rows[1:]), 2)
    if all(len(row) == 2 for row in rows):  # noqa: PLR2004  (a question and an answer)
        return _document(({"question": row[:1], "answer": row[1:]} for row in rows), 1)
    raise Unreadable(NO_COLUMNS)


def from_rows(rows: Sequence[Sequence[str]]) -> tuple[Pair, ...]:
    """The pairs of a table within a document; none where its first row does not name the two columns."""
    names = _names(rows[0]) if rows else {}
    if not names:
        return ()
    return _document(
        ({name: row[place : place + 1] for name, place in names.items()} for row in rows[1:]), 2
    ).pairs


def from_json(text: str) -> Document:
    """A list of objects, an object of question to answer, or either one under any one name."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        return _from_lines(text, str(error) or "nested too deeply")
    if isinstance(data, dict) and len(lists := [value for value in data.values() if isinstance(value, list)]) == 1:
        data = lists[0]
    if isinstance(data, dict):
        data = [{"question": question, "answer": answer} for question, answer in data.items()]
    if not isinstance(data, list):
        raise Unreadable('holds no questions; write a list of {"question": ..., "answer": ...}')
    return _document(map(_fields, data), 1)


def from_anki(text: str) -> Document:
    """Notes exported as text: fields separated by tabs, perhaps HTML, after lines that begin with #."""
    head = {
        name.lower(): value
        for line in text.split("\n")
        if line.startswith("#")
        for name, _, value in [line[1:].partition(":")]
    }
    body = "\n".join(line for line in text.split("\n") if not line.startswith("#"))
    separators = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "colon": ":", "space": " "}
    separator = separators.get(head.get("separator", "tab").lower(), head.get("separator", "\t")[:1] or "\t")
    rows = _rows(body, separator)
    named = [name.strip() for name in head.get("columns", "").split(separator)] if "columns" in head else []
    special = {
        int(value) - 1
        for name, value in head.items()
        if name.endswith(" column") and value.strip().isdigit() and name != "tags column"
    }
    tags = head.get("tags column", "").strip()
    topic = int(tags) - 1 if tags.isdigit() else None
    names = _names(named) or _first_two(rows, special | ({topic} if topic is not None else set()))
    if topic is not None:
        names["topic"] = topic
    return _document(({name: row[place : place + 1] for name, place in names.items()} for row in rows), 1)


def is_anki(text: str) -> bool:
    """Whether a text file is an export of Anki's: it says so, or is a table of tabs throughout."""
    if re.match(r"#(separator|html|columns|deck|notetype|tags)[^\n]*:", text):
        return True
    lines = [line for line in text.split("\n") if line.strip()]
    return len(lines) > 1 and all("\t" in line.strip() for line in lines)


def _from_lines(text: str, fault: str) -> Document:
    """JSON lines, if every line is one; raises Unreadable with the fault of the whole otherwise."""
    try:
        return _document((_fields(json.loads(line)) for line in text.split("\n") if line.strip()), 1)
    except (ValueError, RecursionError):
        raise Unreadable(f"is not valid JSON ({fault}); correct it") from None


def _fields(entry: Any) -> dict[str, list[str]]:
    if not isinstance(entry, dict):
        return {}
    found: dict[str, list[str]] = {}
    lowered = {str(name).strip().lower(): value for name, value in entry.items()}
    for name, aliases in COLUMNS.items():
        value = next((lowered[alias] for alias in aliases if lowered.get(alias)), None)
        if isinstance(value, list):
            value = "\n".join(str(part) for part in value) if name == "answer" else next(iter(value), "")
        if isinstance(value, (str, int, float)):
            found[name] = [str(value)]
    return found


def _document(rows: Iterator[Mapping[str, Sequence[str]]], first: int) -> Document:
    """Rows as pairs; those without a question or an answer are remarked upon with their number."""
    pairs, incomplete = [], []
    for number, row in enumerate(rows, start=first):
        cells = {name: _clean(cell[0]) if cell else "" for name, cell in row.items()}
        if cells.get("question") and "{{c" in cells["question"] and not cells.get("answer"):
            cells["answer"] = _CLOZE.sub(r"\1", cells["question"])
        cells["question"] = _CLOZE.sub("…", cells.get("question", ""))
        if cells["question"] and cells.get("answer"):
            pairs.append(Pair(**cells))
        elif any(cells.values()):
            incomplete.append(number)
    remarks = [f"row {number} has no question or no answer; left out" for number in incomplete[:REMARKS_AT_MOST]]
    if len(incomplete) > REMARKS_AT_MOST:
        remarks.append(f"{len(incomplete) - REMARKS_AT_MOST} more rows have no question or no answer; left out")
    return Document(pairs=tuple(pairs), remarks=tuple(remarks))


def _clean(cell: str) -> str:
    return (to_text(cell) if _TAG.search(cell) else cell).strip()


def _rows(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(FIELD_CHARACTERS_AT_MOST)
    try:
        rows = [
            row
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            if any(map(str.strip, row))
        ]
    except csv.Error as error:
        raise Unreadable(f"is not a table that can be read ({error}); export it as CSV again") from None
    if len(rows) > ROWS_AT_MOST:
        raise Unreadable(f"has {len(rows):,} rows; split it into parts of at most {ROWS_AT_MOST:,}")
    return rows


def _delimiter(text: str) -> str:
    """The one that occurs most in the first line."""
    first = text.lstrip("\n").split("\n", 1)[0]
    return max("\t;|,", key=first.count)


def _names(row: Sequence[str]) -> dict[str, int]:
    """Which column is what; nothing unless both the question's and the answer's are named."""
    lowered = [cell.strip().lower() for cell in row]
    found = {
        name: next(lowered.index(alias) for alias in aliases if alias in lowered)
        for name, aliases in COLUMNS.items()
        if any(alias in lowered for alias in aliases)
    }
    return found if "question" in found and "answer" in found else {}


def _first_two(rows: Sequence[Sequence[str]], taken: set[int]) -> dict[str, int]:
    width = max(map(len, rows), default=0)
    free = [place for place in range(width) if place not in taken]
    return dict(zip(("question", "answer"), free, strict=False))
