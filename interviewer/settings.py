"""Settings, read once from the environment. Every default works offline."""

from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from interviewer.domain.chat import Effort, ModelAccess, Provider
from interviewer.errors import InvalidInput, ModelError

GraderName = Literal["keyword", "llm", "auto"]
DEFAULT_MODELS: dict[Provider, str] = {"openai": "gpt-6-luna", "anthropic": "claude-haiku-5-5"}
NO_MODEL = (
    "No language model is set up. Set OPENAI_API_KEY or ANTHROPIC_API_KEY, or OPENAI_BASE_URL for a model "
    "on this computer."
)


class OwnModel(BaseModel):
    """What one session chose for itself; None leaves what the environment says. Never stored."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    grader: GraderName | None = None
    provider: Provider | None = None
    model: str | None = Field(default=None, max_length=200)
    api_key: SecretStr | None = Field(default=None, max_length=500)


class Settings(BaseSettings):
    """What can be set from outside; docs/settings.md lists all of it."""

    model_config = SettingsConfigDict(env_prefix="INTERVIEWER_", extra="ignore", populate_by_name=True)

    data_dir: Path = Field(default_factory=lambda: user_data_path("mlops-interviewer"))
    cache_dir: Path = Field(default_factory=lambda: user_cache_path("mlops-interviewer"))
    database_url: SecretStr | None = Field(default=None, validation_alias="DATABASE_URL")
    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=0, le=65535)
    username: str | None = None
    password: SecretStr | None = None
    grader: GraderName = "keyword"
    embedding_model: str | None = None
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    openai_base_url: str | None = Field(default=None, validation_alias="OPENAI_BASE_URL")
    anthropic_api_key: SecretStr | None = Field(default=None, validation_alias="ANTHROPIC_API_KEY")
    anthropic_base_url: str | None = Field(default=None, validation_alias="ANTHROPIC_BASE_URL")
    provider: Provider | None = None
    model: str | None = Field(default=None, max_length=200)
    reasoning_effort: Effort | None = None
    llm_timeout: float = Field(default=60.0, gt=0, le=600)
    llm_retries: int = Field(default=2, ge=0, le=10)
    llm_at_once: int = Field(default=16, ge=1, le=256)
    judge_runs: int = Field(default=1, ge=1, le=9)
    budget_tokens: int = Field(default=500_000, ge=0)
    budget_usd: float = Field(default=1.0, ge=0)
    prices: Path | None = None

    def database(self) -> str | Path:
        """DATABASE_URL or, where that is not set, the path of a SQLite file in the data folder."""
        if self.database_url:
            return self.database_url.get_secret_value()
        return self.data_dir / "interviews.db"

    def model_access(self) -> ModelAccess:
        """How to reach the language model; raises ModelError saying what to set where there is none.

        Without INTERVIEWER_PROVIDER it is whichever provider has a key or a base URL, OpenAI's before Anthropic's.
        """
        provider = self.provider or self._provider_at_hand()
        key, base_url = self._credentials(provider)
        if key is None and base_url is None:
            raise ModelError(f"No {provider.upper()}_API_KEY. Set it, or grade with the local grader.")
        return ModelAccess(
            provider=provider,
            model=self.model or DEFAULT_MODELS[provider],
            api_key=key,
            base_url=base_url,
            timeout=self.llm_timeout,
            retries=self.llm_retries,
            effort=self.reasoning_effort,
        )

    def for_session(self, own: OwnModel) -> "Settings":
        """These settings with what a session chose. Its key goes to the provider's URL of the environment."""
        changes: dict[str, object] = {
            name: value for name in ("grader", "provider", "model") if (value := getattr(own, name))
        }
        if own.api_key is not None and own.api_key.get_secret_value().strip():
            provider = own.provider or self.provider or "openai"
            changes |= {"provider": provider, f"{provider}_api_key": own.api_key}
        return self.model_copy(update=changes)

    def _provider_at_hand(self) -> Provider:
        providers: tuple[Provider, ...] = ("openai", "anthropic")
        for provider in providers:
            if any(self._credentials(provider)):
                return provider
        raise ModelError(NO_MODEL)

    def _credentials(self, provider: Provider) -> tuple[SecretStr | None, str | None]:
        """Key and base URL of a provider; what is set to nothing counts as not set."""
        key: SecretStr | None = getattr(self, f"{provider}_api_key")
        base_url: str | None = getattr(self, f"{provider}_base_url")
        return key if key and key.get_secret_value().strip() else None, base_url or None


def read_settings() -> Settings:
    """The settings of this process; raises InvalidInput naming the variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        variable = _variable(str(first["loc"][0])) if first["loc"] else "the environment"
        raise InvalidInput(f"{variable} is wrong: {first['msg']}. Correct it or unset it.") from None


def _variable(location: str) -> str:
    """The environment variable that a field is read from: its alias, or its name with the prefix."""
    return location if location.isupper() else f"INTERVIEWER_{location.upper()}"
