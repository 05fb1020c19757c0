"""The agreement card: the results of bench/grading as Markdown, and its place in the documents."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
BEGIN, END = "<!-- agreement: written by python -m bench.grading -->", "<!-- end of agreement -->"

OURS = "questions left out"
BASELINES = ("best cosine", "word overlap", "both, logistic")
COLUMNS = (*BASELINES, OURS, "as shipped")
VARIANTS = (OURS, "without sample answers", "published encoder")
TARGETS: dict[str, tuple[float, float]] = {
    "kappa": (0.50, 0.65),
    "kappa_by_style": (0.40, 0.55),
    "f1": (0.75, 0.85),
    "paraphrase_recall": (0.55, 0.75),
    "paraphrase_precision": (0.75, 0.75),
    "false_credit": (0.15, 0.07),
    "worthless_credit": (0.05, 0.00),
    "traps_f1": (0.50, 0.70),
    "numbers_f1": (0.75, 0.90),
    "pearson": (0.85, 0.93),
    "order": (0.90, 0.96),
}
"""What the project set itself before it measured: what must be reached, and what is aimed at."""

LESS_IS_BETTER = frozenset({"false_credit", "worthless_credit"})


def card(results: dict[str, Any]) -> str:
    """All tables."""
    ways = results["ways"]
    ours = ways[OURS]
    counts = f"{ours['answers']} answers to {ours['questions']} questions, {ours['keys']} keys"
    lead = f"{counts}; encoder {results['encoder']}."
    return "\n\n".join([lead, _agreement(ways), _styles(ours), _variants(ways)]) + "\n"


def summary(results: dict[str, Any]) -> str:
    """The rows that had a target, beside the best of the three baselines."""
    ways = results["ways"]
    rows = []
    for number, measure in enumerate(ways[OURS]["measures"]):
        if measure["id"] in TARGETS:
            theirs = [ways[name]["measures"][number]["value"] for name in BASELINES]
            best = min if measure["id"] in LESS_IS_BETTER else max
            known = [value for value in theirs if value is not None]
            rows.append([measure["title"], _figure(best(known, default=None)), f"**{_figure(measure['value'])}**"])
    return (
        _table(["on labelled answers, their questions left out", "best of three baselines", "local grader"], rows)
        + "\n"
    )


DOCUMENTS: dict[str, Callable[[dict[str, Any]], str]] = {"docs/agreement.md": card, "README.md": summary}
"""Where the results are shown between the two marks, and how."""


def put_into_documents(results: dict[str, Any]) -> None:
    """Replace what stands between the two marks, in every document."""
    for name, written in DOCUMENTS.items():
        path = ROOT / name
        path.write_text(replaced(path.read_text(encoding="utf-8"), written(results)), encoding="utf-8")


def replaced(document: str, text: str) -> str:
    """The document with this text between its marks."""
    before, rest = document.split(BEGIN, 1)
    return f"{before}{BEGIN}\n\n{text}\n{END}{rest.split(END, 1)[1]}"


def _agreement(ways: dict[str, Any]) -> str:
    rows = []
    for number, measure in enumerate(ways[OURS]["measures"]):
        figures = {name: ways[name]["measures"][number] for name in COLUMNS}
        must, aim = TARGETS.get(measure["id"], (None, None))
        cells = [_figure(figures[name]["value"]) for name in COLUMNS]
        cells[COLUMNS.index(OURS)] = (
            f"**{_figure(measure['value'])}** ({_figure(measure['low'])} to {_figure(measure['high'])})"
        )
        rows.append(
            [measure["title"], *cells, _figure(must), _figure(aim), _reached(measure["id"], measure["value"])]
        )
    return _table(["measure", *COLUMNS, "must", "aim", ""], rows)


def _reached(measure: str, value: float | None) -> str:
    if measure not in TARGETS or value is None:
        return ""
    sign = -1 if measure in LESS_IS_BETTER else 1
    must, aim = TARGETS[measure]
    if sign * value >= sign * aim:
        return "aim reached"
    return "must reached" if sign * value >= sign * must else "**short**"


def _styles(ours: dict[str, Any]) -> str:
    rows = [
        [
            group["value"],
            str(group["answers"]),
            *(_figure(group[name]) for name in ("kappa", "precision", "recall", "false_credit")),
        ]
        for group in ours["groups"]
        if group["by"] == "style"
    ]
    return "By style, questions left out:\n\n" + _table(
        ["style", "answers", "kappa", "precision", "recall", "false credit"], rows
    )


def _variants(ways: dict[str, Any]) -> str:
    rows = []
    for number, measure in enumerate(ways[OURS]["measures"]):
        rows.append([measure["title"], *(_figure(ways[name]["measures"][number]["value"]) for name in VARIANTS)])
    return "What pays, questions left out:\n\n" + _table(["measure", *VARIANTS], rows)


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
