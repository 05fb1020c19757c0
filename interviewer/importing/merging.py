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

from interviewer.files import write_together
from interviewer.importing.manifest import Manifest, SourceRecord, digest

PROPOSED = "proposed"


@dataclass
class Merge:
    """Files of one import on their way into a pack's folder; nothing there changes before `finish`.

    `remarks` are for the person who imports.
    """

    folder: Path
    written: dict[str, str]
    sources: dict[str, SourceRecord]
    remarks: list[tuple[str, str]] = field(default_factory=list)
    _given: set[str] = field(default_factory=set)
    _former: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _new: dict[str, bytes] = field(default_factory=dict)
    _old: list[str] = field(default_factory=list)

    @classmethod
    def into(cls, folder: Path, manifest: Manifest) -> "Merge":
        """A merge into the pack in this folder."""
        return cls(folder, dict(manifest.written), dict(manifest.sources))

    def take(self, source: str, content: str, files: Mapping[str, str]) -> None:
        """Take the files that a source gives now; `content` is the digest of the source itself."""
        former = self.sources.get(source)
        self._former[source] = former.files if former else ()
        self._given |= files.keys()
        for path, text in files.items():
            self._put(path, text.encode())
        kept = tuple(path for path in files if path in self.written)
        self.sources[source] = SourceRecord(digest=content, files=kept)

    def finish(self, also: Mapping[str, bytes]) -> None:
        """Put what was taken in place, with these files too, and delete what no source gives any more.

        Raises OSError. A cut-off leaves files that are whole, and the next import makes up for it.
        """
        for source, paths in self._former.items():
            gone = [path for path in paths if path not in self._given]
            edited = {Path(path).stem for path in gone if self._is_edited(path)}
            for path in gone:
                self._drop(path, source, keep=Path(path).stem in edited)
        write_together(self.folder, {**self._new, **also})
        for path in self._old:
            (self.folder / path).unlink(missing_ok=True)

    def _put(self, path: str, data: bytes) -> None:
        target, recorded, new = self.folder / path, self.written.get(path), digest(data)
        if not target.exists():
            if recorded is None:
                self._new[path] = data
                self.written[path] = new
            return
        present = digest(target.read_bytes())
        if present in (recorded, new):
            if present != new:
                self._new[path] = data
            self.written[path] = new
            self._withdraw(path)
        elif new != recorded:
            self._new[f"{PROPOSED}/{path}"] = data
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
            self._old.append(path)
        self.written.pop(path, None)
        self._withdraw(path)

    def _withdraw(self, path: str) -> None:
        self._old.append(f"{PROPOSED}/{path}")
