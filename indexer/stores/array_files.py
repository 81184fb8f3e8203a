"""Arrays in files, one ``.npy`` each: opened without being read, and shared by all processes that have them open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

# Bytes up to which a file is read and not mapped: a mapping holds a file descriptor as long as it lives, a segment has
# 45 files, and 1,024 descriptors are the customary limit of a process.
_SMALL = 1 << 16


def save(folder: Path, name: str, array: npt.NDArray[Any]) -> None:
    np.save(folder / f"{name}.npy", array, allow_pickle=False)


def opened(folder: Path, name: str) -> npt.NDArray[Any]:
    """Mapped unless it is small: what of it is looked at comes from the file as it is needed. Read-only."""
    path = folder / f"{name}.npy"
    mode: Literal["r"] | None = "r" if path.stat().st_size > _SMALL else None
    array = np.asarray(np.load(path, mmap_mode=mode, allow_pickle=False))  # np.memmap itself makes every look slower
    array.flags.writeable = False
    return array


class Draft:
    """An array that grows in a file while an index is made, so that it takes no memory."""

    def __init__(self, path: Path, dtype: npt.DTypeLike) -> None:
        self._path = path
        self._dtype = np.dtype(dtype)
        self._file = path.open("w+b")
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def extend(self, more: npt.NDArray[Any]) -> None:
        self._file.write(np.ascontiguousarray(more, self._dtype).data)
        self._length += len(more)

    def pieces(self, length: int) -> Iterator[tuple[int, npt.NDArray[Any]]]:
        """(where it starts, a piece of at most ``length``), from the beginning to the end."""
        self._file.seek(0)
        for start in range(0, self._length, length):
            yield start, np.fromfile(self._file, self._dtype, min(length, self._length - start))

    def close(self) -> None:
        """It is of no use afterwards and removed."""
        self._file.close()
        self._path.unlink(missing_ok=True)


class BytesWriter:
    """Byte strings one after the other in a file, and where each ends."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name
        self._file = (folder / f"{name}.bytes").open("wb")
        self._lengths: list[int] = []

    def add(self, more: bytes) -> None:
        self._file.write(more)
        self._lengths.append(len(more))

    def extend(self, more: Sequence[bytes]) -> None:
        self._file.write(b"".join(more))
        self._lengths += map(len, more)

    def extend_joined(self, joined: bytes, lengths: npt.NDArray[np.int64]) -> None:
        """``joined``: strings one after the other."""
        self._file.write(joined)
        self._lengths += lengths.tolist()

    def finish(self) -> None:
        self.close()
        save(self._folder, f"{self._name}_ends", np.cumsum(self._lengths, dtype=np.int64))

    def close(self) -> None:
        self._file.close()


@dataclass(frozen=True, slots=True)
class ByteStrings:
    """What a BytesWriter wrote, mapped unless it is small."""

    joined: memoryview
    ends: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: int) -> bytes:
        return bytes(self.joined[self.ends[number - 1] if number else 0 : self.ends[number]])


def opened_bytes(folder: Path, name: str) -> ByteStrings:
    path = folder / f"{name}.bytes"
    with path.open("rb") as file:
        joined = mmap(file.fileno(), 0, access=ACCESS_READ) if path.stat().st_size > _SMALL else file.read()
    return ByteStrings(memoryview(joined), opened(folder, f"{name}_ends"))


def group(
    pieces: Iterable[tuple[npt.NDArray[Any], npt.NDArray[Any]]], bounds: npt.NDArray[np.int64], out: npt.NDArray[Any]
) -> None:
    """Write the values of each key side by side, in their order, without sorting everything at once.

    ``pieces``: (keys, their values). ``bounds``: where each key's values start in ``out``, and where all end.
    """
    next_free = bounds[:-1].copy()
    for keys, values in pieces:
        order = np.argsort(keys, kind="stable")  # a radix sort for 16 bits: 4 million take 0.1 s
        counts = np.bincount(keys, minlength=len(next_free))
        firsts = np.cumsum(counts) - counts
        out[(next_free - firsts)[keys[order]] + np.arange(len(order))] = values[order]
        next_free += counts
