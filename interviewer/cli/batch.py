"""A file of answers graded line by line: what comes in order goes out in order, broken lines included."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from interviewer.domain.grade import Grade
from interviewer.errors import InterviewerError
from interviewer.grading.records import Order, OrderReader, id_of, parse_line
from interviewer.ports import Grader, GradingTask

LINE_BYTES_AT_MOST = 2_000_000
LINES_NAMED_AT_MOST = 20

Line = tuple[int, bytes | None]
"""Its number from 1 and its bytes; None for a line that is too long to be read."""
Failed = dict[str, Any]
Write = Callable[[dict[str, Any]], None]


@dataclass
class Summary:
    """What became of the lines. `failed` and `repeated` name the first of them by number.

    `fallbacks` counts, by its reason, what another grader than the chosen one graded.
    """

    graded: int = 0
    fallbacks: Counter[str] = field(default_factory=Counter)
    failures: int = 0
    failed: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    seen: set[str | int] = field(default_factory=set)

    def note_failure(self, number: int) -> None:
        """Count a line that could not be read."""
        self.failures += 1
        if len(self.failed) < LINES_NAMED_AT_MOST:
            self.failed.append(number)

    def note_grade(self, grade: Grade) -> None:
        """Count an answer that was graded."""
        self.graded += 1
        if grade.grader.fallback_reason:
            self.fallbacks[grade.grader.fallback_reason] += 1

    def note_order(self, number: int, order: Order) -> None:
        """Remember the line's id; ids that come again are graded, and remarked on."""
        if order.id in self.seen and len(self.repeated) < LINES_NAMED_AT_MOST:
            self.repeated.append(number)
        self.seen.add(order.id)


def read_lines(stream: BinaryIO) -> Iterator[Line]:
    """The lines of a stream, one in memory at a time; blank lines at its end do not count."""
    held: list[Line] = []
    number = 0
    while line := stream.readline(LINE_BYTES_AT_MOST + 1):
        number += 1
        too_long = len(line) > LINE_BYTES_AT_MOST and not line.endswith(b"\n")
        if too_long:
            _skip_line(stream)
        held.append((number, None if too_long else line))
        if line.strip():
            yield from held
            held.clear()


def grade_lines(lines: Iterable[Line], reader: OrderReader, grader: Grader, write: Write) -> Summary:
    """Grade each line and write what came of it, one object a line, in the order read."""
    summary = Summary()
    ordered: deque[tuple[list[Failed], Order]] = deque()  # each with the failures that stand before it
    failed: list[Failed] = []

    def tasks() -> Iterator[GradingTask]:
        for number, line in lines:
            made = _order(number, line, reader)
            if isinstance(made, Order):
                summary.note_order(number, made)
                ordered.append((failed.copy(), made))
                failed.clear()
                yield made.task
            else:
                summary.note_failure(number)
                failed.append(made)

    for grade in grader.grade_many(tasks()):
        before, order = ordered.popleft()
        for record in (*before, order.record(grade)):
            write(record)
        summary.note_grade(grade)
    for record in failed:
        write(record)
    return summary


def _order(number: int, line: bytes | None, reader: OrderReader) -> Order | Failed:
    called: dict[str, Any] = {"line": number}
    if line is None:
        return called | {"error": f"the line is longer than {LINE_BYTES_AT_MOST:,} bytes"}
    try:
        data = parse_line(line)
        record_id = id_of(data)
        called = called if record_id is None else {"id": record_id}
        return reader.read(data)
    except InterviewerError as error:
        return called | {"error": str(error)}


def _skip_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(LINE_BYTES_AT_MOST)) and not rest.endswith(b"\n"):
        pass
