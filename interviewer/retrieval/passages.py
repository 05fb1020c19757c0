"""All passages of a library, with ids that stay the same when texts are edited."""

from collections.abc import Iterator
from textwrap import shorten

from interviewer.content.library import Library, Note
from interviewer.domain.coaching import CoachingItem
from interviewer.domain.passage import Passage, PassageKind
from interviewer.domain.question import Question
from interviewer.retrieval.cutting import cut

TITLE_CHARACTERS_AT_MOST = 80


def passages_of(library: Library) -> list[Passage]:
    """Passages of questions, reference answers, worked notes, study notes and coaching, in that order."""
    found: list[Passage] = []
    for question in library.questions.values():
        found += question_passages(question)
    for note in library.notes.values():
        found += note_passages(note)
    found += map(coaching_passage, library.coaching)
    return found


def question_passages(question: Question) -> list[Passage]:
    """The prompt, the reference answer and the worked note of a question."""
    return [
        *_pieces(question, PassageKind.QUESTION, question.prompt),
        *_pieces(question, PassageKind.REFERENCE, question.reference_answer),
        *_pieces(question, PassageKind.WORKED_NOTE, question.worked_note),
    ]


def note_passages(note: Note) -> list[Passage]:
    """The sections of a study note; a section over 200 words gives several."""
    return [
        Passage(
            id=_numbered(section.passage_id, number),
            kind=PassageKind.NOTE,
            title=note.title if section.title == note.title else f"{note.title}: {section.title}",
            text=piece,
            # The built-in notes all have the same headings ("Figures", "Tools"): they tell nothing apart.
            context=section.title if note.pack else "",
            source=f"corpus/notes/{note.topic}.md",
            topic=note.topic,
            pack=note.pack,
        )
        for section in note.sections
        for number, piece in enumerate(cut(section.text), start=1)
    ]


def coaching_passage(item: CoachingItem) -> Passage:
    """A piece of advice."""
    return Passage(
        id=f"coaching:{item.id}",
        kind=PassageKind.COACHING,
        title=f"{_title(item.id)}: {PassageKind.COACHING}",
        text=item.says,
        source="corpus/coaching.yaml",
    )


def _pieces(question: Question, kind: PassageKind, text: str) -> Iterator[Passage]:
    for number, piece in enumerate(cut(text), start=1):
        yield Passage(
            id=_numbered(f"{kind.replace(' ', '-')}:{question.id}", number),
            kind=kind,
            title=f"{_asked(question)}: {kind}",
            text=piece,
            context="" if kind is PassageKind.QUESTION else question.prompt,
            source=f"corpus/questions/{question.id}.md",
            topic=question.topic,
            question_id=question.id,
            pack=question.pack,
        )


def _numbered(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}.{number}"


def _asked(question: Question) -> str:
    """What a question is called: by its id in the bank, whose ids are made for it; in a pack by its own words."""
    if question.pack is None:
        return _title(question.id)
    return shorten(question.prompt, TITLE_CHARACTERS_AT_MOST, placeholder="…")


def _title(question_id: str) -> str:
    return question_id.replace("-", " ").capitalize()
