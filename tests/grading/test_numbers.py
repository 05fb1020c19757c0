"""Figures of the rubrics: every example of every rule is recognised, and no counterexample is."""

import pytest

from interviewer.domain.rubric import NumberRule
from interviewer.grading.numbers import judge_numbers
from tests.grading.conftest import LIBRARY

RULES = [(id, rule) for id in LIBRARY.questions for rule in LIBRARY.rubric(id).numbers]
EXAMPLES = [(f"{id}/{rule.id}", rule, text) for id, rule in RULES for text in rule.examples]
COUNTEREXAMPLES = [(f"{id}/{rule.id}", rule, text) for id, rule in RULES for text in rule.counterexamples]


@pytest.mark.parametrize(("rule", "text"), [case[1:] for case in EXAMPLES], ids=[case[0] for case in EXAMPLES])
def test_an_example_is_recognised(rule: NumberRule, text: str) -> None:
    (verdict,) = judge_numbers([rule], text, void=())
    assert verdict.met, text
    assert all(text[span.start : span.end] == span.quote for span in verdict.evidence)


@pytest.mark.parametrize(
    ("rule", "text"), [case[1:] for case in COUNTEREXAMPLES], ids=[case[0] for case in COUNTEREXAMPLES]
)
def test_a_counterexample_is_not(rule: NumberRule, text: str) -> None:
    (verdict,) = judge_numbers([rule], text, void=())
    assert not verdict.met, text


def test_every_rule_has_both_sorts_of_example() -> None:
    assert [f"{id}/{rule.id}" for id, rule in RULES if not rule.examples or not rule.counterexamples] == []


def test_a_value_in_what_is_not_asserted_does_not_count() -> None:
    _, rule = next((id, rule) for id, rule in RULES if rule.examples)
    text = rule.examples[0]
    assert not judge_numbers([rule], text, void=[(0, len(text))])[0].met
