"""Questions and answers in rows: CSV, tables within a document, and Anki's text export."""

import csv
import io
import re
from collections.abc import Mapping, Sequence

from interviewer.importing.asking import asks
from interviewer.importing.document import Document, Pair, Unreadable
from interviewer.importing.formats.fields import document_of, places

NO_COLUMNS = "has no columns named question and answer; name them in the first row"
FIELD_CHARACTERS_AT_MOST = 100_000
ROWS_AT_MOST = 20_000
HEAD_ROWS_AT_MOST = 10
NAME_CHARACTERS_AT_MOST = 40
ASKING_AT_LEAST = 0.6
"""Share of a column's cells that ask, from which on it is the questions'."""


def from_csv(text: str) -> Document:
    """One question a row; raises Unreadable where it cannot be told which column is what."""
    delimiter, text = _delimiter(text)
    rows = _rows(text, delimiter)
    if not rows:
        return Document()
    head, names = _head(rows)
    if names:
        return _picked(rows[head + 1 :], names, head + 2)
    names = _asking_columns(rows)
    if names:
        return _picked(rows, names, 1)
    raise Unreadable(NO_COLUMNS)


def from_rows(rows: Sequence[Sequence[str]]) -> tuple[Pair, ...]:
    """The pairs of a table within a document; none where no row names the two columns and none of them asks."""
    head, names = _head(rows)
    if names:
        return _picked(rows[head + 1 :], names, head + 2).pairs
    names = _asking_columns(rows) if _asked_share(rows, 0) >= ASKING_AT_LEAST else {}
    return _picked(rows, names, 1).pairs if names else ()


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
    return document_of(({name: row[place : place + 1] for name, place in names.items()} for row in rows), 1)


def is_anki(text: str) -> bool:
    """Whether a text file is an export of Anki's: it says so, or is a table of tabs throughout."""
    if re.match(r"#(separator|html|columns|deck|notetype|tags)[^\n]*:", text):
        return True
    lines = [line for line in text.split("\n") if line.strip()]
    return len(lines) > 1 and all("\t" in line.strip() for line in lines)


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


def _delimiter(text: str) -> tuple[str, str]:
    """What divides the columns, and the table: Excel's first line may name it; else what the first has most of."""
    text = text.lstrip("\n")
    first, _, rest = text.partition("\n")
    named = re.fullmatch(r"sep=(.)", first.strip(), re.IGNORECASE)
    return (named[1], rest) if named else (max("\t;|,", key=first.count), text)


def _picked(rows: Sequence[Sequence[str]], names: Mapping[str, int], first: int) -> Document:
    """The columns of these names as pairs; `first` is the number of the first row."""
    return document_of(({name: row[place : place + 1] for name, place in names.items()} for row in rows), first)


def _head(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """The row that names the columns, and which is what; a title may stand above it."""
    for number, row in enumerate(rows[:HEAD_ROWS_AT_MOST]):
        if names := _names(row):
            return number, names
    return 0, {}


def _names(row: Sequence[str]) -> dict[str, int]:
    """Which column is what; nothing unless both the question's and the answer's are named."""
    if any(len(cell) > NAME_CHARACTERS_AT_MOST for cell in row):
        return {}
    found = places([cell.strip().lower() for cell in row])
    return found if "question" in found and "answer" in found else {}


def _asking_columns(rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """Columns of a table without names: the one that asks and the wordiest other; of two, as they stand."""
    width = max(map(len, rows), default=0)
    asking = next((place for place in range(width) if _asked_share(rows, place) >= ASKING_AT_LEAST), None)
    if asking is None:
        return {"question": 0, "answer": 1} if all(len(row) == 2 for row in rows) else {}  # noqa: PLR2004
    others = [place for place in range(width) if place != asking]
    if not others:
        return {}
    wordiest = max(others, key=lambda place: sum(len(_cell(row, place)) for row in rows))
    return {"question": asking, "answer": wordiest}


def _asked_share(rows: Sequence[Sequence[str]], place: int) -> float:
    """Share of the rows that ask in this column."""
    cells = [cell for row in rows if (cell := _cell(row, place).strip())]
    return sum(map(asks, cells)) / len(cells) if cells else 0


def _cell(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def _first_two(rows: Sequence[Sequence[str]], taken: set[int]) -> dict[str, int]:
    width = max(map(len, rows), default=0)
    free = [place for place in range(width) if place not in taken]
    return dict(zip(("question", "answer"), free, strict=False))
