"""An evaluation as one HTML file that needs nothing else: no script, no font, no other host."""

from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from interviewer.domain.grade import EvidenceSpan
from interviewer.evaluation.evaluation import GROUPINGS, Evaluation
from interviewer.evaluation.plots import calibration_curve, marks_chart

Piece = tuple[str, bool]


def html_page(evaluation: Evaluation, title: str) -> str:
    """The page; raises InvalidInput where the drawing library is not installed."""
    return _template().render(
        evaluation=evaluation,
        title=title,
        groupings=list(GROUPINGS),
        curve=Markup(calibration_curve(evaluation.calibration)),  # noqa: S704  (drawn from numbers alone)
        marks=Markup(marks_chart(evaluation.scores)) if evaluation.scores else "",  # noqa: S704
        pieces=pieces,
        figure=figure,
    )


def figure(value: float | None, digits: int = 2) -> str:
    """A figure to so many places; a dash where it is not defined."""
    return "–" if value is None else f"{value:.{digits}f}"


def pieces(text: str, evidence: Sequence[EvidenceSpan]) -> list[Piece]:
    """The text cut into pieces, each with whether it is evidence."""
    found: list[Piece] = []
    at = 0
    for span in sorted(evidence, key=lambda span: span.start):
        start = max(at, span.start)
        if start < span.end:
            found += [(text[at:start], False), (text[start : span.end], True)]
            at = span.end
    found.append((text[at:], False))
    return [piece for piece in found if piece[0]]


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader(__package__, "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")
