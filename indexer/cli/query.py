"""search, show, mirrors: what lies there is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from indexer.cli import terminal
from indexer.cli.common import Command, format_option, json_flag, put_file, put_json, with_library
from indexer.cli.help import Option, command, option
from indexer.domain.catalogue import StoredReport
from indexer.domain.facets import BY_PARAMETER, FACETS
from indexer.domain.query import Query
from indexer.domain.report import YearEvidence, Years
from indexer.domain.results import Hit, ResultPage
from indexer.domain.suggestions import Offer
from indexer.domain.zones import ZoneReading
from indexer.formats import report_words, tables
from indexer.formats.files import WRITERS
from indexer.formats.json import cluster_json, history_json, result_json, stored_json
from indexer.formats.report_words import YEAR_KINDS, ZONE_STATUSES, aside, clauses, named, parts, words, year_word
from indexer.library import Library
from indexer.locale import listed, say, term
from indexer.locale.remarks import retold

_FACET_ITEMS = 8
_OTHERS = (  # beside the facets; and whether several may be given
    ("--basis", False),
    ("--match", False),
    ("--without", True),
    ("--sort", False),
    ("--limit", False),
    ("--page", False),
)


class _FacetOption(Option):
    """A filter by a facet: what is asked for stands with the facet, for the command and the API's description alike."""

    def explained(self) -> str:
        facet = BY_PARAMETER[self.name or ""]
        return say("format.pair", name=facet.noun, value=facet.help)


def _filters(function: Command) -> Command:
    """All of them as plain text: what they may be is decided in one place, for the command and the address alike."""
    for name, several in reversed(_OTHERS):
        function = option(name, multiple=several)(function)
    for facet in reversed(FACETS):
        function = click.option(f"--{facet.parameter}", multiple=True, cls=_FacetOption)(function)
    return function


@command()
@click.argument("question", nargs=-1, metavar="QUERY")
@_filters
@option("--plain", is_flag=True)
@format_option("csv", "xlsx", "docx")
@json_flag
@with_library
def search(library: Library, question: tuple[str, ...], form: str, as_json: bool, plain: bool, **filters: Any) -> None:
    """Passages that hold the words, and pass the filters."""
    params: dict[str, Sequence[str]] = {"q": [" ".join(question)], **({"plain": ["1"]} if plain else {})}
    for name, value in filters.items():
        if value:
            params[name] = list(value) if isinstance(value, tuple) else [value]
    query = library.question(params)
    page = library.search(query)
    meant = library.meant(query, page)
    if as_json or form == "json":
        put_json(result_json(page, query, meant))
        return
    if form in WRITERS:
        put_file(tables.hits(page, "", "", date.today()), form)
        return
    if query.understood:
        parts = [f"{part.noun} {part.value}" for part in query.understood] + ([query.text] if query.text else [])
        click.echo(say("command.search.understood", parts=" · ".join(parts)), err=True)
    for warning in dict.fromkeys((*query.warnings, *page.warnings)):
        click.echo(say("command.hint", text=warning), err=True)
    if meant:
        click.echo(say("command.search.meant", offers=listed(_offer(offer) for offer in meant)))
    _show_results(page, query, library)


def _offer(one: Offer) -> str:
    where = [f"--zone {one.zone}"] if one.zone else []
    return (one.text or one.zone or "") + aside(clauses([*where, say("format.places", n=one.passages)]))


def _show_results(page: ResultPage, query: Query, library: Library) -> None:
    if not page.total:
        click.echo(say("command.search.nothing"))
        return
    partly = page.partly or query.partly
    found = say("command.search.partly" if partly else "command.search.found", n=page.total, reports=page.reports)
    of = aside(say("command.search.page_of", page=query.page, pages=page.pages)) if page.pages > 1 else ""
    click.echo(found + of)
    if page.expanded:
        click.echo(say("command.search.expanded", words=listed(page.expanded)))
    if query.loosened:
        click.echo(say("command.search.loosened"))
    for at, hit in enumerate(page.hits, (query.page - 1) * query.limit + 1):
        click.echo()
        _show_hit(at, hit)
    click.echo()
    counted = [facet for facet in FACETS if len(page.facets.get(facet.name, ())) > 1]
    terminal.pairs([(facet.noun, _counts(page, facet.name, library)) for facet in counted])


def _show_hit(at: int, hit: Hit) -> None:
    passage = hit.passage
    zone = passage.zone_label or say("format.no_zone")
    year = say("format.year_period", year=year_word(passage.year), period=term(passage.period or "")).rstrip()
    where = " · ".join(part for part in (zone, term(passage.province or ""), year) if part)
    kind = words(passage.status.value, *passage.themes)
    title = report_words.title(passage.title, passage.zone_label, passage.report_year, passage.genre)
    terminal.show(f"{at:>3}  ", (where, "bold"), f"  [{kind}]  {passage.grade.value}")
    click.echo(f"     {terminal.cut(title, terminal.screen() - 5)}")
    for line in terminal.wrapped_marked(hit.snippet, hit.marks, terminal.screen() - 5):
        terminal.show("     ", line)
    mirrors = "  " + say("command.search.mirrors", n=len(passage.mirrors)) if passage.mirrors else ""
    terminal.show((f"     {passage.report}:{passage.seq}  {passage.url or ''}{mirrors}", "dim"))


def _counts(page: ResultPage, name: str, library: Library) -> list[str]:
    counts = page.facets[name]
    values = [f"{_value(name, count.value, library)} {count.passages}" for count in counts[:_FACET_ITEMS]]
    return values + ([say("command.search.more_values", n=len(counts))] if len(counts) > _FACET_ITEMS else [])


def _value(facet: str, value: str | None, library: Library) -> str:
    if value is None:
        return say("year.none")
    return named(library.practice_name(value) if facet == "practice" else value)


@command()
@click.argument("report", metavar="REPORT")
@json_flag
@with_library
def show(library: Library, report: str, as_json: bool) -> None:
    """What a report was read as and by what evidence, its mirrors and its versions."""
    stored = library.report(report)
    history = library.history(report)
    if as_json:
        put_json({**stored_json(stored), **history_json(history)})
        return
    _show_report(stored, history.vanished)
    for one in history.changes:
        when = f"{one.newer.added_at:%Y-%m-%d %H:%M}"
        click.echo("\n" + say("command.show.change", when=when, unreadable=one.unreadable or ""))
        for sign, lines in (("－", one.removed), ("＋", one.added)):
            for line in lines:
                click.echo(terminal.cut(f"{sign} {line}", terminal.screen()))


def _show_report(stored: StoredReport, vanished: str | None) -> None:
    report = stored.report
    terminal.heading(
        report_words.title(report.title, report.zone.short or report.zone.name, report.years.report, report.genre.value)
    )
    rows = {
        "id": stored.id,
        "url": _origin(stored),
        "now": vanished,
        "published_on": report.published_on.isoformat() if report.published_on else say("year.none"),
        "source": report.source,
        "genre": named(report.genre.value),
        **_zone_rows(report.zone),
        **_year_rows(report.years),
        "grade": [report.quality.grade.value, *(report_words.FLAGS[flag] for flag in report.quality.flags)],
        "masks": listed(say("command.show.masked", kind=kind, n=n) for kind, n in report.quality.masks.items()),
        "attachments": "\n".join(attachment.name for attachment in report.attachments),
        "mirrors": listed(stored.mirrors),
        "witness": stored.witness if stored.witness != stored.id else None,
        "versions": "\n".join(f"{one.added_at:%Y-%m-%d %H:%M}  {one.sha256[:12]}" for one in stored.versions),
    }
    terminal.pairs([(say(f"command.show.row.{name}"), value) for name, value in rows.items()])
    figures = sum(len(passage.figures) for passage in report.passages)
    counts = {"characters": len(report.text), "passages": len(report.passages), "figures": figures}
    click.echo("\n" + say("command.show.size", **counts))
    for section in report.sections:
        click.echo(f"{'  ' * section.level}{terminal.cut(section.heading, terminal.screen() - 2 * section.level)}")


def _origin(stored: StoredReport) -> str | None:
    url = stored.report.url
    if url and "url" in stored.report.origins:
        return url + aside(say("command.show.claimed"))
    return url or stored.file


def _zone_rows(zone: ZoneReading) -> dict[str, str | None]:
    name = " · ".join(
        term(part) for part in (zone.short or zone.name, zone.type, zone.level, zone.province, zone.city) if part
    )
    return {
        "zone": (name or say("format.not_named")) + aside(ZONE_STATUSES[zone.status]),
        "zone_conflict": retold(zone.conflict or "") or None,
        "hints": listed(zone.hints),
    }


def _year_rows(years: Years) -> dict[str, str | None]:
    return {
        "report_year": f"{years.report or say('year.none')}{' ' + term(years.period) if years.period else ''}",
        "plan_year": str(years.plan) if years.plan else None,
        "year_conflict": retold(years.conflict or "") or None,
        "year_evidence": parts(_evidence(one) for one in years.evidence),
    }


def _evidence(found: YearEvidence) -> str:
    doubt = [] if found.trusted else [say("command.show.not_trusted")]
    said = term(found.note) if found.note else retold(found.text)
    return said + aside(clauses([YEAR_KINDS[found.kind], *doubt]))


@command()
@json_flag
@with_library
def mirrors(library: Library, as_json: bool) -> None:
    """The copies of one report: which is the best, and where their numbers differ."""
    clusters = library.clusters()
    if not as_json and not clusters:
        click.echo(say("command.mirrors.nothing"))
    for cluster in clusters:
        if as_json:
            put_json(cluster_json(cluster))
            continue
        terminal.heading(library.report(cluster.witness).report.title or say("format.no_title"))
        for report in cluster.reports:
            copy = library.report(report)
            sign = "* " if report == cluster.witness else "  "
            click.echo(f"{sign}{report}  {copy.report.quality.grade.value}  {copy.report.url or copy.file}")
        for place in cluster.differing:
            values = (say("command.mirrors.has", report=report, value=value) for report, value in place.values.items())
            click.echo("    " + say("format.pair", name=place.context, value=clauses(values)))


COMMANDS = (search, show, mirrors)
