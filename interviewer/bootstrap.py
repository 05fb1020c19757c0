"""The composition root: settings in, a working product out. The only product module that imports adapters."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.adapters.sql_store import SqlStore
from interviewer.content.library import Library
from interviewer.content.roots import built_in_root, pack_roots
from interviewer.conversation import Conversation
from interviewer.errors import NotFound
from interviewer.grading.lazy import LazyGrader
from interviewer.metering import Budget
from interviewer.models import Models
from interviewer.once import Once
from interviewer.ports import Embedder, Grader, InterviewStore
from interviewer.service import InterviewService
from interviewer.settings import OwnModel, Settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from interviewer.domain.grade import Citation
    from interviewer.domain.job import JobProfile
    from interviewer.grading.judge import Passages
    from interviewer.grading.local import LocalGrader
    from interviewer.importing.model_drafter import ModelDrafter
    from interviewer.importing.packs import ImportReport, PackStore
    from interviewer.retrieval.material import SourceMaterial
    from interviewer.targeting.job import JobReader


@dataclass(frozen=True)
class Product:
    """Everything an entry point needs. `budget` is what this session may still spend on a language model."""

    settings: Settings
    library: Library
    service: InterviewService
    conversation: Conversation
    models: Models
    budget: Budget
    local: Grader
    material: "Once[SourceMaterial]"
    pack_store: "Once[PackStore]"
    job_reader: "Once[JobReader]"
    grader: Grader | None = None

    @property
    def passages(self) -> "SourceMaterial":
        """The source material: searched, cited, suggested for reading."""
        return self.material()

    @property
    def packs(self) -> "PackStore":
        """The user's own material: imported, listed, exported, removed."""
        return self.pack_store()

    def model_drafter(self) -> "ModelDrafter":
        """Makes draft questions with the language model that is set up, on this session's budget."""
        from interviewer.importing.drafting import RuleDrafter
        from interviewer.importing.model_drafter import ModelDrafter

        return ModelDrafter(self.models.chat(self.settings, self.budget), RuleDrafter())

    def job(self, text: str) -> "JobProfile":
        """What a job description asks for; raises InvalidInput for one that says nothing about any topic."""
        return self.job_reader().profile(text)

    def resume(self, text: str) -> "ImportReport":
        """The private pack `resume`, made or brought up to date; raises InvalidInput for one without projects."""
        from interviewer.targeting.resume import put_resume

        return put_resume(self.packs, self.library, text)

    def look_again(self) -> None:
        """See the packs as they are now, after their files were edited by hand."""
        _look_again(self.settings, self.library, self.material)

    def for_session(self, own: OwnModel | None = None, budget: Budget | None = None) -> "Product":
        """The same product for one session: a budget of its own, and the model and key that it chose, if any.

        A session that chooses anew hands on its `budget`.
        """
        settings = self.settings.for_session(own) if own else self.settings
        budget = budget or self.models.budget()
        grader, conversation = _interviewer(settings, self.library, self.models, budget, self.local)
        return replace(
            self,
            settings=settings,
            service=InterviewService(self.library, self.grader or grader, self.service.store),
            conversation=conversation,
            budget=budget,
        )


def build(
    settings: Settings | None = None,
    *,
    library: Library | None = None,
    grader: Grader | None = None,
    local: Grader | None = None,
    store: InterviewStore | None = None,
    embedder: Embedder | None = None,
) -> Product:
    """The product as the settings want it; any part can be replaced. Loads no model until one is needed.

    `local` stands in for the local grader only, `grader` for whichever the settings name.
    """
    settings = settings or read_settings()
    library = library or library_of(settings)
    store = store or SqlStore(settings.database())
    local = local or LazyGrader("keyword", lambda: local_grader(library, settings.cache_dir))
    model = Once(lambda: embedder or sentence_embedder(settings))
    material = Once(lambda: source_material(library, settings, model()))
    models = Models(settings, _citations(material))
    budget = models.budget()
    chosen, conversation = _interviewer(settings, library, models, budget, local)
    return Product(
        settings=settings,
        library=library,
        service=InterviewService(library, grader or chosen, store),
        conversation=conversation,
        models=models,
        budget=budget,
        local=local,
        material=material,
        pack_store=Once(lambda: packs_of(settings, library, material)),
        job_reader=Once(lambda: job_reader(library, model())),
        grader=grader,
    )


def _interviewer(
    settings: Settings, library: Library, models: Models, budget: Budget, local: Grader
) -> tuple[Grader, Conversation]:
    """Who grades and who speaks. A language model is asked for neither unless the settings choose it to grade."""
    if settings.grader == "keyword":
        return local, Conversation(library)
    from interviewer.grading.private import PrivacyGrader

    chat = models.chat(settings, budget)
    return PrivacyGrader(models.grader(settings, chat, local), local), Conversation(library, chat)


def _citations(material: "Once[SourceMaterial]") -> "Passages":
    """What the material says of a key; nothing for a question that is not of the bank."""

    def find(question_id: str, key_id: str) -> "Sequence[Citation]":
        try:
            return material().citations(question_id, key_id)
        except NotFound:
            return ()

    return find


def checked_encoder() -> str:
    """The model that grades offline, loaded and its digests compared; raises EmbeddingError."""
    from interviewer.adapters.minilm import RUBRIC_ENCODER_SHA256, SHA256, rubric_encoder

    rubric_encoder().embed(["ready"])
    return f"all-MiniLM-L6-v2 (sha256 {SHA256}) with the layers of the rubric encoder ({RUBRIC_ENCODER_SHA256})"


def listed_models(settings: Settings) -> "Sequence[str]":
    """The models of the server that is set up, asked for at no cost; raises ModelError, after seconds at most."""
    return Models(settings).listed()


def local_grader(library: Library, cache_dir: Path | None) -> "LocalGrader":
    """The grader that needs no language model: the rubric encoder, and the calibration fitted with it."""
    from interviewer.adapters.minilm import rubric_encoder
    from interviewer.grading.calibration import shipped
    from interviewer.grading.local import LocalGrader
    from interviewer.grading.terms import Terms

    return LocalGrader(rubric_encoder(), Terms(library.glossary), shipped(), cache_dir)


def library_of(settings: Settings) -> Library:
    """The bank and the user's packs."""
    return Library([built_in_root(), *pack_roots(settings.data_dir / "packs")])


def packs_of(settings: Settings, library: Library, material: "Once[SourceMaterial]") -> "PackStore":
    """The user's packs. After each change the library and the search see them as they are then."""
    from interviewer.importing.packs import PackStore

    bank = [root for root in library.roots if root.pack is None]
    return PackStore(
        settings.data_dir / "packs",
        lambda: Library(bank),
        changed=lambda: _look_again(settings, library, material),
    )


def _look_again(settings: Settings, library: Library, material: "Once[SourceMaterial]") -> None:
    bank = [root for root in library.roots if root.pack is None]
    library.use([*bank, *pack_roots(settings.data_dir / "packs")])
    if material.made is not None:
        material.made.refresh()


def job_reader(library: Library, embedder: Embedder) -> "JobReader":
    """Reads job descriptions against the bank."""
    from interviewer.targeting.job import JobReader

    return JobReader(library, embedder)


def source_material(library: Library, settings: Settings, embedder: Embedder) -> "SourceMaterial":
    """Search and citations over everything in the library, by meaning and by words."""
    from interviewer.adapters.faiss_index import FaissIndex
    from interviewer.retrieval.bm25 import Bm25Index
    from interviewer.retrieval.citations import CitationFinder
    from interviewer.retrieval.fusion import FusedIndex
    from interviewer.retrieval.material import SourceMaterial

    by_meaning = FaissIndex(embedder, settings.cache_dir / "passages")
    return SourceMaterial(
        library,
        FusedIndex([by_meaning, Bm25Index()]),
        CitationFinder(embedder, settings.cache_dir / "citations"),
    )


def sentence_embedder(settings: Settings) -> Embedder:
    """The model behind search: all-MiniLM-L6-v2, or the one that INTERVIEWER_EMBEDDING_MODEL names."""
    if settings.embedding_model:
        from interviewer.adapters.sentence_encoder import SentenceEncoder

        return SentenceEncoder(settings.embedding_model)
    from interviewer.adapters.minilm import minilm

    return minilm()
