"""A build: what changed in the archive is read, copies grouped, all of it stored, indexed and swapped in.

Pages that were read before in the same way are not read again (stores/readings.py), and the index of the build before
is taken over where words are still indexed alike (fingerprints.py). The result is that of a build of everything.
Reports pass through one by one: none but the sketches that copies are found by stay in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from indexer import __version__
from indexer.compare.unlike_years import STEADY, unlike
from indexer.domain.catalogue import Cluster, Stats, StoredReport
from indexer.domain.report import Doubt, Report
from indexer.domain.results import IndexedPassage
from indexer.domain.rows import ReportRows
from indexer.errors import Damaged, NoIndex, NothingBuilt, Unwritable
from indexer.ingest.fingerprints import made_with, reading, same_terms
from indexer.ingest.read_archive import Pages, Progress, read_pages, readings_file, report_of
from indexer.pipeline.duplicates.cluster import cluster
from indexer.ports import SearchEngine
from indexer.settings import Settings
from indexer.stores.archive import Archive, Outline
from indexer.stores.builds import BuildFolder, Builds
from indexer.stores.catalogue import Catalogue
from indexer.stores.readings import Readings

OpenEngine = Callable[[BuildFolder, Callable[[int, int], None]], SearchEngine]  # the second is told its progress


def build(
    settings: Settings,
    archive: Archive,
    open_engine: OpenEngine,
    rows_of: Callable[[StoredReport], ReportRows],
    list_suggestions: Callable[[BuildFolder], None],
    progress: Progress,
    *,
    whole: bool = False,
) -> Stats:
    """Make a new build and swap it in; ``whole``: take nothing over. Raises Busy; NoIndex where nothing was added yet.

    Whatever stops it on the way, the build before goes on serving.
    """
    builds = Builds(settings.data_folder)
    if not whole and (lost := lost_pages(builds, archive)):
        raise lost
    if not archive.keys():
        raise NothingBuilt("library.no_pages")
    now = made_with(settings)
    with writable(settings), builds.making() as (number, folder):
        with (
            _before(builds, now, open_engine, whole=whole) as before,
            _readings(settings, whole=whole) as readings,
        ):
            pages = read_pages(settings, archive, readings, progress)
            shelve(folder, pages, readings, rows_of, progress)
            with (
                closing(Catalogue.finished(folder.catalogue)) as catalogue,
                closing(open_engine(folder, partial(progress, "index"))) as engine,
            ):
                _index(catalogue, engine, before, progress)
        return swap_in(builds, number, folder, list_suggestions, now, progress)


@contextmanager
def writable(settings: Settings) -> Iterator[None]:
    """Raises Unwritable for a full disk, or a folder that may not be written to."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise Unwritable("library.unwritable_build", folder=settings.data_folder, reason=reason) from error


def swap_in(
    builds: Builds,
    number: str,
    folder: BuildFolder,
    list_suggestions: Callable[[BuildFolder], None],
    made: dict[str, str],
    progress: Progress,
) -> Stats:
    """The build ``number``, whose catalogue and index are whole, with its suggestions in the place of the one before.
    ``made``: what it was made with."""
    with closing(Catalogue.finished(folder.catalogue)) as catalogue:
        stats = catalogue.stats()
    progress("suggestions", 0, 1)
    list_suggestions(folder)
    progress("suggestions", 1, 1)
    progress("swap", 0, 1)
    builds.swap_in(number, _manifest(stats) | {"made_with": made})
    progress("swap", 1, 1)
    return stats


def lost_pages(builds: Builds, archive: Archive) -> Damaged | None:
    """What to do where reports of the live build have no page in the archive, from which nothing is ever deleted: the
    next build would throw away the last that is left of them."""
    try:
        _, folder = builds.live()
    except NoIndex:
        return None
    try:
        with closing(Catalogue.finished(folder.catalogue)) as catalogue:
            lost = len(catalogue.reports() - archive.reports())
    except NoIndex:
        lost = folder.reports() - len(archive.reports())
    if lost <= 0:
        return None
    return Damaged("library.lost_pages", lost=lost)


@contextmanager
def _before(
    builds: Builds, now: dict[str, str], open_engine: OpenEngine, *, whole: bool
) -> Iterator[tuple[Catalogue, SearchEngine] | None]:
    """Catalogue and engine of the live build; None where its index may not be taken over, or it is damaged."""
    try:
        number, folder = builds.live()
        if whole or not same_terms(folder.made_with(), now):
            raise NothingBuilt("build.none")
        if folder.damage(thoroughly=True):
            raise Damaged("build.incomplete", number=number)
        catalogue = Catalogue.finished(folder.catalogue)
    except NoIndex:
        yield None
        return
    with closing(catalogue), closing(open_engine(folder, lambda done, total: None)) as engine:
        yield catalogue, engine


@contextmanager
def _readings(settings: Settings, *, whole: bool) -> Iterator[Readings]:
    """``whole``: none that was there before."""
    with closing(Readings(readings_file(settings), reading(settings))) as readings:
        if whole:
            readings.sweep(())
        yield readings


def shelve(
    folder: BuildFolder,
    pages: Pages,
    readings: Readings,
    rows_of: Callable[[StoredReport], ReportRows],
    progress: Progress,
) -> None:
    """The reports of ``pages``, each with its copies, into the catalogue of ``folder``."""
    progress("copies", 0, 1)
    outlines = {outline.report: outline for outline in pages.reports}
    clusters = cluster(pages.sketches, lambda report: report_of(readings, outlines[report]).text)
    among = {report: one for one in clusters for report in one.reports}
    progress("copies", 1, 1)
    stored = (_stored(outline, report_of(readings, outline), among.get(outline.report)) for outline in pages.reports)
    with closing(Catalogue.new(folder.catalogue)) as catalogue:
        catalogue.save_all(_counted(stored, len(outlines), "catalogue", progress), rows_of)
        catalogue.doubt(list(unlike(catalogue.rows.figures(indicators=STEADY))), Doubt.UNLIKE)
        catalogue.save_clusters(clusters)
        catalogue.finish(pages.skipped, datetime.now(UTC).replace(microsecond=0))


def _stored(outline: Outline, report: Report, copies: Cluster | None) -> StoredReport:
    alone = StoredReport(outline.report, outline.file, report, outline.sha256, outline.versions, witness=outline.report)
    if copies is None:
        return alone
    mirrors = tuple(one for one in copies.reports if one != outline.report)
    return replace(alone, witness=copies.witness, mirrors=mirrors)


def _index(
    catalogue: Catalogue, engine: SearchEngine, before: tuple[Catalogue, SearchEngine] | None, progress: Progress
) -> None:
    """Index the canonical copies that ``catalogue`` holds: those that changed, where the index before is taken over."""
    taken_over = before is not None and engine.inherit(before[1])
    old = before[0].witness_digests() if before and taken_over else {}
    new = catalogue.witness_digests()
    changed = [report for report, digest in new.items() if old.get(report) != digest]
    progress("index", 0, catalogue.passages(changed))
    passages = (passage for report in changed for passage in indexed_passages(catalogue.get(report)))
    if taken_over:
        engine.change(passages, without=[*(old.keys() - new.keys()), *changed])
    else:
        engine.replace_all(passages)


def indexed_passages(stored: StoredReport) -> Iterator[IndexedPassage]:
    """What the engine is given of a report."""
    report = stored.report
    for passage in report.passages:
        yield IndexedPassage(
            report=stored.id,
            seq=passage.seq,
            text=passage.text,
            restored=report.restored(passage.span),
            title=report.title or "",
            url=report.url,
            zone=report.zone.short or report.zone.name,
            zone_type=report.zone.type,
            province=report.zone.province,
            year=passage.year,
            report_year=report.years.report,
            plan_year=report.years.plan,
            published_on=report.published_on,
            period=report.years.period,
            status=passage.status,
            themes=passage.themes,
            grade=report.quality.grade,
            mirrors=stored.mirrors,
            level=report.zone.level,
            city=report.zone.city,
            genre=report.genre.value,
            practices=tuple(dict.fromkeys(one.practice for one in passage.measures if one.practice)),
        )


def _counted(reports: Iterable[StoredReport], of: int, what: str, progress: Progress) -> Iterator[StoredReport]:
    progress(what, 0, of)
    for done, stored in enumerate(reports, 1):
        yield stored
        progress(what, done, of)


def _manifest(stats: Stats) -> dict[str, object]:
    return {
        "program": __version__,
        "built_at": stats.built_at.isoformat() if stats.built_at else None,
        "reports": stats.reports,
        "passages": stats.passages,
        "figures": stats.figures,
        "skipped": stats.skipped,
    }
