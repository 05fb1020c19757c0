"""Every prompt renders for every question, with every slot named and none invented."""

from importlib.resources import files

import pytest

from interviewer import prompts
from tests.llm.samples import LIBRARY, QUESTION

NAMES = sorted(path.name.removesuffix(".md") for path in files(prompts).iterdir() if path.name.endswith(".md"))
FILLED: dict[str, dict[str, object]] = {
    prompts.CONVERSE: {"instruction": "Greet them.", "question": "What is {{ drift }}?", "sentences": 3},
    prompts.DRAFT: {"questions": 2, "claims": 8},
    prompts.JUDGE: {
        "question": LIBRARY.question(QUESTION).prompt,
        "keys": [{"id": "a", "claim": "b"}],
        "traps": [{"id": "c", "claim": "d"}],
        "passages": ['A passage with {{ braces }} and "quotes".'],
    },
}


def test_every_prompt_has_a_version_and_is_tried_here() -> None:
    assert sorted(FILLED) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_it_renders_with_its_slots(name: str) -> None:
    text = prompts.render(name, **FILLED[name])
    assert "{%" not in text
    assert "\n\n\n" not in text


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_or_unknown_slot_is_an_error(name: str) -> None:
    first, *rest = FILLED[name]
    with pytest.raises(TypeError, match=first):
        prompts.render(name, **{slot: FILLED[name][slot] for slot in rest})
    with pytest.raises(TypeError, match="surprise"):
        prompts.render(name, **FILLED[name], surprise=1)


def test_what_is_filled_in_is_never_a_template() -> None:
    text = prompts.render(prompts.JUDGE, **FILLED[prompts.JUDGE])
    assert "{{ braces }}" in text
