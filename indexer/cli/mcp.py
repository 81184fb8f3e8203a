"""mcp: Duibiao for assistants."""

from __future__ import annotations

from indexer.cli.common import with_library
from indexer.cli.help import command
from indexer.errors import BadSetup
from indexer.library import Library


@command()
@with_library
def mcp(library: Library) -> None:
    """Serves on standard input and output until that ends."""
    try:
        from indexer.mcp_server.tools import server  # only here: an extra that every other command does without
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("mcp", "pydantic"):
            raise
        raise BadSetup("command.mcp.absent") from error
    server(library).run("stdio")


COMMANDS = (mcp,)
