"""The end report as a Rich renderable."""

from collections.abc import Iterable, Mapping

from rich.console import Group, RenderableType
from rich.text import Text

from interviewer.cli.sheets import DECIDERS, heading, rows, score_text, spent_text
from interviewer.cli.terminal import plain
from interviewer.domain.question import Topic
from interviewer.domain.readiness import Shown
from interviewer.domain.report import GraderShare, KeyResult, QuestionResult, Report, TrapFallenInto

GRADERS = {**DECIDERS, "llm": "a language model", "auto": "the local grader with a language model's help"}
SHOWN_MARKS = {Shown.SHOWN: "✓", Shown.PARTLY: "~", Shown.NOT_SHOWN: "✗", Shown.NOT_ASKED: "·"}


def report_sheet(report: Report, topics: Mapping[str, Topic]) -> RenderableType:
    """What an interview showed; topics are called by their titles."""
    names = {topic.id: topic.title for topic in topics.values()}
    by_topic = [(f"{t.score:g}", f"{names.get(t.topic, t.topic)} ({_count(t.questions)})") for t in report.topics]
    return Group(
        heading(f"Report · {score_text(report.score)}"),
        *_who_graded(report),
        *_section("Questions", map(_question, report.questions)),
        *_section("Skipped, not counted", (("-", id) for id in report.skipped)),
        *_section("Not reached", (("-", id) for id in report.not_reached)),
        *_section("By topic, the weakest first", by_topic),
        *_section("Your strongest points", map(_key, report.strengths)),
        *_section("The heaviest gaps, and what there was to say", map(_key, report.gaps)),
        *_section("Traps you fell into (none of this is true)", map(_trap, report.traps)),
        *_section("Figures not given", ((n.question, n.claim) for n in report.numbers_missing)),
        *_section("Could not be judged", map(_key, report.unscored)),
        *_section("Advice", (("-", a.says) for a in report.advice)),
        *_section("Readiness", ((f"{SHOWN_MARKS[r.shown]} {r.shown}", r.ability) for r in report.readiness)),
    )


def _section(title: str, entries: Iterable[tuple[str, str]]) -> list[RenderableType]:
    found = list(entries)
    return [heading(title), rows(found)] if found else []


def _who_graded(report: Report) -> list[Text]:
    lines = [line for share in report.graders for line in _share(share)]
    if report.usage is not None and report.usage.calls:
        lines.append(f"Grading took {spent_text(report.usage)}.")
    return [Text(plain(line), style="dim") for line in lines]


def _share(share: GraderShare) -> Iterable[str]:
    model = f" ({share.model})" if share.model else ""
    who = f"{GRADERS.get(share.name, share.name)}{model}, version {share.version}"
    yield f"{_count(share.questions)} graded by {who}"
    for reason in share.fallback_reasons:
        yield f"The local grader stood in for some or all of that: {reason}."


def _question(result: QuestionResult) -> tuple[str, str]:
    score = "not scored" if result.score is None else f"{result.score:g}"
    over = result.seconds_taken is not None and result.seconds_taken > result.seconds_allowed
    return score, f"{result.question}{' (over its time)' if over else ''}"


def _key(result: KeyResult) -> tuple[str, str]:
    return f"{result.verdict} ({result.weight})", f"{result.claim} [{result.question}]"


def _trap(trap: TrapFallenInto) -> tuple[str, str]:
    return trap.question, f"{trap.claim} {' … '.join(f'“{quote}”' for quote in trap.quotes)}"


def _count(questions: int) -> str:
    return f"{questions} question{'' if questions == 1 else 's'}"
