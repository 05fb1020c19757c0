"""Embedder without a model: words hashed into a vector. For tests, and where a model would be too slow."""

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from interviewer.ports import Vectors

_WORD = re.compile(r"\w+")


class HashingEmbedder:
    """Texts that share words are near each other; synonyms are not."""

    def __init__(self, dimension: int = 256) -> None:
        self.name = f"hashing/{dimension}"
        self.dimension = dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dimension)."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in _WORD.findall(text.lower()) or [""]:
                digest = hashlib.blake2b(word.encode(errors="replace"), digest_size=5).digest()
                place = int.from_bytes(digest[:4], "big") % self.dimension
                vectors[row, place] += 1 if digest[4] & 1 else -1
            if not vectors[row].any():
                vectors[row, 0] = 1  # words that cancel out still need a direction
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / lengths, dtype=np.float32)
