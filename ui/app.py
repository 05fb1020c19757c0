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
from ui.practice_page import draw_practice, wire_practice
from ui.quick_gradio import QUIET, drawing, gr
from ui.render.page import fill
from ui.server import serve

PRACTICE = "practice"
PEOPLE_AT_ONCE = 20
WAITING_AT_MOST = 200


def build_app(product: Product) -> gr.Blocks:
    """The pages, wired; nothing is served and no model is loaded yet."""
    with drawing(), gr.Blocks(title="MLOps mock interview", analytics_enabled=False, fill_width=True) as app:
        app.queue(default_concurrency_limit=PEOPLE_AT_ONCE, max_size=WAITING_AT_MOST, api_open=False)
        # A random id, no secret: the fixed key only keeps it readable after the app was started anew.
        owner = gr.BrowserState("", storage_key="mlops-interviewer-owner", secret="kept-by-the-browser")  # noqa: S106
        html(fill("brand.html"), elem_id="brand")
        # Wrapping, because a menu would hide what a phone has no room for.
        with gr.Tabs(elem_id="tabs", overflow_behavior="wrap") as tabs:
            with gr.Tab("Practice", id=PRACTICE):
                parts = draw_practice(product, owner)
            with gr.Tab("Exercises") as exercises:
                draw_exercises(product.library, exercises)
            with gr.Tab("Library") as library:
                questions = draw_library(product, library)
            with gr.Tab("My material") as material:
                draw_material(product, material, parts.form.target.pack)
            with gr.Tab("History") as history:
                draw_history(product, owner, history)
        warm_up = WarmUp(product).begin
        handlers = wire_practice(product, parts, when_asked=warm_up)
        practised = questions.practise.click(
            handlers.practise, [owner, questions.question], parts.screens, **QUIET
        )
        practised.then(lambda: gr.update(selected=PRACTICE), None, tabs, **QUIET)
        practised.then(warm_up, None, None, **QUIET)
        app.load(handlers.arrive, owner, [owner, *parts.greeting], **QUIET)
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
