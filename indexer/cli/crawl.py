"""crawl: the sites of config.toml, kept up to date."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Any

import click

from indexer.cli import terminal
from indexer.cli.common import json_flag, put_json, with_library
from indexer.cli.help import command, option
from indexer.cli.progress import Sites, Stages
from indexer.crawl.events import SiteProgress
from indexer.crawl.health import health_line, unwell
from indexer.crawl.sample import SampledPage
from indexer.crawl.site_states import SiteState
from indexer.crawl.sites import Site
from indexer.domain.report import Report
from indexer.errors import Busy
from indexer.formats.report_words import Named, aside, clauses
from indexer.library import Library
from indexer.locale import say

_ENDS = Named(
    "command.crawl.end",
    ("complete", "max_pages", "max_total_bytes", "max_seconds", "unreachable", "settings changed"),
)
_KINDS = Named("command.crawl.kind", ("start", "list", "sitemap", "report", "part", "attachment"))
_OUTCOMES = Named(
    "command.crawl.outcome",
    (
        "added",
        "new_version",
        "unchanged",
        "not_modified",
        "no_report",
        "list",
        "sitemap",
        "redirect",
        "vanished",
        "missing",
        "robots",
        "refused",
        "challenge",
        "skipped",
        "error",
    ),
)


@command()
@click.argument("names", nargs=-1, metavar="[SITE…]")
@option("--check", "sample", metavar="SITE")
@option("--dry-run", is_flag=True)
@option("--suggest", metavar="URL")
@option("--health", is_flag=True)
@option("--no-build", is_flag=True)
@json_flag
@with_library
def crawl(
    library: Library,
    names: tuple[str, ...],
    sample: str | None,
    dry_run: bool,
    suggest: str | None,
    health: bool,
    no_build: bool,
    as_json: bool,
) -> int:
    """The sites of config.toml, kept up to date. 1 where one of them didn't answer."""
    if suggest:
        click.echo(library.crawling.suggest(suggest), nl=False)
        return 0
    if sample:
        return _show_sample(library, sample, as_json=as_json)
    sites = library.crawling.sites(names)
    if dry_run:
        return _show_plan(library, sites, as_json=as_json)
    if health:
        return _show_health(library, sites)
    with (
        Sites(progress_line) as progress,
        library.crawling.crawler(progress) as crawler,
        _stopped_by_signals(crawler.stop),
    ):
        results = crawler.run(sites)
    states = [state for state in library.crawling.states() if state.site in {site.name for site in sites}]
    for state in states:
        if as_json:
            put_json(state_json(state))
        else:
            click.echo(state_line(state))
    if not no_build and any(result.kept for result in results):
        _build(library)
    _show_health(library, sites)
    return 1 if any(result.finished == "unreachable" for result in results) else 0


def _build(library: Library) -> None:
    try:
        with Stages(in_lines=False) as stages:
            stats = library.build(stages)
    except Busy as busy:
        click.echo(say("command.hint", text=say("command.crawl.busy", busy=busy)), err=True)
        return
    click.echo(say("command.crawl.built", reports=stats.reports, passages=stats.passages), err=True)


@contextmanager
def _stopped_by_signals(stop: Callable[[], None]) -> Iterator[None]:
    """Ctrl-C and the stop of a service end what is being fetched and leave the rest; a second one ends at once."""

    def handle(number: int, frame: FrameType | None) -> None:
        for each in before:
            signal.signal(each, before[each])
        click.echo(say("command.crawl.stopping"), err=True)
        stop()

    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    for each in before:
        signal.signal(each, handle)
    try:
        yield
    finally:
        for each in before:
            signal.signal(each, before[each])


def progress_line(site: SiteProgress) -> str:
    """How far one site is: rate, what waits, the time left by that rate."""
    if site.finished:
        why = site_end(site.finished)
        return say(
            "command.crawl.finished", site=site.site, n=site.fetched, kept=site.kept, errors=site.errors, why=why
        )
    left = site.seconds_left
    minutes = say("command.crawl.minutes_left", minutes=f"{left / 60:.0f}") if left is not None else ""
    return say(
        "command.crawl.running",
        site=site.site,
        n=site.fetched,
        rate=f"{site.per_minute:.0f}",
        kept=site.kept,
        errors=site.errors,
        waiting=site.waiting,
        left=minutes,
    )


def site_end(reason: str | None) -> str:
    """Why the crawl of a site came to its end, in words; without a reason it runs, or was interrupted."""
    return _ENDS[reason] if reason in set(_ENDS) else say("command.crawl.no_end")


def _show_health(library: Library, sites: Sequence[Site]) -> int:
    names = [site.name for site in sites]
    states = library.crawling.states()
    now, most_age = datetime.now(UTC), timedelta(hours=library.settings.crawl.alert_hours)
    click.echo(health_line(names, states, now, most_age))
    return 1 if unwell(names, states, now, most_age) else 0


def _show_plan(library: Library, sites: Sequence[Site], *, as_json: bool) -> int:
    for site in sites:
        planned = library.crawling.plan(site)
        known = sum(planned.values())
        requests = min(site.max_pages, max(known, len(site.start)))
        seconds = requests * site.delay_seconds / site.concurrency
        if as_json:
            put_json({"site": site.name, "start": list(site.start), "known": planned, "least_seconds": seconds})
            continue
        terminal.heading(site.name)
        rows = {
            "start": "\n".join(site.start),
            "known": _kinds(planned) or say("command.crawl.plan.never"),
            "most": say(
                "command.crawl.plan.bounds",
                pages=site.max_pages,
                bytes=f"{site.max_total_bytes:,}",
                depth=site.max_depth,
            ),
            "delay": say("command.crawl.plan.pace", seconds=f"{site.delay_seconds:g}", concurrency=site.concurrency),
            "least": say("command.crawl.plan.minutes", minutes=f"{seconds / 60:.0f}"),
        }
        terminal.pairs([(say(f"command.crawl.plan.row.{name}"), value) for name, value in rows.items()])
    return 0


def _kinds(counts: Mapping[str, int]) -> str:
    return terminal.counts((_KINDS[kind], count) for kind, count in counts.items())


def _show_sample(library: Library, name: str, *, as_json: bool) -> int:
    (site,) = library.crawling.sites([name])
    for page in library.crawling.sample(site):
        if as_json:
            put_json(_sample_json(page))
            continue
        terminal.heading(page.url)
        rows = {"links": _kinds(page.links) or say("command.crawl.sample.no_links"), **_read_rows(page)}
        terminal.pairs([(say(f"command.crawl.sample.row.{name}"), value) for name, value in rows.items()])
    return 0


def _read_rows(page: SampledPage) -> dict[str, str]:
    if page.read is None:
        return {"read_as": say("command.crawl.sample.list")}
    if not isinstance(page.read, Report):
        return {"read_as": say("command.crawl.sample.no_report", reason=page.read.message)}
    report = page.read
    return {
        "title": report.title or say("format.no_title"),
        "published_on": report.published_on.isoformat() if report.published_on else say("year.none"),
        "zone": report.zone.short or report.zone.name or say("format.not_named"),
        "report_year": str(report.years.report or say("year.none")),
        "body": say(
            "command.crawl.sample.body",
            characters=len(report.text),
            passages=len(report.passages),
            attachments=len(report.attachments),
        ),
        "grade": report.quality.grade.value,
    }


def _sample_json(page: SampledPage) -> dict[str, Any]:
    report = page.read if isinstance(page.read, Report) else None
    return {
        "url": page.url,
        "kind": page.kind,
        "links": page.links,
        "title": report.title if report else None,
        "published_on": report.published_on.isoformat() if report and report.published_on else None,
        "zone": (report.zone.short or report.zone.name) if report else None,
        "year": report.years.report if report else None,
        "passages": len(report.passages) if report else None,
        "skipped": str(page.read) if page.read is not None and report is None else None,
    }


def state_json(state: SiteState) -> dict[str, Any]:
    """A site in ``crawl --json`` and ``stats --json``."""
    return {
        "site": state.site,
        "started_at": state.started_at.isoformat() if state.started_at else None,
        "finished_at": state.finished_at.isoformat() if state.finished_at else None,
        "reason": state.reason,
        "last_success": state.last_success.isoformat() if state.last_success else None,
        "outcomes": state.outcomes,
        "skipped": state.skipped,
        "bytes": state.bytes,
        "waiting": state.waiting,
        "known": state.known,
    }


def state_line(state: SiteState) -> str:
    """A site in ``crawl`` and ``stats``: what became of its last crawl."""
    counts = [f"{word} {state.outcomes[name]}" for name, word in _OUTCOMES.items() if state.outcomes.get(name)]
    reasons = terminal.counts(sorted(state.skipped.items(), key=lambda one: -one[1]))
    why = aside(say("command.crawl.reasons", reasons=reasons)) if reasons else ""
    success = f"{state.last_success:%Y-%m-%d %H:%M} UTC" if state.last_success else say("command.crawl.never")
    return say(
        "command.crawl.state",
        site=state.site,
        counts=(clauses(counts) or say("command.crawl.no_pages")) + why,
        bytes=f"{state.bytes:,}",
        waiting=state.waiting,
        end=site_end(state.reason),
        success=success,
    )


COMMANDS = (crawl,)
