"""backup: a copy of the data folder, while everything goes on."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.cli.common import with_library
from indexer.cli.help import command
from indexer.library import Library
from indexer.locale import say


@command()
@click.argument("folder", type=click.Path(path_type=Path))
@with_library
def backup(library: Library, folder: Path) -> None:
    """A copy of the data folder, whole and of one moment."""
    size = library.back_up(folder)
    click.echo(say("cli.backup.done", folder=folder, megabytes=f"{size / 1e6:,.1f}"))


COMMANDS = (backup,)
