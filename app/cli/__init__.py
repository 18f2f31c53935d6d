"""The command line ``shotsift``: the same services as the window, for the terminal and for scripts."""

from app.cli.commands import main

__all__ = ["main"]
