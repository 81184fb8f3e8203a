"""A build made by several machines side by side, each a shard of the archive, and joined by one of them.

Every machine has the same archive. A shard reads its part of it and puts all passages of that part into one index on
the cluster; what is left for the others is one file: the readings, and of each report a sketch (pipeline/duplicates/
sketch.py). Whoever joins them has read nothing itself: it finds the copies among all sketches, makes catalogue and rows
of the readings as any build does, and takes over the index, in which only the copies are put right. So the result is
that of a build on one machine.

Nothing answers before all of it is there. A shard may be repeated at any time: what it writes is the same.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from indexer.domain.catalogue import Stats, StoredReport
from indexer.domain.results import IndexedPassage
from indexer.domain.rows import ReportRows
from indexer.errors import BadQuery, Busy, Damaged, NoIndex, NothingBuilt, OtherVersion, StoredSkip
from indexer.ingest.build import OpenEngine, indexed_passages, lost_pages, shelve, swap_in, writable
from indexer.ingest.fingerprints import made_with, reading
from indexer.ingest.read_archive import Found, Looked, Progress, assembled, look_at, readings_file, report_of
from indexer.locale import listed
from indexer.ports import SearchEngine, SharedIndex
from indexer.settings import Settings
from indexer.stores import shard_files
from indexer.stores.archive import Archive, Outline
from indexer.stores.builds import BuildFolder, Builds
from indexer.stores.catalogue import Catalogue
from indexer.stores.locks import held
from indexer.stores.readings import Readings
from indexer.stores.shard_files import ShardFile

MOST = 1000  # shards: an index of shards is one; a machine has hundreds of thousands of pages before it has as many
_FORM = re.compile(r"([1-9]\d{0,3})/([1-9]\d{0,3})", re.ASCII)
_FILE = re.compile(r"(\d+)-of-(\d+)\.sqlite", re.ASCII)

OpenIndex = Callable[[str, Callable[[int, int], None]], SharedIndex]  # of what run; the second is told its progress


@dataclass(frozen=True, slots=True)
class Shard:
    """Number 1 to ``of``."""

    number: int
    of: int

    @classmethod
    def named(cls, text: str) -> Shard:
        """``2/4``. Raises BadQuery."""
        found = _FORM.fullmatch(text)
        if found is None or not int(found[1]) <= int(found[2]) <= MOST:
            raise BadQuery("shard.form", most=MOST)
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def file(self, data: Path) -> Path:
        return shard_folder(data) / f"{self.number}-of-{self.of}.sqlite"

    def holds(self, outline: Outline) -> bool:
        """By the report's name, which is a hash of what its page first held and stays through all its versions."""
        name = outline.report.encode("utf-8", "backslashreplace")
        return int.from_bytes(hashlib.sha256(name).digest()[:8]) % self.of == self.number - 1


@dataclass(frozen=True, slots=True)
class ShardStats:
    """What came of one. ``file``: what whoever joins them needs of it."""

    shard: Shard
    reports: int
    passages: int
    skipped: int
    file: Path


def shard_folder(data: Path) -> Path:
    return data / "shards"


class _Skipped(msgspec.Struct, tag="skipped"):
    code: str
    message: str


class _Found(msgspec.Struct, tag="found"):
    found: Found


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Found | _Skipped).decode


def build_shard(
    settings: Settings, archive: Archive, shard: Shard, open_index: OpenIndex, progress: Progress
) -> ShardStats:
    """Reads the pages of ``shard`` and puts their passages into the shared index. Raises Busy, NoIndex."""
    outlines = _outlines(archive)
    made = made_with(settings)
    mine = [outline for outline in outlines if shard.holds(outline)]
    file = shard.file(settings.data_folder)
    with writable(settings):
        file.parent.mkdir(parents=True, exist_ok=True)
        with (
            held(file.with_suffix(".lock"), Busy("shard.busy", shard=shard)),
            closing(Readings(readings_file(settings), reading(settings))) as readings,
            closing(open_index(_run(outlines, made, shard.of), partial(progress, "index"))) as index,
        ):
            looked_at = look_at(settings, archive, mine, readings, progress)
            found = {key: one for key, one in looked_at.items() if isinstance(one, Found)}
            passages = sum(one.passages for one in found.values())
            progress("index", 0, passages)
            identity = index.identity()
            index.fill(_passages(readings, (outline for outline in mine if outline.key in found)))
            facts = {
                "shard": str(shard),
                "made_with": made,
                "archive": _digest(outlines),
                "index": identity,
            }
            shard_files.write(file, facts, _told(looked_at), _payloads(readings, mine))
    return ShardStats(shard, len(found), passages, len(looked_at) - len(found), file)


def join(
    settings: Settings,
    archive: Archive,
    open_engine: OpenEngine,
    open_index: OpenIndex,
    rows_of: Callable[[StoredReport], ReportRows],
    list_suggestions: Callable[[BuildFolder], None],
    progress: Progress,
) -> Stats:
    """A build of all shards, swapped in. Raises Busy, NoIndex: which shards are missing or of something else, and what
    mends it; the build before serves on then."""
    builds = Builds(settings.data_folder)
    if lost := lost_pages(builds, archive):
        raise lost
    outlines = _outlines(archive)
    made = made_with(settings)
    with ExitStack() as stack:
        files: dict[Shard, ShardFile] = {}
        facts: dict[Shard, dict[str, Any]] = {}
        for shard in _all_there(settings.data_folder):
            with _named(shard):
                files[shard] = stack.enter_context(closing(ShardFile(shard.file(settings.data_folder))))
                facts[shard] = files[shard].facts()
        _refuse_others(facts, made, _digest(outlines))
        stack.enter_context(writable(settings))
        number, folder = stack.enter_context(builds.making())
        index = stack.enter_context(closing(open_index(_run(outlines, made, len(files)), partial(progress, "index"))))
        _refuse_lost(facts, index.identity())
        looked_at: dict[str, Looked] = {}
        with closing(Readings(readings_file(settings), reading(settings))) as readings:
            for shard, file in files.items():
                with _named(shard):
                    looked_at |= {key: _looked(payload) for key, payload in file.pages()}
                    readings.put_all(file.readings())
            shelve(folder, assembled(outlines, looked_at), readings, rows_of, progress)
        with (
            closing(Catalogue.finished(folder.catalogue)) as catalogue,
            closing(open_engine(folder, partial(progress, "index"))) as engine,
        ):
            found = {one.sketch.id: one.passages for one in looked_at.values() if isinstance(one, Found)}
            with closing(index.sealed(sum(found.values()))) as sealed:
                _take_over(catalogue, engine, sealed, found, progress)
        stats = swap_in(builds, number, folder, list_suggestions, made, progress)
        with suppress(NoIndex):  # the build is made and serves
            index.drop()
    for shard in files:
        shard.file(settings.data_folder).unlink(missing_ok=True)
    return stats


@contextmanager
def _named(shard: Shard) -> Iterator[None]:
    """A file that is cut or changed, with the shard whose it is and what mends it."""
    try:
        yield
    except (Damaged, OtherVersion, msgspec.DecodeError) as error:
        raise Damaged("shard.damaged", problem=error, shard=shard) from error


def _take_over(
    catalogue: Catalogue, engine: SearchEngine, sealed: SearchEngine, found: Iterable[str], progress: Progress
) -> None:
    """The index that the shards filled, without what is a copy or a part of another report; the best copies once more,
    for now they name the others."""
    witnesses = catalogue.witness_digests().keys()
    copied = [one.witness for one in catalogue.clusters()]
    progress("index", 0, catalogue.passages(copied))
    if not engine.inherit(sealed):
        raise Damaged("shard.index_gone")
    passages = (passage for report in copied for passage in indexed_passages(catalogue.get(report)))
    engine.change(passages, without=[*(set(found) - witnesses), *copied])


def _outlines(archive: Archive) -> list[Outline]:
    outlines = list(archive.outlines())
    if not outlines:
        raise NothingBuilt("library.no_pages")
    return outlines


def _digest(outlines: Iterable[Outline]) -> str:
    """Of all pages of an archive, as far as anything is read of them."""
    digest = hashlib.sha256()
    for outline in outlines:
        digest.update(f"{outline.key}\0{outline.report}\0{outline.input}\n".encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


def _run(outlines: Iterable[Outline], made: Mapping[str, str], of: int) -> str:
    """The same on every machine that has the same pages, program and tables: so their passages meet in one index, and
    never those of others."""
    return hashlib.sha256(json.dumps([_digest(outlines), sorted(made.items()), of]).encode()).hexdigest()[:12]


def _passages(readings: Readings, outlines: Iterable[Outline]) -> Iterator[IndexedPassage]:
    for outline in outlines:
        report = report_of(readings, outline)
        yield from indexed_passages(StoredReport(outline.report, outline.file, report, outline.sha256))


def _told(looked_at: Mapping[str, Looked]) -> Iterator[tuple[str, bytes]]:
    for key, one in looked_at.items():
        yield key, _encode(_Found(one) if isinstance(one, Found) else _Skipped(one.code, one.recorded))


def _looked(payload: bytes) -> Looked:
    one = _decode(payload)
    return one.found if isinstance(one, _Found) else StoredSkip(one.code, one.message)


def _payloads(readings: Readings, outlines: Iterable[Outline]) -> Iterator[tuple[str, bytes]]:
    for outline in outlines:
        payload = readings.payload(outline.input)
        if payload is not None:  # a damaged page was never read
            yield outline.input, payload


def _all_there(data: Path) -> list[Shard]:
    """Raises NothingBuilt where one is missing, or it can't be told which ones belong together."""
    names = sorted(path.name for path in shard_folder(data).glob("*-of-*.sqlite"))
    there = {Shard(int(found[1]), int(found[2])) for name in names if (found := _FILE.fullmatch(name))}
    if not there:
        raise NothingBuilt("shard.none", folder=shard_folder(data))
    of = {shard.of for shard in there}
    if len(of) > 1:
        raise NothingBuilt("shard.several", folder=shard_folder(data), names=listed(names))
    every = [Shard(number, max(of)) for number in range(1, max(of) + 1)]
    if missing := [shard for shard in every if shard not in there]:
        raise NothingBuilt("shard.missing", folder=shard_folder(data), shards=_listed(missing), first=missing[0])
    return every


def _refuse_others(facts: Mapping[Shard, Mapping[str, Any]], made: Mapping[str, str], archive: str) -> None:
    """Raises OtherVersion where a shard was made by another program, with other tables, or of other pages."""
    for shard, told in facts.items():
        theirs = dict(told.get("made_with", {}))
        if differing := sorted(part for part in made.keys() | theirs.keys() if made.get(part) != theirs.get(part)):
            raise OtherVersion("shard.other_program", shard=shard, parts=listed(differing))
    wrong = {shard: (told.get("shard"), told.get("archive")) != (str(shard), archive) for shard, told in facts.items()}
    if others := [shard for shard in facts if wrong[shard]]:  # a file may have been given another one's name
        raise OtherVersion("shard.other_pages", shards=_listed(others), first=others[0])


def _refuse_lost(facts: Mapping[Shard, Mapping[str, Any]], identity: str) -> None:
    """Raises Damaged where the index that a shard filled is no longer the one that is there."""
    if lost := [shard for shard, told in facts.items() if told.get("index") != identity]:
        raise Damaged("shard.index_lost", shards=_listed(lost), first=lost[0])


def _listed(shards: Iterable[Shard]) -> str:
    return listed(map(str, shards))
