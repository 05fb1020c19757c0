"""Charts of an evaluation as SVG, drawn with matplotlib. No text of answers or labels enters a chart."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from interviewer.errors import InvalidInput
from interviewer.evaluation.evaluation import Bin

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK, ACCENT, FAINT = "#1f2933", "#2563a8", "#9aa5b1"
STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text: it can be read aloud and searched
    "svg.hashsalt": "interviewer",  # the same figures give the same bytes
    "font.family": "sans-serif",
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def calibration_curve(bins: Sequence[Bin]) -> str:
    """How often keys are really met, over how probable that was to the grader; below, how many keys there are."""
    with _drawing(5.2, 4.6, rows=(3, 1)) as (figure, (curve, counts)):
        curve.plot([0, 1], [0, 1], color=FAINT, linestyle="--", linewidth=1)
        curve.plot([b.predicted for b in bins], [b.observed for b in bins], color=ACCENT, marker="o")
        curve.set(xlim=(0, 1), ylim=(0, 1), ylabel="share really met")
        curve.tick_params(labelbottom=False)
        counts.bar([(b.low + b.high) / 2 for b in bins], [b.keys for b in bins], width=0.09, color=ACCENT)
        counts.set(xlim=(0, 1), xlabel="probability of being met, to the grader", ylabel="keys")
        return _svg(figure)


def marks_chart(scores: Sequence[tuple[float, float]]) -> str:
    """The grader's score over the examiner's mark, one point an answer."""
    with _drawing(5.2, 4.6, rows=(1,)) as (figure, (chart,)):
        chart.plot([0, 100], [0, 100], color=FAINT, linestyle="--", linewidth=1)
        chart.scatter([mark for mark, _ in scores], [score for _, score in scores], color=ACCENT, s=18, alpha=0.6)
        chart.set(xlim=(-3, 103), ylim=(-3, 103), xlabel="examiner's mark", ylabel="grader's score")
        return _svg(figure)


@contextmanager
def _drawing(width: float, height: float, rows: Sequence[int]) -> Iterator[tuple["Figure", Sequence[Any]]]:
    """A figure in our style with axes below each other, of these relative heights; raises InvalidInput."""
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError:
        raise InvalidInput(
            "Charts need matplotlib. Run: pip install 'mlops-interviewer[plots]', or leave --html out."
        ) from None
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.subplots(len(rows), 1, squeeze=False, height_ratios=list(rows))
        yield figure, list(axes[:, 0])


def _svg(figure: "Figure") -> str:
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    text = drawn.getvalue()
    return text[text.index("<svg") :]
