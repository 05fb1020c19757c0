"""How the product says things: durations, scores, kinds and verdicts in words."""

from datetime import datetime

from interviewer.domain.grade import BY_MODEL, Grade, Usage, Verdict
from interviewer.domain.question import Kind, Level

KINDS = {
    Kind.CONCEPT: "Concept",
    Kind.SYSTEM_DESIGN: "System design",
    Kind.RAPID_FIRE: "Rapid fire",
    Kind.SCENARIO: "Scenario",
    Kind.PRACTICAL: "Practical",
    Kind.BEHAVIOURAL: "Behavioural",
}
LEVELS = {Level.EASY: "Easy", Level.MEDIUM: "Medium", Level.HARD: "Hard"}
VERDICTS = {
    Verdict.MET: "Made",
    Verdict.PARTLY: "Partly made",
    Verdict.MISSED: "Missed",
    Verdict.UNSCORED: "Not judged",
}
ICONS = {Verdict.MET: "✓", Verdict.PARTLY: "◐", Verdict.MISSED: "✕", Verdict.UNSCORED: "?"}
WEIGHTS = {1: "useful", 2: "important", 3: "essential"}
ADVICE = {
    Kind.CONCEPT: "Define it in a sentence, say why it exists, name the parts, then how it fails in practice.",
    Kind.SYSTEM_DESIGN: "State the numbers, draw the flow from data to prediction, then say how each part fails.",
    Kind.RAPID_FIRE: "One or two sentences: what it is, and what follows from it.",
    Kind.SCENARIO: "Think aloud: what you check first, why in that order, and what each finding would tell you.",
    Kind.PRACTICAL: "Name the commands, files and settings you would use, and how you know that it worked.",
    Kind.BEHAVIOURAL: "Situation, what you did yourself, the result in figures, and what you would change.",
}
OWN_TEXTS = {"reference-answer": "A strong answer", "worked-note": "Worked note"}
"""What the texts of a question are called, by the beginning of their passages' ids."""
ASKING = ("llm", "auto")
"""Graders that ask a language model."""
JUDGES = {BY_MODEL: "by the language model", "keyword": "by the local grader", "": "by the local grader"}
CLOSE_CALL = 0.6
SCORE_BANDS = ((85, "Excellent"), (70, "Strong"), (50, "A solid base"), (30, "A start"), (0, "Much to gain"))
CENT = 0.01
MINUTE, HOUR, DAY = 60, 3600, 86400


def clock(seconds: float) -> str:
    """Minutes and seconds, as on a stopwatch: 4:05."""
    whole = max(0, int(seconds))
    return f"{whole // MINUTE}:{whole % MINUTE:02d}"


def ago(then: datetime, now: datetime) -> str:
    """How long ago, roughly."""
    seconds = max(0.0, (now - then).total_seconds())
    if seconds < MINUTE:
        return "a moment ago"
    for size, name in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        if count := int(seconds // size):
            return f"{count} {plural(count, name)} ago"
    return "a moment ago"


def money(usd: float) -> str:
    """US dollars; where it is less than a cent, to the hundredth of a cent."""
    return f"${usd:.4f}" if 0 < usd < CENT else f"${usd:.2f}"


def plural(count: int, noun: str) -> str:
    """`noun`, or its plural."""
    return noun if count == 1 else f"{noun}s"


def band(score: float) -> str:
    """A score in words."""
    return next(name for least, name in SCORE_BANDS if score >= least)


def tone(score: float | None) -> str:
    """Which colour a score has: `high`, `middle`, `low` or `none`."""
    if score is None:
        return "none"
    return "high" if score >= SCORE_BANDS[1][0] else "middle" if score >= SCORE_BANDS[3][0] else "low"


def who_graded(name: str, version: str, model: str | None) -> str:
    """Who judged, said plainly."""
    if name == "keyword":
        return f"the local grader {version}, on this computer and without a language model"
    helped = "the local grader and " if name == "auto" else ""
    return f"{helped}{model or name} (grader {name} {version})"


def judge(decided_by: str, grader: str) -> str:
    """Who judged a point, where a language model could have; nothing where only one could."""
    return JUDGES.get(decided_by, "") if grader in ASKING else ""


def cost_line(grade: Grade) -> str:
    """What asking a language model took for this grade; nothing where none was asked."""
    used = grade.usage
    if used is None or not (used.calls or grade.keys_by_model):
        return ""
    if not used.calls:
        return "The language model had judged these words before; nothing was spent."
    return f"Asking the language model took {usage_line(used)}."


def usage_line(used: Usage) -> str:
    """Calls, tokens and, where the price is known, dollars."""
    cost = "" if used.usd is None else f", {money(used.usd)}"
    tokens = f"{used.input_tokens:,} tokens in and {used.output_tokens:,} out"
    return f"{used.calls} {plural(used.calls, 'call')}, {tokens}{cost}"


def cut(text: str, at_most: int) -> str:
    """The beginning of a text, up to the end of a word; `at_most` characters."""
    text = text.strip()
    if len(text) <= at_most:
        return text
    return text[:at_most].rsplit(maxsplit=1)[0].rstrip(" ,.;:") + "…"


def stood_in(reason: str) -> str:
    """That the local grader judged in place of a language model, and why."""
    return f"The local grader stood in: {reason.rstrip('.')}."


def grader_line(grade: Grade) -> str:
    """Who judged this answer, and by which version of the rubric."""
    info = grade.grader
    prompt = f", prompt {info.prompt_version}" if info.prompt_version else ""
    who = who_graded(info.name, info.version, info.model)
    if info.name in ASKING and not grade.keys_by_model:
        who = f"the local grader {info.version}, on this computer"
    return f"Graded by {who}; rubric {info.rubric_version}{prompt}."


def sureness(grade: Grade) -> str:
    """How many of its judgements the grader was sure of."""
    judged = [key for key in grade.keys if key.verdict is not Verdict.UNSCORED]
    close = sum(key.confidence < CLOSE_CALL for key in judged)
    if not close:
        return f"It was sure of all {len(judged)} judgements." if judged else ""
    were = "was" if close == 1 else "were"
    return f"It was sure of {len(judged) - close} of {len(judged)} judgements; {close} {were} close."
