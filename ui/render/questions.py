"""Questions of the bank as HTML."""

from interviewer.domain.question import Question
from interviewer.domain.rubric import Rubric
from interviewer.retrieval.reading import cited
from ui.render import words
from ui.render.page import fill

LABEL_CHARACTERS = 110


def question_label(question: Question) -> str:
    """A question in one line of a list."""
    return words.cut(cited(question.prompt), LABEL_CHARACTERS)


def question_card(question: Question, rubric: Rubric) -> str:
    """A question, with what earns marks and a strong answer folded away."""
    return fill("question.html", question=question, rubric=rubric, words=words)
