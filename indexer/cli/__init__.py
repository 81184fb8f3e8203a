"""The command ``duibiao``: one Library asked from a terminal. Options and JSON as in design.md section 5."""

from __future__ import annotations

import io
import sys

import click

from indexer import __version__
from indexer.cli import admin, backup, compare, crawl, evaluate, ingest, mcp, query, sample, similar
from indexer.cli.help import Group, Option


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="duibiao", message="%(prog)s %(version)s", cls=Option)
def duibiao() -> None:
    """The command that holds all others."""


_ALL = (ingest, sample, query, compare, similar, crawl, admin, backup, evaluate, mcp)
for command in (command for module in _ALL for command in module.COMMANDS):
    duibiao.add_command(command)


def main() -> None:
    """Entry point. Output is UTF-8 whatever the locale says; what can't be written so is written as ``?``."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    duibiao(prog_name="duibiao")
