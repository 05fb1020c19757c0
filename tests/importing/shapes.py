"""The ways in which people write questions down with their answers, each as a file of the same five pairs."""

import csv
import html
import io
import json
import re
from collections.abc import Callable, Sequence

PAIRS = [
    (
        "What is the difference between a process and a thread?",
        "A process has memory of its own. Threads of one process share it.",
    ),
    (
        "How does an index speed up a query?",
        "It keeps keys sorted in a tree. A lookup then needs no full scan.",
    ),
    (
        "Explain optimistic locking.",
        "Each row carries a version number. An update fails if the version has changed.",
    ),
    ("Why would you use a message queue?", "It absorbs bursts. Consumers work at their own pace."),
    (
        "What is blue-green deployment?",
        "Two environments run side by side. Traffic is switched from one to the other.",
    ),
]
NUMBERED = [(number, *pair) for number, pair in enumerate(PAIRS, start=1)]


def _sentences(answer: str) -> list[str]:
    return re.split(r"(?<=[.])\s+", answer)


def _bullets(answer: str, indent: str) -> str:
    return "\n".join(f"{indent}- {sentence}" for sentence in _sentences(answer))


def _each(write: Callable[[int, str, str], str], *, before: str = "", between: str = "\n\n") -> str:
    return before + between.join(write(*each) for each in NUMBERED)


def _table(rows: Sequence[Sequence[object]], delimiter: str = ",", *, quoted: bool = False) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL).writerows(rows)
    return out.getvalue()


def _page(body: str, around: str = "<main><article>{}</article></main>") -> str:
    return (
        "<!doctype html><html><head><title>Five questions | A blog</title></head><body>"
        "<header><a href=/>Home</a><ul class=menu><li>Why choose us?</li></ul></header>"
        "<div class=cookie-banner>We use cookies. Accept all of them?</div><nav><li>What is new?</li></nav>"
        + around.format(f"<h1>Five questions</h1>{body}")
        + "<div class='sidebar related-posts'><h3>Related</h3><ul><li><a href=x>What is Java?</a></li></ul></div>"
        "<div id=comments><h3>What do you think?</h3><p>Great post.</p></div><footer>Subscribe?</footer>"
        "</body></html>"
    )


_CODE = "```python\ncache = {}  # Q: is this a question?\n```"
_CONTENTS = "## Table of contents\n\n" + "".join(f"- [{q}](#q{n})\n" for n, q, _ in NUMBERED)

MARKDOWN = {
    "headings with numbers, after a table of contents": _each(
        lambda n, q, a: f"### Q{n}. {q}\n\n{a}", before=f"# Questions\n\n{_CONTENTS}\n## All\n\n"
    ),
    "headings without question marks": _each(
        lambda n, q, a: f"## {n}. {q.rstrip('?.')}\n\n{a}", before="# Notes\n\n"
    ),
    "headings, code in the answer, a way back": _each(
        lambda n, q, a: f"## {q}\n\n{a}\n\n{_CODE}\n\n[Back to top](#top)"
    ),
    "headings below the question": _each(lambda n, q, a: f"## {q}\n\n### In short\n\n{a}", before="# All\n\n"),
    "quoted answers": _each(lambda n, q, a: f"### {q}\n\n> {a}", before="# All\n\n"),
    "Q and A in bold": _each(lambda n, q, a: f"**Q: {q}**\n\n**A:** {a}"),
    "Q and A in bold on lines": _each(lambda n, q, a: f"**Q:** {q}  \n**A:** {a}"),
    "Q1 and A1": _each(lambda n, q, a: f"Q{n}: {q}\nA{n}: {a}"),
    "headings Question and Answer": _each(lambda n, q, a: f"## Question {n}\n\n{q}\n\n### Answer\n\n{a}"),
    "a heading and Answer in bold": _each(lambda n, q, a: f"### Question {n}: {q}\n\n**Answer:**\n\n{a}"),
    "interviewer and candidate": _each(lambda n, q, a: f"**Interviewer:** {q}\n\n**Candidate:** {a}"),
    "folded answers": _each(
        lambda n, q, a: f"<details>\n<summary>{q}</summary>\n\n{a}\n\n</details>", before="# FAQ\n\n"
    ),
    "a heading with a folded answer": _each(
        lambda n, q, a: f"### {n}. {q}\n\n<details><summary>Show answer</summary>\n\n{a}\n\n</details>"
    ),
    "numbered items": _each(lambda n, q, a: f"{n}. {q}\n\n   {a}"),
    "numbered items in bold with bullets": _each(lambda n, q, a: f"{n}. **{q}**\n\n{_bullets(a, '   ')}"),
    "numbered items with a line break": _each(lambda n, q, a: f"{n}. **{q}**<br>{a}", between="\n"),
    "nested bullets": _each(lambda n, q, a: f"- {q}\n{_bullets(a, '  ')}", before="# All\n\n", between="\n"),
    "bullets nested twice": _each(lambda n, q, a: f"* {q}\n  * Answer:\n{_bullets(a, '    ')}", between="\n"),
    "bold lines": _each(lambda n, q, a: f"**{n}. {q}**\n\n{a}"),
    "bold lines, the answer below": _each(lambda n, q, a: f"**{n}. {q}**\n{a}"),
    "a table": _each(
        lambda n, q, a: f"| {n} | {q} | {a} |",
        before="| # | Interview question | Sample answer |\n|---|---|---|\n",
        between="\n",
    ),
    "a table of front and back": _each(
        lambda n, q, a: f"| {q} | {a} |", before="| Front | Back |\n|---|---|\n", between="\n"
    ),
    "a table without names": _each(lambda n, q, a: f"| {q} | {a} |", before="| | |\n|---|---|\n", between="\n"),
    "cards on a line": _each(lambda n, q, a: f"{q}::{a}", before="#cards\n\n", between="\n"),
    "cards with a line between": _each(lambda n, q, a: f"{q}\n?\n{a}", before="#cards\n\n"),
}
TEXT = {
    "numbers": _each(lambda n, q, a: f"{n}) {q}\n{a}"),
    "Q and Ans": _each(lambda n, q, a: f"Q. {q}\nAns. {a}"),
    "Question and Answer": _each(lambda n, q, a: f"Question: {q}\nAnswer: {a}"),
    "Anki": _each(
        lambda n, q, a: f"{q}\t{html.escape(a)}\tdb",
        before="#separator:tab\n#html:true\n#tags column:3\n",
        between="\n",
    ),
    "Anki with all its columns": _each(
        lambda n, q, a: f"g{n}\tBasic\tMy::Deck\t{q}\t{a}",
        before="#separator:tab\n#html:false\n#guid column:1\n#notetype column:2\n#deck column:3\n",
        between="\n",
    ),
}
CSV = {
    "question and answer": _table([("question", "answer"), *PAIRS]),
    "semicolons, in German": _table([("Frage", "Antwort"), *PAIRS], ";"),
    "other names": _table(
        [("No", "Category", "Interview Question", "Expected Answer"), *((n, "db", q, a) for n, q, a in NUMBERED)]
    ),
    "a mark, quotes and lines in cells": "\ufeff"
    + _table([("Questions", "Answers"), *((q, a.replace(". ", ".\n")) for q, a in PAIRS)], quoted=True),
    "no names": _table(PAIRS),
    "no names, with numbers": _table(NUMBERED),
    "Excel's first line": "sep=;\r\n" + _table([("question", "answer"), *PAIRS], ";"),
    "a title above": _table([("My questions", ""), ("", ""), ("question", "answer"), *PAIRS]),
}
_LIST = [{"question": q, "answer": a} for q, a in PAIRS]
JSON = {
    "a list": json.dumps(_LIST),
    "an object of question to answer": json.dumps(dict(PAIRS)),
    "a list under a name": json.dumps({"title": "x", "tags": ["a", "b"], "questions": _LIST}),
    "deep": json.dumps(
        {"meta": {"tags": ["a", "b"]}, "data": {"questions": [{"q": q, "a": a} for q, a in PAIRS]}}
    ),
    "lists under topics": json.dumps({"databases": _LIST[:3], "systems": _LIST[3:]}),
    "topics with lists": json.dumps(
        [{"category": "databases", "questions": _LIST[:3]}, {"category": "systems", "questions": _LIST[3:]}]
    ),
    "lists of two": json.dumps(PAIRS),
    "a list of answers": json.dumps([{"prompt": q, "answers": [{"text": a}]} for q, a in PAIRS]),
    "lines": "\n".join(map(json.dumps, _LIST)),
    "instructions": "\n".join(json.dumps({"instruction": q, "output": a}) for q, a in PAIRS),
    "conversations": "\n".join(
        json.dumps({"messages": [{"role": "user", "content": q}, {"role": "assistant", "content": a}]})
        for q, a in PAIRS
    ),
}
HTML = {
    "headings": _page(_each(lambda n, q, a: f"<h2>{n}. {q}</h2><p>{a}</p>")),
    "headings, no main part": _page(
        _each(lambda n, q, a: f"<h3>{q}</h3><div><p>{a}</p></div>"), "<div class=post>{}</div>"
    ),
    "folded": _page(_each(lambda n, q, a: f"<details><summary>{q}</summary><p>{a}</p></details>")),
    "buttons": _page(_each(lambda n, q, a: f"<div><button>{q}</button><div><p>{a}</p></div></div>")),
    "a definition list": _page("<dl>" + _each(lambda n, q, a: f"<dt>{q}</dt><dd>{a}</dd>") + "</dl>"),
    "bold paragraphs": _page(_each(lambda n, q, a: f"<p><strong>{n}. {q}</strong></p><p>{a}</p>")),
    "bold with a line break": _page(_each(lambda n, q, a: f"<p><strong>{n}. {q}</strong><br>{a}</p>")),
}
