"""Every test has a home, data folder and settings of its own, and cannot reach the network."""

import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# The same examples in every run; a busy machine is no failure.
settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.load_profile("steady")

FOREIGN_SETTINGS = ("INTERVIEWER_", "OPENAI_", "ANTHROPIC_", "AZURE_OPENAI_", "DATABASE_URL", "GRADIO_", "PG")
"""Beginnings of variables that would let the machine's own settings, or its keys, into a test."""

THIS_MACHINE = ("", "localhost", "::1", "0.0.0.0", "::")  # noqa: S104


class NetworkBlockedError(RuntimeError):
    """A test tried to reach another machine. No OSError: the product must not take it for being offline."""


@pytest.fixture(scope="session", autouse=True)
def clean_environment() -> Iterator[None]:
    """A temporary home for the whole run, also for the servers and browsers that session fixtures start.

    The cache is shared by all tests: it is keyed by content, and filling it takes seconds.
    """
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory(prefix="interviewer-") as folder:
        for name in list(os.environ):
            if name.startswith(FOREIGN_SETTINGS):
                patch.delenv(name)
        home = Path(folder)
        patch.setenv("HOME", folder)
        for variable, name in (("CONFIG", ".config"), ("DATA", ".local/share"), ("CACHE", ".cache")):
            patch.setenv(f"XDG_{variable}_HOME", str(home / name))
        patch.setenv("INTERVIEWER_DATA_DIR", str(home / "data"))
        patch.setenv("INTERVIEWER_CACHE_DIR", str(home / "cache"))
        patch.setenv("GRADIO_ANALYTICS_ENABLED", "False")
        patch.setenv("HF_HUB_OFFLINE", "1")
        yield


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of this test alone; not made yet."""
    folder = tmp_path / "data"
    monkeypatch.setenv("INTERVIEWER_DATA_DIR", str(folder))
    return folder


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Sockets of this process reach this machine only, and no other host's name is looked up."""
    with pytest.MonkeyPatch.context() as patch:
        for method in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, method, _guarded_method(getattr(socket.socket, method)))
        patch.setattr(socket, "getaddrinfo", _guarded_lookup(socket.getaddrinfo))
        yield


def _guarded_method(original: Callable[..., Any]) -> Callable[..., Any]:
    def method(self: socket.socket, *arguments: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _check(arguments[-1][0])
        return original(self, *arguments)

    return method


def _guarded_lookup(original: Callable[..., Any]) -> Callable[..., Any]:
    def getaddrinfo(host: str | bytes | None, *arguments: Any, **options: Any) -> Any:
        if host:
            _check(host.decode() if isinstance(host, bytes) else host)
        return original(host, *arguments, **options)

    return getaddrinfo


def _check(host: str) -> None:
    if host not in THIS_MACHINE and not host.startswith("127."):
        raise NetworkBlockedError(f"a test tried to reach {host!r}")
