"""Where corpus/ and rubrics/ are: inside an installed wheel, or beside the package in a checkout."""

from dataclasses import dataclass
from pathlib import Path

from interviewer.errors import ContentError


@dataclass(frozen=True)
class ContentRoot:
    """A folder that holds a corpus/ and a rubrics/: the built-in bank or an imported pack."""

    path: Path
    pack: str | None = None

    @property
    def corpus(self) -> Path:
        """Questions, exercises, notes and the tables that go with them."""
        return self.path / "corpus"

    @property
    def rubrics(self) -> Path:
        """One YAML file a question."""
        return self.path / "rubrics"


def built_in_root() -> ContentRoot:
    """The bank that ships with the project; raises ContentError where the installation lacks it."""
    package = Path(__file__).resolve().parent.parent
    for candidate in (package / "_data", package.parent):
        if (candidate / "corpus").is_dir() and (candidate / "rubrics").is_dir():
            return ContentRoot(candidate)
    raise ContentError("corpus/ and rubrics/ are missing from this installation. Install the package again.")
