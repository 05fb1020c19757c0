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


PACK_FILE = "pack.yaml"
"""What makes a folder with a corpus/ and a rubrics/ a pack."""


def root_at(folder: Path) -> ContentRoot:
    """The root in this folder: a pack of the folder's name if it says that it is one."""
    return ContentRoot(folder, folder.name if (folder / PACK_FILE).is_file() else None)


def pack_roots(folder: Path) -> list[ContentRoot]:
    """The packs in this folder by name. Links are not followed: they could lead out of the data folder."""
    if not folder.is_dir():
        return []
    found = (root_at(path) for path in sorted(folder.iterdir()) if path.is_dir() and not path.is_symlink())
    return [root for root in found if root.pack and not root.pack.startswith(".")]


def built_in_root() -> ContentRoot:
    """The bank that ships with the project; raises ContentError where the installation lacks it."""
    package = Path(__file__).resolve().parent.parent
    for candidate in (package / "_data", package.parent):
        if (candidate / "corpus").is_dir() and (candidate / "rubrics").is_dir():
            return ContentRoot(candidate)
    raise ContentError("corpus/ and rubrics/ are missing from this installation. Install the package again.")
