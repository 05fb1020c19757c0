"""The documentation has every command, option and setting."""

from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from interviewer.cli.app import app
from interviewer.settings import Settings

DOCS = Path(__file__).parent.parent.parent / "docs"
GROUP = get_command(app)
assert isinstance(GROUP, TyperGroup)
COMMANDS = GROUP.commands


def section(command: str) -> str:
    """What docs/commands.md says of a command."""
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    return text.partition(f"## `interviewer {command}")[2].partition("\n## ")[0]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_says_what_it_does_and_stands_in_the_documentation(command: str) -> None:
    assert COMMANDS[command].help
    assert section(command)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_a_command_stands_in_its_section(command: str) -> None:
    for parameter in COMMANDS[command].params:
        names = [*parameter.opts, *parameter.secondary_opts]
        if any(name.startswith("--") for name in names) and parameter.name != "help":
            assert any(name in section(command) for name in names), names


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_stands_in_the_documentation(name: str) -> None:
    alias = Settings.model_fields[name].validation_alias
    variable = alias if isinstance(alias, str) else f"INTERVIEWER_{name.upper()}"
    assert f"| `{variable}` |" in (DOCS / "settings.md").read_text(encoding="utf-8")
