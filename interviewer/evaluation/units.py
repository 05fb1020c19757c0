"""What is drawn for a confidence interval. A module of its own, because the command line needs no numpy for it."""

from enum import StrEnum


class Unit(StrEnum):
    """Answers to one question are alike, so drawing whole questions gives the more honest, wider intervals."""

    QUESTIONS = "questions"
    ANSWERS = "answers"
