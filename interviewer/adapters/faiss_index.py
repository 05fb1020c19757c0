"""PassageIndex by meaning: vectors in FAISS, kept in a folder and brought up to date passage by passage.

The folder holds a manifest and the index file that it names. A new state is written as a new file and
becomes valid when the manifest is replaced, so a cut-off write leaves the former state; a lock file keeps two
processes from updating at once. The folder can be deleted at any time: it costs the embedding again.
"""

import hashlib
import json
import threading
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np
from filelock import FileLock

from interviewer.adapters import faiss_vectors
from interviewer.domain.passage import Hit, Passage
from interviewer.files import write_atomically
from interviewer.ports import Embedder, Progress, Vectors, untold

FORMAT = 1
MANIFEST = "manifest.json"
AT_ONCE = 64
"""So many passages are embedded before progress is told again."""
LOCK_SECONDS = 300
"""How long to wait while another process embeds; after that this one goes on without the folder."""

Contents = dict[int, str]
"""Key of a passage's content, and the passage's id."""


@dataclass(frozen=True)
class _State:
    """An index that is ready to be searched, and whose vectors are whose."""

    index: faiss.Index
    contents: Contents


class FaissIndex:
    """Finds passages whose meaning is near the query's. Scores are cosines."""

    def __init__(self, embedder: Embedder, folder: Path | None = None) -> None:
        self._embedder = embedder
        model = hashlib.sha256(embedder.name.encode()).hexdigest()[:16]
        self._folder = folder / model if folder else None
        self._state: _State | None = None
        self._updating = threading.Lock()

    def update(self, passages: Sequence[Passage], progress: Progress = untold) -> None:
        """Embed what is new or changed, forget what is gone; without a usable folder, in memory only."""
        wanted = {_key(passage): passage for passage in passages}
        contents = {key: passage.id for key, passage in wanted.items()}
        with self._updating:
            if self._state is not None and self._state.contents == contents:
                return
            self._state = self._kept(wanted, contents, progress) if wanted else None

    def search(self, query: str, k: int) -> list[Hit]:
        """The `k` passages nearest in meaning."""
        state = self._state
        if state is None or not query.strip():
            return []
        nearest = faiss_vectors.search(state.index, self._embedder.embed([query])[0], k)
        return [Hit(passage_id=state.contents[key], score=score) for key, score in nearest]

    def _kept(self, wanted: dict[int, Passage], contents: Contents, progress: Progress) -> _State:
        if self._folder is None:
            return self._changed(self._state, wanted, contents, progress)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self._folder / "lock", timeout=LOCK_SECONDS):
                return self._on_disk(self._folder, wanted, contents, progress)
        except OSError:  # a read-only or full disk; filelock's Timeout is one too
            return self._changed(self._state, wanted, contents, progress)

    def _on_disk(self, folder: Path, wanted: dict[int, Passage], contents: Contents, progress: Progress) -> _State:
        stored = _open(folder, self._embedder.name)
        if stored is None or stored.contents != contents:
            former = _open(folder, self._embedder.name, to_change=True) if stored else None
            _save(folder, self._embedder.name, self._changed(former, wanted, contents, progress))
        opened = _open(folder, self._embedder.name)
        if opened is None:
            raise OSError("the index just written cannot be read back")
        return opened

    def _changed(
        self, former: _State | None, wanted: dict[int, Passage], contents: Contents, progress: Progress
    ) -> _State:
        """A state with these contents; `former` is used up."""
        held = former.contents if former else {}
        new = np.array([key for key in wanted if key not in held], dtype=np.int64)
        gone = np.array([key for key in held if key not in wanted], dtype=np.int64)
        vectors = self._embedded([wanted[key].searchable for key in new.tolist()], progress)
        if former is None:
            return _State(faiss_vectors.build(new, vectors), contents)
        return _State(faiss_vectors.change(former.index, gone, new, vectors), contents)

    def _embedded(self, texts: Sequence[str], progress: Progress) -> Vectors:
        parts = [self._embedder.embed([])]
        for start in range(0, len(texts), AT_ONCE):
            progress(start, len(texts))
            parts.append(self._embedder.embed(texts[start : start + AT_ONCE]))
        if texts:
            progress(len(texts), len(texts))
        return np.concatenate(parts)


def _key(passage: Passage) -> int:
    """63 bits that change with the passage's id or text."""
    digest = hashlib.sha256(f"{passage.id}\0{passage.searchable}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def _open(folder: Path, model: str, *, to_change: bool = False) -> _State | None:
    """What the folder holds for this model; None if that is nothing, damaged, or of another format."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        path = folder / Path(manifest["file"]).name
        found = manifest["format"], manifest["model"], manifest["bytes"]
        if found != (FORMAT, model, path.stat().st_size):
            return None
        contents = {int(key): str(passage_id) for key, passage_id in manifest["contents"].items()}
        index = faiss_vectors.read(path, to_change=to_change)
    except (OSError, RuntimeError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return _State(index, contents) if index.ntotal == len(contents) else None


def _save(folder: Path, model: str, state: _State) -> None:
    path = folder / f"vectors-{uuid.uuid4().hex}.faiss"
    write_atomically(path, lambda temporary: faiss_vectors.write(state.index, temporary))
    manifest = {
        "format": FORMAT,
        "model": model,
        "file": path.name,
        "bytes": path.stat().st_size,
        "contents": {str(key): passage_id for key, passage_id in state.contents.items()},
    }
    write_atomically(folder / MANIFEST, json.dumps(manifest).encode())
    _sweep(folder, path)


def _sweep(folder: Path, current: Path) -> None:
    """Delete what former states left; a file still mapped elsewhere stays readable there, or stays."""
    for path in [*folder.glob("vectors-*.faiss"), *folder.glob(".*.part")]:
        if path != current:
            try:
                path.unlink()
            except OSError:
                continue
