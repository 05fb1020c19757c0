"""`ui`: the app in the browser."""

from typing import Annotated

import typer

from interviewer.cli.wiring import product, settings


def ui(
    ctx: typer.Context,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes any free one.")
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the browser.")] = True,
) -> None:
    """Start the web app on this computer and open the browser."""
    open_app(ctx, port=port, browser=browser)


def open_app(ctx: typer.Context, *, port: int | None = None, browser: bool = True) -> None:
    """Run the web app until it is stopped."""
    from ui.app import launch

    chosen = settings()
    if port is not None:
        chosen = chosen.model_copy(update={"port": port})
    launch(product(ctx, chosen), open_browser=browser)
