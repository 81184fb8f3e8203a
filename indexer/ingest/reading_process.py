"""Pages are read in processes of their own, each page within a time and a memory: no page can end or hold a command.

::

    any thread → ReadingProcesses.read(page, beside) ─ page ──→ a process with the tables
                                                   ←─ what lies beside it? ─
                                                   ── it, or nothing ─→
                                                   ←─ the reading, or what went wrong ─

Both sides speak msgpack, never pickle: a process that a crafted PDF has taken over can tell nothing but a reading.
What it opened ends with the process, whichever way its parent went.
"""

from __future__ import annotations

import logging
import os
import resource
import select
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import NoReturn

import msgspec

from indexer.domain.page import RawPage
from indexer.domain.report import Report
from indexer.errors import BadSetup, Interrupted, Skip, StoredSkip
from indexer.locale import LazyText
from indexer.pipeline.documents.recognition import is_available
from indexer.pipeline.documents.safety import Limits
from indexer.pipeline.read import Reader
from indexer.ports import Neighbours
from indexer.settings import DataSettings, ReadingSettings, Settings
from indexer.stores.readings import Beside, Reading, packed, unpacked
from indexer.tables import reader_of

_log = logging.getLogger(__name__)

_WALL = 4  # times the CPU time that a page has: the machine may be busy with something else
_STARTING = 120.0  # seconds; the tables take .7 s on an idle machine
# What may be due to pages read before, whose memory the libraries still hold: 300 MB of blanks in a PDF ended a process
# that had read other bombs, and were read in a fresh one. A page has one reading, whatever came before: it is tried
# once more.
_AFTER_OTHERS = frozenset({"too_much_memory", "reader_fault"})
_PAGES_EACH = 2_000  # that one process reads: memory that the libraries keep is given back after them
# A library that gets no more memory aborts, as one does that is broken: PDFium over 400 MB of blanks. What had taken
# this share of its limit when it was looked at last has died of that: buffers grow by doubling.
_SHARE_OF_HOARDERS = 0.3
_ABORTED = (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGTRAP, -signal.SIGILL, -signal.SIGBUS)
_GLANCE = 0.05  # seconds between two looks
_OCR_MEGABYTES = 2_000  # models and their buffers, where the extra is installed
_ENDING = 5.0  # seconds
_PACKAGES = Path(__file__).resolve().parents[2]
# -P and a path of ours: whatever is called indexer.py in the folder one stands in must not be run. -c and not
# multiprocessing: that runs the user's main module again, which a notebook or a script without a guard hasn't.
_BOOT = "import sys; sys.path[:0] = sys.argv[1:2]; from indexer.ingest.reading_process import main; main(*sys.argv[2:])"


class Ready(msgspec.Struct, frozen=True, tag=True):
    """The tables are read, pages may come. ``wrong``: what is wrong with them."""

    wrong: str | None = None


class Wanted(msgspec.Struct, frozen=True, tag=True):
    """What lies beside the page under ``link``?"""

    link: str


class Done(msgspec.Struct, frozen=True, tag=True):
    """``reading`` as stores.readings.packed makes it."""

    reading: bytes


class Fault(msgspec.Struct, frozen=True, tag=True):
    """A reader raised what no reader should."""

    code: str
    message: str
    trace: str
    beside: Beside


Told = Ready | Wanted | Done | Fault
_encode = msgspec.msgpack.Encoder().encode
_told = msgspec.msgpack.Decoder(Told).decode
_page = msgspec.msgpack.Decoder(RawPage | None).decode


class ReadingProcesses:
    """As many processes as are asked at once, kept for the next page. Any thread may ask."""

    def __init__(self, corpus: Path, limits: ReadingSettings) -> None:
        self._corpus = corpus
        self._limits = limits
        self._lock = threading.Lock()
        self._idle: list[_Process] = []

    def read(self, page: RawPage, beside: Neighbours) -> tuple[bytes, Reading]:
        """``page`` read, or the reason why it can't be, packed for stores/readings.py and as it is.

        Raises BadSetup where a table is wrong, Interrupted where no process can be started.
        """
        with self._lock:
            process = self._idle.pop() if self._idle else None
        if process is None or not process.is_alive():
            process = _Process.started(self._corpus, self._limits)
        try:
            payload, reading = process.read(page, beside)
            if reading.skipped and reading.skipped[0] in _AFTER_OTHERS and process.read_pages > 1:
                process.end()
                process = _Process.started(self._corpus, self._limits)
                payload, reading = process.read(page, beside)
        except BaseException:
            process.end()
            raise
        if process.is_spent:
            process.end()
        else:
            with self._lock:
                self._idle.append(process)
        return payload, reading

    def close(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for process in idle:
            process.end()


@cache
def _processes(corpus: Path, limits: ReadingSettings, parent: int) -> ReadingProcesses:
    """``parent``: a forked process has no use for those of the one it was forked from."""
    return ReadingProcesses(corpus, limits)


def reading_processes(settings: Settings) -> ReadingProcesses:
    """Those of this process for ``settings``: whoever asks twice waits for the tables once."""
    return _processes(settings.corpus_folder.absolute(), settings.reading, os.getpid())


@dataclass(slots=True)
class _Process:
    """One that reads."""

    connection: Connection
    lifeline: int
    process: subprocess.Popen[bytes]
    limits: ReadingSettings
    at_start: int = 0  # bytes that it had mapped
    most: int = 0  # that it was seen with, over the page it reads
    read_pages: int = 0
    is_spent: bool = False

    @classmethod
    def started(cls, corpus: Path, limits: ReadingSettings) -> _Process:
        mine, theirs = socket.socketpair()
        ends, lifeline = os.pipe()
        told = msgspec.json.encode({"corpus": str(corpus), "limits": limits}).decode()
        command = [sys.executable, "-P", "-c", _BOOT, str(_PACKAGES), str(theirs.fileno()), str(ends), told]
        try:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=(theirs.fileno(), ends))
        except OSError as error:
            os.close(lifeline)
            mine.close()
            raise Interrupted("process.not_started", reason=error.strerror) from error
        finally:
            theirs.close()
            os.close(ends)
        started = cls(Connection(mine.detach()), lifeline, process, limits)
        try:
            ready = started._heard(time.monotonic() + _STARTING)
        except (EOFError, OSError, TimeoutError) as error:
            started.end()
            raise Interrupted("process.silent") from error
        if not isinstance(ready, Ready) or ready.wrong:
            started.end()
            if isinstance(ready, Ready) and ready.wrong:
                raise BadSetup("process.wrong", problem=ready.wrong)
            raise BadSetup("process.odd")
        started.at_start = _mapped(process.pid)
        return started

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def read(self, page: RawPage, beside: Neighbours) -> tuple[bytes, Reading]:
        asked: dict[str, str | None] = {}
        self.read_pages += 1
        self.most = 0
        self.is_spent = self.read_pages >= _PAGES_EACH
        try:
            return self._read(page, beside, asked)
        except (EOFError, ConnectionError, TimeoutError, msgspec.DecodeError) as error:
            self.is_spent = True
            skip = self._skip_of(error, page)
            reading = Reading.of(skip, tuple(asked.items()))
            return packed(reading), reading

    def _read(self, page: RawPage, beside: Neighbours, asked: dict[str, str | None]) -> tuple[bytes, Reading]:
        until = time.monotonic() + _WALL * _seconds(self.limits)
        self.connection.send_bytes(_encode(page))
        while True:
            told = self._heard(until)
            if isinstance(told, Wanted):
                begun = time.monotonic()
                found = beside.given(told.link)
                asked[told.link] = found.sha256 if found else None
                until += time.monotonic() - begun
                self.connection.send_bytes(_encode(found))
            elif isinstance(told, Done):
                return told.reading, unpacked(told.reading)
            elif isinstance(told, Fault):
                self.is_spent = True
                _log.error("reading %s failed:\n%s", page.url or page.name, told.trace)
                reading = Reading.of(StoredSkip(told.code, told.message), told.beside)
                return packed(reading), reading

    def _heard(self, until: float) -> Told:
        """Raises EOFError, TimeoutError, msgspec.DecodeError."""
        while not self.connection.poll(max(0.0, min(_GLANCE, until - time.monotonic()))):
            if time.monotonic() >= until:
                raise TimeoutError
            self.most = max(self.most, _mapped(self.process.pid))
        told: Told = _told(self.connection.recv_bytes())
        return told

    def _skip_of(self, error: Exception, page: RawPage) -> Skip:
        """Why a process that gave no answer gave none."""
        if not isinstance(error, TimeoutError):
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(_ENDING)
        ended = self.process.poll()
        if isinstance(error, TimeoutError) or ended in (-signal.SIGXCPU, -signal.SIGKILL):
            return _too_slow(self.limits)
        more = self.most - self.at_start
        _log.error(
            "the process that read %s ended with %s (%r), %d MB", page.url or page.name, ended, error, more / 1e6
        )
        if ended in _ABORTED and more > _SHARE_OF_HOARDERS * _bytes(self.limits):
            return _too_much_memory(self.limits)
        return Skip("reader_fault", "ended", ended=ended)

    def end(self) -> None:
        self.connection.close()
        os.close(self.lifeline)
        self.process.kill()
        self.process.wait()


def _seconds(limits: ReadingSettings) -> float:
    """CPU time of one page; recognition counts its own, sheet by sheet."""
    bounds = Limits()
    return limits.page_seconds + (bounds.page_seconds * bounds.recognised_pages if is_available() else 0)


def _too_slow(limits: ReadingSettings) -> Skip:
    return Skip("too_slow", "seconds", seconds=limits.page_seconds)


# --- in the process that reads ---


def main(connection: str, lifeline: str, told: str) -> NoReturn:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all of a terminal; it is our parent that ends us
    _end_with(int(lifeline))
    to_parent = Connection(int(connection))
    asked = msgspec.json.decode(told, type=_Told)
    settings = Settings(data=DataSettings(corpus=asked.corpus), reading=asked.limits, base=Path("/"))
    try:
        reader = reader_of(settings)
    except BadSetup as error:
        to_parent.send_bytes(_encode(Ready(str(error))))
        sys.exit(1)
    to_parent.send_bytes(_encode(Ready()))
    _limit_memory(asked.limits)
    try:
        while True:
            page = _page(to_parent.recv_bytes())
            if page is not None:
                _limit_time(asked.limits)
                to_parent.send_bytes(_encode(_read_here(reader, page, _Beside(to_parent), asked.limits)))
    except (EOFError, OSError):
        os._exit(0)


class _Told(msgspec.Struct, frozen=True):
    corpus: str
    limits: ReadingSettings


class _Beside:
    """What lies beside a page, asked of the parent and remembered."""

    def __init__(self, to_parent: Connection) -> None:
        self._to_parent = to_parent
        self.answers: dict[str, str | None] = {}

    def given(self, link: str) -> RawPage | None:
        self._to_parent.send_bytes(_encode(Wanted(link)))
        page: RawPage | None = _page(self._to_parent.recv_bytes())
        self.answers[link] = page.sha256 if page else None
        return page


def _read_here(reader: Reader, page: RawPage, beside: _Beside, limits: ReadingSettings) -> Done | Fault:
    try:
        return Done(packed(Reading.of(_result(reader, page, beside), tuple(beside.answers.items()))))
    except MemoryError:
        return Done(packed(Reading.of(_too_much_memory(limits), tuple(beside.answers.items()))))
    except Exception as error:  # noqa: BLE001 — a fault of ours in one page must not end an `add`: kept, logged, counted
        place = _place_of(error.__traceback__)
        fault = Skip("reader_fault", "place", kind=type(error).__name__, place=place)
        return Fault(
            fault.code, fault.recorded, traceback.format_exc(limit=-20)[-8_000:], tuple(beside.answers.items())
        )


def _result(reader: Reader, page: RawPage, beside: _Beside) -> Report | Skip:
    try:
        return reader.read(page, beside)
    except Skip as skip:
        return skip


def _too_much_memory(limits: ReadingSettings) -> Skip:
    return Skip("too_much_memory", "megabytes", megabytes=limits.page_megabytes)


def _place_of(trace: TracebackType | None) -> str | LazyText:
    """File and line of ours that raised, or that called what did."""
    place: str | LazyText = LazyText("process.place_unknown")
    for frame, line in traceback.walk_tb(trace):
        file = Path(frame.f_code.co_filename)
        if file.is_relative_to(_PACKAGES / "indexer"):
            place = f"{file.relative_to(_PACKAGES).as_posix()}:{line}"
    return place


def _limit_memory(limits: ReadingSettings) -> None:
    """Beyond what the tables and libraries have mapped already."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = _mapped(os.getpid()) + _bytes(limits)
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


_LINUX = sys.platform == "linux"


def _bytes(limits: ReadingSettings) -> int:
    """That a page may take."""
    return (limits.page_megabytes + (_OCR_MEGABYTES if is_available() else 0)) * 1_000_000


def _mapped(process: int) -> int:
    """Bytes of address space; 0 where it isn't told."""
    if not _LINUX:
        return 0
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[0]) * resource.getpagesize()
    except (OSError, IndexError):  # it has ended
        return 0


def _limit_time(limits: ReadingSettings) -> None:
    """The kernel ends us (SIGXCPU) when the page has had its seconds: a loop in a library looks at no clock."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    most = int(used.ru_utime + used.ru_stime + _seconds(limits)) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _end_with(lifeline: int) -> None:
    """Whoever reads for a parent that was killed ends too: the pipe, of which the parent alone holds the other end."""

    def watch() -> None:
        select.select([lifeline], [], [])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
