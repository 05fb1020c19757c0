"""The vectors on disk: kept, brought up to date, and safe against cut-off writes and two processes."""

import json
import multiprocessing
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from interviewer.adapters import faiss_vectors
from interviewer.adapters.faiss_index import FaissIndex
from interviewer.adapters.hashing_embedder import HashingEmbedder
from interviewer.domain.passage import Passage, PassageKind
from interviewer.ports import Vectors


class CountingEmbedder(HashingEmbedder):
    """Remembers what it was asked to embed."""

    def __init__(self) -> None:
        super().__init__()
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return super().embed(texts)


def passages(*texts: str) -> list[Passage]:
    return [
        Passage(id=text.split()[0], kind=PassageKind.NOTE, title="t", text=text, source="corpus/notes/x.md")
        for text in texts
    ]


THREE = passages("kserve on kubernetes", "psi for drift", "budget for errors")


def first(index: FaissIndex, query: str) -> str:
    return index.search(query, 1)[0].passage_id


def test_a_second_process_embeds_nothing_again(tmp_path: Path) -> None:
    FaissIndex(HashingEmbedder(), tmp_path).update(THREE)
    embedder = CountingEmbedder()
    later = FaissIndex(embedder, tmp_path)
    later.update(THREE)
    assert embedder.embedded == []
    assert first(later, "drift psi") == "psi"


def test_only_what_changed_is_embedded(tmp_path: Path) -> None:
    FaissIndex(HashingEmbedder(), tmp_path).update(THREE)
    embedder = CountingEmbedder()
    FaissIndex(embedder, tmp_path).update([*THREE[:2], *passages("budget for failures", "canary first")])
    assert embedder.embedded == ["budget for failures", "canary first"]


def test_progress_tells_how_many_of_the_new_ones_are_embedded(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    index = FaissIndex(HashingEmbedder(), tmp_path)
    index.update(THREE, lambda done, of: told.append((done, of)))
    index.update([*THREE, *passages(*(f"new text {n}" for n in range(70)))], lambda *each: told.append(each))
    assert told == [(0, 3), (3, 3), (0, 70), (64, 70), (70, 70)]


def test_another_model_has_an_index_of_its_own(tmp_path: Path) -> None:
    FaissIndex(HashingEmbedder(64), tmp_path).update(THREE)
    other = FaissIndex(HashingEmbedder(128), tmp_path)
    other.update(THREE)
    assert first(other, "drift psi") == "psi"
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda data, manifest: data.write_bytes(data.read_bytes()[: data.stat().st_size // 2]),
        lambda data, manifest: data.write_bytes(b"\0" * data.stat().st_size),
        lambda data, manifest: data.unlink(),
        lambda data, manifest: manifest.write_text('{"format": 1'),
        lambda data, manifest: manifest.write_text('["format"]'),
        lambda data, manifest: manifest.unlink(),
        lambda data, manifest: manifest.write_text(
            json.dumps({**json.loads(manifest.read_text()), "file": "../../../etc/passwd"})
        ),
    ],
    ids=["cut off", "zeroed", "missing", "manifest cut off", "manifest strange", "no manifest", "path in it"],
)
def test_a_damaged_folder_is_written_anew(tmp_path: Path, damage: object) -> None:
    FaissIndex(HashingEmbedder(), tmp_path).update(THREE)
    (data,), (manifest,) = tmp_path.glob("*/vectors-*.faiss"), tmp_path.glob("*/manifest.json")
    damage(data, manifest)  # type: ignore[operator]
    index = FaissIndex(HashingEmbedder(), tmp_path)
    index.update(THREE)
    assert first(index, "drift psi") == "psi"


def test_a_write_cut_off_before_the_manifest_leaves_the_former_state(tmp_path: Path) -> None:
    FaissIndex(HashingEmbedder(), tmp_path).update(THREE)
    (folder,) = tmp_path.iterdir()
    (folder / "vectors-never-finished.faiss").write_bytes(b"half")
    (folder / ".manifest.json.x.part").write_bytes(b"{")
    embedder = CountingEmbedder()
    index = FaissIndex(embedder, tmp_path)
    index.update(THREE)
    assert embedder.embedded == []
    index.update(THREE[:2])
    assert sorted(path.name.split("-")[0] for path in folder.iterdir() if path.name != "lock") == [
        "manifest.json",
        "vectors",
    ]


def test_an_index_stays_usable_while_another_process_replaces_its_file(tmp_path: Path) -> None:
    held = FaissIndex(HashingEmbedder(), tmp_path)
    held.update(THREE)
    FaissIndex(HashingEmbedder(), tmp_path).update(passages("canary first"))
    assert first(held, "drift psi") == "psi"


def test_a_folder_that_cannot_be_written_costs_only_the_keeping(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    index = FaissIndex(HashingEmbedder(), blocked)
    index.update(THREE)
    assert first(index, "drift psi") == "psi"
    index.update([*THREE[1:], *passages("canary first")])
    assert first(index, "canary") == "canary"


def _update(folder: Path, number: int) -> str:
    index = FaissIndex(HashingEmbedder(), folder)
    index.update(passages("shared by both", *(f"own{number}-{n} text" for n in range(50))))
    return first(index, f"own{number}-7")


def test_two_processes_at_once_both_get_their_passages(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.starmap(_update, [(tmp_path, 1), (tmp_path, 2)]) == ["own1-7", "own2-7"]
    (manifest,) = tmp_path.glob("*/manifest.json")
    assert (manifest.parent / json.loads(manifest.read_text())["file"]).exists()


def clustered(count: int, seed: int) -> Vectors:
    rng = np.random.default_rng(seed)
    centres = np.random.default_rng(0).normal(size=(40, 32))
    vectors = centres[rng.integers(40, size=count)] + 0.5 * rng.normal(size=(count, 32))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line between exact and approximate, drawn where a test can cross it."""
    monkeypatch.setattr(faiss_vectors, "EXACT_AT_MOST", 2_000)


@pytest.mark.usefixtures("small_limit")
def test_a_large_collection_is_searched_approximately_and_finds_nearly_all() -> None:
    keys, vectors = np.arange(6_000, dtype=np.int64) + 10**12, clustered(6_000, 1)
    index = faiss_vectors.build(keys, vectors)
    assert not faiss_vectors.is_exact(index)
    queries = clustered(100, 2)
    hits = 0
    for query in queries:
        nearest = set((np.argsort(-(vectors @ query))[:10] + 10**12).tolist())
        hits += len(nearest & {key for key, _ in faiss_vectors.search(index, query, 10)})
    assert hits >= 950


@pytest.mark.usefixtures("small_limit")
def test_a_collection_that_grows_over_the_line_changes_its_kind_and_keeps_everything(tmp_path: Path) -> None:
    vectors = clustered(2_400, 3)
    keys = np.arange(2_400, dtype=np.int64)
    index = faiss_vectors.build(keys[:1_900], vectors[:1_900])
    assert faiss_vectors.is_exact(index)
    grown = faiss_vectors.change(index, keys[:100], keys[1_900:], vectors[1_900:])
    assert grown.ntotal == 2_300
    assert not faiss_vectors.is_exact(grown)
    assert faiss_vectors.search(grown, vectors[1_000], 1)[0][0] == 1_000
    faiss_vectors.write(grown, tmp_path / "grown")
    reread = faiss_vectors.read(tmp_path / "grown", to_change=True)
    changed = faiss_vectors.change(reread, keys[1_000:1_001], keys[:1], vectors[:1])
    assert faiss_vectors.search(changed, vectors[0], 1)[0][0] == 0
    assert faiss_vectors.search(changed, vectors[1_000], 1)[0][0] != 1_000


def test_a_collection_that_grows_many_times_over_is_trained_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faiss_vectors, "EXACT_AT_MOST", 500)
    vectors = clustered(10_000, 4)
    keys = np.arange(10_000, dtype=np.int64)
    index = faiss_vectors.build(keys[:600], vectors[:600])
    before = index.nlist  # type: ignore[attr-defined]
    grown = faiss_vectors.change(index, keys[:0], keys[600:], vectors[600:])
    assert grown.nlist > before  # type: ignore[attr-defined]
    assert faiss_vectors.search(grown, vectors[50], 1)[0][0] == 50
