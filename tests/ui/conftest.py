"""One browser for all tests, an app that asks three known questions, and a watch on every page."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from interviewer.adapters.hashing_embedder import HashingEmbedder
from interviewer.adapters.memory_store import MemoryStore
from interviewer.adapters.scripted_grader import ScriptedGrader
from interviewer.bootstrap import Product, build
from interviewer.content.library import Library
from interviewer.content.roots import ContentRoot
from interviewer.settings import Settings
from tests.ui.bank import write_bank
from ui.app import build_app
from ui.server import serve

CHROMIUM = shutil.which("chromium")
ARTEFACTS = Path(__file__).parent.parent.parent / "artefacts"
PATIENCE_MS = 30_000
"""How long a busy machine may take to draw something."""

NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium of the system."""
    if CHROMIUM is None:
        pytest.skip("needs the Debian package chromium")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The three questions of bank.py."""
    return Library([ContentRoot(write_bank(tmp_path_factory.mktemp("bank")))])


@pytest.fixture(scope="session")
def product(library: Library) -> Product:
    """The product with a grader that gives what the answer names, and a store in memory."""
    return build(
        Settings(port=0), library=library, grader=ScriptedGrader(), store=MemoryStore(), embedder=HashingEmbedder()
    )


@pytest.fixture(scope="session")
def url(product: Product) -> Iterator[str]:
    """Where the app is; all tests share it, each with a browser profile of its own."""
    with serve(build_app(product), product.settings) as running:
        yield running.url


@pytest.fixture
def new_page(browser: Browser, url: str) -> Iterator[NewPage]:
    """Opens the app in a fresh profile; at the end nothing may have gone wrong or left this computer."""
    problems: list[str] = []
    contexts = []

    def note(error: str) -> None:
        if not of_a_page_that_was_left(error):
            problems.append(error)

    def open_page(address: str = url, *, width: int = 1280, height: int = 900, scheme: str = "light") -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        context.on("console", lambda message: note(message.text) if message.type == "error" else None)
        context.on("weberror", lambda error: note(str(error.error)))
        context.on("request", lambda request: problems.append(request.url) if leaves(request.url) else None)
        page = context.new_page()
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


def of_a_page_that_was_left(error: str) -> bool:
    """Whether Gradio only says that leaving the page, by a reload or at the end, cut its event stream off."""
    return error.startswith(("AbortError: signal is aborted", "Unexpected error Connection errored out"))


def leaves(url: str) -> bool:
    """Whether a request would go to another computer."""
    parts = urlsplit(url)
    return parts.scheme not in ("data", "blob") and parts.hostname != "127.0.0.1"


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """The app in a fresh profile."""
    return new_page()


@pytest.fixture(scope="session")
def artefacts() -> Path:
    """Where screenshots go; git ignores it."""
    ARTEFACTS.mkdir(exist_ok=True)
    return ARTEFACTS
