"""Waiting for a model on a person's behalf: not for ever."""

from collections.abc import Iterator
from queue import Empty, Queue
from threading import Event, Thread

from interviewer.errors import ModelError


def in_time(pieces: Iterator[str], seconds: float) -> Iterator[str]:
    """The same pieces as they come; raises ModelError where one keeps us waiting for more than so many seconds.

    A thread of its own draws them, and stops at its next piece once nobody listens any more.
    """
    heard: Queue[str | Exception | None] = Queue()
    nobody_listens = Event()

    def draw() -> None:
        try:
            for piece in pieces:
                heard.put(piece)
                if nobody_listens.is_set():
                    return
        except Exception as error:  # raised below, where somebody can act on it
            heard.put(error)
        else:
            heard.put(None)

    Thread(target=draw, name="drawing", daemon=True).start()
    try:
        while (piece := heard.get(timeout=seconds)) is not None:
            if isinstance(piece, Exception):
                raise piece
            yield piece
    except Empty:
        raise ModelError(f"The model said nothing for {seconds:g} s. Try again later.") from None
    finally:
        nobody_listens.set()
