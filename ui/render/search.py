"""Passages that a search found, as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from interviewer.content.library import Library
from interviewer.domain.passage import Found, PassageKind
from interviewer.retrieval.reading import as_read
from ui.render.page import fill
from ui.render.questions import question_label


@dataclass(frozen=True)
class Result:
    """A passage as the page shows it; `text` has the words of the query marked, `fit` is from 0 to 100.

    A question has no `title`: it is its own.
    """

    title: str
    kind: str
    place: str
    fit: int
    text: Markup
    question_id: str | None


def results_page(found: Sequence[Found], library: Library, query: str, *, cut_at: int) -> str:
    """All results, the best first; of a query beyond `cut_at` characters only the beginning was looked for."""
    results = [_result(each, library, query[:cut_at]) for each in found]
    return fill(
        "search.html",
        results=results,
        words_found=any(each.matches for each in found),
        cut_at=cut_at if len(query) > cut_at else None,
    )


def searching(reading: tuple[int, int] | None = None) -> str:
    """What stands there while the search is under way; `reading`: passages read, of how many new ones."""
    if reading:
        done, of = reading
        return fill("wait.html", text=f"Searching, once new material is read: {done:,} of {of:,} passages so far.")
    return fill("wait.html", text="Searching. The first time, and after an import, it takes longer.")


def nothing_asked() -> str:
    """What an empty search gives."""
    return fill("empty.html", title="What are you looking for?", text="A few words or a whole question will do.")


def _result(found: Found, library: Library, query: str) -> Result:
    from interviewer.retrieval.words import matching_words

    passage = found.passage
    question = library.questions.get(passage.question_id or "")
    topic = library.topics.get(passage.topic or "")
    text = as_read(passage.text)
    return Result(
        title=""
        if passage.kind is PassageKind.QUESTION
        else question_label(question)
        if question
        else passage.title,
        kind=passage.kind.capitalize(),
        place=" · ".join(filter(None, (topic.title if topic else "", passage.pack, passage.source))),
        fit=round(100 * found.score),
        text=_marked(text, matching_words(query, text)),
        question_id=question.id if question else None,
    )


def _marked(text: str, matches: Sequence[tuple[int, int]]) -> Markup:
    """The text, escaped, with the matching words in <mark>."""
    ends = [0, *(place for span in matches for place in span), len(text)]
    parts = (escape(text[start:end]) for start, end in pairwise(ends))
    return Markup("").join(
        Markup("<mark>{}</mark>").format(part) if number % 2 else part for number, part in enumerate(parts)
    )
