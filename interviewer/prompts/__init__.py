"""Prompts are files, `<name>.v<number>.md`; a text that changes what a model does is a new version.

Slots hold numbers and what the product's own files say (moves). Questions and rubrics, which a pack from anywhere
may bring, and what a candidate said are never slots: they go to the model as a JSON document in a message of its
own.
"""

import json
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template, meta

JUDGE = "judge.v2"
CONVERSE = "converse.v2"
DRAFT = "draft.v1"


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


# Prompts are plain text for a model, not HTML: escaping would change what it reads.
_environment = Environment(undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)  # noqa: S701
_environment.filters["json"] = _as_json


def render(name: str, **slots: object) -> str:
    """The prompt with its slots filled; raises TypeError when a slot is missing or not known."""
    wanted = slots_of(name)
    if wanted != set(slots):
        different = ", ".join(sorted(wanted ^ set(slots)))
        raise TypeError(f"prompt {name} was given other slots than it has: {different}")
    return _template(name).render(**slots).strip()


@lru_cache
def slots_of(name: str) -> frozenset[str]:
    """The names of the slots of a prompt."""
    return frozenset(meta.find_undeclared_variables(_environment.parse(_text(name))))


@lru_cache
def _template(name: str) -> Template:
    return _environment.from_string(_text(name))


@lru_cache
def _text(name: str) -> str:
    return files(__package__).joinpath(f"{name}.md").read_text(encoding="utf-8")
