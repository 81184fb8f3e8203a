"""What is given to Duibiao: read on the spot, or kept in the archive for the next build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from indexer.crawl.step import NOT_KEPT
from indexer.domain.catalogue import Outcome
from indexer.domain.page import RawPage
from indexer.domain.report import Report
from indexer.errors import NoIndex, Skip
from indexer.ingest.inputs import Input, is_archive, pages_of
from indexer.ingest.read_archive import READINGS, known_reading, part_of
from indexer.ingest.reading_process import ReadingProcesses
from indexer.ingest.related_pages import ArchivedNeighbours, FolderNeighbours, Part
from indexer.ingest.zipped import ZipNeighbours
from indexer.pipeline.read import NOTHING_BESIDE
from indexer.ports import Fetcher, Neighbours
from indexer.stores.archive import Archive
from indexer.stores.readings import Readings


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one input of ``add``."""

    file: str
    url: str | None
    report: str | None
    outcome: Outcome
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What ``read`` made of one file: a report, or the reason why there is none."""

    file: str
    url: str | None
    report: Report | None
    skipped: Skip | None


@dataclass(frozen=True, slots=True)
class Intake:
    """``archive`` and ``readings`` open them: who only reads needs none. ``max_bytes`` of a page."""

    processes: ReadingProcesses
    fetcher: Fetcher
    archive: Callable[[], Archive]
    readings: Callable[[], Readings | None]
    max_bytes: int

    def read(self, inputs: Iterable[str | Path], url: str | None = None) -> Iterator[Reading]:
        """Without storing anything. Folders are walked. What a report took in is no report of its own any more."""
        taken: dict[str, str] = {}
        for one in self._pages(inputs, url):
            if one.key in taken:
                yield Reading(one.file or one.key, one.url, None, part_of(taken[one.key]))
                continue
            report, skipped = self._reading(one, one.beside, None)
            taken |= {part.key: one.file or one.key for part in _parts(report, one.beside)}
            yield Reading(one.file or one.key, one.url or (report.url if report else None), report, skipped)

    def add(self, inputs: Sequence[str]) -> Iterator[Added]:
        """Each page is kept before the next one is looked at. ``pages.sqlite`` of another data folder: all its pages,
        with what was read of them there."""
        archive, readings = self.archive(), self.readings()
        for named in filter(is_archive, inputs):
            yield from _taken_over(Path(named), archive, readings)
        taken: dict[str, str] = {}  # key of a next page or an attachment → the report that holds its text
        for one in self._pages((named for named in inputs if not is_archive(named)), None):
            beside = one.beside or ArchivedNeighbours(one.key, archive.given)
            report, skipped = self._reading(one, beside, readings)
            if one.key in taken:
                report, skipped = None, part_of(taken[one.key])
            url = one.url or (report.url if report else None)
            file = one.file or one.key
            reason = str(skipped) if skipped else None
            if one.of_crawl and skipped and (one.page is None or skipped.code in NOT_KEPT):
                if skipped.code in ("vanished", "soft_404") and not self.vanished(one.key, skipped):
                    continue
                yield Added(file, url, None, Outcome.SKIPPED, reason)
                continue
            if one.page is None:
                if skipped and skipped.code != "missing_file":
                    archive.refuse(one.key, skipped)
                yield Added(file, url, None, Outcome.SKIPPED, reason)
                continue
            name, outcome = archive.add(one.key, one.page, one.file, skipped)
            for part in _parts(report, one.beside):
                taken[part.key] = name  # a build reads the archive only, so what was taken in must lie there
                archive.add(part.key, part.page, part.file, part_of(name))
            yield Added(file, url, name if report else None, outcome, reason)

    def read_page(self, page: RawPage) -> Report | Skip:
        """By itself, without storing anything."""
        return self.processes.read(page, NOTHING_BESIDE)[1].result

    def crawled(self, page: RawPage) -> tuple[Outcome, Skip | None]:
        """A page of a crawl, read and kept under its address, unless its Skip is one of NOT_KEPT."""
        archive = self.archive()
        key = page.url or page.name
        one = Input(key, None, page.url, page, of_crawl=True)
        _, skipped = self._reading(one, ArchivedNeighbours(key, archive.given), self.readings())
        if skipped and skipped.code in NOT_KEPT:
            return Outcome.SKIPPED, skipped
        _, outcome = archive.add(key, page, None, skipped)
        return outcome, skipped

    def vanished(self, key: str, reason: Skip) -> bool:
        """Marks the page of ``key`` as gone from where it was; False where none is kept."""
        archive = self.archive()
        if archive.given(key) is None:
            return False
        archive.refuse(key, reason)
        return True

    def _pages(self, inputs: Iterable[str | Path], url: str | None) -> Iterator[Input]:
        return pages_of(inputs, self.fetcher, self.max_bytes, url)

    def _reading(
        self, one: Input, beside: Neighbours | None, readings: Readings | None
    ) -> tuple[Report | None, Skip | None]:
        if one.page is None:
            return None, one.skipped
        beside = beside or NOTHING_BESIDE
        reading = known_reading(readings, one.page.input, beside) if readings else None
        if reading is None:
            payload, reading = self.processes.read(one.page, beside)
            if readings:
                readings.put(one.page.input, payload)
        result = reading.result
        return (None, result) if isinstance(result, Skip) else (result, None)


def _taken_over(file: Path, archive: Archive, readings: Readings | None) -> Iterator[Added]:
    """Raises NoIndex where it is no archive, or ours."""
    with closing(Archive(file)) as other:
        for outline, outcome in archive.take_over(other):
            reason = None if outline.is_whole else str(Skip("damaged"))
            report = None if outcome is Outcome.SKIPPED else archive.report_of(outline.key)
            yield Added(outline.file or outline.key, outline.url, report, outcome, reason)
    beside = file.with_name(READINGS)
    if readings is not None and beside.is_file():
        with suppress(NoIndex):  # then it is read here
            readings.take_over(beside)


def _parts(report: Report | None, beside: FolderNeighbours | ZipNeighbours | None) -> list[Part]:
    """The files that ``report`` took in."""
    if report is None or beside is None:
        return []
    return [part for link in report.parts if (part := beside.part(link))]
