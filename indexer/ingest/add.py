"""What is given to Duibiao: read on the spot, or kept in the archive for the next build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.domain.catalogue import Outcome
from indexer.domain.page import RawPage
from indexer.domain.report import Report
from indexer.errors import Skip
from indexer.ingest.inputs import Input, key_of, pages_of, readable
from indexer.ingest.read_archive import known_reading, part_of, read_one
from indexer.ingest.related_pages import ArchivedNeighbours, FolderNeighbours
from indexer.pipeline.read import NOTHING_BESIDE, Reader
from indexer.ports import Fetcher, Neighbours
from indexer.stores.archive import Archive
from indexer.stores.readings import Readings, packed


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

    reader: Reader
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
            taken |= {key_of(part): one.file or one.key for part in _parts(report, one.beside)}
            yield Reading(one.file or one.key, one.url or (report.url if report else None), report, skipped)

    def add(self, inputs: Sequence[str]) -> Iterator[Added]:
        """Each page is kept before the next one is looked at."""
        archive, readings = self.archive(), self.readings()
        taken: dict[str, str] = {}  # key of a next page or an attachment → the report that holds its text
        for one in self._pages(inputs, None):
            beside = one.beside or ArchivedNeighbours(one.key, archive.given)
            report, skipped = self._reading(one, beside, readings)
            if one.key in taken:
                report, skipped = None, part_of(taken[one.key])
            url = one.url or (report.url if report else None)
            file = one.file or one.key
            reason = str(skipped) if skipped else None
            if one.page is None:
                if skipped and skipped.code != "missing_file":
                    archive.refuse(one.key, skipped)
                yield Added(file, url, None, Outcome.SKIPPED, reason)
                continue
            name, outcome = archive.add(one.key, one.page, one.file, skipped)
            for part in _parts(report, one.beside):
                taken[key_of(part)] = name  # a build reads the archive only, so what was taken in must lie there
                raw = RawPage(part.read_bytes(), readable(part.name))
                archive.add(key_of(part), raw, readable(str(part)), part_of(name))
            yield Added(file, url, name if report else None, outcome, reason)

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
            reading = read_one(self.reader, one.page, beside)
            if readings:
                readings.put(one.page.input, packed(reading))
        result = reading.result
        return (None, result) if isinstance(result, Skip) else (result, None)


def _parts(report: Report | None, beside: FolderNeighbours | None) -> list[Path]:
    """The files that ``report`` took in."""
    if report is None or beside is None:
        return []
    return [file for link in report.parts if (file := beside.file(link))]
