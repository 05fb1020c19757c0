"""JSON Schemas of the data files, so that an editor completes and checks them while they are written."""

import json
from pathlib import Path

from pydantic import BaseModel

from interviewer.content.models import (
    CoachingFile,
    GlossaryFile,
    NoteFrontMatter,
    QuestionFrontMatter,
    ReadinessFile,
    RolesFile,
    TopicsFile,
)
from interviewer.content.roots import ContentRoot
from interviewer.domain.question import Exercise
from interviewer.domain.rubric import Rubric, SampleAnswers

SCHEMAS: dict[str, type[BaseModel]] = {
    "rubrics/rubric.schema.json": Rubric,
    "rubrics/samples.schema.json": SampleAnswers,
    "corpus/question.schema.json": QuestionFrontMatter,
    "corpus/note.schema.json": NoteFrontMatter,
    "corpus/exercise.schema.json": Exercise,
    "corpus/topics.schema.json": TopicsFile,
    "corpus/glossary.schema.json": GlossaryFile,
    "corpus/coaching.schema.json": CoachingFile,
    "corpus/readiness.schema.json": ReadinessFile,
    "corpus/roles.schema.json": RolesFile,
}


def schema_text(model: type[BaseModel]) -> str:
    """The schema as it stands in its file."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def write_schemas(root: ContentRoot) -> list[Path]:
    """Write all schemas into a root; the paths written. Raises OSError."""
    paths = [root.path / name for name in SCHEMAS]
    for path, model in zip(paths, SCHEMAS.values(), strict=True):
        path.write_text(schema_text(model), encoding="utf-8")
    return paths
