"""The composition root: settings in, a working product out. The only product module that imports adapters."""

from dataclasses import dataclass

from interviewer.adapters.sql_store import SqlStore
from interviewer.content.library import Library
from interviewer.ports import Grader, InterviewStore
from interviewer.service import InterviewService
from interviewer.settings import Settings, read_settings


@dataclass(frozen=True)
class Product:
    """Everything an entry point needs."""

    settings: Settings
    library: Library
    service: InterviewService


def build(
    settings: Settings | None = None,
    *,
    library: Library | None = None,
    grader: Grader | None = None,
    store: InterviewStore | None = None,
) -> Product:
    """The product as the settings want it; any part can be replaced. Loads no model until one is needed."""
    settings = settings or read_settings()
    library = library or Library()
    grader = grader or _grader(settings, library)
    store = store or SqlStore(settings.database())
    return Product(settings=settings, library=library, service=InterviewService(library, grader, store))


def _grader(settings: Settings, library: Library) -> Grader:
    from interviewer.grading.local import LocalGrader

    return LocalGrader.standard(library.glossary, settings.cache_dir)
