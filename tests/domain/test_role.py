"""What interviewers for a role ask."""

from interviewer.domain.interview import Choices
from interviewer.domain.question import Kind
from interviewer.domain.role import Role
from interviewer.domain.selection import select
from tests.examples import question

ROLE = Role(
    id="operator",
    title="Operator",
    summary="Runs things.",
    topic_weights={"release": 3, "drift": 0},
    kinds={Kind.SCENARIO: 2},
)
BANK = [
    question("canary"),
    question("outage", kind=Kind.SCENARIO),
    question("psi", topic="drift"),
    question("bill", topic="cost"),
]


def test_a_question_weighs_as_its_topic_times_its_kind() -> None:
    assert ROLE.weights(BANK) == {"canary": 3, "outage": 6, "psi": 0, "bill": 1}


def test_what_weighs_nothing_is_not_asked() -> None:
    asked = select(BANK, Choices(questions=10), weights=ROLE.weights(BANK))
    assert {question.id for question in asked} == {"canary", "outage", "bill"}
