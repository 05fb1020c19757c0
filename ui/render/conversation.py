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
    """Something said: by the candidate (`said`), the interviewer (`spoken`), or as the bank has it (`text`)."""

    speaker: str
    text: str = ""
    spoken: str = ""
    said: tuple[Piece, ...] = ()


def conversation(item: Item, question: Question, rubric: Rubric, *, asking: bool = False) -> str:
    """The talk so far as HTML. `asking`: the interviewer is about to put the open follow-up question."""
    exchanges = item.exchanges[:-1] if asking else item.exchanges
    heard = item.model_copy(update={"exchanges": exchanges})
    return fill("conversation.html", turns=turns(heard, question, rubric))


def turns(item: Item, question: Question, rubric: Rubric) -> list[Turn]:
    """Question, answer, follow-up questions and replies in order, with what was said beside each."""
    marks = marks_of(item.grade, rubric) if item.grade else []
    talk = [Turn("interviewer", question.prompt), *_asides(item, None)]
    offset = 0
    if item.answer is not None:
        talk.append(_said(item.answer, marks, offset))
        offset += len(item.answer) + JOINT
    for exchange in item.exchanges:
        text = "" if exchange.worded else exchange.probe.ask
        talk += [Turn("follow-up", text, exchange.worded or ""), *_asides(item, exchange.probe.key)]
        if exchange.reply:
            talk.append(_said(exchange.reply, marks, offset))
            offset += len(exchange.reply) + JOINT
    return talk


def _asides(item: Item, probe: str | None) -> list[Turn]:
    """What was said beside the answer to the question, or to the follow-up question about this key."""
    talk = []
    for aside in item.asides:
        if aside.probe == probe:
            talk.append(Turn("aside", said=(Piece(aside.said),)))
            talk += [Turn("interviewer", spoken=aside.reply)] if aside.reply else []
    return talk


def voice(words_so_far: str = "", *, speaker: str = "interviewer", grading: bool = False) -> str:
    """What the interviewer is saying; dots until the first word. `grading` says that the grader is at work."""
    return fill("voice.html", spoken=words_so_far, speaker=speaker, grading=grading)


def _said(text: str, marks: list[Mark], offset: int) -> Turn:
    return Turn("candidate", said=tuple(pieces(text, marks, offset)))


def progress(
    interview: Interview,
    question: Question,
    topics: Mapping[str, Topic],
    seconds_used: float,
    *,
    busy: str = "",
) -> str:
    """Where the interview stands, what sort of question this is, and its clock.

    `busy` is what goes on before the candidate is to do something: `grading` or `speaking`.
    """
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
        draft_key=f"{interview.id}-{interview.position}-{len(item.exchanges)}-{len(item.asides)}",
        clock=words.clock,
        state=busy or item.stage.value,
        announcement=busy.capitalize() or _announcement(interview),
    )


def _announcement(interview: Interview) -> str:
    """What a screen reader says when the page changes."""
    item = interview.current
    if is_last_said(item):
        return item.asides[-1].reply
    ask = item.exchanges[-1].ask if item.open_probe else ""
    score = "" if item.grade is None or item.grade.score is None else f" {item.grade.score:.0f} of 100."
    return {
        Stage.ASKED: f"Question {interview.position + 1} of {len(interview.items)}",
        Stage.ANSWERED: "Your answer is stored and not graded yet.",
        Stage.PROBED: f"So far{score or ' no score.'} The interviewer asks: {ask}",
        Stage.GRADED: f"Feedback is ready.{score}",
        Stage.SKIPPED: "Skipped",
    }[item.stage]


def is_to_be_put(item: Item) -> bool:
    """Whether the open follow-up question was neither put in words of the interviewer's nor talked about."""
    return item.stage is Stage.PROBED and item.exchanges[-1].worded is None and not is_last_said(item)


def is_last_said(item: Item) -> bool:
    """Whether the last thing that was said to what is asked now is an aside."""
    asked = item.open_probe.key if item.open_probe else None
    return item.stage in (Stage.ASKED, Stage.PROBED) and bool(item.asides) and item.asides[-1].probe == asked


def topic_title(topics: Mapping[str, Topic], id: str) -> str:
    """The title of a topic, or its id where the bank does not have it any more."""
    return topics[id].title if id in topics else id


def _stage(interview: Interview, place: int) -> str:
    if place == interview.position and not interview.finished:
        return "current"
    stage = interview.items[place].stage
    return "skipped" if stage is Stage.SKIPPED else "done" if stage.closed else "to come"
