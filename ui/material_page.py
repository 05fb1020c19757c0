"""One's own material: files imported into packs, a résumé, and the packs there are."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interviewer.bootstrap import Product
from interviewer.errors import InterviewerError
from ui.html import html
from ui.quick_gradio import QUIET, gr
from ui.render.material import packs_page
from ui.render.report import notice
from ui.server import is_loopback
from ui.target_form import pack_choices

if TYPE_CHECKING:
    from interviewer.importing.packs import ImportReport

FORMATS = [".md", ".markdown", ".txt", ".html", ".htm", ".pdf", ".docx", ".csv", ".tsv", ".json", ".jsonl"]
HELP = (
    '<p class="note">Markdown, text, HTML, PDF, Word, CSV, JSON or Anki text. Questions with answers become '
    "questions; prose becomes notes to search and cite, and draft questions. Everything stays on the computer "
    "that runs this app, where all who use it share the packs.</p>"
)


@dataclass(frozen=True)
class MaterialPage:
    """What happens to files; `practice_pack` is the choice of a pack in the practice form."""

    product: Product
    packs: Any
    removed: Any
    problem: Any
    practice_pack: Any

    @property
    def outputs(self) -> list[Any]:
        """Everything that a handler may change."""
        return [self.packs, self.removed, self.problem, self.practice_pack]

    def packs_there_are(self) -> dict[Any, Any]:
        """The packs there are."""
        return self._shown()

    def take(self, files: list[str] | None, name: str | None) -> dict[Any, Any]:
        """Import files into a pack."""
        paths = [Path(file) for file in files or ()]
        return self._done(lambda: self.product.packs.import_files(paths, (name or "").strip()))

    def take_resume(self, file: str | None) -> dict[Any, Any]:
        """Make questions of a résumé."""
        from interviewer.importing.convert import text_of

        if not file or not is_loopback(self.product.settings.host):
            return {self.problem: notice("Choose a file first.")}
        return self._done(lambda: self.product.resume(text_of(Path(file))))

    def remove(self, name: str | None) -> dict[Any, Any]:
        """Delete a pack."""
        if not name:
            return {self.problem: notice("Choose a pack first.")}
        try:
            self.product.packs.remove(name)
        except InterviewerError as error:
            return {self.problem: notice(str(error))}
        return self._shown()

    def _done(self, act: "Callable[[], ImportReport]") -> dict[Any, Any]:
        try:
            return self._shown(act())
        except InterviewerError as error:
            return {self.problem: notice(str(error))}

    def _shown(self, report: "ImportReport | None" = None) -> dict[Any, Any]:
        packs = self.product.packs.packs()
        return {
            self.packs: packs_page(packs, report),
            self.removed: gr.update(choices=[pack.name for pack in packs], value=None),
            self.problem: "",
            self.practice_pack: gr.update(choices=pack_choices(self.product.library)),
        }


def draw_material(product: Product, tab: Any, practice_pack: Any) -> None:
    """The page; the packs are listed when its tab is opened."""
    with gr.Column(elem_classes="page", elem_id="material"):
        html(HELP)
        with gr.Row(equal_height=False, elem_classes="card"):
            with gr.Column():
                files = gr.File(
                    label="Files to learn from", file_count="multiple", file_types=FORMATS, elem_id="files"
                )
                name = gr.Textbox(
                    label="Pack (lower-case words, hyphens)", placeholder="my-notes", elem_id="pack-name"
                )
                take = gr.Button("Import", variant="primary", elem_id="import")
            # Where others use the app too, nobody's résumé becomes questions for all.
            with gr.Column(visible=is_loopback(product.settings.host)):
                resume = gr.File(label="A résumé: questions about its projects", file_types=FORMATS, elem_id="cv")
                take_resume = gr.Button("Make questions", elem_id="make-questions")
        problem = html(elem_id="material-problem")
        packs = html(elem_id="packs")
        with gr.Row(equal_height=True):
            removed = gr.Dropdown([], label="Delete a pack", elem_id="removed", scale=4)
            remove = gr.Button("Delete", variant="stop", elem_id="remove", scale=0, min_width=110)
    page = MaterialPage(product, packs, removed, problem, practice_pack)
    tab.select(page.packs_there_are, None, page.outputs, **QUIET)
    take.click(page.take, [files, name], page.outputs, **QUIET)
    take_resume.click(page.take_resume, resume, page.outputs, **QUIET)
    remove.click(page.remove, removed, page.outputs, **QUIET)
