"""The pages of the archive as reports: what was never read in this way is read, in several processes; the rest was.

Nothing but what tells copies apart stays in memory: reports lie in the readings (stores/readings.py) until they are
stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.domain.catalogue import StoredReport
from indexer.domain.report import Report
from indexer.errors import Interrupted, NoIndex, Skip
from indexer.ingest.reading_process import reading_processes
from indexer.ingest.related_pages import ArchivedNeighbours
from indexer.ports import Neighbours
from indexer.settings import Settings
from indexer.stores.archive import Archive, Outline
from indexer.stores.readings import Reading, Readings
from indexer.workers import in_threads

Progress = Callable[
    [str, int, int], None
]  # (stage: reuse, read, copies, catalogue, index, suggestions, swap; so many, of so many)
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
        beside = ArchivedNeighbours(outline.key, archive.given)
        reading = known_reading(readings, outline.input, beside) if outline.is_whole else None
        if reading is None:
            unread.append(outline)
        else:
            note(outline, reading)
    progress("reuse", 0, len(outlines) - len(unread))
    progress("reuse", len(outlines) - len(unread), len(outlines) - len(unread))
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


def whole_report(readings: Readings, stored: StoredReport, input: str) -> StoredReport:
    """``stored`` with all that was read of it. Raises NoIndex where another build has swept it away meanwhile."""
    reading = readings.get(input)
    if reading is None or reading.report is None:
        raise Interrupted("library.pages_vanished")
    return replace(stored, report=reading.report)


def _read(
    settings: Settings, archive: Archive, readings: Readings, outlines: list[Outline], progress: Progress
) -> Iterator[tuple[Outline, Reading]]:
    """Each of ``outlines`` read and kept, without what only the catalogue needs."""
    progress("read", 0, len(outlines))
    if not outlines:
        return
    processes = reading_processes(settings)
    threads = settings.reading.processes if len(outlines) > settings.reading.parallel_above else 1

    def read_there(outline: Outline) -> tuple[bytes | None, Reading]:
        try:
            kept = archive.page(outline)
        except NoIndex as damaged:
            return None, Reading.of(Skip("damaged", "because", problem=damaged))
        payload, reading = processes.read(kept.page, ArchivedNeighbours(kept.key, archive.given))
        return payload, replace(reading, report=slight(reading.report)) if reading.report else reading

    for done, (outline, (payload, reading)) in enumerate(in_threads(read_there, outlines, threads), 1):
        if payload is not None:
            readings.put(outline.input, payload)
        yield outline, reading
        progress("read", done, len(outlines))


def _named_apart(skipped: dict[str, tuple[str, Skip]]) -> list[Skipped]:
    """The user's name for each page; its key where two were named alike: ``a.html`` added from two folders."""
    names = Counter(name for name, _ in skipped.values())
    return [
        (name if names[name] == 1 and name not in skipped else key, skip.code, skip.recorded)
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
    return Skip("part", "of", report=report)
