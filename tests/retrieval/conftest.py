"""A product over a part of the real bank: embedding all of it takes seconds, and these tests need little of it."""

import shutil
from pathlib import Path

import pytest

from interviewer.bootstrap import Product, build, sentence_embedder
from interviewer.content.library import Library
from interviewer.content.roots import ContentRoot, built_in_root
from interviewer.ports import Embedder
from interviewer.settings import read_settings

TOPICS = {"drift", "training-serving-skew", "serving-optimisation", "cost"}


@pytest.fixture(scope="package")
def embedder() -> Embedder:
    """The real model, loaded once."""
    return sentence_embedder(read_settings())


@pytest.fixture(scope="package")
def product(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Product:
    """Four topics with their rapid-fire questions, all coaching, the real embedding model."""
    bank, part = Library(), ContentRoot(tmp_path_factory.mktemp("part"))
    chosen = [q.id for q in bank.questions.values() if q.topic in TOPICS and q.id.startswith("rapid-")]
    for folder, names in (
        ("corpus", ["topics.yaml", "glossary.yaml", "coaching.yaml", "roles.yaml", "readiness.yaml"]),
        ("corpus/notes", [f"{topic}.md" for topic in TOPICS]),
        ("corpus/questions", [f"{question}.md" for question in chosen]),
        ("rubrics", [f"{question}.yaml" for question in chosen]),
    ):
        _copy(built_in_root().path / folder, part.path / folder, names)
    return build(library=Library([part]), embedder=embedder)


def _copy(source: Path, target: Path, names: list[str]) -> None:
    target.mkdir(parents=True)
    for name in names:
        shutil.copy(source / name, target / name)
