"""The pages of the archive as reports: what was never read in this way is read, in several processes; the rest was.

Nothing but a sketch of each report stays in memory: reports lie in the readings (stores/readings.py) until they are
stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.domain.report import Report
from indexer.errors import Interrupted, NoIndex, Skip
from indexer.ingest.reading_process import reading_processes
from indexer.ingest.related_pages import ArchivedNeighbours
from indexer.pipeline.duplicates.sketch import Sketch
from indexer.ports import Neighbours
from indexer.settings import Settings
from indexer.stores.archive import Archive, Outline
from indexer.stores.readings import Reading, Readings
from indexer.workers import in_threads

Progress = Callable[
    [str, int, int], None
]  # (stage: reuse, read, copies, catalogue, index, suggestions, swap; so many, of so many)
Skipped = tuple[str, str, str]  # key, code, message


READINGS = "readings.sqlite"


def archive_file(settings: Settings) -> Path:
    return settings.data_folder / "pages.sqlite"


def readings_file(settings: Settings) -> Path:
    return settings.data_folder / READINGS


@dataclass(frozen=True, slots=True)
class Found:
    """A page that holds a report: what its parts and copies are told by, not the report itself. ``url``: that the
    report names; ``parts``: links to the pages whose text it took in; ``passages``: how many it has."""

    url: str | None
    parts: tuple[str, ...]
    passages: int
    sketch: Sketch

    @classmethod
    def of(cls, id: str, report: Report) -> Found:
        return cls(report.url, report.parts, len(report.passages), Sketch.of(id, report))


Looked = Found | Skip


@dataclass(frozen=True, slots=True)
class Pages:
    """What became of all pages: ``reports``, in the order of their keys, a sketch of each, and what was skipped."""

    reports: list[Outline]
    sketches: list[Sketch]
    skipped: list[Skipped]


def read_pages(settings: Settings, archive: Archive, readings: Readings, progress: Progress) -> Pages:
    """Every page of ``archive``; afterwards the reading of each lies in ``readings``, and of no other."""
    outlines = list(archive.outlines())
    looked_at = look_at(settings, archive, outlines, readings, progress)
    readings.sweep([outline.input for outline in outlines])
    return assembled(outlines, looked_at)


def look_at(
    settings: Settings, archive: Archive, outlines: Sequence[Outline], readings: Readings, progress: Progress
) -> dict[str, Looked]:
    """By key, what each of the pages ``outlines`` holds. Their readings lie in ``readings`` afterwards."""
    found: dict[str, Looked] = {}
    unread: list[Outline] = []
    for outline in outlines:
        beside = ArchivedNeighbours(outline.key, archive.given)
        reading = known_reading(readings, outline.input, beside) if outline.is_whole else None
        if reading is None:
            unread.append(outline)
        else:
            found[outline.key] = _looked(outline, reading)
    progress("reuse", 0, len(found))
    progress("reuse", len(found), len(found))
    return found | dict(_read(settings, archive, readings, unread, progress))


def assembled(outlines: Sequence[Outline], looked_at: Mapping[str, Looked]) -> Pages:
    """What all pages hold together: one whose text another report took in is no report of its own."""
    by_key = {outline.key: outline for outline in outlines}
    found = {key: one for key, one in looked_at.items() if isinstance(one, Found)}
    skipped = {
        key: (by_key[key].url or by_key[key].file or by_key[key].report, one)  # how the user named it, and why
        for key, one in looked_at.items()
        if isinstance(one, Skip)
    }
    for key, skip in _parts({key: (by_key[key].report, one.parts) for key, one in found.items()}).items():
        skipped[key] = found.pop(key).url or by_key[key].file or by_key[key].report, skip
    reports = [outline for outline in outlines if outline.key in found]
    return Pages(reports, [found[outline.key].sketch for outline in reports], _named_apart(skipped))


def _looked(outline: Outline, reading: Reading) -> Looked:
    result = reading.result
    return result if isinstance(result, Skip) else Found.of(outline.report, result)


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


def report_of(readings: Readings, outline: Outline) -> Report:
    """Raises NoIndex where another build has swept it away meanwhile."""
    reading = readings.get(outline.input)
    if reading is None or reading.report is None:
        raise Interrupted("library.pages_vanished")
    return reading.report


def _read(
    settings: Settings, archive: Archive, readings: Readings, outlines: list[Outline], progress: Progress
) -> Iterator[tuple[str, Looked]]:
    """Each of ``outlines`` read and kept: its key, and what it holds."""
    progress("read", 0, len(outlines))
    if not outlines:
        return
    processes = reading_processes(settings)
    threads = settings.reading.processes if len(outlines) > settings.reading.parallel_above else 1

    def read_there(outline: Outline) -> tuple[bytes | None, Looked]:
        try:
            kept = archive.page(outline)
        except NoIndex as damaged:
            return None, _looked(outline, Reading.of(Skip("damaged", "because", problem=damaged)))
        payload, reading = processes.read(kept.page, ArchivedNeighbours(kept.key, archive.given))
        return payload, _looked(outline, reading)

    for done, (outline, (payload, looked)) in enumerate(in_threads(read_there, outlines, threads), 1):
        if payload is not None:
            readings.put(outline.input, payload)
        yield outline.key, looked
        progress("read", done, len(outlines))


def _named_apart(skipped: dict[str, tuple[str, Skip]]) -> list[Skipped]:
    """The user's name for each page; its key where two were named alike: ``a.html`` added from two folders."""
    names = Counter(name for name, _ in skipped.values())
    return [
        (name if names[name] == 1 and name not in skipped else key, skip.code, skip.recorded)
        for key, (name, skip) in skipped.items()
    ]


def _parts(reports: Mapping[str, tuple[str, tuple[str, ...]]]) -> dict[str, Skip]:
    """Keys of the pages and files whose text another report took in: they are no reports of their own. ``reports``:
    key → id and links of its parts."""
    holder: dict[str, str] = {}
    for key, (report, parts) in sorted(reports.items()):
        if key in holder:
            continue
        for link in parts:
            taken = next((one for one in ArchivedNeighbours(key).keys(link) if one in reports), None)
            if taken is not None:
                holder.setdefault(taken, report)
    return {key: part_of(report) for key, report in holder.items()}


def part_of(report: str) -> Skip:
    return Skip("part", "of", report=report)
