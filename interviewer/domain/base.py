"""What all values of the domain share."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""A stable id: lower-case words joined by hyphens."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Text that says something."""


class Value(BaseModel):
    """Frozen, and an unknown field is an error, so that a typing mistake in a data file is seen."""

    model_config = ConfigDict(frozen=True, extra="forbid")
