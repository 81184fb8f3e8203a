"""backup: a copy of the data folder, while everything goes on."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.cli.common import with_library
from indexer.library import Library
from indexer.locale import say


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@with_library
def backup(library: Library, folder: Path) -> None:
    """把数据目录完整地复制一份，不必停下服务、添加或抓取。恢复时把副本放回原处，或用 --data 指向它。"""
    size = library.back_up(folder)
    click.echo(say("cli.backup.done", folder=folder, megabytes=f"{size / 1e6:,.1f}"))


COMMANDS = (backup,)
