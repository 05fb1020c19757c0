"""Access to the fake provider."""

from typing import Any

from pydantic import SecretStr

from interviewer.domain.chat import ModelAccess, Provider
from tests.fake_provider import FakeProvider

KEY = "sk-secret-0123456789"


def access_to(server: FakeProvider, provider: Provider, **changes: Any) -> ModelAccess:
    """Access with a key and the model `gpt-6-luna` or `claude-haiku-5-5`."""
    return ModelAccess(
        **{
            "provider": provider,
            "model": {"openai": "gpt-6-luna", "anthropic": "claude-haiku-5-5"}[provider],
            "api_key": SecretStr(KEY),
            "base_url": server.base_url(provider),
            "timeout": 60.0,
        }
        | changes
    )
