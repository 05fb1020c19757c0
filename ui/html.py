"""A place for HTML that we draw ourselves."""

from typing import Any

from ui.quick_gradio import gr

SEND_CLICKS = """
element.addEventListener("click", (event) => {
  const pressed = event.target.closest("[data-id]");
  if (pressed) trigger("select", { id: pressed.dataset.id });
});
"""
"""Makes a press of a button that has a data-id the event `select`, with that id."""


def html(value: str = "", *, on_load: str | None = None, **options: Any) -> Any:
    """A gr.HTML without Gradio's own styles and without its click handler; `on_load` is a script of ours."""
    return gr.HTML(value, js_on_load=on_load, apply_default_css=False, **options)
