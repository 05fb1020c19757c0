"""The price table on disk."""

from importlib.resources import as_file, files
from pathlib import Path

from interviewer.content.source import read_yaml
from interviewer.domain.pricing import PriceTable


def read_prices(path: Path | None = None) -> PriceTable:
    """The table in `path`, or the one that ships with the product; raises ContentError."""
    if path is not None:
        return read_yaml(path, PriceTable)
    with as_file(files("interviewer").joinpath("data/prices.yaml")) as built_in:
        return read_yaml(built_in, PriceTable)
