"""Every prompt renders, with every slot named and none invented."""

from importlib.resources import files

import pytest

from interviewer import prompts

NAMES = sorted(path.name.removesuffix(".md") for path in files(prompts).iterdir() if path.name.endswith(".md"))
FILLED: dict[str, dict[str, object]] = {
    prompts.CONVERSE: {"instruction": "Greet {{ them }}.", "sentences": 3},
    prompts.DRAFT: {"questions": 2, "claims": 8},
    prompts.JUDGE: {},
}


def test_every_prompt_has_a_version_and_is_tried_here() -> None:
    assert sorted(FILLED) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_it_renders_with_its_slots(name: str) -> None:
    text = prompts.render(name, **FILLED[name])
    assert "{%" not in text
    assert "\n\n\n" not in text


@pytest.mark.parametrize("name", [name for name in NAMES if FILLED[name]])
def test_a_missing_slot_is_an_error(name: str) -> None:
    first, *rest = FILLED[name]
    with pytest.raises(TypeError, match=first):
        prompts.render(name, **{slot: FILLED[name][slot] for slot in rest})


@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_slot_is_an_error(name: str) -> None:
    with pytest.raises(TypeError, match="surprise"):
        prompts.render(name, **FILLED[name], surprise=1)


def test_what_is_filled_in_is_never_a_template() -> None:
    assert "{{ them }}" in prompts.render(prompts.CONVERSE, **FILLED[prompts.CONVERSE])


def test_the_judges_instructions_are_the_same_for_every_question() -> None:
    assert prompts.slots_of(prompts.JUDGE) == frozenset()
