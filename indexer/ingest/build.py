"""A build: what changed in the archive is read, copies grouped, all of it stored, indexed and swapped in.

Of the build before, the readings of pages that are what they were are taken over, and its index with what is indexed of
them (fingerprints.py says when). The result is that of a build of everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from indexer import __version__
from indexer.domain.catalogue import Cluster, Stats, StoredReport
from indexer.domain.results import IndexedPassage
from indexer.errors import NoIndex
from indexer.ingest.fingerprints import made_with, same_reading, same_terms
from indexer.ingest.read_archive import Pages, Progress, read_pages
from indexer.pipeline.duplicates.cluster import cluster
from indexer.ports import SearchEngine
from indexer.settings import Settings
from indexer.stores.archive import Archive
from indexer.stores.builds import BuildFolder, Builds
from indexer.stores.catalogue import Catalogue

OpenEngine = Callable[[BuildFolder, Callable[[int, int], None]], SearchEngine]  # the second is told its progress


@dataclass(frozen=True, slots=True)
class Before:
    """The build before, as far as it may be taken over."""

    catalogue: Catalogue
    engine: SearchEngine
    same_reading: bool
    same_terms: bool


def build(
    settings: Settings,
    archive: Archive,
    open_engine: OpenEngine,
    list_suggestions: Callable[[BuildFolder], None],
    progress: Progress,
    *,
    whole: bool = False,
) -> Stats:
    """Make a new build and swap it in; ``whole``: take nothing over. Raises Busy; NoIndex where nothing was added yet.

    Whatever stops it on the way, the build before goes on serving.
    """
    builds = Builds(settings.data_folder)
    if not archive.keys():
        raise NoIndex("还没有加入任何页面。请先运行 duibiao add，后面写文件、文件夹或网址。")
    now = made_with(settings)
    try:
        with builds.making() as (number, folder), _before(builds, now, open_engine, whole=whole) as before:
            readable = before.catalogue if before and before.same_reading else None
            pages = read_pages(settings, archive, readable, progress)
            linked = _shelved(folder, pages, progress)
            with (
                closing(Catalogue.finished(folder.catalogue)) as catalogue,
                closing(open_engine(folder, partial(progress, "建索引"))) as engine,
            ):
                _index(linked, catalogue, engine, before, progress)
                stats = catalogue.stats()
            progress("列联想词", 0, 1)
            list_suggestions(folder)
            progress("列联想词", 1, 1)
            progress("启用", 0, 1)
            builds.swap_in(number, _manifest(stats) | {"made_with": now})
            progress("启用", 1, 1)
    except OSError as error:  # a full disk, a folder that may not be written to
        reason = error.strerror or str(error)
        raise NoIndex(
            f"写不进 {settings.data_folder}（{reason}）。原有的索引不受影响；请检查磁盘空间和权限。"
        ) from error
    return stats


@contextmanager
def _before(builds: Builds, now: dict[str, str], open_engine: OpenEngine, *, whole: bool) -> Iterator[Before | None]:
    """The live build; None where nothing of it may be taken over, or it is damaged."""
    try:
        _, folder = builds.live()
        then = folder.made_with()
        same = (same_reading(then, now), same_terms(then, now))
        if whole or not any(same):
            raise NoIndex("nothing to take over")
        catalogue = Catalogue.finished(folder.catalogue)
    except NoIndex:
        yield None
        return
    with closing(catalogue), closing(open_engine(folder, lambda done, total: None)) as engine:
        yield Before(catalogue, engine, *same) if not catalogue.damage() else None


def _shelved(folder: BuildFolder, pages: Pages, progress: Progress) -> list[StoredReport]:
    """The reports of ``pages``, each with its copies, as they are stored in ``folder``."""
    progress("归并镜像", 0, 1)
    clusters = cluster(pages.reports)
    linked = _linked(pages.reports, clusters)
    progress("归并镜像", 1, 1)
    with closing(Catalogue.new(folder.catalogue)) as catalogue:
        catalogue.save_all(_counted(linked, "入目录", progress))
        catalogue.save_clusters(clusters)
        catalogue.save_readings(pages.readings)
        catalogue.finish(pages.skipped, datetime.now(UTC).replace(microsecond=0))
    return linked


def _linked(reports: Sequence[StoredReport], clusters: Iterable[Cluster]) -> list[StoredReport]:
    among = {report: one for one in clusters for report in one.reports}
    return [
        replace(
            stored,
            witness=among[stored.id].witness,
            mirrors=tuple(i for i in among[stored.id].reports if i != stored.id),
        )
        if stored.id in among
        else replace(stored, witness=stored.id)
        for stored in reports
    ]


def _index(
    linked: Iterable[StoredReport],
    catalogue: Catalogue,
    engine: SearchEngine,
    before: Before | None,
    progress: Progress,
) -> None:
    """Index the witnesses of ``linked``, held by ``catalogue``: those that changed, where the index before may be taken
    over."""
    taken_over = before is not None and before.same_terms and engine.inherit(before.engine)
    old = before.catalogue.witness_digests() if before and taken_over else {}
    new = catalogue.witness_digests()
    changed = [stored for stored in linked if stored.id in new and old.get(stored.id) != new[stored.id]]
    progress("建索引", 0, sum(len(stored.report.passages) for stored in changed))
    passages = (passage for stored in changed for passage in indexed_passages(stored))
    if taken_over:
        engine.change(passages, without=[*(old.keys() - new.keys()), *(stored.id for stored in changed)])
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
            year=report.years.report,
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
        )


def _counted(reports: Sequence[StoredReport], what: str, progress: Progress) -> Iterator[StoredReport]:
    progress(what, 0, len(reports))
    for done, stored in enumerate(reports, 1):
        yield stored
        progress(what, done, len(reports))


def _manifest(stats: Stats) -> dict[str, object]:
    return {
        "program": __version__,
        "built_at": stats.built_at.isoformat() if stats.built_at else None,
        "reports": stats.reports,
        "passages": stats.passages,
        "figures": stats.figures,
        "skipped": stats.skipped,
    }
