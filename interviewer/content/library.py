"""The library: questions at hand at once, rubrics and exercises read when they are needed."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

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
from interviewer.errors import NotFound


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
        self.roots = tuple(roots) if roots is not None else (built_in_root(),)
        self._rubrics: dict[str, Rubric] = {}

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Questions by id, in the order of their files."""
        found: dict[str, Question] = {}
        for root in self.roots:
            for path in sorted(root.corpus.glob("questions/*.md")):
                question = read_question(path, root.pack)
                found.setdefault(question.id, question)  # a pack cannot replace a question of the bank
        return found

    @cached_property
    def topics(self) -> dict[str, Topic]:
        """Topics by id, in the order of study."""
        files = (root.corpus / "topics.yaml" for root in self.roots)
        return {topic.id: topic for path in files if path.exists() for topic in read_yaml(path, TopicsFile).topics}

    @cached_property
    def glossary(self) -> tuple[GlossaryTerm, ...]:
        """Terms of the field with their written and spoken forms."""
        files = (root.corpus / "glossary.yaml" for root in self.roots)
        return tuple(term for path in files if path.exists() for term in read_yaml(path, GlossaryFile).terms)

    @cached_property
    def coaching(self) -> tuple[CoachingItem, ...]:
        """Advice beyond single questions, with the condition of each."""
        files = (root.corpus / "coaching.yaml" for root in self.roots)
        return tuple(item for path in files if path.exists() for item in read_yaml(path, CoachingFile).items)

    @cached_property
    def checklist(self) -> tuple[Ability, ...]:
        """The readiness checklist."""
        files = (root.corpus / "readiness.yaml" for root in self.roots)
        return tuple(line for path in files if path.exists() for line in read_yaml(path, ReadinessFile).checklist)

    @cached_property
    def roles(self) -> dict[str, Role]:
        """Jobs with the topics that their interviews favour, by id."""
        files = (root.corpus / "roles.yaml" for root in self.roots)
        return {role.id: role for path in files if path.exists() for role in read_yaml(path, RolesFile).roles}

    @cached_property
    def notes(self) -> dict[str, Note]:
        """Study notes by topic."""
        found: dict[str, Note] = {}
        for root in self.roots:
            for path in sorted(root.corpus.glob("notes/*.md")):
                note = read_note(path, root.pack)
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
            path = self._find("rubrics", f"{question_id}.yaml")
            if path is None:
                raise NotFound(f"Question {question_id!r} has no rubric. Write rubrics/{question_id}.yaml.")
            rubric = read_yaml(path, Rubric)
            samples = tuple(s for answer in self.sample_answers(question_id) for s in answer.segments)
            self._rubrics[question_id] = rubric.model_copy(update={"samples": samples})
        return self._rubrics[question_id]

    def sample_answers(self, question_id: str) -> tuple[SampleAnswer, ...]:
        """Labelled answers to the question that its graders learn from; none where nobody wrote any."""
        path = self._find("rubrics/samples", f"{question_id}.yaml")
        return read_yaml(path, SampleAnswers).answers if path else ()

    def exercise(self, question_id: str) -> Exercise | None:
        """The four-option exercise of a question, if it has one."""
        path = self._find("corpus/exercises", f"{question_id}.yaml")
        return read_yaml(path, Exercise) if path else None

    def _find(self, folder: str, name: str) -> Path | None:
        paths = (root.path / folder / name for root in self.roots)
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
