"""Passages that a search found, as HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from interviewer.domain.passage import Found
from interviewer.domain.question import Topic
from ui.render.page import fill


@dataclass(frozen=True)
class Result:
    """A passage as the page shows it; `text` has the words of the query marked."""

    title: str
    place: str
    score: str
    text: Markup


def results_page(found: Sequence[Found], topics: Mapping[str, Topic], query: str) -> str:
    """All results, the best first."""
    return fill("search.html", query=query, results=[_result(each, topics) for each in found])


def _result(found: Found, topics: Mapping[str, Topic]) -> Result:
    passage = found.passage
    topic = topics.get(passage.topic or "")
    place = " · ".join(filter(None, (topic.title if topic else "", passage.pack, passage.source)))
    return Result(passage.title, place, f"{found.score:.2f}", _marked(passage.text, found.matches))


def _marked(text: str, matches: Sequence[tuple[int, int]]) -> Markup:
    """The text, escaped, with the matching words in <mark>."""
    ends = [0, *(place for span in matches for place in span), len(text)]
    parts = (escape(text[start:end]) for start, end in pairwise(ends))
    return Markup("").join(
        Markup("<mark>{}</mark>").format(part) if number % 2 else part for number, part in enumerate(parts)
    )
