"""What commands need, made when a command asks for it: importing and starting less makes the rest quick."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from interviewer.bootstrap import Product
    from interviewer.content.library import Library
    from interviewer.settings import GraderName, Settings


def settings(grader: "GraderName | None" = None) -> "Settings":
    """The settings of this process, with the grader that an option chose; raises InvalidInput."""
    from interviewer.settings import read_settings

    found = read_settings()
    return found if grader is None else found.model_copy(update={"grader": grader})


def product(ctx: typer.Context, chosen: "Settings | None" = None) -> "Product":
    """The product; tests replace how it is built by passing a function as the context's object."""
    build: Callable[[Settings], Product] = ctx.obj or _build
    return build(chosen or settings())


def library() -> "Library":
    """The bank and the user's packs alone, for commands that store and grade nothing."""
    from interviewer.content.library import Library
    from interviewer.content.roots import built_in_root, pack_roots

    return Library([built_in_root(), *pack_roots(settings().data_dir / "packs")])


def _build(chosen: "Settings") -> "Product":
    from interviewer.bootstrap import build

    return build(chosen)
