"""mcp: Duibiao for assistants."""

from __future__ import annotations

import click

from indexer.cli.common import with_library
from indexer.errors import BadSetup
from indexer.library import Library
from indexer.locale import say


@click.command(help=say("program.command.mcp"))
@with_library
def mcp(library: Library) -> None:
    """Serves on standard input and output until that ends."""
    try:
        from indexer.mcp_server.tools import server  # only here: an extra that every other command does without
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("mcp", "pydantic"):
            raise
        raise BadSetup("program.command.no_mcp") from error
    server(library).run("stdio")


COMMANDS = (mcp,)
