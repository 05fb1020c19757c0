"""Embedder: any sentence-transformers model that is on this machine. Nothing is downloaded, unpickled or run.

Slower to start than adapters/minilm.py, which it can stand in for: importing torch takes seconds.
"""

import hashlib
import os
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from interviewer.errors import EmbeddingError
from interviewer.ports import Vectors

BATCH = 32


class SentenceEncoder:
    """A model by its folder, or by its name where the Hugging Face cache of this machine has it.

    The folder must hold the weights as safetensors. Raises EmbeddingError at the first use when it does not.
    """

    def __init__(self, model: str) -> None:
        self._where = model
        self._loading = threading.Lock()

    @property
    def name(self) -> str:
        """The model's name with a digest of its weights: another model in the same place is another name."""
        return f"{Path(self._where).name}/{self._digest}"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        dimension: int | None = self._loaded.get_embedding_dimension()
        if dimension is None:
            raise EmbeddingError(f"{self._where} does not say how long its vectors are. Choose another model.")
        return dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dimension); texts beyond the model's limit are cut."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = self._loaded.encode(
            list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)

    @property
    def _loaded(self) -> Any:
        with self._loading:
            return self._model

    @cached_property
    def _model(self) -> Any:
        # Set before the import: both libraries read these once.
        os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(
                str(self._folder),
                device="cpu",
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"use_safetensors": True},
            )
        except (OSError, ValueError, RuntimeError, ImportError) as error:
            reason = (str(error).strip().splitlines() or ["unknown reason"])[0]
            raise EmbeddingError(
                f"The embedding model {self._where!r} cannot be loaded ({reason}). "
                "Set INTERVIEWER_EMBEDDING_MODEL to another one, or unset it."
            ) from None

    @cached_property
    def _folder(self) -> Path:
        """The model's folder; raises EmbeddingError where this machine has no such model."""
        if Path(self._where).is_dir():
            return Path(self._where)
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

        try:
            return Path(snapshot_download(self._where, local_files_only=True))
        except (HFValidationError, LocalEntryNotFoundError, OSError):
            raise EmbeddingError(
                f"The embedding model {self._where!r} is not on this machine, and nothing is downloaded. "
                "Set INTERVIEWER_EMBEDDING_MODEL to a folder that holds one, or unset it."
            ) from None

    @cached_property
    def _digest(self) -> str:
        weights = sorted(self._folder.rglob("*.safetensors"))
        if not weights:
            raise EmbeddingError(
                f"The embedding model {self._where!r} has no .safetensors file; no other format is loaded. "
                "Convert it, or set INTERVIEWER_EMBEDDING_MODEL to another one."
            )
        digest = hashlib.sha256()
        for path in weights:
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()[:16]
