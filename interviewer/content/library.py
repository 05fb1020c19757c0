"""The library: questions at hand at once, rubrics and exercises read when they are needed."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from interviewer.content.models import (
    CoachingFile,
    GlossaryFile,
    GlossaryTerm,
    NoteFrontMatter,
    QuestionFrontMatter,
    ReadinessFile,
    RolesFile,
    TopicsFile,
)
from interviewer.content.roots import ContentRoot, built_in_root
from interviewer.content.source import InvalidFile, Problem, Section, read_markdown, read_yaml
from interviewer.domain.base import Slug, Text, Value
from interviewer.domain.coaching import CoachingItem
from interviewer.domain.question import Exercise, Question, Topic
from interviewer.domain.readiness import Ability
from interviewer.domain.role import Role
from interviewer.domain.rubric import Rubric, SampleAnswer, SampleAnswers
from interviewer.errors import ContentError, NotFound

Content = TypeVar("Content")


class NoteSection(Value):
    """A section of a study note; `passage_id` is stable."""

    passage_id: str
    title: Text
    text: Text


class Note(Value):
    """What there is to know about a topic."""

    topic: Slug
    title: Text
    sections: tuple[NoteSection, ...]
    pack: Slug | None = None


class Library:
    """All content of one or several roots. Reading a rubric raises ContentError if its file is wrong."""

    def __init__(self, roots: Sequence[ContentRoot] | None = None) -> None:
        self.use(roots if roots is not None else (built_in_root(),))

    def use(self, roots: Sequence[ContentRoot]) -> None:
        """Read from these folders from now on; what was read before is forgotten."""
        self.roots = tuple(roots)
        self._rubrics: dict[str, Rubric] = {}
        for name, attribute in vars(type(self)).items():
            if isinstance(attribute, cached_property):
                vars(self).pop(name, None)

    def share(self, pack: str) -> None:
        """Treat a pack's questions as not private: their owner said yes. Forgotten when files are read again."""
        for question in [question for question in self.questions.values() if question.pack == pack]:
            self.questions[question.id] = question.model_copy(update={"private": False})

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Questions by id, in the order of their files."""
        found: dict[str, Question] = {}
        for question in self._each("questions/*.md", read_question):
            found.setdefault(question.id, question)  # a pack cannot replace a question of the bank
        return found

    @cached_property
    def topics(self) -> dict[str, Topic]:
        """Topics by id, in the order of study."""
        found: dict[str, Topic] = {}
        for file in self._each("topics.yaml", lambda path, _: read_yaml(path, TopicsFile)):
            for topic in file.topics:
                found.setdefault(topic.id, topic)
        return found

    @cached_property
    def glossary(self) -> tuple[GlossaryTerm, ...]:
        """Terms of the field with their written and spoken forms."""
        files = self._tables("glossary")
        return tuple(term for path in files for term in read_yaml(path, GlossaryFile).terms)

    @cached_property
    def coaching(self) -> tuple[CoachingItem, ...]:
        """Advice beyond single questions, with the condition of each."""
        files = self._tables("coaching")
        return tuple(item for path in files for item in read_yaml(path, CoachingFile).items)

    @cached_property
    def checklist(self) -> tuple[Ability, ...]:
        """The readiness checklist."""
        files = self._tables("readiness")
        return tuple(line for path in files for line in read_yaml(path, ReadinessFile).checklist)

    @cached_property
    def roles(self) -> dict[str, Role]:
        """Jobs with the topics that their interviews favour, by id."""
        files = self._tables("roles")
        return {role.id: role for path in files for role in read_yaml(path, RolesFile).roles}

    @cached_property
    def notes(self) -> dict[str, Note]:
        """Study notes by topic."""
        found: dict[str, Note] = {}
        for note in self._each("notes/*.md", read_note):
            found.setdefault(note.topic, note)
        return found

    def question(self, question_id: str) -> Question:
        """The question; raises NotFound with the closest ids."""
        if question_id in self.questions:
            return self.questions[question_id]
        raise NotFound.of("question", question_id, self.questions, "`interviewer questions` lists them.")

    def role(self, role_id: str) -> Role:
        """The role; raises NotFound with the closest ids."""
        if role_id in self.roles:
            return self.roles[role_id]
        raise NotFound.of("role", role_id, self.roles, f"There are: {', '.join(self.roles)}.")

    def rubric(self, question_id: str) -> Rubric:
        """The rubric of a question; raises NotFound, or ContentError if the file is wrong."""
        if question_id not in self._rubrics:
            self.question(question_id)
            path = self._find("rubrics", question_id)
            if path is None:
                raise NotFound(f"Question {question_id!r} has no rubric. Write rubrics/{question_id}.yaml.")
            rubric = read_yaml(path, Rubric)
            samples = tuple(s for answer in self.sample_answers(question_id) for s in answer.segments)
            self._rubrics[question_id] = rubric.model_copy(update={"samples": samples})
        return self._rubrics[question_id]

    def sample_answers(self, question_id: str) -> tuple[SampleAnswer, ...]:
        """Labelled answers to the question that its graders learn from; none where nobody wrote any."""
        path = self._find("rubrics/samples", question_id)
        return read_yaml(path, SampleAnswers).answers if path else ()

    def exercise(self, question_id: str) -> Exercise | None:
        """The four-option exercise of a question, if it has one."""
        path = self._find("corpus/exercises", question_id)
        return read_yaml(path, Exercise) if path else None

    def _each(self, pattern: str, read: Callable[[Path, str | None], Content]) -> Iterator[Content]:
        """What the files of this name hold. In a pack, which its owner edits, a wrong file is passed over."""
        for root in self.roots:
            for path in sorted(root.corpus.glob(pattern)):
                try:
                    yield read(path, root.pack)
                except ContentError:
                    if root.pack is None:
                        raise

    def _tables(self, name: str) -> list[Path]:
        """Tables of the bank; packs bring questions, notes and topics, and change nothing else."""
        paths = (root.corpus / f"{name}.yaml" for root in self.roots if root.pack is None)
        return [path for path in paths if path.exists()]

    def _find(self, folder: str, question_id: str) -> Path | None:
        """What a question's own root has about it in this folder."""
        question = self.questions.get(question_id)
        roots = (root for root in self.roots if question and root.pack == question.pack)
        paths = (root.path / folder / f"{question_id}.yaml" for root in roots)
        return next((path for path in paths if path.is_file()), None)


def read_question(path: Path, pack: str | None = None) -> Question:
    """A question from its Markdown file; raises InvalidFile."""
    front, sections = read_markdown(path, QuestionFrontMatter)
    bodies = {section.title.lower(): section for section in sections}
    problems = [
        Problem(str(path), section.line, section.title, "this heading is not known; use ### inside a section")
        for section in sections
        if section.title.lower() not in ("question", "reference answer", "worked note")
    ]
    problems += [
        Problem(str(path), 1, needed, f"there is no '## {needed.capitalize()}' with text; add it")
        for needed in ("question", "reference answer")
        if needed not in bodies or not bodies[needed].body
    ]
    if problems:
        raise InvalidFile(problems)
    worked: Section | None = bodies.get("worked note")
    return Question(
        **front.model_dump(),
        prompt=bodies["question"].body,
        reference_answer=bodies["reference answer"].body,
        worked_note=worked.body if worked else "",
        pack=pack,
    )


def read_note(path: Path, pack: str | None = None) -> Note:
    """A study note from its Markdown file; raises InvalidFile."""
    front, sections = read_markdown(path, NoteFrontMatter)
    problems = [
        Problem(str(path), section.line, section.title, "a section needs text and a stable id: ## Title {#id}")
        for section in sections
        if not section.anchor or not section.body
    ]
    first = {section.anchor: section.line for section in reversed(sections)}
    problems += [
        Problem(str(path), section.line, section.title, f"the id {section.anchor!r} stands here twice; change it")
        for section in sections
        if section.anchor and first[section.anchor] != section.line
    ]
    if problems:
        raise InvalidFile(problems)
    passages = tuple(
        NoteSection(passage_id=f"note:{front.topic}#{section.anchor}", title=section.title, text=section.body)
        for section in sections
    )
    return Note(topic=front.topic, title=front.title, sections=passages, pack=pack)
