"""The part of the form that chooses a language model for this page, with a key of one's own."""

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from interviewer.settings import DEFAULT_MODELS, Settings
from ui.html import html
from ui.quick_gradio import QUIET, gr
from ui.render.model import PROVIDERS, model_line
from ui.render.page import fill
from ui.render.report import notice
from ui.session import Session, provider_of

GRADERS = (
    ("The local grader, no language model", "keyword"),
    ("Local first, the model where it is unsure", "auto"),
    ("The model, for every point", "llm"),
)
MODEL_CHARACTERS_AT_MOST = 200
KEY_CHARACTERS_AT_MOST = 500
WRONG = "This model cannot be used. Choose one of the graders and providers of the list, and a key of one line."
KEPT = "A key is kept for this page"

Updates = dict[Any, Any]


@dataclass(frozen=True)
class ModelForm:
    """The fields, in the order in which the handlers take their values, and what they changed."""

    grader: Any
    provider: Any
    model: Any
    key: Any
    use: Any
    forget: Any
    told: Any

    @property
    def fields(self) -> list[Any]:
        """The inputs of a handler that chooses."""
        return [self.grader, self.provider, self.model, self.key]

    @property
    def parts(self) -> list[Any]:
        """Everything that a handler may change."""
        return [*self.fields, self.forget, self.told]

    def choose(self, session: Session, grader: str, provider: str, model: str | None, key: str | None) -> Updates:
        """Use what the form says. The key leaves the form, on whatever comes of it."""
        try:
            session.use(grader, provider, (model or "").strip(), (key or "").strip())  # type: ignore[arg-type]
        except ValidationError:
            return {self.key: gr.update(value=""), self.told: notice(WRONG)}
        return self.show(session)

    def release(self, session: Session) -> Updates:
        """Forget the key, and do as the environment says."""
        session.forget()
        settings = session.product.settings
        return {self.provider: provider_of(settings), self.model: "", **self.show(session)}

    def show(self, session: Session) -> Updates:
        """What is used now. The key itself is never sent back."""
        return {
            self.grader: session.product.settings.grader,
            self.key: gr.update(value="", placeholder=KEPT if session.has_key else ""),
            self.forget: gr.update(visible=session.has_key),
            **self.tell(session),
        }

    def tell(self, session: Session) -> Updates:
        """The line that says who grades; the fields keep what somebody may be typing."""
        return {self.told: model_line(session.product, own_key=session.has_key)}


def draw_model_form(settings: Settings) -> ModelForm:
    """The section, folded away; the line below it always says who grades."""
    provider = provider_of(settings)
    with gr.Accordion("Language model (optional)", open=False, elem_id="model"):
        html(fill("model_about.html"))
        grader = gr.Radio(GRADERS, value=settings.grader, label="Who grades", elem_id="grader")
        with gr.Row(equal_height=False):
            providers = [(f"{name}, or a server that speaks like it", id) for id, name in PROVIDERS.items()]
            chosen = gr.Dropdown(providers, value=provider, label="Provider", elem_id="provider")
            model = gr.Textbox(
                label="Model (empty: the usual one)",
                placeholder=settings.model or DEFAULT_MODELS[provider],
                max_length=MODEL_CHARACTERS_AT_MOST,
                elem_id="model-name",
            )
        key = gr.Textbox(
            label="API key (empty: the one of the environment, if there is one)",
            type="password",
            max_length=KEY_CHARACTERS_AT_MOST,
            elem_id="api-key",
            html_attributes=gr.InputHTMLAttributes(autocomplete="off", spellcheck=False),
        )
        with gr.Row():
            use = gr.Button("Use this", elem_id="use-model", scale=0, min_width=120)
            forget = gr.Button("Forget the key", visible=False, elem_id="forget-key", scale=0, min_width=120)
    told = html(elem_id="model-told")
    return ModelForm(grader=grader, provider=chosen, model=model, key=key, use=use, forget=forget, told=told)


def wire_model_form(form: ModelForm, session: Any) -> None:
    """Connect its buttons; `session` is the page's state."""
    form.use.click(form.choose, [session, *form.fields], form.parts, **QUIET)
    form.forget.click(form.release, session, form.parts, **QUIET)
