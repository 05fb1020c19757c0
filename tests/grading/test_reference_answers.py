"""What the bank itself says: reference answers score high, near-misses earn nothing."""

from collections.abc import Callable

import pytest

from interviewer.domain.grade import Grade, Verdict
from tests.grading.conftest import LIBRARY, Grades

SCORE_AT_LEAST = 90
FALSE_TRAPS_AT_MOST = 0.15

Reference = Callable[[str], Grade]


@pytest.mark.parametrize("question", LIBRARY.questions)
def test_a_reference_answer_scores_at_least_90(question: str, reference: Reference) -> None:
    grade = reference(question)
    lost = [f"{key.id} ({key.verdict})" for key in grade.keys if key.verdict is not Verdict.MET]
    fallen = [trap.id for trap in grade.traps if trap.triggered]
    assert grade.score is not None and grade.score >= SCORE_AT_LEAST, f"{grade.score}: {lost=} {fallen=}"


@pytest.mark.parametrize("question", LIBRARY.questions)
def test_a_reference_answer_gives_every_number(question: str, reference: Reference) -> None:
    assert [number.id for number in reference(question).numbers if not number.met] == []


def test_reference_answers_hardly_ever_seem_to_fall_into_a_trap(reference: Reference) -> None:
    traps = [(question, trap) for question in LIBRARY.questions for trap in reference(question).traps]
    fallen = [(question, trap.id, trap.evidence[0].quote) for question, trap in traps if trap.triggered]
    assert len(fallen) <= FALSE_TRAPS_AT_MOST * len(traps), _listed(fallen)


def test_no_list_of_near_misses_earns_its_key(grades: Grades) -> None:
    """All near-misses of a key are one answer: windows never cross sentences, so each is judged by itself."""
    keys = [(id, key) for id in LIBRARY.questions for key in LIBRARY.rubric(id).keys]
    found = grades([(id, "\n".join(key.near_misses)) for id, key in keys])
    earned = [
        (id, verdict.id, verdict.evidence[0].quote)
        for (id, key), grade in zip(keys, found, strict=True)
        if (verdict := grade.key(key.id)) and verdict.verdict.earns
    ]
    assert not earned, _listed(earned)


def _listed(cases: list[tuple[str, str, str]]) -> str:
    return "\n".join([f"{len(cases)}:", *(f"{question}/{id}: {quote}" for question, id, quote in cases)])
