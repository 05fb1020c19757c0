"""All of a corpus/ and a rubrics/ validated: every problem with file, line, key and remedy.

Each file is first read by itself, as the program reads it; then the files are held against each other.
"""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from interviewer.content.library import Note, read_note, read_question
from interviewer.content.models import (
    CoachingFile,
    GlossaryFile,
    ReadinessFile,
    RolesFile,
    TopicsFile,
)
from interviewer.content.roots import ContentRoot
from interviewer.content.source import InvalidFile, Problem, problem_at, read_data, read_yaml
from interviewer.domain.base import Location
from interviewer.domain.question import Exercise, Question
from interviewer.domain.rubric import Rubric, SampleAnswers

Model = TypeVar("Model", bound=BaseModel)

EXEMPLARS_AT_LEAST = (
    ("keys", "phrasings", 6),
    ("keys", "near_misses", 3),
    ("traps", "phrasings", 4),
    ("traps", "warnings", 2),
)
OPTION_WORDS = range(60, 141)


class Content(NamedTuple):
    """The files of one root, by path; None stands for a file that could not be read."""

    root: ContentRoot
    questions: dict[Path, Question | None]
    rubrics: dict[Path, Rubric | None]
    samples: dict[Path, SampleAnswers | None]
    exercises: dict[Path, Exercise | None]
    notes: dict[Path, Note | None]
    topics: TopicsFile | None
    glossary: GlossaryFile | None
    coaching: CoachingFile | None
    readiness: ReadinessFile | None
    roles: RolesFile | None
    topic_ids: Collection[str]

    def table(self, name: str) -> Path:
        """The path of one of the tables of corpus/."""
        return self.root.corpus / f"{name}.yaml"

    def lacks_topic(self, topic: str) -> bool:
        """Whether there is no such topic; where no topics could be read at all, that cannot be said."""
        return bool(self.topic_ids) and topic not in self.topic_ids

    @property
    def question_ids(self) -> frozenset[str]:
        """Ids by file name: a file that could not be read is broken, not missing."""
        return frozenset(path.stem for path in self.questions)


def check(root: ContentRoot, topic_ids: Collection[str] = ()) -> tuple[Content, list[Problem]]:
    """What could be read of a root, and all that is wrong in it, by file and line.

    `topic_ids` are topics that may be used besides those of the root's own topics.yaml.
    """
    problems: list[Problem] = []
    content = _read(root, topic_ids, problems)
    for held_against in (
        _misnamed,
        _lone,
        _unknown_topics,
        _too_few_exemplars,
        _never_reached,
        _sample_labels,
        _exercise_lengths,
        _coaching,
        _readiness,
        _roles,
        _strays,
    ):
        problems.extend(held_against(content))
    return content, sorted(set(problems))


def _read(root: ContentRoot, topic_ids: Collection[str], problems: list[Problem]) -> Content:
    def files(folder: Path, suffix: str, read: Callable[[Path], Model]) -> dict[Path, Model | None]:
        return {path: attempt(path, read) for path in sorted(folder.glob(f"*{suffix}"))}

    def table(name: str, model: type[Model]) -> Model | None:
        path = root.corpus / f"{name}.yaml"
        return attempt(path, lambda path: read_yaml(path, model)) if path.exists() else None

    def attempt(path: Path, read: Callable[[Path], Model]) -> Model | None:
        try:
            return read(path)
        except InvalidFile as error:
            problems.extend(error.problems)
            return None

    return Content(
        root=root,
        questions=files(root.corpus / "questions", ".md", read_question),
        rubrics=files(root.rubrics, ".yaml", lambda path: read_yaml(path, Rubric)),
        samples=files(root.rubrics / "samples", ".yaml", lambda path: read_yaml(path, SampleAnswers)),
        exercises=files(root.corpus / "exercises", ".yaml", lambda path: read_yaml(path, Exercise)),
        notes=files(root.corpus / "notes", ".md", read_note),
        topics=table("topics", TopicsFile),
        glossary=table("glossary", GlossaryFile),
        coaching=table("coaching", CoachingFile),
        readiness=table("readiness", ReadinessFile),
        roles=table("roles", RolesFile),
        topic_ids={*topic_ids, *_topics_named(root.corpus / "topics.yaml")},
    )


def _topics_named(path: Path) -> Iterator[str]:
    """Ids read from the file as it is: one faulty topic must not make the others unknown."""
    for entry in _entries(read_data(path), "topics"):
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            yield entry["id"]


def _misnamed(content: Content) -> Iterator[Problem]:
    """The name of a file is the id of what is in it; so no two files can have the same id."""
    for files, field in (
        (content.questions, "id"),
        (content.rubrics, "question"),
        (content.samples, "question"),
        (content.exercises, "question"),
        (content.notes, "topic"),
    ):
        for path, value in files.items():
            found = path.stem if value is None else getattr(value, field)
            if found == path.stem:
                continue
            if path.with_stem(found) in files:
                yield problem_at(
                    path, (field,), f"duplicate id {found!r}, {found}{path.suffix} has it; change one"
                )
            else:
                yield problem_at(path, (field,), f"{found!r} is not the file's name; rename the file or change it")


def _lone(content: Content) -> Iterator[Problem]:
    """Every question has a rubric; what is about a question has one; every topic of the bank has a note."""
    rubrics = {path.stem for path in content.rubrics}
    for path in content.questions:
        if path.stem not in rubrics:
            yield Problem(str(path), 1, "", f"there is no rubric for it; write rubrics/{path.stem}.yaml")
    for path in (*content.rubrics, *content.samples, *content.exercises):
        if path.stem not in content.question_ids:
            message = f"there is no question {path.stem!r}; write corpus/questions/{path.stem}.md or remove this"
            yield Problem(str(path), 1, "", message)
    if content.root.pack:
        return
    notes = {path.stem for path in content.notes}
    for place, topic in enumerate(content.topics.topics if content.topics else ()):
        if topic.id not in notes:
            message = f"there is no study note; write corpus/notes/{topic.id}.md"
            yield problem_at(content.table("topics"), ("topics", place), message)


def _unknown_topics(content: Content) -> Iterator[Problem]:
    for path, value in (*content.questions.items(), *content.notes.items()):
        if value is not None and content.lacks_topic(value.topic):
            yield problem_at(path, ("topic",), _unknown("topic", value.topic, "corpus/topics.yaml"))
    for place, term in enumerate(content.glossary.terms if content.glossary else ()):
        if term.topic and content.lacks_topic(term.topic):
            message = _unknown("topic", term.topic, "corpus/topics.yaml")
            yield problem_at(content.table("glossary"), ("terms", place, "topic"), message)


def _too_few_exemplars(content: Content) -> Iterator[Problem]:
    """Counted in the file itself, so that a rubric with another fault shows these too. Drafts have none yet."""
    for path in content.rubrics:
        data = read_data(path)
        if isinstance(data, dict) and data.get("draft") is True:
            continue
        for group, field, at_least in EXEMPLARS_AT_LEAST:
            for place, entry in enumerate(_entries(data, group)):
                found = len(_entries(entry, field))
                if found < at_least:
                    message = f"{found} of them, at least {at_least} are needed; write {at_least - found} more"
                    yield problem_at(path, (group, place, field), message)


def _never_reached(content: Content) -> Iterator[Problem]:
    """A rule that asks for more than it lists can never be met."""
    for path, rubric in content.rubrics.items():
        for place, number in enumerate(rubric.numbers if rubric else ()):
            if number.at_least > len(number.values):
                message = f"asks for {number.at_least} of {len(number.values)} values; lower it"
                yield problem_at(path, ("numbers", place, "at_least"), message)
        for place, key in enumerate(rubric.keys if rubric else ()):
            if key.names and key.names.at_least > len(key.names.of):
                message = f"asks for {key.names.at_least} of {len(key.names.of)} names; lower it"
                yield problem_at(path, ("keys", place, "names", "at_least"), message)


def _sample_labels(content: Content) -> Iterator[Problem]:
    """Sample answers are labelled with ids of their rubric."""
    for path, samples in content.samples.items():
        rubric = content.rubrics.get(content.root.rubrics / path.name)
        if rubric is None or samples is None:
            continue
        known = {
            "makes": {key.id for key in rubric.keys},
            "traps": {trap.id for trap in rubric.traps},
            "numbers": {number.id for number in rubric.numbers},
        }
        for location, field, id in _labels(samples):
            if id not in known[field]:
                yield problem_at(path, location, f"{id!r} is not in rubrics/{path.name}; correct it")


def _labels(samples: SampleAnswers) -> Iterator[tuple[Location, str, str]]:
    for at, answer in enumerate(samples.answers):
        for place, segment in enumerate(answer.segments):
            for field, ids in (("makes", segment.makes), ("traps", segment.traps), ("numbers", segment.numbers)):
                for number, id in enumerate(ids):
                    yield ("answers", at, "segments", place, field, number), field, id


def _exercise_lengths(content: Content) -> Iterator[Problem]:
    for path, exercise in content.exercises.items():
        for place, option in enumerate(exercise.options if exercise else ()):
            words = len(option.text.split())
            if words not in OPTION_WORDS:
                message = f"{words} words; write {OPTION_WORDS.start} to {OPTION_WORDS.stop - 1}"
                yield problem_at(path, ("options", place, "text"), message)


def _coaching(content: Content) -> Iterator[Problem]:
    path = content.table("coaching")
    items = content.coaching.items if content.coaching else ()
    yield from _repeated(path, "items", [item.id for item in items])
    traps = {
        f"{rubric.question}/{trap.id}" for rubric in content.rubrics.values() if rubric for trap in rubric.traps
    }
    broken = {path.stem for path, rubric in content.rubrics.items() if rubric is None}
    for place, item in enumerate(items):
        for at, topic in enumerate(item.when.topics):
            if content.lacks_topic(topic):
                message = _unknown("topic", topic, "corpus/topics.yaml")
                yield problem_at(path, ("items", place, "when", "topics", at), message)
        for at, trap in enumerate(item.when.trap_in):
            if trap not in traps and trap.partition("/")[0] not in broken:
                message = f"there is no trap {trap!r}; write question-id/trap-id of a rubric"
                yield problem_at(path, ("items", place, "when", "trap_in", at), message)


def _readiness(content: Content) -> Iterator[Problem]:
    path = content.table("readiness")
    checklist = content.readiness.checklist if content.readiness else ()
    yield from _repeated(path, "checklist", [ability.id for ability in checklist])
    for place, ability in enumerate(checklist):
        for at, question in enumerate(ability.proven_by):
            if question not in content.question_ids:
                message = _unknown("question", question, "corpus/questions/")
                yield problem_at(path, ("checklist", place, "proven_by", at), message)


def _roles(content: Content) -> Iterator[Problem]:
    path = content.table("roles")
    roles = content.roles.roles if content.roles else ()
    yield from _repeated(path, "roles", [role.id for role in roles])
    if content.topics:
        yield from _repeated(content.table("topics"), "topics", [topic.id for topic in content.topics.topics])
    for place, role in enumerate(roles):
        for topic in role.topic_weights:
            if content.lacks_topic(topic):
                message = _unknown("topic", topic, "corpus/topics.yaml")
                yield problem_at(path, ("roles", place, "topic_weights", topic), message)


def _strays(content: Content) -> Iterator[Problem]:
    """Files that nothing reads because of their names: their authors believe that something does."""
    corpus = content.root.corpus
    for folder, read in (
        (corpus / "questions", content.questions),
        (corpus / "exercises", content.exercises),
        (corpus / "notes", content.notes),
        (content.root.rubrics, content.rubrics),
        (content.root.rubrics / "samples", content.samples),
    ):
        suffix = ".md" if folder.name in ("questions", "notes") else ".yaml"
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            known = path in read or path.name.startswith(".") or path.name.endswith(".schema.json")
            if path.is_file() and not known:
                yield Problem(str(path), 0, "", f"nothing reads this; name it <id>{suffix} or move it elsewhere")


def _repeated(path: Path, group: str, ids: list[str]) -> Iterator[Problem]:
    for place, id in enumerate(ids):
        if id in ids[:place]:
            yield problem_at(path, (group, place, "id"), f"duplicate id {id!r}; change one of them")


def _unknown(what: str, id: str, where: str) -> str:
    return f"there is no {what} {id!r} in {where}; correct it or add the {what}"


def _entries(data: Any, field: str) -> list[Any]:
    found = data.get(field) if isinstance(data, dict) else None
    return found if isinstance(found, list) else []
