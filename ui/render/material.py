"""Packs, imports and job descriptions as HTML."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from interviewer.domain.job import JobProfile
from interviewer.domain.question import Question, Topic
from ui.render import words
from ui.render.page import fill

if TYPE_CHECKING:
    from interviewer.importing.packs import ImportReport, Pack


def packs_page(packs: "Sequence[Pack]", report: "ImportReport | None" = None) -> str:
    """The packs there are, and what the last import did."""
    return fill("packs.html", packs=packs, report=report, words=words)


def job_page(profile: JobProfile, topics: Mapping[str, Topic]) -> str:
    """Topics with their shares and the words that caused them, and what the bank has nothing on."""
    return fill("job.html", profile=profile, topics=topics)


def resume_page(pack: "Pack", questions: Sequence[Question]) -> str:
    """What was made of a résumé, and that it stays here."""
    return fill("about_resume.html", pack=pack, questions=questions, words=words)
