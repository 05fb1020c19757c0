"""What every Embedder does."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from interviewer.adapters.hashing_embedder import HashingEmbedder
from interviewer.adapters.minilm import minilm, model_folder
from interviewer.adapters.sentence_encoder import SentenceEncoder
from interviewer.errors import EmbeddingError
from interviewer.ports import Embedder

EMBEDDERS: dict[str, Callable[[], Embedder]] = {
    "minilm": minilm,
    "sentence encoder": lambda: SentenceEncoder(str(model_folder())),
    "hashing": HashingEmbedder,
}
TEXTS = [
    "A feature store keeps the current values by entity key.",
    "Die Größe der Stichprobe, 🚀 and \u202eright-to-left\u202c text",
    "drift",
    "",
    "word " * 2_000,
]

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module", params=EMBEDDERS)
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return EMBEDDERS[request.param]()


def test_a_text_becomes_a_unit_vector_of_the_stated_dimension(embedder: Embedder) -> None:
    vectors = embedder.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_become_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, embedder.dimension)


def test_the_same_text_always_gives_the_same_vector_in_whatever_company(embedder: Embedder) -> None:
    alone = embedder.embed(TEXTS[:1])
    assert np.allclose(alone, embedder.embed(TEXTS)[:1], atol=1e-6)
    assert np.array_equal(alone, embedder.embed(TEXTS[:1]))


def test_texts_that_share_meaning_and_words_are_nearer_than_others(embedder: Embedder) -> None:
    near, same, far = embedder.embed(
        [
            "Roll the model back to the previous version.",
            "Roll back to the previous model version.",
            "Penguins breed on sea ice in the Antarctic winter.",
        ]
    )
    assert near @ same > near @ far + 0.3


def test_the_name_tells_models_apart(embedder: Embedder) -> None:
    assert embedder.name
    assert embedder.name not in {HashingEmbedder(7).name}


def test_both_ways_of_running_minilm_agree() -> None:
    through_torch = SentenceEncoder(str(model_folder())).embed(TEXTS)
    assert np.allclose(minilm().embed(TEXTS), through_torch, atol=1e-4)


def test_a_model_that_is_not_on_this_machine_is_refused_and_not_fetched() -> None:
    with pytest.raises(EmbeddingError, match="not on this machine, and nothing is downloaded"):
        SentenceEncoder("somebody/some-model").embed(["text"])


def test_a_name_that_cannot_be_a_models_is_refused() -> None:
    with pytest.raises(EmbeddingError, match="not on this machine"):
        SentenceEncoder("../../etc/passwd; rm -rf").embed(["text"])


def test_weights_that_must_be_unpickled_are_refused(tmp_path: Path) -> None:
    for file in model_folder().rglob("*"):
        if file.is_file() and file.suffix != ".safetensors":
            target = tmp_path / file.relative_to(model_folder())
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    (tmp_path / "pytorch_model.bin").write_bytes(b"\x80\x04.")
    model = SentenceEncoder(str(tmp_path))
    with pytest.raises(EmbeddingError, match=r"no \.safetensors file"):
        _ = model.name
    with pytest.raises(EmbeddingError):
        model.embed(["text"])


def test_torch_is_not_imported_before_a_sentence_encoder_is_used() -> None:
    code = (
        "import sys; from interviewer.adapters.sentence_encoder import SentenceEncoder; "
        "SentenceEncoder('x'); print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
