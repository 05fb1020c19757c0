"""Questions, feedback and reports as Rich renderables. Pure: values in, something to print out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from interviewer.cli.terminal import plain
from interviewer.domain.grade import BY_MODEL, Citation, EvidenceSpan, Grade, KeyVerdict, Usage, Verdict
from interviewer.domain.passage import Passage
from interviewer.domain.question import Exercise, Question
from interviewer.domain.rubric import Rubric
from interviewer.retrieval.reading import cited

MARKS = {
    Verdict.MET: ("✓ met", "green"),
    Verdict.PARTLY: ("~ partly", "yellow"),
    Verdict.MISSED: ("✗ missed", "red"),
    Verdict.UNSCORED: ("? unscored", "magenta"),
}
HIGHLIGHT = {Verdict.MET: "bold underline green", Verdict.PARTLY: "bold underline yellow"}
QUOTE_CHARACTERS = 160
DECIDERS = {"keyword": "the local grader", "gate": "a check that asks no model"}


def prompt_sheet(question: Question, place: str) -> RenderableType:
    """A question as it is put; `place` says where in the interview it stands."""
    minutes = question.seconds / 60
    time = f"about {minutes:g} minute{'' if minutes == 1 else 's'}"
    about = Text(f"{question.topic} · {question.kind} · {question.level} · {time}", style="dim")
    asked = Group(about, Text(), Markdown(plain(question.prompt)))
    return Panel(asked, title=Text(place), title_align="left", padding=(0, 2))


def question_sheet(question: Question, rubric: Rubric, exercise: Exercise | None) -> RenderableType:
    """All about a question: prompt, reference answer, rubric and exercise."""
    parts: list[RenderableType] = [
        prompt_sheet(question, question.id),
        heading("Reference answer"),
        Markdown(plain(question.reference_answer)),
    ]
    if question.worked_note:
        parts += [heading("Worked note"), Markdown(plain(question.worked_note))]
    keys = [(f"{key.id} ({key.weight})", key.claim) for key in rubric.keys]
    parts += _listing("What earns marks (weight)", keys)
    parts += _listing("Figures worth giving", [(number.id, number.claim) for number in rubric.numbers])
    parts += _listing("Traps", [(trap.id, trap.claim) for trap in rubric.traps])
    parts += _listing("Follow-up questions", [(probe.key, probe.ask) for probe in rubric.probes])
    if exercise:
        options = [(f"{option.id}{' (best)' if option.best else ''}", option.text) for option in exercise.options]
        parts += _listing("Exercise: choose the best-structured answer", options)
    return Group(*parts)


def feedback_sheet(
    question: Question,
    rubric: Rubric,
    answer: str,
    grade: Grade,
    *,
    sources: Mapping[str, Sequence[Citation]] | None = None,
    reading: Sequence[Passage] = (),
) -> RenderableType:
    """An answer judged: score, each key with the words that earned it, traps, figures, reference answer.

    `sources` has by key id what the source material says of it, `reading` what to read about missed keys.
    """
    return Group(
        heading(f"Score: {score_text(grade.score)}"),
        *graded_by(grade),
        Text("\nYour answer", style="bold"),
        highlighted(answer, grade),
        Text(),
        _keys(rubric, grade, sources or {}),
        *_traps(rubric, grade),
        *_numbers(rubric, grade),
        heading("Reference answer"),
        Markdown(plain(question.reference_answer)),
        *_listing("Read this next", [(passage.title, passage.source) for passage in reading]),
    )


def score_text(score: float | None) -> str:
    """A score in words."""
    return "not scored: nothing could be judged" if score is None else f"{score:g} of 100"


def graded_by(grade: Grade) -> list[RenderableType]:
    """Who graded, how many claims each where several did; what they remark, what failed and what it took."""
    shares = Counter(_decider(key, grade) for key in grade.keys)
    counted = [f"{who} ({count} of {len(grade.keys)} claims)" for who, count in shares.most_common()]
    lines = [f"Graded by {' and '.join(counted if len(counted) > 1 else shares or [grade.grader.name])}."]
    reason = grade.grader.fallback_reason
    if reason and not any(reason in note for note in grade.notes):
        lines.append(f"The local grader stood in: {reason}.")
    lines += [*grade.notes, *_took(grade)]
    return [Text(plain(line), style="dim") for line in lines]


def spent_text(usage: Usage) -> str:
    """What asking a language model took, in words."""
    calls = f"{usage.calls} call{'' if usage.calls == 1 else 's'}"
    price = "no known price" if usage.usd is None else f"${usage.usd:.4f}"
    return f"{calls}, {usage.input_tokens:,} tokens in and {usage.output_tokens:,} out, {price}"


def _took(grade: Grade) -> list[str]:
    if grade.usage is None or not (grade.usage.calls or grade.keys_by_model):
        return []
    if not grade.usage.calls:
        return ["The language model had judged these words before: nothing was spent."]
    return [f"Judging this took {spent_text(grade.usage)}."]


def _decider(key: KeyVerdict, grade: Grade) -> str:
    """Who judged a key."""
    if key.decided_by == BY_MODEL:
        return f"the language model {grade.grader.model}"
    return DECIDERS.get(key.decided_by, key.decided_by or grade.grader.name)


def highlighted(answer: str, grade: Grade) -> Text:
    """The answer with the words that earned or cost marks."""
    text = Text(plain(answer))
    for key in grade.keys:
        for span in key.evidence:
            text.stylize(HIGHLIGHT.get(key.verdict, ""), span.start, span.end)
    for trap in grade.traps:
        for span in trap.evidence if trap.triggered else ():
            text.stylize("bold underline red", span.start, span.end)
    return text


def heading(title: str) -> RenderableType:
    """A line across the screen."""
    return Padding(Rule(Text(plain(title)), align="left"), (1, 0, 0, 0))


def rows(entries: Iterable[tuple[str, str]], style: str = "bold") -> Table:
    """Two columns, the first in `style`; wraps within each."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style=style, min_width=10)
    table.add_column()
    for left, right in entries:
        table.add_row(Text(plain(left)), Text(plain(right)))
    return table


def quotes(evidence: Sequence[EvidenceSpan]) -> str:
    """The quoted words on one line, shortened."""
    return " … ".join(f"“{_shortened(span.quote)}”" for span in evidence)


def _listing(title: str, entries: Sequence[tuple[str, str]]) -> list[RenderableType]:
    return [heading(title), rows(entries)] if entries else []


def _keys(rubric: Rubric, grade: Grade, sources: Mapping[str, Sequence[Citation]]) -> Table:
    table = Table("verdict", "weight", "what there was to say", box=None, pad_edge=False, expand=False)
    judged = {key.id: key for key in grade.keys}
    order = list(Verdict)
    known = [key for key in rubric.keys if key.id in judged]
    shared = len({_decider(key, grade) for key in grade.keys}) > 1
    for key in sorted(known, key=lambda key: (order.index(judged[key.id].verdict), -key.weight)):
        mark, colour = MARKS[judged[key.id].verdict]
        by = f", judged by {_decider(judged[key.id], grade)}" if shared else ""
        claim = Text.assemble(
            plain(key.claim), (plain(f" ({key.id}{by})"), "dim"), (_why(judged[key.id]), "italic dim")
        )
        for source in sources.get(key.id, ())[:1]:
            claim.append(f"\n  {plain(source.title)}: “{_shortened(plain(cited(source.text)))}”", style="dim")
        table.add_row(Text(mark, style=colour), str(key.weight), claim)
    return table


def _why(key: KeyVerdict) -> str:
    """The words that earned credit, or the reason where something keeps it from being judged."""
    if key.evidence:
        return f"\n  {plain(quotes(key.evidence))}"
    return f"\n  {plain(key.reason)}" if key.verdict is Verdict.UNSCORED and key.reason else ""


def _traps(rubric: Rubric, grade: Grade) -> list[RenderableType]:
    claims = {trap.id: trap.claim for trap in rubric.traps}
    fallen = [trap for trap in grade.traps if trap.triggered]
    entries = [(trap.id, f"{claims.get(trap.id, '')} {quotes(trap.evidence)}") for trap in fallen]
    return _listing("Traps you fell into (none of this is true)", entries)


def _numbers(rubric: Rubric, grade: Grade) -> list[RenderableType]:
    given = {number.id: number for number in grade.numbers if number.met}
    entries = [
        (
            "✓ given" if number.id in given else "· not given",
            f"{number.claim} {quotes(given[number.id].evidence) if number.id in given else ''}".strip(),
        )
        for number in rubric.numbers
    ]
    return _listing("Figures", entries)


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= QUOTE_CHARACTERS else f"{flat[:QUOTE_CHARACTERS]}…"
