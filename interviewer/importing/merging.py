"""New files put into a pack without losing what its owner changed.

| in the pack | in the new import | what is done |
|---|---|---|
| as imported | changed | replaced |
| edited | as imported before | the edit stays |
| edited | changed | the edit stays, and the new version is put into proposed/ |
| deleted | there | stays deleted |
| as imported | gone from its source | deleted |
| edited | gone from its source | stays |
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from interviewer.files import write_atomically
from interviewer.importing.manifest import Manifest, SourceRecord, digest

PROPOSED = "proposed"


@dataclass
class Merge:
    """A pack's folder while files of one import come in; `remarks` are for the person who imports."""

    folder: Path
    written: dict[str, str]
    sources: dict[str, SourceRecord]
    remarks: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def into(cls, folder: Path, manifest: Manifest) -> "Merge":
        """A merge into the pack in this folder."""
        return cls(folder, dict(manifest.written), dict(manifest.sources))

    def take(self, source: str, content: str, files: Mapping[str, str]) -> None:
        """Put in the files that a source gives now; `content` is the digest of the source itself."""
        former = self.sources.get(source)
        for path, text in files.items():
            self._put(path, text.encode())
        gone = [path for path in (former.files if former else ()) if path not in files]
        edited = {Path(path).stem for path in gone if self._is_edited(path)}
        for path in gone:
            self._drop(path, source, keep=Path(path).stem in edited)
        kept = tuple(path for path in files if path in self.written)
        self.sources[source] = SourceRecord(digest=content, files=kept)

    def _put(self, path: str, data: bytes) -> None:
        target, recorded, new = self.folder / path, self.written.get(path), digest(data)
        if not target.exists():
            if recorded is None:
                write_atomically(target, data)
                self.written[path] = new
            return
        present = digest(target.read_bytes())
        if present in (recorded, new):
            if present != new:
                write_atomically(target, data)
            self.written[path] = new
            self._withdraw(path)
        elif new != recorded:
            write_atomically(self.folder / PROPOSED / path, data)
            self.remarks.append((path, f"you changed it, so it stays; the new version is {PROPOSED}/{path}"))
            self.written[path] = new  # so that the same import is silent about it next time

    def _is_edited(self, path: str) -> bool:
        target = self.folder / path
        return target.exists() and digest(target.read_bytes()) != self.written.get(path)

    def _drop(self, path: str, source: str, *, keep: bool) -> None:
        """Forget a file that its source no longer gives; a question and its rubric stay or go together."""
        if self._is_edited(path):
            self.remarks.append((path, f"is no longer in {source}; it stays, because you changed it"))
        elif not keep:
            (self.folder / path).unlink(missing_ok=True)
        self.written.pop(path, None)
        self._withdraw(path)

    def _withdraw(self, path: str) -> None:
        (self.folder / PROPOSED / path).unlink(missing_ok=True)
