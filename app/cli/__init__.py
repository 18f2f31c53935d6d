"""The command line ``shotsift``: the same services as the window, for the terminal and for scripts."""

from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; give the exit status."""
    # Each reader's process imports the script that calls this, and has no use for the commands.
    from app.cli import commands  # noqa: PLC0415

    return commands.main(arguments)
