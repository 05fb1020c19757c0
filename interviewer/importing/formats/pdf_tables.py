"""Tables of questions and answers in a PDF, found by where their text stands.

A PDF knows no tables, only stretches of text with their places, cell after cell. Lines below each other that begin
at the same distance from the left are a run, runs beside each other are a row, and two rows or more are a table
where one of the columns asks and another answers. All else (columns of an article, lists, forms) is no table.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from interviewer.importing.formats.tables import from_rows

ROWS_AT_LEAST = 2
ALIGNED = 2.0
"""Points by which the beginnings of the lines of one column may differ."""
RECURS_AT_LEAST = 3
SAME_LINE = 0.3
"""Share of the type's height by which stretches of one line may stand higher or lower."""
LINE_HEIGHT_AT_MOST = 1.9
LINES_WIDER = 1.3
"""Lines further apart than so many times the lines above them are another run's."""

Cells = tuple[str, ...]


class Fragment(NamedTuple):
    """A stretch of text, `x` points from the left of the page and `y` from its foot; its type is `size` high."""

    x: float
    y: float
    size: float
    text: str
    bold: bool = False

    def on_line_of(self, other: "Fragment") -> bool:
        """Whether both stand on one line."""
        return abs(self.y - other.y) <= SAME_LINE * max(self.size, other.size)


class Table(NamedTuple):
    """Fragments `first` to `last`, both included, as rows of cells."""

    first: int
    last: int
    rows: tuple[Cells, ...]


class _Run(NamedTuple):
    """Fragments `first` to `last`: lines below each other, between these heights."""

    x: float
    top: float
    bottom: float
    first: int
    last: int

    def is_left_of(self, other: "_Run") -> bool:
        """Whether the other stands beside it, to its right."""
        beside = other.top >= self.bottom - ALIGNED and other.bottom <= self.top + ALIGNED
        return beside and other.x > self.x + ALIGNED


def asking_tables(pages: Iterable[Sequence[Fragment]]) -> list[list[Table]]:
    """For each page its tables of questions and answers; one that goes on over pages is judged as a whole."""
    found = [list(_tables(page)) for page in pages]
    asking = {width: bool(from_rows(_rows(found, width))) for width in {_width(t) for ts in found for t in ts}}
    return [[t for t in tables if asking[_width(t)] or from_rows(t.rows)] for tables in found]


def joined(rows: Sequence[Cells]) -> list[Cells]:
    """The rows without heads that a new page repeats, and those put together that it has divided."""
    whole: list[Cells] = []
    for row in rows:
        if whole and row == rows[0]:
            continue
        if whole and len(row) == len(whole[-1]) and (not row[0] or row[0][:1].islower()):
            whole[-1] = tuple(f"{above} {below}".strip() for above, below in zip(whole[-1], row, strict=True))
        else:
            whole.append(row)
    return whole


def _rows(pages: Iterable[Iterable[Table]], width: int) -> list[Cells]:
    return joined([row for tables in pages for table in tables if _width(table) == width for row in table.rows])


def _width(table: Table) -> int:
    return len(table.rows[0])


def _tables(fragments: Sequence[Fragment]) -> Iterator[Table]:
    runs = list(_runs(fragments))
    place = 0
    while place < len(runs):
        starts, end = _rows_from(runs, place)
        if len(starts) >= ROWS_AT_LEAST:
            yield _table(fragments, runs, starts, end)
        place = max(place + 1, end)


def _runs(fragments: Sequence[Fragment]) -> Iterator[_Run]:
    """The runs in their order; what follows on the same line goes with it unless it begins a column."""
    often = Counter(round(each.x) for each in fragments)
    first, gap = 0, 0.0
    for place, (above, each) in enumerate(pairwise(fragments), start=1):
        begin = fragments[first]
        if each.on_line_of(above):
            near = range(round(each.x) - 1, round(each.x) + 2)
            goes_on = each.x > above.x and sum(often[x] for x in near) < RECURS_AT_LEAST
        else:
            down = above.y - each.y
            limit = LINES_WIDER * gap if gap else LINE_HEIGHT_AT_MOST * each.size
            goes_on = abs(each.x - begin.x) <= ALIGNED and 0 < down <= limit
            gap = down if goes_on else 0.0
        if not goes_on:
            yield _run(fragments, first, place - 1)
            first, gap = place, 0.0
    if fragments:
        yield _run(fragments, first, len(fragments) - 1)


def _run(fragments: Sequence[Fragment], first: int, last: int) -> _Run:
    begin, end = fragments[first], fragments[last]
    return _Run(begin.x, begin.y, end.y, first, last)


def _rows_from(runs: Sequence[_Run], place: int) -> tuple[list[int], int]:
    """Places of the runs that begin a row of the table here, and where it ends."""
    starts: list[int] = []
    second = runs[place + 1].x - ALIGNED if place + 1 < len(runs) else 0.0
    at = place
    while at < len(runs):
        run = runs[at]
        if run.x < second and at + 1 < len(runs) and run.is_left_of(runs[at + 1]):
            starts.append(at)
        elif not starts or run.x < second:
            break
        at += 1
    return starts, at


def _table(fragments: Sequence[Fragment], runs: Sequence[_Run], starts: Sequence[int], end: int) -> Table:
    """The rows that begin at these runs, with the head above them, or the rest of a row of the page before."""
    columns = _columns(runs, starts, end)
    first = starts[0]
    while first and runs[first - 1].x >= columns[1] - ALIGNED:
        first -= 1
    if first == starts[0] and first and all(_cells(fragments, runs[first - 1 : first], columns)):
        first -= 1
    begins = [first, *starts] if first < starts[0] else list(starts)
    rows = tuple(_cells(fragments, runs[a:b], columns) for a, b in pairwise([*begins, end]))
    return Table(runs[first].first, runs[end - 1].last, rows)


def _columns(runs: Sequence[_Run], starts: Sequence[int], end: int) -> list[float]:
    """Where the columns begin: what half of the rows have a run at."""
    often = Counter(round(run.x) for run in runs[starts[0] : end])
    found = [float(x) for x, count in sorted(often.items()) if count >= len(starts) / 2]
    left = min(runs[start].x for start in starts)
    second = runs[starts[0] + 1].x
    return [left, *([x for x in found if x >= second - ALIGNED] or [second])]


def _cells(fragments: Sequence[Fragment], runs: Iterable[_Run], columns: Sequence[float]) -> Cells:
    """The text of the runs by the columns in which it stands."""
    cells = [""] * len(columns)
    for run in runs:
        for each in fragments[run.first : run.last + 1]:
            column = max((n for n, x in enumerate(columns) if x <= each.x + ALIGNED), default=0)
            cells[column] = f"{cells[column]} {' '.join(each.text.split())}".strip()
    return tuple(cells)
