"""Settings, read once from the environment. Every default works offline."""

from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from interviewer.errors import InvalidInput

GraderName = Literal["keyword", "llm", "auto"]


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

    def database(self) -> str | Path:
        """DATABASE_URL or, where that is not set, the path of a SQLite file in the data folder."""
        if self.database_url:
            return self.database_url.get_secret_value()
        return self.data_dir / "interviews.db"


def read_settings() -> Settings:
    """The settings of this process; raises InvalidInput naming the variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        variable = f"INTERVIEWER_{str(first['loc'][0]).upper()}" if first["loc"] else "the environment"
        raise InvalidInput(f"{variable} is wrong: {first['msg']}. Correct it or unset it.") from None
