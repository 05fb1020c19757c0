"""What all values of the domain share."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""A stable id: lower-case words joined by hyphens."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Text that says something."""


class Value(BaseModel):
    """Frozen, and an unknown field is an error, so that a typing mistake in a data file is seen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Location = tuple[str | int, ...]
"""The way to an entry of a value: field names and list positions."""


def reject(faults: Iterable[tuple[Location, str]]) -> None:
    """Raise one ValidationError that names every fault at its place; do nothing where there is none.

    For use in validators: a plain ValueError would name only the first fault, and no place in the file.
    """
    errors = [
        InitErrorDetails(
            type=PydanticCustomError("inconsistent", "{message}", {"message": message}), loc=place, input=None
        )
        for place, message in faults
    ]
    if errors:
        raise ValidationError.from_exception_data("inconsistent", errors)
