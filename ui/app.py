"""The app as a whole: pages under tabs, one random id a browser, nothing shared between tabs."""

from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Thread

from interviewer.bootstrap import Product
from interviewer.errors import InterviewerError
from ui.exercise_page import draw_exercises
from ui.history_page import draw_history
from ui.html import html
from ui.library_page import draw_library
from ui.material_page import draw_material
from ui.practice_page import speak_after, wire_practice
from ui.practice_parts import draw_practice
from ui.quick_gradio import QUIET, drawing, gr
from ui.render.page import fill
from ui.server import serve
from ui.session import Session
from ui.target_form import pack_choices
from ui.uploads import LOOKED_THROUGH_EACH, SECONDS_KEPT, keep_uploads_in_the_data_folder

PRACTICE = "practice"
PEOPLE_AT_ONCE = 20
WAITING_AT_MOST = 200


def build_app(product: Product) -> gr.Blocks:
    """The pages, wired; nothing is served and no model is loaded yet."""
    keep_uploads_in_the_data_folder(product.settings)
    with (
        drawing(),
        gr.Blocks(
            title="MLOps mock interview",
            analytics_enabled=False,
            fill_width=True,
            delete_cache=(LOOKED_THROUGH_EACH, SECONDS_KEPT),
        ) as app,
    ):
        app.queue(default_concurrency_limit=PEOPLE_AT_ONCE, max_size=WAITING_AT_MOST, api_open=False)
        # A random id, no secret: the fixed key only keeps it readable after the app was started anew.
        owner = gr.BrowserState("", storage_key="mlops-interviewer-owner", secret="kept-by-the-browser")  # noqa: S106
        session = gr.State(Session(product))
        html(fill("brand.html"), elem_id="brand")
        # Wrapping, because a menu would hide what a phone has no room for.
        with gr.Tabs(elem_id="tabs", overflow_behavior="wrap") as tabs:
            with gr.Tab("Practice", id=PRACTICE):
                parts = draw_practice(product, session, owner)
            with gr.Tab("Exercises") as exercises:
                draw_exercises(product.library, exercises)
            with gr.Tab("Library") as library:
                questions = draw_library(product, library)
            with gr.Tab("My material") as material:
                packs = draw_material(product, session, material, parts.form.target.pack)
            with gr.Tab("History") as history:
                draw_history(product, session, owner, history)
        warm_up = WarmUp(product).begin
        handlers = wire_practice(product, parts, when_asked=warm_up)
        for begun in (
            questions.practise.click(handlers.practise, [*parts.who, questions.question], parts.screens, **QUIET),
            packs.practise.click(handlers.practise_pack, [*parts.who, packs.chosen], parts.screens, **QUIET),
        ):
            speak_after(begun, handlers.talking.introduce, parts)
            begun.then(lambda: gr.update(selected=PRACTICE), None, tabs, **QUIET)
            begun.then(warm_up, None, None, **QUIET)
        # Packs come and go while the app runs.
        app.load(lambda: gr.update(choices=pack_choices(product.library)), None, parts.form.target.pack, **QUIET)
        app.load(handlers.arrive, parts.who, [*parts.who, *parts.greeting], **QUIET)
    return app


class WarmUp:
    """Loads the grader's model once, in the background, while somebody reads their first question."""

    def __init__(self, product: Product) -> None:
        self._load: Callable[[], None] | None = getattr(product.service.grader, "warm_up", None)
        self._lock = Lock()

    def begin(self) -> None:
        """Start loading unless that was done before, or the grader needs no model."""
        with self._lock:
            load, self._load = self._load, None
        if load is not None:
            Thread(target=_quietly, args=(load,), name="warm-up", daemon=True).start()


def _quietly(load: Callable[[], None]) -> None:
    # What hinders loading hinders grading too, and is told there.
    with suppress(InterviewerError):
        load()


def launch(product: Product, *, open_browser: bool = True) -> None:
    """Serve the app until Ctrl+C; raises InvalidInput where the address cannot be served, or not safely."""
    with serve(build_app(product), product.settings) as running:
        print(f"The interviewer is at {running.url}  (Ctrl+C ends it)", flush=True)  # noqa: T201
        if open_browser:
            running.open()
        running.wait()
