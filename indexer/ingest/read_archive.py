"""The pages of the archive as reports: what was never read in this way is read, in several processes; the rest was.

Nothing but what tells copies apart stays in memory: reports lie in the readings (stores/readings.py) until they are
stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from indexer.domain.catalogue import StoredReport
from indexer.domain.page import RawPage
from indexer.domain.report import Report
from indexer.errors import Interrupted, Skip
from indexer.ingest.related_pages import ArchivedNeighbours
from indexer.pipeline.read import Reader
from indexer.ports import Neighbours
from indexer.settings import Settings
from indexer.stores.archive import Archive, ArchivedPage, Outline
from indexer.stores.readings import Beside, Reading, Readings, packed
from indexer.tables import reader_of
from indexer.workers import side_by_side

Progress = Callable[[str, int, int], None]  # (what is done, so many, of so many)
Skipped = tuple[str, str, str]  # key, code, message


def archive_file(settings: Settings) -> Path:
    return settings.data_folder / "pages.sqlite"


def readings_file(settings: Settings) -> Path:
    return settings.data_folder / "readings.sqlite"


@dataclass(frozen=True, slots=True)
class Pages:
    """What became of all pages. ``reports``: without passages, sections and history, as copies are found by;
    ``inputs``: id of a report → what its whole reading is kept under."""

    reports: list[StoredReport]
    skipped: list[Skipped]
    inputs: dict[str, str]


def read_pages(settings: Settings, archive: Archive, readings: Readings, progress: Progress) -> Pages:
    """Every page of ``archive``; afterwards the reading of each lies in ``readings``, and of no other."""
    outlines = list(archive.outlines())
    reports: dict[str, StoredReport] = {}  # by key
    skipped: dict[str, tuple[str, Skip]] = {}  # by key: how the user named it, and why
    unread: list[Outline] = []

    def note(outline: Outline, reading: Reading) -> None:
        result = reading.result
        if isinstance(result, Skip):
            skipped[outline.key] = outline.url or outline.file or outline.report, result
        else:
            stored = StoredReport(outline.report, outline.file, slight(result), outline.sha256, outline.versions)
            reports[outline.key] = stored

    for outline in outlines:
        reading = known_reading(readings, outline.input, ArchivedNeighbours(outline.key, archive.given))
        if reading is None:
            unread.append(outline)
        else:
            note(outline, reading)
    progress("沿用", 0, len(outlines) - len(unread))
    progress("沿用", len(outlines) - len(unread), len(outlines) - len(unread))
    for outline, reading in _read(settings, archive, readings, unread, progress):
        note(outline, reading)
    readings.sweep([outline.input for outline in outlines])
    for key, skip in _parts(reports).items():
        part = reports.pop(key)
        skipped[key] = part.report.url or part.file or part.id, skip
    in_order = [reports[outline.key] for outline in outlines if outline.key in reports]
    inputs = {outline.report: outline.input for outline in outlines}
    return Pages(in_order, _named_apart(skipped), inputs)


def slight(report: Report) -> Report:
    """``report`` as far as copies are told apart by it: of 1,472 work reports the rest takes ten times the memory."""
    return replace(report, sections=(), passages=(), history=(), masks=(), restorations=())


def known_reading(readings: Readings, input: str, beside: Neighbours) -> Reading | None:
    """How ``input`` was read before; None where it wasn't, or where what lay beside it then is not there now."""
    reading = readings.get(input)
    if reading is None:
        return None
    for link, sha256 in reading.beside:
        page = beside.given(link)
        if (page.sha256 if page else None) != sha256:
            return None
    return reading


def read_one(reader: Reader, page: RawPage, beside: Neighbours) -> Reading:
    """``page`` read, or the reason why it can't be, with all that was looked for beside it."""
    asked = _Asked(beside)
    try:
        return Reading.of(reader.read(page, asked), asked.answers)
    except Skip as skip:
        return Reading.of(skip, asked.answers)


def whole_report(readings: Readings, stored: StoredReport, input: str) -> StoredReport:
    """``stored`` with all that was read of it. Raises NoIndex where another build has swept it away meanwhile."""
    reading = readings.get(input)
    if reading is None or reading.report is None:
        raise Interrupted("读过的页面在建立期间不见了。请再运行一次 duibiao build。")
    return replace(stored, report=reading.report)


def _read(
    settings: Settings, archive: Archive, readings: Readings, outlines: list[Outline], progress: Progress
) -> Iterator[tuple[Outline, Reading]]:
    """Each of ``outlines`` read and kept, without what only the catalogue needs."""
    progress("读网页", 0, len(outlines))
    if not outlines:
        return
    by_key = {outline.key: outline for outline in outlines}
    pages = map(archive.page, outlines)
    parallel = settings.reading.processes > 1 and len(outlines) > settings.reading.parallel_above
    read = (
        side_by_side(partial(_read_there, settings), ((page.key, page) for page in pages), settings.reading.processes)
        if parallel
        else _one_by_one(settings, archive, pages)
    )
    for done, (key, (payload, reading)) in enumerate(read, 1):
        readings.put(by_key[key].input, payload)
        yield by_key[key], reading
        progress("读网页", done, len(outlines))


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
    for key, stored in sorted(reports.items()):
        if key in holder:
            continue
        for link in stored.report.parts:
            taken = next((one for one in ArchivedNeighbours(key).keys(link) if one in reports), None)
            if taken is not None:
                holder.setdefault(taken, stored.id)
    return {key: part_of(report) for key, report in holder.items()}


def part_of(report: str) -> Skip:
    return Skip("part", f"这是报告 {report} 的后续页或附件，正文已并入该报告")


Packed = tuple[bytes, Reading]  # the reading as it is kept, and slight


def _packed(reading: Reading) -> Packed:
    return packed(reading), replace(reading, report=slight(reading.report)) if reading.report else reading


def _one_by_one(settings: Settings, archive: Archive, pages: Iterable[ArchivedPage]) -> Iterator[tuple[str, Packed]]:
    reader = reader_of(settings)
    for kept in pages:
        yield kept.key, _packed(read_one(reader, kept.page, ArchivedNeighbours(kept.key, archive.given)))


def _read_there(settings: Settings, kept: ArchivedPage) -> Packed:
    reader, archive = _reader_here(settings)
    return _packed(read_one(reader, kept.page, ArchivedNeighbours(kept.key, archive.given)))


@lru_cache(maxsize=1)
def _reader_here(settings: Settings) -> tuple[Reader, Archive]:
    """The reader of a worker process, and the archive for what lies beside a page: the tables take half a second, so
    they are read once."""
    return reader_of(settings), Archive(archive_file(settings))


class _Asked:
    """Neighbours that remember what was looked for, and what was there."""

    def __init__(self, neighbours: Neighbours) -> None:
        self._neighbours = neighbours
        self._answers: dict[str, str | None] = {}

    def given(self, link: str) -> RawPage | None:
        page = self._neighbours.given(link)
        self._answers[link] = page.sha256 if page else None
        return page

    @property
    def answers(self) -> Beside:
        return tuple(self._answers.items())
