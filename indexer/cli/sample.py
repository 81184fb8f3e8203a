"""sample: something to look at before there are pages of one's own."""

from __future__ import annotations

import click

from indexer.cli.common import with_library
from indexer.domain.catalogue import Outcome
from indexer.errors import BadInput
from indexer.library import Library
from indexer.locale import say


@click.command()
@with_library
def sample(library: Library) -> None:
    """收入随程序带来的示例并建好索引；数据目录里已有自己的页面时不做。"""
    folder = library.settings.sample_folder
    if library.holds_others_than(folder):
        raise BadInput("input.sample_beside_own", folder=library.settings.data_folder)
    added = sum(one.outcome is Outcome.ADDED for one in library.add([str(folder)]))
    stats = library.build()
    click.echo(say("cli.sample.done", n=added, reports=stats.reports, passages=stats.passages))


COMMANDS = (sample,)
