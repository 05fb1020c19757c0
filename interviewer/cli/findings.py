"""What is available on this computer, found out without loading anything heavy. Keys are never read out."""

import importlib.metadata
import os
import platform
import re
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from interviewer import __version__
from interviewer.errors import InterviewerError
from interviewer.settings import Settings

DISTRIBUTION = "mlops-interviewer"
PYTHON_AT_LEAST = (3, 11)
KEYS = ("OPENAI_API_KEY", "ANTHROPIC_API_KEY")
ADDRESSES = ("OPENAI_BASE_URL", "ANTHROPIC_BASE_URL")
ENGINES = (
    ("pocketsphinx", "speech to text offline, small; nothing here uses it yet", "pip install pocketsphinx"),
    ("faster_whisper", "speech to text offline; nothing here uses it yet", "pip install faster-whisper"),
)
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class State(StrEnum):
    """`problem`: something that is needed does not work. `off`: something optional is not there."""

    OK = "ok"
    OFF = "off"
    PROBLEM = "problem"


class Finding(NamedTuple):
    """One thing looked at; `remedy` says how to get what is missing."""

    name: str
    state: State
    detail: str
    remedy: str = ""


def findings(
    settings: Settings, embedding_model: Callable[[], str], stored: Callable[[], int]
) -> Iterator[Finding]:
    """Everything looked at, in the order in which to read it.

    `embedding_model` names the model after checking its digest, `stored` counts interviews; both raise
    InterviewerError where that is not possible.
    """
    yield _python()
    yield from _packages()
    yield _tried("embedding model", embedding_model)
    yield _folder("data folder", settings.data_dir, "INTERVIEWER_DATA_DIR")
    yield _folder("cache folder", settings.cache_dir, "INTERVIEWER_CACHE_DIR")
    yield _database(settings, stored)
    yield _address(settings)
    yield from _keys()
    yield from _engines()


def _python() -> Finding:
    detail = f"{platform.python_version()} at {sys.executable}; interviewer {__version__}"
    fine = sys.version_info >= PYTHON_AT_LEAST
    return Finding(
        "python", State.OK if fine else State.PROBLEM, detail, "" if fine else "Install Python 3.11 or later."
    )


def _packages() -> Iterator[Finding]:
    """What the installation declares that it needs, by extra; the developers' extras are left out."""
    try:
        requirements = importlib.metadata.requires(DISTRIBUTION) or []
    except importlib.metadata.PackageNotFoundError:
        yield Finding("packages", State.PROBLEM, f"{DISTRIBUTION} is not installed", "Run: pip install -e .")
        return
    groups: dict[str, list[str]] = {}
    for requirement in requirements:
        name = re.match(r"[\w.-]+", requirement)
        extra = re.search(r"extra == ['\"]([\w-]+)['\"]", requirement)
        if name:
            groups.setdefault(extra[1] if extra else "", []).append(name[0])
    for group, names in groups.items():
        if group not in ("test", "dev", "train"):
            yield _package_group(group, names)


def _package_group(extra: str, names: list[str]) -> Finding:
    versions = {name: _version(name) for name in names}
    missing = [name for name, version in versions.items() if version is None]
    detail = ", ".join(f"{name} {version or 'missing'}" for name, version in versions.items())
    if not extra:
        remedy = f"Run: pip install {' '.join(missing)}" if missing else ""
        return Finding("packages", State.PROBLEM if missing else State.OK, detail, remedy)
    remedy = f"Run: pip install '{DISTRIBUTION}[{extra}]'" if missing else ""
    return Finding(f"extra {extra}", State.OFF if missing else State.OK, detail, remedy)


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _tried(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(name, State.OK, look())
    except InterviewerError as error:
        return Finding(name, State.PROBLEM, str(error))
    except ImportError as error:
        return Finding(name, State.PROBLEM, f"cannot be loaded: {error}", "Install the packages named above.")


def _folder(name: str, path: Path, variable: str) -> Finding:
    """Whether files can be made in it; a folder that does not exist is not made, its nearest parent is tried."""
    existing = next((folder for folder in (path, *path.parents) if folder.exists()), path)
    try:
        with tempfile.TemporaryFile(dir=existing):
            return Finding(name, State.OK, f"{path}{'' if existing == path else ' (made when it is needed)'}")
    except OSError as error:
        detail = f"{path}: {error.strerror or error}"
        return Finding(name, State.PROBLEM, detail, f"Set {variable} to a folder that you can write.")


def _database(settings: Settings, stored: Callable[[], int]) -> Finding:
    place = settings.database()
    if isinstance(place, Path) and not place.exists():
        return Finding("database", State.OK, f"{place} (made by the first interview)")
    where = str(place) if isinstance(place, Path) else f"DATABASE_URL ({urlsplit(place).scheme})"
    return _tried("database", lambda: f"{where}: {stored()} interviews of yours")


def _address(settings: Settings) -> Finding:
    where = f"{settings.host}:{settings.port}"
    if settings.host not in LOOPBACK and not (settings.username and settings.password):
        remedy = "Set INTERVIEWER_USERNAME and INTERVIEWER_PASSWORD, or unset INTERVIEWER_HOST."
        return Finding("address", State.PROBLEM, f"{where} is open to other computers without a login", remedy)
    try:
        with socket.create_server((settings.host, settings.port)):
            return Finding("address", State.OK, f"{where} is free")
    except OSError as error:
        detail = f"{where}: {error.strerror or error}"
        return Finding("address", State.OFF, detail, "Is the app already running? Else: interviewer ui --port 0")


def _keys() -> Iterator[Finding]:
    for variable in KEYS:
        there = os.environ.get(variable)
        yield Finding(variable, State.OK if there else State.OFF, "set" if there else "not set")
    for variable in ADDRESSES:
        if address := os.environ.get(variable):
            yield Finding(variable, State.OK, f"set, host {host_of(address)}")


def host_of(url: str) -> str:
    """The host of an address, without the name and password that may stand in it."""
    try:
        return urlsplit(url).hostname or "not readable"
    except ValueError:
        return "not readable"


def _engines() -> Iterator[Finding]:
    for module, what, remedy in ENGINES:
        there = find_spec(module) is not None
        yield Finding(module, State.OK if there else State.OFF, what, "" if there else f"Optional: {remedy}")
