"""`questions` and `show`: what is in the bank."""

from typing import TYPE_CHECKING, Any

from interviewer.cli.options import AsJson, Kinds, Levels, PackName, QuestionId, Topics
from interviewer.cli.terminal import console, print_json
from interviewer.cli.wiring import library
from interviewer.errors import NotFound

if TYPE_CHECKING:
    from interviewer.content.library import Library
    from interviewer.domain.question import Question


def known_topics(bank: "Library", topics: list[str] | None) -> tuple[str, ...]:
    """The topics as given; raises NotFound with the closest ids for one that does not exist."""
    for topic in topics or ():
        if topic not in bank.topics:
            raise NotFound.of("topic", topic, bank.topics, f"There are: {', '.join(bank.topics)}.")
    return tuple(topics or ())


def questions(
    topic: Topics = None,
    kind: Kinds = None,
    level: Levels = None,
    pack: PackName = None,
    as_json: AsJson = False,
) -> None:
    """List the questions of the bank, or of a pack of your own."""
    from interviewer.domain.interview import Choices
    from interviewer.domain.selection import matching

    bank = library()
    packs = [root.pack for root in bank.roots if root.pack]
    if pack and pack not in packs:
        raise NotFound.of("pack", pack, packs, "`interviewer packs` lists yours.")
    choices = Choices(
        topics=known_topics(bank, topic), kinds=tuple(kind or ()), levels=tuple(level or ()), pack=pack
    )
    found = matching(bank.questions.values(), choices)
    if as_json:
        fields = {"id", "kind", "topic", "level", "seconds", "prompt"}
        print_json([question.model_dump(mode="json", include=fields) for question in found])
    else:
        _print_table(found)


def show(question_id: QuestionId, as_json: AsJson = False) -> None:
    """Show a question with its reference answer, rubric and exercise."""
    bank = library()
    question, rubric = bank.question(question_id), bank.rubric(question_id)
    exercise = bank.exercise(question_id)
    if as_json:
        print_json(
            {
                name: _data(value)
                for name, value in (("question", question), ("rubric", rubric), ("exercise", exercise))
            }
        )
    else:
        from interviewer.cli.sheets import question_sheet

        console().print(question_sheet(question, rubric, exercise))


def _data(value: Any) -> Any:
    """A value as JSON; labelled sample answers, of which there are hundreds, stay in their file."""
    return None if value is None else value.model_dump(mode="json", exclude={"samples"})


def _print_table(found: "list[Question]") -> None:
    from rich.table import Table

    table = Table("id", "topic", "kind", "level", "minutes", box=None, pad_edge=False)
    for question in found:
        minutes = f"{question.seconds / 60:g}"
        table.add_row(question.id, question.topic, question.kind, question.level, minutes)
    console().print(table)
    console().print(f"{len(found)} question{'' if len(found) == 1 else 's'}")
