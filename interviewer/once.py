"""A part that is made when it is first needed, once, whichever thread comes first."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Part = TypeVar("Part")


class Once(Generic[Part]):
    """Holds what `make` returns; nothing is made or imported before the first call."""

    def __init__(self, make: Callable[[], Part]) -> None:
        self._make = make
        self._made: Part | None = None
        self._making = threading.Lock()

    @property
    def made(self) -> Part | None:
        """The part if it was needed before."""
        return self._made

    def __call__(self) -> Part:
        """The part; a failed attempt is repeated at the next call."""
        with self._making:
            if self._made is None:
                self._made = self._make()
            return self._made
