"""The template engine, with escaping always on."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from interviewer.retrieval.reading import as_read, cited

TEMPLATES = Path(__file__).parent.parent / "templates"


def fill(template: str, **slots: object) -> str:
    """The HTML of a template; a slot that is missing is an error, and whatever is put in a slot is escaped."""
    return _environment().get_template(template).render(**slots).strip()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["markdown"] = markdown
    environment.filters["cited"] = cited
    environment.filters["read"] = as_read
    return environment


@cache
def _markdown() -> MarkdownIt:
    # Raw HTML is shown as text and images are not drawn: a content pack must not make the browser call a host.
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def markdown(text: str) -> Markup:
    """The Markdown of a content file as HTML. Never for what a candidate wrote."""
    return Markup(_markdown().render(text))  # noqa: S704  (the renderer escapes; HTML in it is off)
