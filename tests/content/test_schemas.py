"""The JSON Schemas beside the data."""

import pytest

from interviewer.content.roots import built_in_root
from interviewer.content.schemas import SCHEMAS, schema_text, write_schemas
from tests.content.conftest import Bank


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_what_the_program_reads(name: str) -> None:
    """If this fails, run: interviewer check --write-schemas"""
    written = built_in_root().path / name
    assert written.read_text(encoding="utf-8") == schema_text(SCHEMAS[name])


def test_schemas_are_written_beside_the_data_and_are_no_problem_there(bank: Bank) -> None:
    paths = write_schemas(bank.root)
    assert {str(path.relative_to(bank.root.path)) for path in paths} == set(SCHEMAS)
    assert bank.problems() == []


def test_a_file_that_names_its_schema_names_one_that_is_there() -> None:
    root = built_in_root().path
    named = 0
    for path in (*root.glob("rubrics/**/*.yaml"), *root.glob("corpus/**/*.yaml")):
        first, _, schema = path.read_text(encoding="utf-8").split("\n", 1)[0].partition("$schema=")
        if first == "# yaml-language-server: ":
            assert (path.parent / schema).is_file(), path
            named += 1
    assert named
