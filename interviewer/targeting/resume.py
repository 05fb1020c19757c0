"""Questions about what a résumé says its owner did. They stay on this computer (docs/import.md)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from interviewer.content.library import Library
from interviewer.domain.question import Question
from interviewer.domain.rubric import Rubric
from interviewer.errors import InvalidInput
from interviewer.importing.manifest import digest
from interviewer.importing.markdown import escaped
from interviewer.importing.material import Ids, Material
from interviewer.importing.packs import ImportReport, Made, PackStore
from interviewer.targeting.lines import lines

PACK = "resume"
POINTS_AT_MOST = 10
POINT_CHARACTERS_AT_MOST = 220
POINT_WORDS_AT_LEAST = 4
SECTION_WORDS_AT_MOST = 4

_PROJECTS = re.compile(r"\b(projects?|projekte?|portfolio|open[- ]source|publications?|talks)\b", re.IGNORECASE)
_WORK = re.compile(
    r"\b(experience|employment|work|career|history|positions?|(?:berufs)?erfahrung|werdegang)\b", re.IGNORECASE
)
_OTHER = re.compile(
    r"\b(education|skills|technologies|languages|certific\w+|interests|hobbies|contact|summary|profile|objective"
    r"|awards|references|courses|training|ausbildung|kenntnisse|sprachen|studium)\b",
    re.IGNORECASE,
)
_VERBS = (
    r"(?:architected|automated|built|contributed|created|cut|delivered|deployed|designed|developed|drove|established"
    r"|fixed|founded|implemented|improved|introduced|launched|led|maintained|managed|migrated|moderni[sz]ed|moved"
    r"|operated|optimi[sz]ed|owned|ported|productioni[sz]ed|ran|rebuilt|reduced|refactored|replaced|resolved|rewrote"
    r"|rolled out|scaled|set up|shipped|standardi[sz]ed|trained|wrote|co-\w+ed|(?:was )?responsible for"
    r"|aufbau|einführung|entwicklung|entwickelte|baute|führte|leitete|migrierte|automatisier\w+|optimier\w+)\b"
)
_DID = re.compile(rf"^(?:[^.:]{{2,40}}:\s+)?(?:i\s+)?(?:\w+ly\s+)?{_VERBS}", re.IGNORECASE)
_TOLD = re.compile(rf"\bI\s+(?:also\s+|then\s+|\w+ly\s+)?(?P<did>{_VERBS}.*)", re.IGNORECASE)
"""What somebody did, in the middle of a sentence of prose."""
_CONTACT = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|\+?\d[\d\s()/-]{7,}\d")


@dataclass(frozen=True)
class _Kind:
    """Points of one kind: words that tell them, the question of the bank whose marks apply, and what is asked."""

    words: re.Pattern[str]
    like: str
    ask: str


KINDS = (
    _Kind(
        re.compile(r"\bopen[- ]source|\bcontribut|\bpull requests?\b|\bmaintainer", re.IGNORECASE),
        "tell-open-source-contribution",
        "Tell me what you contributed, how the project works inside, how it went with the maintainers, and what "
        "came of it.",
    ),
    _Kind(
        re.compile(r"\bincidents?\b|\boutages?\b|\bpost-?mortem|\bon-call\b", re.IGNORECASE),
        "tell-incident-story",
        "Tell me about an incident there: how it came to light, what was done, what the cause was, and what you "
        "changed afterwards.",
    ),
    _Kind(
        re.compile(r"\bautomat", re.IGNORECASE),
        "tell-automation-story",
        "Tell me about it: what was it like before, what does it do now, and how did you make sure that people "
        "could trust it?",
    ),
    _Kind(
        re.compile(""),
        "tell-mlops-project",
        "Tell me about it: why was it needed, what did you build yourself, why in that way and not in another, "
        "what came of it, and what did you learn?",
    ),
)


def talking_points(text: str) -> list[str]:
    """Projects and achievements that the résumé names, in its order, ten at most."""
    found = (" ".join(_CONTACT.sub("", point).split()) for point in _points(text))
    short = (point[:POINT_CHARACTERS_AT_MOST].rstrip(" .,;") for point in found)
    return [point for point in dict.fromkeys(short) if len(point.split()) >= POINT_WORDS_AT_LEAST][:POINTS_AT_MOST]


def resume_material(library: Library, text: str) -> Material:
    """A "tell me about" question for each talking point; raises InvalidInput where the résumé names none."""
    points = talking_points(text)
    if not points:
        raise InvalidInput(
            "No projects were found in this résumé. Put them under a heading Projects, or begin lines with what "
            "you did (Built ..., Led ...)."
        )
    ids = Ids(PACK)
    return Material(questions=[_question(library, ids, point) for point in points])


def put_resume(packs: PackStore, library: Library, text: str) -> ImportReport:
    """The questions put into the private pack `resume`; what was edited there stays."""
    made = Made(PACK, digest(text.encode(errors="replace")), resume_material(library, text))
    return packs.put(made, PACK, title="Your résumé", private=True)


def _question(library: Library, ids: Ids, point: str) -> tuple[Question, Rubric]:
    """The bank's story question, asked about this point and marked in the same way."""
    kind = next(kind for kind in KINDS if kind.words.search(point))
    like, rubric = library.question(kind.like), library.rubric(kind.like)
    question = like.model_copy(
        update={
            "id": ids.new(point),
            "prompt": escaped(f"Your résumé says: “{point}”. {kind.ask}"),
            "reference_answer": f"A strong answer of this kind, about another project:\n\n{like.reference_answer}",
            "worked_note": "",
            "sources": (PACK,),
            "draft": True,
            "private": True,
        }
    )
    return question, rubric.model_copy(update={"question": question.id, "draft": True, "samples": ()})


def _points(text: str) -> Iterator[str]:
    section, project = "", ""
    for line in lines(text):
        if line.is_heading:
            if project:
                yield project  # nothing stands under it: its name is all there is
            section = _section(line.text) or section
            project = line.text if section == "projects" and not _section(line.text) else ""
        elif section == "projects":
            if project or line.heading in ("", section) or _section(line.heading):
                yield f"{project}: {line.text}" if project else line.text
            project = ""
        elif section != "other" and line.is_bullet and _DID.match(line.text):
            yield line.text
        elif section == "work" and not line.is_bullet and (told := _TOLD.search(line.text)):
            yield told["did"][:1].upper() + told["did"][1:]
    if project:
        yield project


def _section(heading: str) -> str:
    """Which part of a résumé a heading opens; nothing for the name of an employer or a project."""
    if len(heading.split()) > SECTION_WORDS_AT_MOST:
        return ""
    for name, pattern in (("projects", _PROJECTS), ("other", _OTHER), ("work", _WORK)):
        if pattern.search(heading):
            return name
    return ""
