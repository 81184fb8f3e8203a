"""The pages of the archive as reports: what changed is read, in several processes; the rest was read before.

A reading is taken over where the same bytes under the same names were read by the same program and tables, and nothing
was looked for beside the page: what lies there may have come or changed since.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from indexer.domain.catalogue import PageReading, StoredReport
from indexer.domain.page import RawPage
from indexer.domain.report import Report
from indexer.errors import Skip
from indexer.ingest.related_pages import ArchivedNeighbours
from indexer.pipeline.read import Reader
from indexer.ports import Neighbours
from indexer.settings import Settings
from indexer.stores.archive import Archive, ArchivedPage, Outline
from indexer.stores.catalogue import Catalogue
from indexer.tables import reader_of
from indexer.workers import side_by_side

Progress = Callable[[str, int, int], None]  # (what is done, so many, of so many)
Skipped = tuple[str, str, str]  # key, code, message
Outcome = tuple[Report | Skip, bool]  # and whether the page was read alone, nothing being looked for beside it
Read = Iterator[tuple[ArchivedPage, Outcome]]


def archive_file(settings: Settings) -> Path:
    return settings.data_folder / "pages.sqlite"


@dataclass(frozen=True, slots=True)
class Pages:
    """What became of all pages. ``readings``: what the next build may take over."""

    reports: list[StoredReport]
    skipped: list[Skipped]
    readings: list[PageReading]


def read_pages(settings: Settings, archive: Archive, before: Catalogue | None, progress: Progress) -> Pages:
    """``before``: the catalogue of a build by the same program and tables."""
    outlines = list(archive.outlines())
    known = _taken_over(outlines, before)
    progress("沿用", 0, len(known))
    progress("沿用", len(known), len(known))
    fresh = _read(settings, archive, [one for one in outlines if one.key not in known], progress)
    reports: dict[str, StoredReport] = {}  # by key
    skipped: dict[str, tuple[str, Skip]] = {}  # by key: how the user named it, and why
    alone: set[str] = set()
    for one in outlines:
        result, by_itself = known.get(one.key) or fresh[one.key]
        if by_itself:
            alone.add(one.key)
        if isinstance(result, Skip):
            skipped[one.key] = one.url or one.file or one.report, result
        else:
            reports[one.key] = StoredReport(one.report, one.file, result, one.sha256, one.versions)
    for key, skip in _parts(reports).items():
        part = reports.pop(key)
        skipped[key] = part.report.url or part.file or part.id, skip
        alone.discard(key)  # its report is stored in another's
    readings = [_reading(one, skipped.get(one.key)) for one in outlines if one.key in alone]
    return Pages(list(reports.values()), _named_apart(skipped), readings)


def _reading(one: Outline, skipped: tuple[str, Skip] | None) -> PageReading:
    if skipped is None:
        return PageReading(one.key, one.input, one.report, None)
    return PageReading(one.key, one.input, None, (skipped[1].code, skipped[1].message))


def _taken_over(outlines: Iterable[Outline], before: Catalogue | None) -> dict[str, Outcome]:
    """Key → how it was read, for the pages that are what they were."""
    if before is None:
        return {}
    readings = before.readings()
    known: dict[str, Outcome] = {}
    for one in outlines:
        reading = readings.get(one.key)
        if reading is None or reading.input != one.input:
            continue
        if reading.skipped is not None:
            known[one.key] = Skip(*reading.skipped), True
        elif reading.report is not None and (stored := before.intact(reading.report)) is not None:
            known[one.key] = stored.report, True
    return known


def _read(settings: Settings, archive: Archive, outlines: list[Outline], progress: Progress) -> dict[str, Outcome]:
    """Key → how it is read, for each of ``outlines``."""
    progress("读网页", 0, len(outlines))
    if not outlines:
        return {}
    pages = map(archive.page, outlines)
    parallel = settings.reading.processes > 1 and len(outlines) > settings.reading.parallel_above
    read = (
        side_by_side(partial(_read_there, settings), ((page, page) for page in pages), settings.reading.processes)
        if parallel
        else _one_by_one(settings, archive, pages)
    )
    outcomes: dict[str, Outcome] = {}
    for done, (kept, outcome) in enumerate(read, 1):
        outcomes[kept.key] = outcome
        progress("读网页", done, len(outlines))
    return outcomes


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


def _one_by_one(settings: Settings, archive: Archive, pages: Iterable[ArchivedPage]) -> Read:
    reader = reader_of(settings)
    for kept in pages:
        yield kept, _outcome(reader, kept, archive)


def _read_there(settings: Settings, kept: ArchivedPage) -> Outcome:
    reader, archive = _reader_here(settings)
    return _outcome(reader, kept, archive)


@lru_cache(maxsize=1)
def _reader_here(settings: Settings) -> tuple[Reader, Archive]:
    """The reader of a worker process, and the archive for what lies beside a page: the tables take half a second, so
    they are read once."""
    return reader_of(settings), Archive(archive_file(settings))


def _outcome(reader: Reader, kept: ArchivedPage, archive: Archive) -> Outcome:
    beside = _Asked(ArchivedNeighbours(kept.key, archive.given))
    try:
        return reader.read(kept.page, beside), not beside.asked
    except Skip as skip:
        return skip, not beside.asked


class _Asked:
    """Neighbours that remember whether anybody looked for them."""

    def __init__(self, neighbours: Neighbours) -> None:
        self._neighbours = neighbours
        self.asked = False

    def given(self, link: str) -> RawPage | None:
        self.asked = True
        return self._neighbours.given(link)
