"""The readiness checklist."""

import pytest

from interviewer.domain.readiness import Ability, Shown, readiness

ABILITY = Ability(id="drift", ability="Can find drift.", proven_by=("drift", "psi"), pass_score=70)


@pytest.mark.parametrize(
    ("scores", "shown"),
    [
        ([], Shown.NOT_ASKED),
        ([("other", 100.0)], Shown.NOT_ASKED),
        ([("drift", 0.0)], Shown.NOT_SHOWN),
        ([("drift", 69.9)], Shown.PARTLY),
        ([("drift", 70.0)], Shown.SHOWN),
        ([("drift", 10.0), ("psi", 71.0), ("drift", 20.0)], Shown.SHOWN),
    ],
)
def test_an_ability_is_as_good_as_the_best_answer_to_its_questions(
    scores: list[tuple[str, float]], shown: Shown
) -> None:
    (line,) = readiness([ABILITY], scores)
    assert line.shown is shown


def test_a_line_names_the_best_answer_and_what_to_practise() -> None:
    (line,) = readiness([ABILITY], [("drift", 40.0), ("psi", 60.0)])
    assert (line.question, line.score, line.proven_by) == ("psi", 60.0, ("drift", "psi"))
