"""An embedder that remembers, in memory and in the cache folder, so that a second run takes seconds."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from interviewer.ports import Embedder, Vectors


class RememberingEmbedder:
    """Gives the vectors of another embedder; `save` keeps them for the next run."""

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        self.name = embedder.name
        self.dimension = embedder.dimension
        self._embedder = embedder
        self._path = folder / f"{embedder.name}.npz"
        self._known = self._load()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension)."""
        digests = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        new = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in self._known}
        if new:
            self._known.update(zip(new, self._embedder.embed(list(new.values())), strict=True))
        if not digests:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.stack([self._known[digest] for digest in digests])

    def save(self) -> None:
        """Keep what is known."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(self._path, digests=np.array(list(self._known)), vectors=np.stack(list(self._known.values())))

    def _load(self) -> dict[str, Vectors]:
        if not self._path.exists():
            return {}
        with np.load(self._path, allow_pickle=False) as kept:
            return dict(zip(kept["digests"].tolist(), kept["vectors"], strict=True))
