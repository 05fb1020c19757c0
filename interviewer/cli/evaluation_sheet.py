"""An evaluation as Rich renderables. Pure: values in, something to print out."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from interviewer.cli.sheets import heading, quotes
from interviewer.cli.terminal import plain
from interviewer.evaluation.evaluation import GROUPINGS, Evaluation, Mistake
from interviewer.evaluation.evaluation import Group as Slice


def evaluation_sheet(found: Evaluation) -> RenderableType:
    """The table, its slices and the worst mistakes."""
    return Group(
        Text(_summary(found), style="dim"),
        heading("Agreement, with 95 % intervals"),
        _measures(found),
        *[part for by in GROUPINGS for part in _slices(by, [each for each in found.groups if each.by == by])],
        heading("Worst mistakes"),
        *[_mistake(mistake) for mistake in found.mistakes],
    )


def figure(value: float | None) -> str:
    """A figure to two places; a dash where it is not defined."""
    return "–" if value is None else f"{value:.2f}"


def _summary(found: Evaluation) -> str:
    graders = ", ".join(f"{plain(name)} ({count})" for name, count in found.graders.items())
    parts = [f"{found.answers} answers to {found.questions} questions, {found.keys} keys; graded by {graders}"]
    if found.unscored:
        parts.append(f"{found.unscored} keys could not be judged and count as not met")
    if found.fallbacks:
        parts.append(f"{found.fallbacks} answers were graded by the fallback")
    if found.usage.calls:
        cost = "" if found.usage.usd is None else f", ${found.usage.usd:.2f}"
        parts.append(f"{found.usage.calls} calls, {found.usage.total_tokens:,} tokens{cost}")
    return "; ".join(parts)


def _measures(found: Evaluation) -> Table:
    table = Table("measure", "value", "interval", box=None, pad_edge=False)
    for each in found.measures:
        table.add_row(each.title, figure(each.value), f"{figure(each.low)} to {figure(each.high)}")
    return table


def _slices(by: str, slices: Sequence[Slice]) -> list[RenderableType]:
    columns = (
        "answers",
        "hits",
        "false",
        "missed",
        "neither",
        "kappa",
        "precision",
        "recall",
        "false credit",
        "r",
    )
    table = Table(by, *columns, box=None, pad_edge=False)
    for each in slices:
        counts = (each.answers, each.hits, each.ticked_only, each.labelled_only, each.neither)
        figures = (each.kappa, each.precision, each.recall, each.false_credit, each.pearson)
        table.add_row(Text(plain(each.value) or "–"), *map(str, counts), *map(figure, figures))
    return [heading(f"By {by}"), table]


def _mistake(mistake: Mistake) -> Text:
    label = "met" if mistake.labelled else "not met"
    said = f"labelled {label}, judged {mistake.verdict} with confidence {mistake.confidence:.2f}"
    evidence = f"\n  {quotes(mistake.evidence)}" if mistake.evidence else ""
    return Text(plain(f"{mistake.answer_id} · {mistake.key}: {said}{evidence}"))
