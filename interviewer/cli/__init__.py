"""The `interviewer` command."""

from interviewer.cli.app import main

__all__ = ["main"]
