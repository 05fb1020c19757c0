"""What bench.retrieval measured, as Markdown."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

DOCUMENT = Path(__file__).parent.parent / "docs" / "retrieval.md"
START, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def card(results: dict[str, Any]) -> str:
    """All tables."""
    return "\n\n".join([_quality(results["quality"]), _speed(results), _citations(results["citations"])]) + "\n"


def put_into_document(text: str) -> None:
    """Replace what stands between the marks in docs/retrieval.md."""
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(START)
    _, _, after = rest.partition(END)
    DOCUMENT.write_text(f"{before}{START}\n{text}{END}{after}", encoding="utf-8")


def _quality(rows: Sequence[dict[str, Any]]) -> str:
    names = ("recall_1", "recall_3", "mrr")
    head = ["queries", "way", "recall@1", "recall@3", "MRR", "recall@1 *", "recall@3 *", "MRR *"]
    body = [
        [
            row["queries"],
            row["way"],
            *(f"{row[f'{prefix}{name}']:.3f}" for prefix in ("", "questions_") for name in names),
        ]
        for row in rows
    ]
    return (
        f"{_table(head, body)}\n\nA result is a file with its best passage; the right one is that of the question "
        "which was reworded or answered. Study notes compete: those about the very same thing count as wrong. "
        "\\* among the files of questions alone."
    )


def _speed(results: dict[str, Any]) -> str:
    head = ["passages", "index", "build", "on disk", "recall@10 of exact", "p50", "p95"]
    body = [
        [
            f"{row['passages']:,}",
            row["index"],
            f"{row['build_s']:.1f} s",
            f"{row['bytes'] / 1e6:.0f} MB",
            f"{row['recall']:.3f}",
            f"{row['p50_ms']:.2f} ms",
            f"{row['p95_ms']:.2f} ms",
        ]
        for row in results["size"]
    ]
    bank = results["latency"]
    return (
        f"{_table(head, body)}\n\nOne query at a time on one core, from the memory-mapped file. A search of "
        f"the whole bank (embedding, both indexes, fusion, marking) takes {bank['p50_ms']:.0f} ms (median) and "
        f"{bank['p95_ms']:.0f} ms at p95."
    )


def _citations(found: dict[str, Any]) -> str:
    head = ["citations", ""]
    body = [
        ["keys of the bank", f"{found['keys']}"],
        ["with a cited statement", f"{found['cited']:.1%}"],
        ["the local grader credits the cited words with the key", f"{found['credited_by_grader']:.1%}"],
        ["cited from a study note, the others from the question's own texts", f"{found['from_note']:.1%}"],
        ["words cited, median", f"{found['words']:.0f}"],
        [
            "free search for the claim finds the question's own text or its topic's note first",
            f"{found['free_search_own_or_topic']:.1%}",
        ],
    ]
    return _table(head, body)


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
