"""A question of the bank, an answer to it, and what a model might reply."""

import json
from typing import Any

from interviewer.adapters.scripted_chat import Script, ScriptedChat
from interviewer.adapters.scripted_grader import ScriptedGrader
from interviewer.content.library import Library
from interviewer.content.prices import read_prices
from interviewer.domain.grade import Grade, Verdict
from interviewer.grading.judge import Judge
from interviewer.grading.llm import LlmGrader
from interviewer.ports import GradingTask

LIBRARY = Library()
PRICES = read_prices()
QUESTION = "model-rollback"
KEPT = "The previous champion stays in the registry with its image."
POINTER = "Going back means moving the production alias to it; nothing is retrained."
ANSWER = f"{KEPT} {POINTER} A canary would have told us earlier."
KEYS = [key.id for key in LIBRARY.rubric(QUESTION).keys]
TRAPS = [trap.id for trap in LIBRARY.rubric(QUESTION).traps]


def task(answer: str = ANSWER, question: str = QUESTION) -> GradingTask:
    """An answer to be graded."""
    return GradingTask(LIBRARY.question(question), LIBRARY.rubric(question), answer)


def entry(key_id: str, verdict: str = "met", *quotes: str, reason: str = "") -> dict[str, Any]:
    """What a model says of one key."""
    return {"id": key_id, "verdict": verdict, "quotes": list(quotes), "reason": reason}


def reply(*entries: dict[str, Any], traps: list[dict[str, Any]] | None = None) -> str:
    """A model's whole reply: these entries, and `missed` for every other key of the question."""
    judged = {said["id"] for said in entries}
    rest = [entry(key, "missed") for key in KEYS if key not in judged]
    if traps is None:
        traps = [{"id": trap, "triggered": False, "quotes": []} for trap in TRAPS]
    return json.dumps({"keys": [*entries, *rest], "traps": traps}, ensure_ascii=False)


GOOD = reply(
    entry("champion-kept", "met", KEPT), entry("switch-pointer", "met", "moving the production alias to it")
)


def grader(script: Script, **options: Any) -> LlmGrader:
    """A grader whose model keeps to a script, and whose local grader gives what the answer names."""
    return LlmGrader(Judge(ScriptedChat(script), PRICES, **options), ScriptedGrader())


def verdicts(grade: Grade) -> dict[str, Verdict]:
    """Verdicts by key."""
    return {key.id: key.verdict for key in grade.keys}


def met(grade: Grade) -> set[str]:
    """Keys that earned full credit."""
    return {key.id for key in grade.keys if key.verdict is Verdict.MET}
