"""Packs, imports and job descriptions as HTML."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from interviewer.domain.job import JobProfile
from interviewer.domain.question import Question, Topic
from ui.render import words
from ui.render.page import fill
from ui.uploads import MEGABYTES_AT_MOST

if TYPE_CHECKING:
    from interviewer.importing.packs import ImportReport, Pack
    from interviewer.importing.review import Review


DRAFTS_SHOWN = 40


def material_help(*, shared: bool) -> str:
    """What can be imported, and what becomes of it; `shared` where others use this app too."""
    return fill("material.html", megabytes=MEGABYTES_AT_MOST, shared=shared)


def reading() -> str:
    """What stands there while a text or files are read."""
    return fill("wait.html", text="Reading.")


def import_page(report: "ImportReport", problem: str = "") -> str:
    """What an import did: counts, and a line for each file that was left out or is remarkable.

    `problem` says why the language model wrote no drafts where it should have.
    """
    return fill("imported.html", report=report, problem=problem, words=words)


def added_page(pack: "Pack") -> str:
    """That a pack was added."""
    return fill("added.html", pack=pack, words=words)


def packs_page(packs: "Sequence[Pack]") -> str:
    """The packs there are."""
    return fill("packs.html", packs=packs)


def pack_page(pack: "Pack", review: "Review") -> str:
    """A pack with its drafts to look over, and what is wrong in its files."""
    return fill("pack.html", pack=pack, review=review, shown=DRAFTS_SHOWN, inside=_inside(pack), words=words)


def deletion_line(pack: "Pack") -> str:
    """What a deletion would take away."""
    return fill("sure.html", pack=pack, words=words)


def _inside(pack: "Pack") -> "Callable[[object], str]":
    """Paths, also within messages, as they are inside the pack."""
    return lambda path: str(path).replace(f"{pack.path}/", "")


def job_page(profile: JobProfile, topics: Mapping[str, Topic]) -> str:
    """Topics with their shares and the words that caused them, and what the bank has nothing on."""
    return fill("job.html", profile=profile, topics=topics)


def resume_page(pack: "Pack", questions: Sequence[Question]) -> str:
    """What was made of a résumé, and that it stays here."""
    return fill("about_resume.html", pack=pack, questions=questions, words=words)
