"""The grader that asks a language model only where the local grader is unsure."""

from interviewer.domain.grade import Grade, KeyVerdict, Verdict
from interviewer.domain.rubric import Rubric
from interviewer.grading.joint import Asked
from interviewer.grading.llm import LlmGrader

SURE = 0.75
"""The local grader's confidence is calibrated: of verdicts at this level about three in four are right."""


class AutoGrader(LlmGrader):
    """Judges locally first; the keys and traps that remain unsure go to the model."""

    name = "auto"

    def open_questions(self, rubric: Rubric, local: Grade) -> Asked:
        """What to ask the model about: what the local grader could not tell, or not surely."""
        unsure = {verdict.id for verdict in local.keys if is_unsure(verdict)}
        doubtful = {trap.id for trap in local.traps if trap.confidence < SURE}
        return Asked(
            [key for key in rubric.keys if key.id in unsure],
            [trap for trap in rubric.traps if trap.id in doubtful],
        )


def is_unsure(verdict: KeyVerdict) -> bool:
    """Whether a second opinion is worth its price."""
    return verdict.verdict in (Verdict.PARTLY, Verdict.UNSCORED) or verdict.confidence < SURE
