"""Gradio, imported without what the app does not need: telemetry, and stub files for editors.

Every module of the app takes `gr` from here.
"""

import inspect
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"


@contextmanager
def _without_stub_files() -> Iterator[None]:
    """Gradio parses the source of its components to write .pyi files beside them, at every import.

    That is nearly half of its import time. It leaves out classes whose source file is not found.
    """
    original: Callable[[Any], str] = inspect.getfile

    def getfile(of: Any) -> str:
        if type(of).__name__ in ("ComponentMeta", "BlocksMeta"):
            raise OSError("not looked up while Gradio is imported")
        return original(of)

    inspect.getfile = getfile  # type: ignore[assignment]
    try:
        yield
    finally:
        inspect.getfile = original  # type: ignore[assignment]


with _without_stub_files():
    import gradio as gr

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
"""Options of every event: no spinner over the page, and no endpoint for other programs."""

__all__ = ["QUIET", "gr"]
