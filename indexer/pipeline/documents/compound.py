"""Compound files ([MS-CFB]), what Office wrote before 2007: streams in a small file system of sectors."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from indexer.errors import Skip

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # from here on a sector number is a mark: end, free, table
_SMALL_SECTOR = 64
_ENTRY = 128
_CHAIN_ENDS, _TABLE, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_LARGE = 4096  # bytes from which on a stream lies in sectors of the file's own
_WRITTEN_SECTOR = 4096  # 109 tables of such hold 450 MB


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    start: int
    size: int


class CompoundFile:
    """Raises Skip("damaged") where the file's tables can't be followed. No stream is longer than the file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            shift, small_shift = struct.unpack_from("<HH", data, 30)
            if shift not in (9, 12) or small_shift != 6:
                raise struct.error("sector size")
            self._sector = 1 << shift
            first_directory, self._cutoff = struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<I", data, 56)[0]
            first_small, _, first_master, _ = struct.unpack_from("<IIII", data, 60)
            self._table = self._read_table(first_master)
            entries = self._entries(self._chain(first_directory, len(data)))
            self._small_table = _integers(self._chain(first_small, len(data)))
        except struct.error as broken:
            raise _damaged() from broken
        if not entries:
            raise _damaged()
        self._streams = {entry.name: entry for entry in entries}
        self._small = self._chain(entries[0].start, entries[0].size)

    def names(self) -> set[str]:
        return set(self._streams)

    def stream(self, name: str) -> bytes:
        """Raises Skip("damaged") where there is none."""
        entry = self._streams.get(name)
        if entry is None:
            raise _damaged()
        if entry.size >= self._cutoff:
            return self._chain(entry.start, entry.size)
        parts, at, size = [], entry.start, 0
        while at < _END and size < entry.size and at < len(self._small_table):
            parts.append(self._small[at * _SMALL_SECTOR : (at + 1) * _SMALL_SECTOR])
            size += _SMALL_SECTOR
            at = self._small_table[at]
        return b"".join(parts)[: entry.size]

    def _read_table(self, first_master: int) -> list[int]:
        """Which sector follows which."""
        places = [number for number in struct.unpack_from("<109I", self._data, 76) if number < _END]
        at, seen = first_master, 0
        while at < _END and seen < 10_000:  # of a file over 7 MB
            more = _integers(self._at(at))
            places += [number for number in more[:-1] if number < _END]
            at, seen = (more[-1] if more else _END), seen + 1
        most = len(self._data) // self._sector + 1
        return [number for place in places[:most] for number in _integers(self._at(place))]

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        return self._data[start : start + self._sector]

    def _chain(self, start: int, size: int) -> bytes:
        parts: list[bytes] = []
        at, most = start, min(size, len(self._data)) // self._sector + 1
        while at < _END and len(parts) < most and at < len(self._table):
            parts.append(self._at(at))
            at = self._table[at]
        return b"".join(parts)[:size]

    def _entries(self, directory: bytes) -> list[_Entry]:
        found = []
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            if kind in (2, 5):  # a stream, the root
                name = directory[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
                start, size = struct.unpack_from("<II", directory, at + 116)
                found.append(_Entry(name, start, size))
        return found


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of ``streams``, each filled up with zeros to the 4,096 bytes from which on it needs no small
    sectors: for readers that believe whatever such a file's tables say (a chain that turns back on itself, a size of
    4 GB)."""
    sectors: list[bytes] = []
    follows: list[int] = []

    def stored(data: bytes) -> int:
        """Number of its first sector."""
        first, count = len(sectors), -(-len(data) // _WRITTEN_SECTOR)
        sectors.append(data.ljust(count * _WRITTEN_SECTOR, b"\0"))
        sectors.extend([b""] * (count - 1))
        follows.extend([*range(first + 1, first + count), _CHAIN_ENDS])
        return first

    padded = {name: data.ljust(_LARGE, b"\0") for name, data in streams.items()}
    entries = [_entry("Root Entry", 5, 0, 0)]  # calamine takes a root that starts nowhere for a file without streams
    entries += [_entry(name, 2, stored(data), len(data)) for name, data in padded.items()]
    directory, of_directory = stored(b"".join(entries)), -(-len(entries) * _ENTRY // _WRITTEN_SECTOR)
    tables = -(-len(follows) // (_WRITTEN_SECTOR // 4 - 1))  # sectors; each stands in the table as well
    places = [len(follows) + n for n in range(tables)]
    follows += [_TABLE] * tables
    table = struct.pack(f"<{len(follows)}I", *follows).ljust(tables * _WRITTEN_SECTOR, b"\xff")
    head = SIGNATURE + bytes(16) + struct.pack("<HHHHH", 0x3E, 4, 0xFFFE, 12, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", of_directory, tables, directory, 0, _LARGE, _CHAIN_ENDS, 0, _CHAIN_ENDS, 0)
    head += struct.pack("<109I", *places, *[_FREE] * (109 - tables))
    return head.ljust(_WRITTEN_SECTOR, b"\0") + b"".join(sectors) + table


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    """Of the directory; ``kind``: 2 a stream, 5 the root."""
    spelled = name.encode("utf-16-le") + b"\0\0"
    head = spelled.ljust(64, b"\0") + struct.pack("<HBBIII", len(spelled), kind, 1, _FREE, _FREE, _FREE)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def _integers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _damaged() -> Skip:
    return Skip("damaged", "old_office")
