"""What is said to a language model and what comes back, whoever provides it."""

from typing import Any, Literal

from pydantic import Field, SecretStr

from interviewer.domain.base import Value

Role = Literal["system", "user", "assistant"]
CHARACTERS_PER_TOKEN = 3
"""Below what providers count for English, so that an estimate errs on the side of the budget."""


class Message(Value):
    """One turn. Only the product writes `system`; what a candidate said stands in `user`, as data."""

    role: Role
    content: str


class JsonFormat(Value):
    """The reply must be JSON of this schema; a server that cannot enforce it is only asked for it."""

    name: str = Field(pattern=r"^[a-z0-9_]{1,64}$")
    json_schema: dict[str, Any]


class ChatRequest(Value):
    """One question to a model; asked again, it gets the same answer where the provider allows it."""

    messages: tuple[Message, ...] = Field(min_length=1)
    format: JsonFormat | None = None
    max_output_tokens: int = Field(default=1024, ge=1)
    temperature: float = Field(default=0.0, ge=0, le=2)

    @property
    def estimated_tokens(self) -> int:
        """About how many tokens go in; nobody knows before the provider has counted."""
        return sum(len(message.content) for message in self.messages) // CHARACTERS_PER_TOKEN + 1


class Tokens(Value):
    """Tokens as the provider counted them. `cached` is the part of `input` that was read from its cache."""

    input: int = Field(default=0, ge=0)
    output: int = Field(default=0, ge=0)
    cached: int = Field(default=0, ge=0)

    def __add__(self, other: "Tokens") -> "Tokens":
        return Tokens(
            input=self.input + other.input,
            output=self.output + other.output,
            cached=self.cached + other.cached,
        )

    @property
    def total(self) -> int:
        """Tokens in and out."""
        return self.input + self.output


Stop = Literal["end", "length", "refusal", "filter"]
"""Why a reply ended: it was complete, it hit the length limit, the model refused, or a filter removed it."""


class ChatReply(Value):
    """What a model said. `tokens` is None where the server did not count them."""

    text: str
    stop: Stop = "end"
    model: str
    tokens: Tokens | None = None


Provider = Literal["openai", "anthropic"]
Effort = Literal["none", "minimal", "low", "medium", "high"]


class ModelAccess(Value):
    """How to reach one model. `base_url` None: the provider's own service; `effort` None: its default."""

    provider: Provider
    model: str = Field(min_length=1, max_length=200)
    api_key: SecretStr | None = None
    base_url: str | None = None
    timeout: float = Field(default=60.0, gt=0, le=600)
    retries: int = Field(default=2, ge=0, le=10)
    effort: Effort | None = None
