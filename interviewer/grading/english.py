"""What the local grader knows of English; the words and patterns are data: data/english.yaml."""

from functools import cache
from importlib.resources import as_file, files

from interviewer.content.source import read_yaml
from interviewer.domain.base import Value


class English(Value):
    """data/english.yaml as it is written."""

    function_words: frozenset[str]
    other_languages: frozenset[str]
    ignorance: tuple[str, ...]
    hearsay: tuple[str, ...]
    denied: tuple[str, ...]
    british_to_american: dict[str, str]
    never_ize: frozenset[str]


@cache
def english() -> English:
    """The words and patterns."""
    with as_file(files("interviewer") / "data" / "english.yaml") as path:
        return read_yaml(path, English)
