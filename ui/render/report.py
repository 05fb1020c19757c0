"""The end report, and lists of interviews."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from interviewer.content.library import Library
from interviewer.domain.interview import Interview, Item
from interviewer.domain.question import Question, Topic
from interviewer.domain.report import KeyResult, Report, mean_score
from interviewer.domain.rubric import Rubric
from interviewer.retrieval.reading import cited
from ui.render import words
from ui.render.conversation import conversation, topic_title
from ui.render.feedback import feedback
from ui.render.page import fill


@dataclass(frozen=True)
class Bank:
    """What a drawn page looks things up in: questions, rubrics and topics by id."""

    questions: Mapping[str, Question]
    rubrics: Mapping[str, Rubric]
    topics: Mapping[str, Topic]

    @classmethod
    def of(cls, library: Library, interview: Interview) -> "Bank":
        """What drawing this interview takes."""
        asked = [item.question_id for item in interview.items if item.question_id in library.questions]
        return cls(library.questions, {id: library.rubric(id) for id in asked}, library.topics)

    def has(self, question_id: str) -> bool:
        """Whether the question can be drawn: an old interview may have one that the bank has lost."""
        return question_id in self.questions and question_id in self.rubrics


def report_page(interview: Interview, report: Report, bank: Bank) -> str:
    """The whole report as HTML, each question with its conversation and feedback folded away."""
    return fill(
        "report.html",
        report=report,
        gaps=by_question(report.gaps),
        reviews=[_review(item, bank) for item in interview.items if bank.has(item.question_id)],
        asked=lambda id: cited(bank.questions[id].prompt) if id in bank.questions else id,
        topic=lambda id: topic_title(bank.topics, id),
        words=words,
    )


def by_question(results: Iterable[KeyResult]) -> dict[str, list[KeyResult]]:
    """Question id to its results, in the order in which they come."""
    grouped: dict[str, list[KeyResult]] = {}
    for result in results:
        grouped.setdefault(result.question, []).append(result)
    return grouped


def _review(item: Item, bank: Bank) -> dict[str, object]:
    question, rubric = bank.questions[item.question_id], bank.rubrics[item.question_id]
    seen = item.answer is not None or item.stage.closed
    return {
        "item": item,
        "question": question,
        "topic": topic_title(bank.topics, question.topic),
        "conversation": conversation(item, question, rubric) if seen else "",
        "feedback": feedback(item, question, rubric, finished=True) if seen else "",
    }


def resume_line(interview: Interview, now: datetime) -> str:
    """The offer to go on where an interview was cut off."""
    return fill(
        "resume.html",
        number=interview.position + 1,
        total=len(interview.items),
        when=words.ago(interview.updated_at, now),
    )


def history_label(interview: Interview) -> str:
    """An interview in one line of a list."""
    score = mean_score(interview)
    answered = sum(item.grade is not None for item in interview.items)
    day = f"{interview.started_at:%d %b %Y, %H:%M} UTC"
    outcome = f"{score:.0f} of 100" if score is not None else "not scored"
    return f"{day} · {answered} {words.plural(answered, 'answer')} · {outcome}"


def empty_history() -> str:
    """What the history says before there is one."""
    return fill("empty.html", title="No interviews yet", text="Finish an interview and its report stays here.")


def pool_line(matching: Sequence[Question], wanted: int) -> str:
    """How many questions match the choices."""
    return fill("pool.html", count=len(matching), wanted=wanted)


def notice(text: str) -> str:
    """A line that says what went wrong, or nothing."""
    return fill("notice.html", text=text) if text else ""
