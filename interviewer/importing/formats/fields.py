"""What columns and fields may be called, and rows of them as questions and answers."""

import re
from collections.abc import Iterable, Mapping, Sequence

from interviewer.importing.document import Document, Pair
from interviewer.importing.formats.markup import to_text

COLUMNS = {
    "question": (
        "question", "questions", "prompt", "front", "q", "frage", "fragen", "instruction", "input",
        "query",
    ),
    "answer": (
        "answer", "answers", "reference answer", "reference_answer", "model answer", "back", "a", "antwort",
        "antworten", "response", "output", "solution", "completion", "explanation",
    ),
    "id": ("id", "question id", "question_id", "key"),
    "topic": ("topic", "category", "subject", "section", "deck", "tag", "tags", "thema"),
    "kind": ("kind", "type"),
    "level": ("level", "difficulty"),
}  # fmt: skip
"""What the columns of a table, or the fields of a JSON object, may be called."""
WORDS_IN_NAMES = {"question": ("question", "frage"), "answer": ("answer", "antwort")}
"""What stands in the names of other columns for them: Interview question, Expected answer."""
REMARKS_AT_MOST = 20
_CLOZE = re.compile(r"\{\{c\d+::(.*?)(?:::[^{}]*)?\}\}", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&\w+;")


def places(names: Sequence[str]) -> dict[str, int]:
    """Where the fields stand among these names in small letters: so called, or with the word in the name."""
    found = {
        name: next(names.index(alias) for alias in aliases if alias in names)
        for name, aliases in COLUMNS.items()
        if any(alias in names for alias in aliases)
    }
    for name, parts in WORDS_IN_NAMES.items():
        place = next(
            (place for place, given in enumerate(names) if any(part in given for part in parts)
             and place not in found.values() and not given.endswith(("id", "#", "number", "no", "type"))),
            None,
        )  # fmt: skip
        if name not in found and place is not None:
            found[name] = place
    return found


def document_of(rows: Iterable[Mapping[str, Sequence[str]]], first: int) -> Document:
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
