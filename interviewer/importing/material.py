"""A document as questions with rubrics, study notes and topics of a pack."""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from interviewer.content.library import Note, NoteSection
from interviewer.domain.question import Kind, Level, Question, Topic
from interviewer.domain.rubric import Key, Rubric
from interviewer.importing.claims import Claim, claims
from interviewer.importing.document import Document, Pair
from interviewer.importing.drafting import Draft, Drafter, Section, sections
from interviewer.importing.markdown import escaped

SLUG_CHARACTERS_AT_MOST = 50
TITLE_CHARACTERS_AT_MOST = 120
DRAFTS_A_FILE_AT_MOST = 100
PAIR_CHARACTERS_AT_MOST = 100_000
CLAIMS_AT_MOST = 12
SECONDS = {Kind.RAPID_FIRE: 60}
SECONDS_OTHERWISE = 180
NOTE_WORDS_AT_LEAST = 8


@dataclass
class Material:
    """What one file gives. `remarks` are for the person who imports it."""

    questions: list[tuple[Question, Rubric]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class Ids:
    """Ids that begin with a pack's name, each given once; `taken` are those that others have."""

    def __init__(self, pack: str, taken: Collection[str] = ()) -> None:
        self.pack = pack
        self._taken = set(taken)

    def new(self, text: str) -> str:
        """An id made from this text; the second of the same words gets a number."""
        stem = f"{self.pack}-{slug(text)}"
        found, number = stem, 2
        while found in self._taken:
            found, number = f"{stem}-{number}", number + 1
        self._taken.add(found)
        return found

    def given(self, text: str) -> str | None:
        """The id that a file gives a question; None if another question has it."""
        found = f"{self.pack}-{slug(text)}"
        if found in self._taken:
            return None
        self._taken.add(found)
        return found


@dataclass(frozen=True)
class MaterialMaker:
    """Makes the material of one pack, file by file.

    `bank_topics` are topics that pairs may name, so that they count where the bank's own questions do. `told` are
    questions with their answers that the pack has from elsewhere; they are not taken again.
    """

    ids: Ids
    drafter: Drafter
    bank_topics: Collection[str] = ()
    told: set[tuple[str, str]] = field(default_factory=set)

    def make(self, document: Document, name: str) -> Material:
        """The material of a document; `name` is its file's."""
        return _File(self, document, name).material()


class _File:
    """The material of one file in the making."""

    def __init__(self, maker: MaterialMaker, document: Document, name: str) -> None:
        path = PurePosixPath(name)
        title = document.title or path.stem.replace("-", " ").replace("_", " ")
        self._maker = maker
        self._document = document
        self._name = name
        self._made = Material(remarks=list(document.remarks))
        self._topic = Topic(
            id=maker.ids.new(path.stem),
            title=title[:TITLE_CHARACTERS_AT_MOST].strip() or path.stem,
            summary=f"Imported from {path.name}.",
        )

    def material(self) -> Material:
        fitting = [pair for pair in self._document.pairs if _fits(pair)]
        if endless := len(self._document.pairs) - len(fitting):
            limit = f"{PAIR_CHARACTERS_AT_MOST:,} characters"
            self._made.remarks.append(f"{endless} of its questions have over {limit} with the answer; left out")
        new = [pair for pair in fitting if self._is_new(pair)]
        for pair in new:
            self._add_pair(pair)
        if again := len(fitting) - len(new):
            self._made.remarks.append(f"{again} of its questions are in the pack with the same answer; left out")
        parts = [
            part if part.above or part.heading == self._topic.title else replace(part, above=self._topic.title)
            for part in sections(self._document.blocks)
        ]
        self._add_note(parts)
        self._add_drafts([draft for part in parts for draft in self._maker.drafter.draft(part)])
        used = {question.topic for question, _ in self._made.questions}
        if self._made.notes or self._topic.id in used:
            self._made.topics.insert(0, self._topic)
        return self._made

    def _is_new(self, pair: Pair) -> bool:
        """Whether the pack does not have the question with this answer yet."""
        both = escaped(pair.question), pair.answer.strip()
        known = both in self._maker.told
        self._maker.told.add(both)
        return not known

    def _add_pair(self, pair: Pair) -> None:
        question_id = self._maker.ids.given(pair.id) if pair.id else self._maker.ids.new(pair.question)
        if question_id is None:
            self._made.remarks.append(
                f"a second question has the id {pair.id[:60]!r}; it is left out, give it another one"
            )
            return
        kind = Kind(kind) if (kind := _spelled(pair.kind)) in list(Kind) else Kind.CONCEPT
        level = Level(level) if (level := _spelled(pair.level)) in list(Level) else Level.MEDIUM
        question = self._question(question_id, pair.question, pair.answer, self._topic_of(pair), kind)
        self._made.questions.append(
            (
                question.model_copy(update={"level": level}),
                _rubric(question, claims(pair.question, pair.answer)),
            )
        )

    def _topic_of(self, pair: Pair) -> str:
        """The topic that the pair names, one of the bank's or one of the pack's own; without one, the file's."""
        if not pair.topic.strip():
            return self._topic.id
        named = slug(pair.topic)
        if named in self._maker.bank_topics:
            return named
        own = self._topic.model_copy(
            update={
                "id": f"{self._maker.ids.pack}-{named}",
                "title": " ".join(pair.topic.split())[:TITLE_CHARACTERS_AT_MOST],
            }
        )
        if own.id not in {topic.id for topic in (self._topic, *self._made.topics)}:
            self._made.topics.append(own)
        return own.id

    def _add_note(self, parts: list[Section]) -> None:
        found = tuple(self._note_sections(parts))
        if found:
            self._made.notes.append(Note(topic=self._topic.id, title=self._topic.title, sections=found))

    def _note_sections(self, parts: list[Section]) -> Iterator[NoteSection]:
        taken: set[str] = set()
        for part in parts:
            text = part.text
            if len(text.split()) < NOTE_WORDS_AT_LEAST:
                continue
            anchor = stem = slug(part.heading) if part.heading else "text"
            number = 2
            while anchor in taken:
                anchor, number = f"{stem}-{number}", number + 1
            taken.add(anchor)
            title = re.sub(r"[{}#]", "", part.heading)[:TITLE_CHARACTERS_AT_MOST].strip() or self._topic.title
            yield NoteSection(passage_id=f"note:{self._topic.id}#{anchor}", title=title, text=text)

    def _add_drafts(self, drafts: list[Draft]) -> None:
        for draft in drafts[:DRAFTS_A_FILE_AT_MOST]:
            question_id = self._maker.ids.new(draft.prompt)
            question = self._question(question_id, draft.prompt, draft.reference_answer, self._topic.id)
            made = draft.claims or claims(draft.prompt, draft.reference_answer)
            self._made.questions.append((question.model_copy(update={"draft": True}), _rubric(question, made)))
        if len(drafts) > DRAFTS_A_FILE_AT_MOST:
            self._made.remarks.append(
                f"gives {len(drafts)} draft questions; the first {DRAFTS_A_FILE_AT_MOST} are kept, and all of its "
                "text can be searched"
            )

    def _question(
        self, question_id: str, prompt: str, answer: str, topic: str, kind: Kind = Kind.CONCEPT
    ) -> Question:
        return Question(
            id=question_id,
            kind=kind,
            topic=topic,
            level=Level.MEDIUM,
            seconds=SECONDS.get(kind, SECONDS_OTHERWISE),
            sources=(self._name,),
            prompt=escaped(prompt),
            reference_answer=answer,
        )


def _fits(pair: Pair) -> bool:
    return len(pair.question) + len(pair.answer) <= PAIR_CHARACTERS_AT_MOST


def slug(text: str) -> str:
    """Lower-case words joined by hyphens; a digest for text in letters that cannot be spelled so."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(words) < min(2, len(text)):
        return f"x{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:10]}"
    return words[:SLUG_CHARACTERS_AT_MOST].rstrip("-")


def _rubric(question: Question, made: tuple[Claim, ...]) -> Rubric:
    keys = tuple(
        Key(
            id=f"claim-{number}",
            claim=claim.text,
            weight=claim.weight,
            phrasings=claim.phrasings,
            near_misses=claim.near_misses,
            names=claim.names,
        )
        for number, claim in enumerate(made[:CLAIMS_AT_MOST], start=1)
    )
    return Rubric(question=question.id, draft=True, keys=keys)


def _spelled(given: str) -> str:
    """A kind or level as the corpus spells it."""
    return given.strip().lower().replace(" ", "-").replace("_", "-")
