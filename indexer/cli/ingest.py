"""add, read, build: pages go in."""

from __future__ import annotations

import click

from indexer.cli.common import json_flag, json_line, put_json, with_library
from indexer.cli.help import command, option
from indexer.cli.progress import Counted, Stages
from indexer.cli.terminal import padded, printable
from indexer.crawl.addresses import is_address
from indexer.domain.catalogue import Outcome
from indexer.formats.json import added_json, reading_json
from indexer.formats.json.report_types import ReadingJson
from indexer.formats.report_words import Named, clauses
from indexer.ingest.add import Added, Reading
from indexer.ingest.inputs import passed_over
from indexer.ingest.sharding import Shard
from indexer.library import Library
from indexer.locale import listed, say

_WORDS = Named("command.outcome", Outcome)
_NOT_THERE = ("missing_file", "not_a_file", "unreadable", "fetch_failed")


@command()
@click.argument("inputs", nargs=-1, required=True, metavar="PATH|URL…")
@json_flag
@with_library
def add(library: Library, inputs: tuple[str, ...], as_json: bool) -> int:
    """Files, folders and addresses into the archive. 1 where one of them isn't there; the others are taken."""
    counts = dict.fromkeys(Outcome, 0)
    lost = False
    with Counted(say("command.add.working")) as progress:
        for added in library.add(inputs):
            progress.count(printable(added.file))
            counts[added.outcome] += 1
            lost = lost or _not_there(added.reason)
            if as_json:
                line = json_line(added_json(added.file, added.url, added.report, added.outcome, added.reason))
            else:
                line = _added_line(added)
            progress.show(line)
    if not as_json:
        told = clauses(f"{_WORDS[outcome]} {number}" for outcome, number in counts.items() if number)
        click.echo(say("command.add.done", counts=told) if told else say("command.add.nothing"), nl=False)
        click.echo(say("command.add.then_build") if counts[Outcome.ADDED] else "")
    _tell_passed_over(inputs)
    return 1 if lost else 0


def _tell_passed_over(inputs: tuple[str, ...]) -> None:
    """On stderr, for whoever reads the JSON as well: a folder's files that were not looked at, by suffix."""
    counts = passed_over(inputs)
    if counts:
        kinds = listed(
            say("command.add.of_suffix", suffix=suffix or say("command.add.no_suffix"), n=count)
            for suffix, count in list(counts.items())[:12]
        )
        click.echo(say("command.add.passed_over", n=sum(counts.values()), kinds=printable(kinds)), err=True)


def _added_line(one: Added) -> str:
    line = f"{padded(_WORDS[one.outcome], 8)}{padded(one.report or '', 14)}{printable(one.file)}"
    return line + (f"\n        {printable(one.reason.partition(': ')[2] or one.reason)}" if one.reason else "")


def _not_there(reason: str | None) -> bool:
    return bool(reason) and str(reason).partition(":")[0] in _NOT_THERE


@command()
@click.argument("inputs", nargs=-1, required=True, metavar="FILE…")
@option("--url")
@option("--json", "as_json", is_flag=True)
@with_library
def read(library: Library, inputs: tuple[str, ...], url: str | None, as_json: bool) -> int:
    """What each file is read as, a line of JSON each; nothing is stored."""
    if url is not None and not is_address(url):
        raise click.BadParameter(say("command.wrong.not_a_url"), param_hint="--url")
    lost = False
    for one in library.read(inputs, url):
        lost = lost or (one.skipped is not None and one.skipped.code in _NOT_THERE)
        put_json(_reading(one))
    _tell_passed_over(inputs)
    return 1 if lost else 0


def _reading(one: Reading) -> ReadingJson:
    return reading_json(one.file, one.url, one.report, one.skipped)


@command()
@option("--whole", is_flag=True)
@option("--shard", metavar="I/N")
@option("--join", is_flag=True)
@with_library
def build(library: Library, whole: bool, shard: str | None, join: bool) -> None:
    """Catalogue and index from the archive, swapped in whole; or a shard of them, or all shards joined."""
    if whole + (shard is not None) + join > 1:
        raise click.UsageError(say("command.wrong.build_ways"))
    with Stages() as stages:
        if shard is not None:
            one = library.build_shard(Shard.named(shard), stages)
        else:
            stats = library.join_shards(stages) if join else library.build(stages, whole=whole)
    if shard is not None:
        counts = {"reports": one.reports, "passages": one.passages, "skipped": one.skipped}
        click.echo(say("command.build.shard_done", shard=one.shard, file=one.file, **counts))
        return
    counts = {"reports": stats.reports, "passages": stats.passages, "figures": stats.figures, "skipped": stats.skipped}
    click.echo(say("command.build.done", **counts))


COMMANDS = (add, read, build)
