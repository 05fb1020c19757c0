"""Waiting for a model on a person's behalf: not for ever.

Nothing can interrupt a thread that waits for the network. So another one waits, and is left to itself when the
time is over; it ends with what it waits for.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from queue import Empty, Queue
from threading import Event, Thread
from typing import TypeVar

from interviewer.errors import ModelError

Piece = TypeVar("Piece")
Result = TypeVar("Result")


def in_time(pieces: Iterator[Piece], seconds: float) -> Iterator[Piece]:
    """The same pieces as they come; raises ModelError where one keeps us waiting for more than so many seconds."""
    try:
        yield from _drawn(pieces, lambda: seconds)
    except TimeoutError:
        raise ModelError(f"The model said nothing for {seconds:g} s. Try again later.") from None


def all_by(ends: float, pieces: Iterator[Piece]) -> Iterator[Piece]:
    """The same pieces as they come; raises TimeoutError once it is `ends` by the monotonic clock."""
    return _drawn(pieces, lambda: left_until(ends))


def done_by(ends: float, call: Callable[[], Result], late: Callable[[Result], None]) -> Result:
    """What `call` returns; raises TimeoutError once it is `ends`. A result that comes later goes to `late`."""
    seconds = left_until(ends)
    done: Future[Result] = Future()

    def work() -> None:
        try:
            done.set_result(call())
        except BaseException as error:  # raised below, where somebody can act on it
            done.set_exception(error)

    Thread(target=work, name="calling", daemon=True).start()
    try:
        return done.result(seconds)
    except TimeoutError:
        done.add_done_callback(lambda late_one: None if late_one.exception() else late(late_one.result()))
        raise


def left_until(ends: float) -> float:
    """Seconds until `ends` by the monotonic clock; raises TimeoutError where there are none."""
    seconds = ends - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


def _drawn(pieces: Iterator[Piece], patience: Callable[[], float]) -> Iterator[Piece]:
    """A thread of its own draws the pieces, and stops at its next one once nobody listens any more."""
    heard: Queue[tuple[Piece] | Exception | None] = Queue()
    nobody_listens = Event()

    def draw() -> None:
        try:
            for piece in pieces:
                heard.put((piece,))
                if nobody_listens.is_set():
                    return
        except Exception as error:  # raised below, where somebody can act on it
            heard.put(error)
        else:
            heard.put(None)

    Thread(target=draw, name="drawing", daemon=True).start()
    try:
        while (piece := heard.get(timeout=patience())) is not None:
            if isinstance(piece, Exception):
                raise piece
            yield piece[0]
    except Empty:
        raise TimeoutError from None
    finally:
        nobody_listens.set()
