"""The command line run in this process, with a grader that gives what the answer names and a store in memory."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from interviewer.adapters.hashing_embedder import HashingEmbedder
from interviewer.adapters.memory_store import MemoryStore
from interviewer.adapters.scripted_grader import ScriptedGrader
from interviewer.bootstrap import Product, build
from interviewer.cli.app import app
from interviewer.settings import Settings


@dataclass
class Terminal:
    """Runs commands one after another; what one stores, the next finds."""

    store: MemoryStore = field(default_factory=MemoryStore)
    grader: Any = field(default_factory=ScriptedGrader)

    def __call__(self, *arguments: str, typed: str | bytes = "") -> Result:
        """The result of `interviewer arguments`, with `typed` at its keyboard."""
        return CliRunner().invoke(app, list(arguments), input=typed, obj=self._build)

    def _build(self, settings: Settings) -> Product:
        return build(settings, grader=self.grader, store=self.store, embedder=HashingEmbedder())


@pytest.fixture
def terminal() -> Terminal:
    """A terminal of this test alone."""
    return Terminal()
