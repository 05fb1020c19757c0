"""What an interview is aimed at: a pack, a job description, a résumé."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interviewer.bootstrap import Product
from interviewer.content.library import Library
from interviewer.errors import InterviewerError
from ui.html import html
from ui.quick_gradio import QUIET, gr
from ui.render.material import job_page, reading, resume_page
from ui.render.report import notice
from ui.server import is_loopback
from ui.uploads import FORMATS

THE_BANK = ""
JOB_CHARACTERS_AT_MOST = 50_000


@dataclass(frozen=True)
class TargetForm:
    """The fields under "For one job, or from your own material"."""

    whole: Any
    pack: Any
    job: Any
    read_job: Any
    job_file: Any
    resume: Any
    told: Any


@dataclass(frozen=True)
class Target:
    """What happens to a job description and to a résumé. Neither leaves this computer."""

    product: Product
    form: TargetForm

    def read_job(self, job: str | None) -> str:
        """What a job description asks for."""
        try:
            return job_page(self.product.job(job or ""), self.product.library.topics)
        except InterviewerError as error:
            return notice(str(error))

    def take_job(self, file: str | None) -> dict[Any, Any]:
        """A job description from a file: its text to look over, and what it asks for."""
        from interviewer.importing.convert import text_of

        try:
            text = text_of(Path(file or ""))[:JOB_CHARACTERS_AT_MOST]
        except InterviewerError as error:
            return {self.form.told: notice(str(error))}
        return {self.form.job: text, self.form.told: self.read_job(text)}

    def take_resume(self, file: str | None) -> dict[Any, Any]:
        """A résumé as private questions, which the interview is then asked from."""
        from interviewer.importing.convert import text_of

        if not is_loopback(self.product.settings.host):
            return {}
        try:
            pack = self.product.resume(text_of(Path(file or ""))).pack
        except InterviewerError as error:
            return {self.form.told: notice(str(error))}
        questions = [each for each in self.product.library.questions.values() if each.pack == pack.name]
        choices = pack_choices(self.product.library)
        return {
            self.form.pack: gr.update(choices=choices, value=pack.name),
            self.form.told: resume_page(pack, questions),
        }


def pack_choices(library: Library) -> list[tuple[str, str]]:
    """The bank, and the user's packs by name."""
    return [("The built-in bank", THE_BANK), *((root.pack, root.pack) for root in library.roots if root.pack)]


def draw_target(product: Product) -> TargetForm:
    """The fields, folded away until they are wanted."""
    with gr.Accordion("For one job, or from your own material", open=False, elem_id="target") as whole:
        pack = gr.Dropdown(pack_choices(product.library), value=THE_BANK, label="Questions from", elem_id="pack")
        job = gr.Textbox(
            label="Job description (questions follow what it asks for)",
            placeholder="Paste it here, or upload it.",
            lines=4,
            max_lines=12,
            max_length=JOB_CHARACTERS_AT_MOST,
            elem_id="job",
        )
        with gr.Row(elem_id="aims"):
            read_job = gr.Button("What does it ask for?", elem_id="read-job", scale=0, min_width=150)
            job_file = gr.UploadButton(
                "Upload a job description", file_types=FORMATS, elem_id="job-file", scale=0, min_width=150
            )
            # Where others use the app too, nobody's résumé becomes questions for all.
            resume = gr.UploadButton(
                "Ask about my résumé",
                file_types=FORMATS,
                elem_id="resume-file",
                scale=0,
                min_width=150,
                visible=is_loopback(product.settings.host),
            )
        told = html(elem_id="job-told")
    return TargetForm(whole, pack, job, read_job, job_file, resume, told)


def wire_target(product: Product, form: TargetForm) -> None:
    """Connect the buttons."""
    does = Target(product, form)

    def answer(event: Any, handler: Callable[..., Any], given: Any, *changed: Any) -> None:
        waiting = event(reading, None, form.told, queue=False, **QUIET)
        waiting.then(handler, given, [*changed, form.told], **QUIET)

    answer(form.read_job.click, does.read_job, form.job)
    answer(form.job_file.upload, does.take_job, form.job_file, form.job)
    answer(form.resume.upload, does.take_resume, form.resume, form.pack)
