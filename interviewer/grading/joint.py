"""One grade from two graders: who decided which key, what it cost, and what did not work.

The arithmetic is the same whoever judged. Where the model's word is missing the local grader's stands, and the
grade says so in words that the card and the report repeat.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from interviewer import __version__, prompts
from interviewer.domain.grade import Grade, KeyVerdict, NumberVerdict, TrapVerdict, Verdict
from interviewer.domain.rubric import Key, Rubric, Trap
from interviewer.domain.scoring import score
from interviewer.grading.folding import Span
from interviewer.grading.judge import Judgement

GATE = "gate"
AGAIN = "You can have this answer graded again later."


@dataclass(frozen=True)
class Asked:
    """What the model was asked about."""

    keys: Sequence[Key]
    traps: Sequence[Trap]


def join(name: str, rubric: Rubric, local: Grade, asked: Asked, judgement: Judgement) -> Grade:
    """The model's verdicts where there are any, the local grader's elsewhere."""
    keys = tuple(judgement.keys.get(verdict.id, verdict) for verdict in local.keys)
    traps = _traps(rubric, local, judgement)
    open_keys = [key for key in asked.keys if key.id not in judgement.keys]
    open_traps = [trap for trap in asked.traps if trap.id not in judgement.traps]
    reason = _reason(judgement) if open_keys or open_traps else None
    local_decides = any(verdict.id not in judgement.keys for verdict in local.keys)
    told = [
        *(local.notes if local_decides else ()),
        *_who(name, rubric, asked, judgement),
        *_fallback_note(asked, open_keys, reason),
        *judgement.notes,
    ]
    return local.model_copy(
        update={
            "score": score(rubric, keys, traps, local.numbers),
            "keys": keys,
            "traps": traps,
            "grader": local.grader.model_copy(
                update={
                    "name": name,
                    "version": __version__,
                    "model": judgement.model if judgement.keys else local.grader.model,
                    "prompt_version": prompts.JUDGE if judgement.keys else None,
                    "fallback_reason": reason,
                }
            ),
            "notes": tuple(told),
            "usage": judgement.usage,
        }
    )


def settle(name: str, rubric: Rubric, local: Grade, why: str) -> Grade:
    """The grade of an answer that makes no claim at all; nobody needs to be asked."""
    keys = tuple(
        KeyVerdict(id=key.id, verdict=Verdict.MISSED, confidence=0.99, reason=why, decided_by=GATE)
        for key in rubric.keys
    )
    traps = tuple(TrapVerdict(id=trap.id, triggered=False) for trap in rubric.traps)
    numbers = tuple(NumberVerdict(id=number.id, met=False) for number in rubric.numbers)
    return local.model_copy(
        update={
            "score": score(rubric, keys, traps, numbers),
            "keys": keys,
            "traps": traps,
            "numbers": numbers,
            "grader": local.grader.model_copy(update={"name": name}),
            "notes": (why,),
        }
    )


def outside(verdicts: Sequence[NumberVerdict], removed: Sequence[Span]) -> tuple[NumberVerdict, ...]:
    """The same, without figures that stand only in what was removed from the answer."""
    return tuple(
        NumberVerdict(id=number.id, met=False)
        if number.met and all(_within(span.start, span.end, removed) for span in number.evidence)
        else number
        for number in verdicts
    )


def _within(start: int, end: int, removed: Sequence[Span]) -> bool:
    return any(a <= start and end <= b for a, b in removed)


def _traps(rubric: Rubric, local: Grade, judgement: Judgement) -> tuple[TrapVerdict, ...]:
    known = {trap.id: trap for trap in local.traps} | judgement.traps
    return tuple(known.get(trap.id) or TrapVerdict(id=trap.id, triggered=False) for trap in rubric.traps)


def _reason(judgement: Judgement) -> str:
    return "; ".join(problem.rstrip(".") for problem in judgement.problems) or "the model gave no verdict"


def _who(name: str, rubric: Rubric, asked: Asked, judgement: Judgement) -> list[str]:
    """Which part the model had, where it was not asked about everything."""
    if name != "auto":
        return []
    if not asked.keys and not asked.traps:
        return ["The local grader was sure of every claim, so the language model was not asked."]
    if not judgement.keys:
        return []
    return [
        f"The language model judged {len(judgement.keys)} of {len(rubric.keys)} claims; "
        "the local grader was sure of the others."
    ]


def _fallback_note(asked: Asked, open_keys: Sequence[Key], reason: str | None) -> list[str]:
    if reason is None:
        return []
    if len(open_keys) == len(asked.keys):
        return [f"The language model could not grade this: {reason}. The local grader stood in. {AGAIN}"]
    if open_keys:
        part = f"{len(open_keys)} of the {len(asked.keys)} claims that the language model was asked about"
        return [f"The local grader judged {part}, because {reason}. {AGAIN}"]
    return [f"The local grader judged the misconceptions, because {reason}. {AGAIN}"]
