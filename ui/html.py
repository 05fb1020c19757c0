"""A place for HTML that we draw ourselves."""

from typing import Any

from ui.quick_gradio import gr


def html(value: str = "", **options: Any) -> Any:
    """A gr.HTML without Gradio's own styles and without its click handler."""
    return gr.HTML(value, js_on_load=None, apply_default_css=False, **options)
