"""What tokens cost: a dated table and the arithmetic on it."""

import datetime

from pydantic import Field

from interviewer.domain.base import Text, Value
from interviewer.domain.chat import Tokens

PER = 1_000_000


class Price(Value):
    """US dollars for a million tokens. `cached`: input read from the provider's cache."""

    input: float = Field(ge=0)
    output: float = Field(ge=0)
    cached: float | None = Field(default=None, ge=0)

    def of(self, tokens: Tokens) -> float:
        """US dollars for so many tokens."""
        cached = min(tokens.cached, tokens.input)
        rate = self.input if self.cached is None else self.cached
        return ((tokens.input - cached) * self.input + cached * rate + tokens.output * self.output) / PER


class PriceTable(Value):
    """Prices of models, as they were on one day."""

    date: datetime.date
    source: Text
    models: dict[str, Price]

    def price(self, model: str) -> Price | None:
        """The price of a model; dated names such as `gpt-6-luna-2026-09-22` cost what `gpt-6-luna` costs."""
        name = model.rsplit("/", 1)[-1]
        known = [known for known in self.models if name == known or _is_dated(name, known)]
        return self.models[max(known, key=len)] if known else None

    def cost(self, model: str, tokens: Tokens) -> float | None:
        """US dollars, or None for a model that is not in the table (such as one on your desk)."""
        price = self.price(model)
        return None if price is None else price.of(tokens)


def _is_dated(name: str, known: str) -> bool:
    rest = name.removeprefix(f"{known}-")
    return rest != name and rest.replace("-", "").isdigit()
