"""check, stats, serve: how it stands, and the browser's side."""

from __future__ import annotations

import errno
from collections import Counter

import click

from indexer.cli import terminal
from indexer.cli.common import json_flag, json_line, put_json, with_library
from indexer.cli.crawl import state_json, state_line
from indexer.cli.help import command, option
from indexer.cli.progress import Counted
from indexer.errors import BadSetup, NoIndex
from indexer.formats import report_words
from indexer.formats.json import stats_json
from indexer.ingest.verify import told_of_changed
from indexer.library import Library
from indexer.locale import say


@command()
@json_flag
@with_library
def check(library: Library, as_json: bool) -> int:
    """Settings, tables, archive and index, one after the other. 1 where something is wrong."""
    well = True
    with Counted(say("command.check.working")) as progress:
        for finding in library.check():
            progress.count(finding.part)
            well = well and finding.well
            if as_json:
                progress.show(json_line({"part": finding.part, "well": finding.well, "message": finding.message}))
                continue
            sign = (say("command.check.well"), "green") if finding.well else (say("command.check.wrong"), "bold red")
            progress.show(sign, f"  {terminal.padded(finding.part, 6)}{finding.message}")
    return 0 if well else 1


@command()
@json_flag
@with_library
def stats(library: Library, as_json: bool) -> None:
    """What the index holds now."""
    found = library.stats()
    reasons = Counter(code for _, code, _ in library.skipped())
    if as_json:
        sites = [state_json(state) for state in library.crawling.states()]
        put_json(stats_json(found) | {"skipped_reasons": dict(reasons), "sites": sites})
        return
    skipped = report_words.aside(terminal.counts(reasons.most_common()))
    unknown, words = say("year.none"), report_words.FLAGS
    terminal.pairs(
        [
            (say("command.stats.reports"), str(found.reports)),
            (say("command.stats.passages"), str(found.passages)),
            (say("command.stats.figures"), str(found.figures)),
            (say("command.stats.zones"), str(found.zones)),
            (say("command.stats.skipped"), say("command.stats.pages", n=found.skipped) + skipped),
            (say("command.stats.years"), [f"{year or unknown} {count}" for year, count in found.years]),
            (say("command.stats.grades"), [f"{grade} {count}" for grade, count in found.grades]),
            (say("command.stats.flags"), [f"{words[flag]} {count}" for flag, count in found.flags]),
            (say("command.stats.built_at"), f"{found.built_at:%Y-%m-%d %H:%M:%S}" if found.built_at else None),
            (say("command.stats.changed"), told_of_changed(found.changed_tables) if found.changed_tables else None),
            (say("command.stats.crawled"), "\n".join(state_line(state) for state in library.crawling.states())),
        ]
    )


@command()
@option("--host")
@option("--port", type=click.IntRange(1, 65535))
@with_library
def serve(library: Library, host: str | None, port: int | None) -> None:
    """The pages, for browsers, until Ctrl-C."""
    from webapp import create_app, server, telemetry  # only here: every other command does without the browser's side

    settings = library.settings.serve
    if settings.base_path and (not settings.base_path.startswith("/") or settings.base_path.endswith("/")):
        raise BadSetup("setup.base_path", path=settings.base_path)
    access_log = telemetry.log_to(settings.access_log, "duibiao.access")
    unanswered = telemetry.log_to(settings.unanswered_log, "duibiao.unanswered")
    host, port = host or settings.host, port or settings.port
    try:
        library.check_embedding()  # here, and not when the first reader asks
        library.stats()
    except NoIndex as error:
        click.echo(say("command.hint", text=error), err=True)
    try:
        sockets = server.listening(host, port)
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise BadSetup("setup.port_taken", host=host, port=port) from error
        raise BadSetup("setup.not_served", host=host, port=port, problem=error) from error
    app = create_app(
        library,
        hosts=(*settings.hosts, host),
        base_path=settings.base_path,
        proxies=settings.proxies,
        unanswered=unanswered,
        origins=settings.cors_origins,
    )
    server.warm(app)  # tables once, here, for all processes to share
    library.close()  # each opens the build for itself
    click.echo(say("command.serve.running", address=f"http://{host}:{port}"))
    if not _is_local(host):
        click.echo(say("command.hint", text=say("command.serve.open_to_all")), err=True)
    server.serve(
        app,
        settings.processes,
        sockets,
        seconds=settings.answer_seconds,
        damaged=library.damaged,
        version=library.version,
        access_log=access_log,
        base_path=settings.base_path,
    )


def _is_local(host: str) -> bool:
    return host == "localhost" or host.startswith("127.") or host in ("::1", "[::1]")


COMMANDS = (check, stats, serve)
