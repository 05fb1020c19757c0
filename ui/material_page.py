"""One's own material: files imported into packs, and the packs there are, looked over, shared and deleted."""

import contextlib
import tempfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from interviewer.bootstrap import Product
from interviewer.content.library import Library
from interviewer.errors import InterviewerError, InvalidInput
from ui.html import html
from ui.quick_gradio import QUIET, gr
from ui.render.material import (
    added_page,
    deletion_line,
    import_page,
    material_help,
    pack_page,
    packs_page,
    reading,
)
from ui.render.report import notice
from ui.server import is_loopback
from ui.session import Session
from ui.target_form import THE_BANK, pack_choices
from ui.uploads import FORMATS

if TYPE_CHECKING:
    from interviewer.importing.packs import Pack

CLICK_DOWNLOAD = "() => { setTimeout(() => document.querySelector('#exported')?.click(), 100); }"


@dataclass(frozen=True)
class MaterialPage:
    """The parts of the page. `practice_pack` is the choice of a pack in the practice form."""

    files: Any
    name: Any
    with_model: Any
    take: Any
    archive: Any
    told: Any
    packs: Any
    chosen: Any
    actions: Any
    practise: Any
    export: Any
    exported: Any
    again: Any
    remove: Any
    sure: Any
    sure_text: Any
    yes: Any
    no: Any
    card: Any
    practice_pack: Any

    @property
    def lists(self) -> list[Any]:
        """What changes with the packs that there are and with the one that is chosen."""
        return [
            self.name,
            self.with_model,
            self.packs,
            self.chosen,
            self.actions,
            self.sure,
            self.card,
            self.practice_pack,
        ]


def read_for_search(product: Product) -> None:
    """Read new passages while people go on; a search says how far it is, or what went wrong."""

    def read() -> None:
        with contextlib.suppress(InterviewerError):
            product.passages.prepare()

    Thread(target=read, name="reading", daemon=True).start()


class MaterialHandlers:
    """What happens to files and packs."""

    def __init__(self, product: Product, page: MaterialPage) -> None:
        self.product = product
        self.page = page

    def arrive(self, session: Session, chosen: str | None) -> dict[Any, Any]:
        """The packs there are, one of them open; a language model is offered where this page has one."""
        offered = gr.update(visible=session.has_model)
        return {self.page.with_model: offered, **self._attempt(lambda: self._listed(chosen))}

    def open(self, chosen: str | None) -> dict[Any, Any]:
        """Another pack."""
        return self._attempt(lambda: {**self._opened(self.product.packs.pack(chosen or "")), **self._unasked()})

    def take(
        self, session: Session, files: list[str] | None, name: str | None, with_model: bool
    ) -> dict[Any, Any]:
        """Import files into a pack; what was read is taken out of the box."""

        def imported() -> dict[Any, Any]:
            if not files:
                raise InvalidInput("Choose one or several files first.")
            drafter = session.product.model_drafter() if with_model else None
            report = self.product.packs.import_files(map(Path, files), (name or "").strip(), drafter=drafter)
            read_for_search(self.product)
            return {
                **self._listed(report.pack.name),
                **self._unasked(),
                self.page.files: None,
                self.page.told: import_page(report, drafter.problem if drafter else ""),
            }

        return self._attempt(imported)

    def add(self, archive: str | None) -> dict[Any, Any]:
        """Take a pack that somebody exported."""

        def added() -> dict[Any, Any]:
            pack = self.product.packs.add(Path(archive or ""))
            read_for_search(self.product)
            return {**self._listed(pack.name), **self._unasked(), self.page.told: added_page(pack)}

        return self._attempt(added)

    def look_again(self, chosen: str | None) -> dict[Any, Any]:
        """The packs as their files are now."""

        def looked() -> dict[Any, Any]:
            self.product.look_again()
            return self._listed(chosen)

        return self._attempt(looked)

    def export(self, chosen: str | None) -> Iterator[dict[Any, Any]]:
        """A pack as one file; the browser downloads it next. It lies in a folder until Gradio has a copy."""
        with tempfile.TemporaryDirectory() as folder:
            packed = self._attempt(
                lambda: {self.page.exported: str(self.product.packs.export(chosen or "", Path(folder)))}
            )
            yield {self.page.exported: None, self.page.told: "", **packed}

    def ask(self, chosen: str | None) -> dict[Any, Any]:
        """Ask whether the pack is to be deleted."""

        def asked() -> dict[Any, Any]:
            pack = self.product.packs.pack(chosen or "")
            return {self.page.sure: gr.update(visible=True), self.page.sure_text: deletion_line(pack)}

        return self._attempt(asked)

    def remove(self, chosen: str | None) -> dict[Any, Any]:
        """Delete the pack."""

        def removed() -> dict[Any, Any]:
            self.product.packs.remove(chosen or "")
            bank = gr.update(choices=pack_choices(self.product.library), value=THE_BANK)
            return {**self._listed(None), **self._unasked(), self.page.practice_pack: bank}

        return self._attempt(removed)

    def _attempt(self, act: Callable[[], dict[Any, Any]]) -> dict[Any, Any]:
        try:
            return act()
        except InterviewerError as error:
            return {self.page.told: notice(str(error))}

    def _listed(self, chosen: str | None) -> dict[Any, Any]:
        packs = {pack.name: pack for pack in self.product.packs.packs()}
        names = list(packs)
        pack = packs.get(chosen or "") or next(iter(packs.values()), None)
        return {
            self.page.name: gr.update(choices=names),
            self.page.packs: packs_page(list(packs.values())),
            self.page.chosen: gr.update(choices=names, value=pack.name if pack else None, visible=bool(packs)),
            self.page.practice_pack: gr.update(choices=pack_choices(self.product.library)),
            **self._opened(pack),
        }

    def _opened(self, pack: "Pack | None") -> dict[Any, Any]:
        from interviewer.importing.review import review

        found = review(pack.path, self._bank_topics()) if pack else None
        return {
            self.page.card: pack_page(pack, found) if pack and found else "",
            self.page.actions: gr.update(visible=pack is not None),
            self.page.export: gr.update(visible=pack is not None and not pack.private),
        }

    def _unasked(self) -> dict[Any, Any]:
        """Without the question whether to delete, and without what was told before."""
        return {self.page.sure: gr.update(visible=False), self.page.told: ""}

    def _bank_topics(self) -> Collection[str]:
        return Library([root for root in self.product.library.roots if root.pack is None]).topics


def draw_material(product: Product, session: Any, tab: Any, practice_pack: Any) -> MaterialPage:
    """The page; the packs are listed when its tab is opened, and the app connects `practise`.

    `practice_pack` is the choice of a pack in the practice form.
    """
    with gr.Column(elem_classes="page", elem_id="material"):
        with gr.Column(elem_classes="card add"):
            html(material_help(shared=not is_loopback(product.settings.host)))
            files = gr.File(label="Files", file_count="multiple", file_types=FORMATS, elem_id="files", height=150)
            with gr.Row(equal_height=True, elem_id="into"):
                name = gr.Dropdown(
                    [],
                    label="Pack (one of yours, or a new name)",
                    allow_custom_value=True,
                    value="my-notes",
                    elem_id="pack-name",
                    scale=4,
                )
                take = gr.Button("Import", variant="primary", elem_id="import", scale=0, min_width=110)
            with_model = gr.Checkbox(
                label="Let the language model write the drafts (it is sent the text of the files)",
                elem_id="with-model",
                visible=False,
            )
        told = html(elem_id="material-told")
        packs = html(elem_id="packs")
        chosen = gr.Dropdown([], label="Pack", elem_id="chosen", visible=False)
        with gr.Row(visible=False, elem_id="pack-actions") as actions:
            practise = _button("Practise it", "practise-pack", variant="primary")
            export = _button("Export", "export")
            again = _button("Look again", "look-again")
            remove = _button("Delete", "remove")
        with gr.Row(visible=False, elem_classes="card sure", elem_id="sure", equal_height=True) as sure:
            sure_text = html()
            yes = _button("Delete it", "delete", variant="stop")
            no = _button("Keep it", "keep")
        card = html(elem_id="pack-card")
        archive = gr.UploadButton(
            "Add a pack that somebody exported", file_types=[".zip"], elem_id="archive", scale=0
        )
        exported = gr.DownloadButton(visible="hidden", elem_id="exported")
    page = MaterialPage(
        files=files,
        name=name,
        with_model=with_model,
        take=take,
        archive=archive,
        told=told,
        packs=packs,
        chosen=chosen,
        actions=actions,
        practise=practise,
        export=export,
        exported=exported,
        again=again,
        remove=remove,
        sure=sure,
        sure_text=sure_text,
        yes=yes,
        no=no,
        card=card,
        practice_pack=practice_pack,
    )
    _wire(product, page, session, tab)
    return page


def _button(label: str, id: str, **options: Any) -> Any:
    return gr.Button(label, elem_id=id, scale=0, min_width=96, **options)


def _wire(product: Product, page: MaterialPage, session: Any, tab: Any) -> None:
    does = MaterialHandlers(product, page)
    all_of_it = [*page.lists, page.export, page.told]
    tab.select(does.arrive, [session, page.chosen], all_of_it, **QUIET)
    page.chosen.input(does.open, page.chosen, all_of_it, **QUIET)
    page.take.click(reading, None, page.told, queue=False, **QUIET).then(
        does.take, [session, page.files, page.name, page.with_model], [*all_of_it, page.files], **QUIET
    )
    page.archive.upload(does.add, page.archive, all_of_it, **QUIET)
    page.again.click(does.look_again, page.chosen, all_of_it, **QUIET)
    page.remove.click(does.ask, page.chosen, [page.sure, page.sure_text, page.told], **QUIET)
    page.no.click(lambda: gr.update(visible=False), None, page.sure, queue=False, **QUIET)
    page.yes.click(does.remove, page.chosen, all_of_it, **QUIET)
    page.export.click(does.export, page.chosen, [page.exported, page.told], **QUIET).then(
        None, None, None, js=CLICK_DOWNLOAD
    )
