"""Grader without judgement: the answer itself says what it earns. A fake, for tests and demonstrations."""

import re
from collections.abc import Iterable, Iterator

from interviewer.domain.grade import (
    EvidenceSpan,
    Grade,
    GraderInfo,
    KeyVerdict,
    NumberVerdict,
    TrapVerdict,
    Verdict,
)
from interviewer.domain.scoring import score
from interviewer.ports import GradingTask

UNNAMED_CONFIDENCE = 0.9
"""Not so sure that a model could not know better."""


class ScriptedGrader:
    """Gives what the answer names: `skew` meets the key skew, `skew?` partly, `skew!` leaves it unscored.

    Ids of traps and numbers count likewise. The evidence is the id where it stands, so here too nothing earns
    credit without evidence.
    """

    name = "keyword"

    def grade(self, task: GradingTask) -> Grade:
        """Judge one answer."""
        rubric, answer = task.rubric, task.answer
        keys = tuple(_key(key.id, answer) for key in rubric.keys)
        traps = tuple(
            TrapVerdict(id=trap.id, triggered=bool(e := _named(trap.id, answer)), evidence=e)
            for trap in rubric.traps
        )
        numbers = tuple(
            NumberVerdict(id=n.id, met=bool(e := _named(n.id, answer)), evidence=e) for n in rubric.numbers
        )
        return Grade(
            question_id=rubric.question,
            score=score(rubric, keys, traps, numbers),
            keys=keys,
            traps=traps,
            numbers=numbers,
            grader=GraderInfo(name="scripted", version="1", rubric_version=str(rubric.version)),
        )

    def grade_many(self, tasks: Iterable[GradingTask]) -> Iterator[Grade]:
        """Judge many, in order."""
        return map(self.grade, tasks)


_VERDICTS = {"": Verdict.MET, "?": Verdict.PARTLY, "!": Verdict.UNSCORED}


def _key(key_id: str, answer: str) -> KeyVerdict:
    evidence = _named(key_id, answer)
    if not evidence:
        return KeyVerdict(id=key_id, verdict=Verdict.MISSED, confidence=UNNAMED_CONFIDENCE, reason="Not named.")
    mark = answer[evidence[0].end : evidence[0].end + 1]
    verdict = _VERDICTS.get(mark, Verdict.MET)
    return KeyVerdict(
        id=key_id,
        verdict=verdict,
        evidence=evidence if verdict.earns else (),
        confidence=1,
        reason="Named.",
    )


def _named(id: str, answer: str) -> tuple[EvidenceSpan, ...]:
    found = re.finditer(rf"(?<![\w-]){re.escape(id)}(?![\w-])", answer)
    return tuple(EvidenceSpan.of(answer, *match.span()) for match in found)
