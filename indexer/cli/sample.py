"""sample: something to look at before there are pages of one's own."""

from __future__ import annotations

import click

from indexer.cli.common import with_library
from indexer.cli.help import command
from indexer.cli.progress import Counted, Stages
from indexer.domain.catalogue import Outcome
from indexer.errors import BadInput
from indexer.library import Library
from indexer.locale import say


@command()
@with_library
def sample(library: Library) -> None:
    """The pages that came with the program, added and built."""
    folder = library.settings.sample_folder
    if library.holds_others_than(folder):
        raise BadInput("input.sample_beside_own", folder=library.settings.data_folder)
    added = 0
    with Counted(say("command.add.working")) as progress:
        for page in library.add([str(folder)]):
            progress.count(page.file)
            added += page.outcome is Outcome.ADDED
    with Stages(in_lines=False) as stages:
        stats = library.build(stages)
    click.echo(say("cli.sample.done", n=added, reports=stats.reports, passages=stats.passages))


COMMANDS = (sample,)
