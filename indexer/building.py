"""A build: every page of the archive read again, copies grouped, all of it stored, indexed and swapped in."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path

from indexer import __version__
from indexer.domain.catalogue import Stats, StoredReport
from indexer.domain.report import Report
from indexer.domain.results import IndexedPassage
from indexer.errors import NoIndex, Skip
from indexer.neighbours import ArchivedNeighbours
from indexer.pipeline.cluster import cluster
from indexer.pipeline.read import Reader
from indexer.ports import SearchEngine
from indexer.settings import Settings
from indexer.stores.archive import Archive, ArchivedPage
from indexer.stores.builds import BuildFolder, Builds
from indexer.stores.catalogue import Catalogue
from indexer.tables import reader_of

Progress = Callable[[str, int, int], None]  # (what is done, so many, of so many)
OpenEngine = Callable[[BuildFolder, Callable[[int, int], None]], SearchEngine]  # the second is told its progress
Skipped = tuple[str, str, str]  # key, code, message


def archive_file(settings: Settings) -> Path:
    return settings.data_folder / "pages.sqlite"


def build(
    settings: Settings,
    archive: Archive,
    open_engine: OpenEngine,
    list_suggestions: Callable[[BuildFolder], None],
    progress: Progress,
) -> Stats:
    """Make a new build and swap it in. Raises Busy; NoIndex where nothing was added yet.

    Whatever stops it on the way, the build before goes on serving.
    """
    builds = Builds(settings.data_folder)
    if not archive.keys():
        raise NoIndex("还没有加入任何页面。请先运行 duibiao add，后面写文件、文件夹或网址。")
    try:
        with builds.making() as (number, folder):
            reports, skipped = _read_all(settings, archive, progress)
            engine = open_engine(folder, partial(progress, "建索引"))
            stats = shelve(folder, reports, skipped, engine, progress)
            progress("列联想词", 0, 1)
            list_suggestions(folder)
            progress("列联想词", 1, 1)
            progress("启用", 0, 1)
            builds.swap_in(number, _manifest(stats))
            progress("启用", 1, 1)
    except OSError as error:  # a full disk, a folder that may not be written to
        reason = error.strerror or str(error)
        raise NoIndex(
            f"写不进 {settings.data_folder}（{reason}）。原有的索引不受影响；请检查磁盘空间和权限。"
        ) from error
    return stats


def shelve(
    folder: BuildFolder,
    reports: Sequence[StoredReport],
    skipped: Iterable[Skipped],
    engine: SearchEngine,
    progress: Progress,
) -> Stats:
    """Store and index ``reports`` in ``folder``; what lies there then."""
    progress("归并镜像", 0, 1)
    clusters = cluster(reports)
    among = {report: one for one in clusters for report in one.reports}
    linked = [
        replace(
            stored,
            witness=among[stored.id].witness,
            mirrors=tuple(i for i in among[stored.id].reports if i != stored.id),
        )
        if stored.id in among
        else replace(stored, witness=stored.id)
        for stored in reports
    ]
    progress("归并镜像", 1, 1)
    catalogue = Catalogue.new(folder.catalogue)
    try:
        catalogue.save_all(_counted(linked, "入目录", progress))
        catalogue.save_clusters(clusters)
        catalogue.finish(skipped, datetime.now(UTC).replace(microsecond=0))
        stats = catalogue.stats()
    finally:
        catalogue.close()
    witnesses = [stored for stored in linked if stored.witness == stored.id]
    try:
        progress("建索引", 0, sum(len(stored.report.passages) for stored in witnesses))
        engine.replace_all(passage for stored in witnesses for passage in indexed_passages(stored))
    finally:
        engine.close()
    return stats


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
        )


def _read_all(settings: Settings, archive: Archive, progress: Progress) -> tuple[list[StoredReport], list[Skipped]]:
    total = len(archive.keys())
    parallel = settings.reading.processes > 1 and total > settings.reading.parallel_above
    read = _side_by_side(settings, archive.pages()) if parallel else _one_by_one(settings, archive)
    reports: dict[str, StoredReport] = {}  # by key
    skipped: dict[str, tuple[str, Skip]] = {}  # by key: how the user named it, and why
    progress("读网页", 0, total)
    for done, (kept, result) in enumerate(read, 1):
        if isinstance(result, Skip):
            skipped[kept.key] = kept.page.url or kept.file or kept.report, result
        else:
            reports[kept.key] = StoredReport(kept.report, kept.file, result, kept.page.sha256, kept.versions)
        progress("读网页", done, total)
    for key, skip in _parts(reports).items():
        part = reports.pop(key)
        skipped[key] = part.report.url or part.file or part.id, skip
    return list(reports.values()), _named_apart(skipped)


def _named_apart(skipped: dict[str, tuple[str, Skip]]) -> list[Skipped]:
    """The user's name for each page; its key where two were named alike: ``a.html`` added from two folders."""
    names = Counter(name for name, _ in skipped.values())
    return [
        (name if names[name] == 1 and name not in skipped else key, skip.code, skip.message)
        for key, (name, skip) in skipped.items()
    ]


def _parts(reports: dict[str, StoredReport]) -> dict[str, Skip]:
    """Keys of the pages and files whose text another report took in: they are no reports of their own."""
    holder: dict[str, str] = {}
    for key, stored in reports.items():
        if key in holder:
            continue
        for link in stored.report.parts:
            taken = next((one for one in ArchivedNeighbours(key).keys(link) if one in reports), None)
            if taken is not None:
                holder.setdefault(taken, stored.id)
    return {key: part_of(report) for key, report in holder.items()}


def part_of(report: str) -> Skip:
    return Skip("part", f"这是报告 {report} 的后续页或附件，正文已并入该报告")


Read = Iterator[tuple[ArchivedPage, Report | Skip]]


def _one_by_one(settings: Settings, archive: Archive) -> Read:
    reader = reader_of(settings)
    for kept in archive.pages():
        yield kept, _outcome(reader, kept, archive)


def _side_by_side(settings: Settings, pages: Iterable[ArchivedPage]) -> Read:
    """In several processes, given back in order, with few pages in memory at a time.

    Processes are spawned, not forked: a forked one would inherit the lock on the data folder and keep it after a kill.
    """
    waiting: deque[tuple[ArchivedPage, Future[Report | Skip]]] = deque()
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(settings.reading.processes, mp_context=spawn, initializer=_end_with_parent) as pool:
        try:
            for kept in pages:
                waiting.append((kept, pool.submit(_read_there, settings, kept)))
                if len(waiting) >= 4 * settings.reading.processes:
                    first, future = waiting.popleft()
                    yield first, future.result()
            for first, future in waiting:
                yield first, future.result()
        except BrokenProcessPool as error:
            raise NoIndex(
                "读网页的进程中途停止了（内存不足？）。旧索引仍在使用；可把 reading.processes 设为 1 再试。"
            ) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _read_there(settings: Settings, kept: ArchivedPage) -> Report | Skip:
    reader, archive = _reader_here(settings)
    return _outcome(reader, kept, archive)


@lru_cache(maxsize=1)
def _reader_here(settings: Settings) -> tuple[Reader, Archive]:
    """The reader of a worker process, and the archive for what lies beside a page: the tables take half a second, so
    they are read once."""
    return reader_of(settings), Archive(archive_file(settings))


def _outcome(reader: Reader, kept: ArchivedPage, archive: Archive) -> Report | Skip:
    try:
        return reader.read(kept.page, ArchivedNeighbours(kept.key, archive.given))
    except Skip as skip:
        return skip


def _end_with_parent() -> None:
    """A worker whose build was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


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
