"""The form that chooses an interview."""

import secrets
from dataclasses import dataclass
from typing import Any

from interviewer.bootstrap import Product
from interviewer.content.library import Library
from interviewer.domain.interview import Choices
from interviewer.domain.selection import matching
from ui.html import html
from ui.quick_gradio import QUIET, gr
from ui.render import words
from ui.render.report import pool_line
from ui.target_form import TargetForm, draw_target

ANY_ROLE = ""
LENGTHS = (1, 3, 5, 10, 20)
FOLLOW_UPS = (("None", 0), ("1", 1), ("2", 2), ("3", 3))


@dataclass(frozen=True)
class SetupForm:
    """The fields, in the order in which `chosen` takes their values."""

    role: Any
    topics: Any
    kinds: Any
    levels: Any
    questions: Any
    probes: Any
    target: TargetForm
    pool: Any
    start: Any

    @property
    def fields(self) -> list[Any]:
        """The inputs of a handler that starts an interview."""
        return [self.role, self.topics, self.kinds, self.levels, self.questions, self.probes, self.target.pack]


def draw_form(product: Product) -> SetupForm:
    """The form with the topics, roles and kinds that the library has."""
    library = product.library
    roles = [("Any role", ANY_ROLE), *((role.title, role.id) for role in library.roles.values())]
    topics = [(topic.title, topic.id) for topic in library.topics.values()]
    kind_choices = [(title, kind.value) for kind, title in words.KINDS.items()]
    level_choices = [(title, level.value) for level, title in words.LEVELS.items()]
    with gr.Column(elem_classes="card choices"):
        with gr.Row(equal_height=False):
            role = gr.Dropdown(roles, value=ANY_ROLE, label="Role", elem_id="role")
            topic = gr.Dropdown(
                topics, value=[], multiselect=True, label="Topics (none chosen: all)", elem_id="topics"
            )
        kinds = gr.CheckboxGroup(kind_choices, label="Kinds (none ticked: all)", elem_id="kinds")
        with gr.Row(equal_height=False):
            levels = gr.CheckboxGroup(level_choices, label="Levels (none ticked: all)", elem_id="levels", scale=3)
            questions = gr.Radio(LENGTHS, value=5, label="Questions", elem_id="questions", scale=4)
            probes = gr.Radio(FOLLOW_UPS, value=1, label="Follow-ups to each, at most", elem_id="probes", scale=3)
        target = draw_target(product)
        with gr.Row(elem_classes="bar", equal_height=True):
            pool = html(pool_line(matching(library.questions.values(), Choices()), 5), elem_id="pool")
            # Enabled once the browser has said who it is.
            start = gr.Button(
                "Start the interview", variant="primary", elem_id="start", scale=0, interactive=False
            )
    form = SetupForm(
        role=role,
        topics=topic,
        kinds=kinds,
        levels=levels,
        questions=questions,
        probes=probes,
        target=target,
        pool=pool,
        start=start,
    )
    _count_as_chosen(form, library)
    return form


def _count_as_chosen(form: SetupForm, library: Library) -> None:
    def count(*values: Any) -> str:
        choices = chosen(*values)
        return pool_line(matching(library.questions.values(), choices), choices.questions)

    gr.on(
        [field.change for field in form.fields],
        count,
        form.fields,
        form.pool,
        queue=False,
        **QUIET,
        trigger_mode="always_last",
    )


def chosen(*values: Any) -> Choices:
    """The choices that the form's values, in the order of its fields, stand for; with a new seed."""
    role, topics, kinds, levels, questions, probes, pack = values
    return Choices.model_validate(
        {
            "role": role or None,
            "topics": tuple(topics),
            "kinds": tuple(kinds),
            "levels": tuple(levels),
            "questions": questions,
            "probes": probes,
            "pack": pack or None,
            "seed": new_seed(),
        }
    )


def new_seed() -> int:
    """Another one each time, so that other questions are asked."""
    return secrets.randbelow(2**31)
