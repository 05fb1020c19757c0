"""The conversation about one question, with the words that earned marks highlighted."""

from collections.abc import Mapping
from dataclasses import dataclass

from interviewer.domain.interview import Interview, Item, Stage
from interviewer.domain.question import Question, Topic
from interviewer.domain.rubric import Rubric
from ui.render import words
from ui.render.marks import Mark, Piece, marks_of, pieces
from ui.render.page import fill

JOINT = len("\n\n")
"""Item.transcript puts an empty line between answer and replies; evidence counts its characters too."""


@dataclass(frozen=True)
class Turn:
    """Something said: by the interviewer (`text`), or by the candidate (`said`)."""

    speaker: str
    text: str = ""
    said: tuple[Piece, ...] = ()


def conversation(item: Item, question: Question, rubric: Rubric, *, grading: bool = False) -> str:
    """The talk so far as HTML. `grading` shows that the grader is at work."""
    return fill("conversation.html", turns=turns(item, question, rubric), grading=grading)


def turns(item: Item, question: Question, rubric: Rubric) -> list[Turn]:
    """Question, answer, follow-up questions and replies, in order."""
    marks = marks_of(item.grade, rubric) if item.grade else []
    talk = [Turn("interviewer", question.prompt)]
    offset = 0
    if item.answer is not None:
        talk.append(_said(item.answer, marks, offset))
        offset += len(item.answer) + JOINT
    for exchange in item.exchanges:
        talk.append(Turn("follow-up", exchange.probe.ask))
        if exchange.reply:
            talk.append(_said(exchange.reply, marks, offset))
            offset += len(exchange.reply) + JOINT
    return talk


def _said(text: str, marks: list[Mark], offset: int) -> Turn:
    return Turn("candidate", said=tuple(pieces(text, marks, offset)))


def progress(
    interview: Interview,
    question: Question,
    topics: Mapping[str, Topic],
    seconds_used: float,
    *,
    grading: bool = False,
) -> str:
    """Where the interview stands, what sort of question this is, and its clock."""
    item = interview.current
    return fill(
        "progress.html",
        number=interview.position + 1,
        stages=[_stage(interview, place) for place in range(len(interview.items))],
        kind=words.KINDS[question.kind],
        level=words.LEVELS[question.level],
        topic=topic_title(topics, question.topic),
        clock_id=f"{interview.id}-{interview.position}",
        running=item.stage is Stage.ASKED,
        used=round(seconds_used if item.seconds_taken is None else item.seconds_taken, 1),
        allowed=question.seconds,
        draft_key=f"{interview.id}-{interview.position}-{len(item.exchanges)}",
        clock=words.clock,
        state="grading" if grading else item.stage.value,
        announcement=_announcement(interview, grading=grading),
    )


def _announcement(interview: Interview, *, grading: bool) -> str:
    """What a screen reader says when the page changes."""
    item = interview.current
    if grading:
        return "Grading"
    score = "" if item.grade is None or item.grade.score is None else f" {item.grade.score:.0f} of 100."
    return {
        Stage.ASKED: f"Question {interview.position + 1} of {len(interview.items)}",
        Stage.ANSWERED: "Your answer is stored and not graded yet.",
        Stage.PROBED: f"So far{score or ' no score.'} The interviewer asks a follow-up question.",
        Stage.GRADED: f"Feedback is ready.{score}",
        Stage.SKIPPED: "Skipped",
    }[item.stage]


def topic_title(topics: Mapping[str, Topic], id: str) -> str:
    """The title of a topic, or its id where the bank does not have it any more."""
    return topics[id].title if id in topics else id


def _stage(interview: Interview, place: int) -> str:
    if place == interview.position and not interview.finished:
        return "current"
    stage = interview.items[place].stage
    return "skipped" if stage is Stage.SKIPPED else "done" if stage.closed else "to come"
