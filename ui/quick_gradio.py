"""Gradio, imported without what the app does not need: telemetry, stub files for editors, pandas.

That takes half the time. Every module of the app has `gr` from here.
"""

import importlib
import inspect
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from types import ModuleType
from typing import Any

import jinja2

NO_STATISTICS = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    # A summary of all events, made with pandas after every single one, for a page that we do not serve.
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**9),
    "GRADIO_ANALYTICS_MAX_EVENTS": "1",
}
os.environ.update(NO_STATISTICS)


class _Later(ModuleType):
    """Stands for a module that is imported when something of it is used."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)


class _NoDocstring:
    """Stands for the templates from which Gradio writes docstrings into its classes at import."""

    def __init__(self, _source: str) -> None: ...

    def render(self, **_slots: Any) -> str:
        """Nothing."""
        return ""


@contextmanager
def _light() -> Iterator[None]:
    """Within it, importing Gradio does what serving the app takes, and no more."""
    getfile: Callable[[Any], str] = inspect.getfile
    template = jinja2.Template

    def without_components(of: Any) -> str:
        # Gradio parses the source of each component to write a .pyi file beside it, and leaves out those
        # whose source file is not found.
        if type(of).__name__ in ("ComponentMeta", "BlocksMeta"):
            raise OSError("not looked up while Gradio is imported")
        return getfile(of)

    inspect.getfile = without_components  # type: ignore[assignment]
    jinja2.Template = _NoDocstring  # type: ignore[misc, assignment]
    placeholder = sys.modules.setdefault("pandas", _Later("pandas"))
    try:
        yield
    finally:
        inspect.getfile = getfile  # type: ignore[assignment]
        jinja2.Template = template  # type: ignore[misc]
        if isinstance(placeholder, _Later):
            del sys.modules["pandas"]


with _light():
    import gradio as gr

# Gradio would import matplotlib around every event, for handlers that draw with it.
gr.utils.MatplotlibBackendMananger = nullcontext


@contextmanager
def drawing() -> Iterator[None]:
    """Within it, pages are only drawn. Gradio would build a web server three times over and throw it away."""
    os.environ.update(NO_STATISTICS)
    app = gr.routes.App
    create_app = app.create_app
    app.create_app = staticmethod(lambda *_args, **_options: None)
    try:
        yield
    finally:
        app.create_app = staticmethod(create_app)


QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
"""Options of every event: no spinner over the page, and no endpoint for other programs."""

__all__ = ["QUIET", "drawing", "gr"]
