"""Compound files ([MS-CFB]), what Office wrote before 2007: streams in a small file system of sectors."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from indexer.errors import Skip

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # from here on a sector number is a mark: end, free, table
_SMALL_SECTOR = 64
_ENTRY = 128


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


def _integers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _damaged() -> Skip:
    return Skip("damaged", "old_office")
