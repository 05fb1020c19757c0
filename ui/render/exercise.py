"""Exercises as HTML."""

from interviewer.domain.question import Exercise, Question
from ui.render.page import fill


def no_exercises() -> str:
    """What the page says where the bank has none."""
    return fill("empty.html", title="No exercises here", text="Add one to corpus/exercises/.")


def task(question: Question) -> str:
    """The question that the four answers answer."""
    return fill("task.html", question=question)


def judgement(exercise: Exercise, question: Question, option_id: str | None) -> str:
    """Which answer was best and why, and what is wrong with the others."""
    chosen = exercise.option(option_id) if option_id else None
    if chosen is None:
        return fill("notice.html", text="Choose one of the four answers first.")
    return fill("judgement.html", exercise=exercise, chosen=chosen, question=question)
