"""A provider on the loopback, set up by environment variables alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewer.domain.chat import Provider
from tests.fake_provider import FakeProvider
from tests.llm.access import KEY
from tests.llm.samples import GOOD


@pytest.fixture(params=["openai", "anthropic"])
def provider(request: pytest.FixtureRequest) -> Provider:
    """Whose protocol is spoken; a test that asks for it runs once for each."""
    name: Provider = request.param
    return name


@pytest.fixture
def server(provider: Provider, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FakeProvider]:
    """The provider's server, with everything set so that `llm` grades with it and gives up quickly."""
    with FakeProvider(GOOD, key=KEY) as server:
        monkeypatch.setenv(f"{provider.upper()}_BASE_URL", server.base_url(provider))
        monkeypatch.setenv(f"{provider.upper()}_API_KEY", KEY)
        monkeypatch.setenv("INTERVIEWER_GRADER", "llm")
        monkeypatch.setenv("INTERVIEWER_LLM_RETRIES", "0")
        monkeypatch.setenv("INTERVIEWER_LLM_TIMEOUT", "2")
        monkeypatch.setenv("INTERVIEWER_CACHE_DIR", str(tmp_path / "cache"))
        yield server
