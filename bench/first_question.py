"""How long a person waits, from starting the app to reading the first question, beside importing Gradio alone.

`python -m bench.first_question` starts the app five times, each with an empty data folder, and drives it in
headless Chromium, which is already running. Medians in seconds; the goal is under 3.
"""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing

from playwright.sync_api import Browser, sync_playwright
from rich import print
from rich.table import Table

RUNS = 5
GOAL = 3.0
TRIES_A_SECOND = 50


def main() -> None:
    """Measure and print."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("Needs the Debian package chromium.")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        runs = [one_start(browser) for _ in range(RUNS)]
        browser.close()
    table = Table("seconds", "median", "worst", title=f"Start of the app, {RUNS} times")
    imports = [seconds_of([sys.executable, "-c", "import gradio"]) for _ in range(RUNS)]
    for name, values in (
        ("importing Gradio as it comes", imports),
        ("page served", [run[0] for run in runs]),
        ("form ready", [run[1] for run in runs]),
        (f"first question on screen (goal: under {GOAL:g})", [run[2] for run in runs]),
    ):
        table.add_row(name, f"{statistics.median(values):.2f}", f"{max(values):.2f}")
    print(table)


def one_start(browser: Browser) -> tuple[float, float, float]:
    """Seconds until the page is served, the form is ready, and the first question is there."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        app = subprocess.Popen(
            [sys.executable, "-m", "interviewer", "ui", "--no-browser"],
            env={**os.environ, "INTERVIEWER_PORT": str(port), "INTERVIEWER_DATA_DIR": folder},
            stdout=subprocess.DEVNULL,
        )
        try:
            wait_for(port, app)
            served = time.perf_counter() - began
            page = browser.new_context().new_page()
            page.goto(url, wait_until="commit")
            page.locator("#start:not([disabled])").wait_for()
            ready = time.perf_counter() - began
            page.locator("#start").click()
            page.locator("#talk .bubble").first.wait_for()
            asked = time.perf_counter() - began
            page.context.close()
        finally:
            app.terminate()
            app.wait()
    return served, ready, asked


def wait_for(port: int, app: "subprocess.Popen[bytes]") -> None:
    """Return once the app listens on the port; raises RuntimeError if it ends instead."""
    while app.poll() is None:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(1 / TRIES_A_SECOND)
    raise RuntimeError(f"the app ended with exit code {app.returncode}")


def free_port() -> int:
    """A port that nothing listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def seconds_of(command: list[str]) -> float:
    """How long a command takes."""
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
