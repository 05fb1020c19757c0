"""Who may import whom (docs/architecture.md says it in words), and what nobody has to wait for."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("interviewer", "ui")


@dataclass(frozen=True)
class Layer:
    """What modules of a layer may import, besides each other and the standard library.

    `ours` are layers, or single modules of one; `outside` are packages of others, "*" any.
    """

    ours: str = ""
    outside: str = ""

    def allows(self, module: str) -> bool:
        """Whether a module by this dotted name may be imported."""
        if module.split(".", maxsplit=1)[0] not in PACKAGES:
            return self.outside == "*" or module.split(".", maxsplit=1)[0] in self.outside.split()
        return any(f"{module}.".startswith(f"interviewer.{name}.") for name in self.ours.split())


CORE = "domain errors"
ROOTS = "bootstrap models adapters content conversation domain errors files grading importing metering once ports"
ROOTS += " patience prompts retrieval service settings targeting"

LAYERS = {
    "domain": Layer("errors", "pydantic pydantic_core"),
    "errors": Layer(),
    "files": Layer(),
    "once": Layer(),
    "patience": Layer("errors"),
    "ports": Layer("domain", "numpy"),
    "prompts": Layer("errors", "jinja2"),
    "settings": Layer(CORE, "platformdirs pydantic pydantic_settings"),
    "content": Layer(f"{CORE} files", "pydantic pydantic_core yaml ruamel"),
    "grading": Layer(
        f"{CORE} files once ports prompts content retrieval",
        "numpy pydantic pydantic_core text_to_num rapidfuzz faiss",
    ),
    "retrieval": Layer(f"{CORE} files ports content grading.text", "numpy bm25s markdown_it Stemmer"),
    "importing": Layer(
        f"{CORE} files content grading.addressed grading.assertion grading.external grading.opposites "
        "grading.text ports prompts",
        "bs4 filelock mammoth markdown_it pydantic pypdf yaml",
    ),
    "targeting": Layer(f"{CORE} content importing ports grading.language grading.text", "numpy"),
    "metering": Layer(f"{CORE} ports"),
    "evaluation": Layer(f"{CORE} ports grading", "numpy pydantic jinja2 markupsafe matplotlib"),
    "service": Layer(f"{CORE} ports content"),
    "conversation": Layer(f"{CORE} ports content grading patience prompts"),
    "adapters": Layer(f"{CORE} files once patience ports", "*"),
    "models": Layer(ROOTS),
    "bootstrap": Layer(ROOTS),
    "cli": Layer(
        f"{CORE} files bootstrap content evaluation grading importing ports retrieval service settings",
        "rich typer",
    ),
    "ui": Layer(
        f"{CORE} bootstrap content importing retrieval service settings",
        "gradio jinja2 markdown_it markupsafe pydantic starlette uvicorn",
    ),
}

# The command line offers the web app; nothing else knows that there is one.
EXCEPTIONS = {("interviewer.cli.web", "ui.app")}


def modules() -> dict[str, Path]:
    """Every module of the product by its dotted name."""
    paths = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths
    }


def layer_of(module: str) -> str:
    """`interviewer.domain.grade` is of layer domain, `ui.render.page` of ui."""
    package, _, rest = module.partition(".")
    return "ui" if package == "ui" else rest.split(".")[0]


def imported(path: Path) -> Iterator[str]:
    """Dotted names of what a file imports: at its top, within functions, and for the type checker."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} imports relatively; write the full name"
            assert node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


MODULES = modules()


@pytest.mark.parametrize("module", [module for module in MODULES if layer_of(module) not in ("", "__main__")])
def test_a_module_imports_only_what_its_layer_may(module: str) -> None:
    layer = layer_of(module)
    assert layer in LAYERS, f"{module} is of no known layer; say in LAYERS and docs/architecture.md who may use it"
    forbidden = [
        name
        for name in imported(MODULES[module])
        if name.split(".")[0] not in sys.stdlib_module_names
        and name.split(".")[0] != "__future__"
        and name != "interviewer.__version__"
        and not (name.startswith(PACKAGES) and layer_of(name) == layer)
        and not LAYERS[layer].allows(name)
        and (module, name.rpartition(".")[0]) not in EXCEPTIONS
    ]
    assert forbidden == [], f"{module} is of layer {layer!r}, which may not import {', '.join(forbidden)}"


def test_only_the_composition_root_knows_the_adapters() -> None:
    assert {layer for layer, rule in LAYERS.items() if rule.allows("interviewer.adapters.x")} == {
        "bootstrap",
        "models",
    }


# fmt: off
SLOW = [
    "alembic", "anthropic", "bm25s", "faiss", "gradio", "matplotlib", "onnx", "onnxruntime", "openai", "pandas",
    "playwright", "psycopg", "scipy", "sentence_transformers", "sklearn", "sqlalchemy", "tokenizers", "torch",
    "transformers",
]
# fmt: on


@pytest.mark.parametrize(
    "code",
    [
        "import interviewer.service",
        "import interviewer.bootstrap; interviewer.bootstrap.build()",
        "import interviewer.cli.app",
        "from typer.testing import CliRunner; from interviewer.cli.app import app;"
        "assert CliRunner().invoke(app, ['questions']).exit_code == 0",
        "from typer.testing import CliRunner; from interviewer.cli.app import app;"
        "assert CliRunner().invoke(app, ['show', 'feature-store-purpose']).exit_code == 0",
    ],
    ids=["service", "bootstrap", "command line", "interviewer questions", "interviewer show"],
)
def test_nobody_waits_for_a_package_that_is_not_needed(code: str) -> None:
    check = f"import sys; print(*sorted(set(sys.modules) & {set(SLOW)!r}))"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; {check}"], capture_output=True, text=True, timeout=150, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
