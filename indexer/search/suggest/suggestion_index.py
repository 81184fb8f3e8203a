"""The lists of a build in files: everything that can be offered, and by which letters it is found.

Keys stand in order, each with the number of what it leads to; the better of two has the smaller number. So the best of
all that begin with some letters are the smallest numbers in a stretch of an array. What a key is: list_keys.py.

The large files are mapped, not read. ``manifest.json`` has their sizes and sha256; opening compares the sizes, of small
files the sha256 too.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import accumulate
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.domain.suggestions import Kind, Listed
from indexer.errors import Damaged
from indexer.locale import say
from indexer.reference.pinyin import Readings
from indexer.search.suggest.collector import collector_paused
from indexer.search.suggest.list_keys import Name, sorted_keys
from indexer.stores.array_files import ByteStrings, BytesWriter, opened, opened_bytes, save
from indexer.text.analyser import Analyser
from indexer.text.fold import fold

FORMAT = "duibiao-suggestions/1"
_MANIFEST = "manifest.json"
_READINGS = "readings.json"
_SMALL = 1 << 18  # bytes; such a file is read whole when the lists are opened
_KINDS = {kind: number for number, kind in enumerate(Kind)}
_AFTER = b"\xff"  # no key has it

Numbers = npt.NDArray[np.int32]
_BROKEN = (
    OSError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
)  # of damaged bytes


@collector_paused()
def write_lists(folder: Path, listed: Sequence[Listed], readings: Readings, analyser: Analyser) -> None:
    """``listed``: the best first. What goes by several names stands there under each."""
    folder.mkdir()
    names = _names(listed, readings, analyser)
    offered = BytesWriter(folder, "listed")
    offered.extend(_rows(listed, names))
    offered.finish()
    spelled, numbers = BytesWriter(folder, "keys"), []
    for keys in sorted_keys(names):
        spelled.extend_joined(keys.joined.tobytes(), keys.lengths)
        numbers.append(keys.numbers.astype(np.int32))
    spelled.finish()
    save(folder, "numbers", np.concatenate(numbers))
    save(folder, "lengths", np.array([min(len(name.text), 255) for name in names], np.uint8))
    save(folder, "kinds", np.array([_KINDS[one.kind] for one in listed], np.uint8))
    save(folder, "of_the_field", np.array([one.of_the_field for one in listed], np.bool_))
    characters = set().union(*(name.text for name in names))
    known = readings.of_characters(sorted(characters | _common_characters()))
    (folder / _READINGS).write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
    files = {path.name: [path.stat().st_size, _sha256(path)] for path in sorted(folder.iterdir())}
    (folder / _MANIFEST).write_text(json.dumps({"format": FORMAT, "files": files}, indent=1), encoding="utf-8")


def _names(listed: Sequence[Listed], readings: Readings, analyser: Analyser) -> list[Name]:
    """A title is long: it can be found from its words."""
    texts = _split(fold("".join([one.said for one in listed])), [len(one.said) for one in listed])
    titles = [text for one, text in zip(listed, texts, strict=True) if one.kind is Kind.REPORT]
    starts = iter(_word_starts(titles, analyser))
    return [
        Name(text, readings.syllables(text), next(starts) if one.kind is Kind.REPORT else None)
        for one, text in zip(listed, texts, strict=True)
    ]


def _split(joined: str, lengths: Sequence[int]) -> list[str]:
    return [joined[end - length : end] for length, end in zip(lengths, accumulate(lengths), strict=True)]


def _word_starts(texts: Sequence[str], analyser: Analyser) -> list[list[int]]:
    flags = analyser.word_starts("".join([f"{text}\0" for text in texts]))
    ends = accumulate(len(text) + 1 for text in texts)
    return [np.flatnonzero(flags[end - len(text) - 1 : end]).tolist() for text, end in zip(texts, ends, strict=True)]


def _rows(listed: Sequence[Listed], names: Sequence[Name]) -> list[bytes]:
    """Each as JSON, all written in one go, in a third of the time. No line ends inside a string of JSON."""
    rows = [
        (one.text, one.kind.name, one.count, one.target, one.name, name.syllables)
        for one, name in zip(listed, names, strict=True)
    ]
    written = json.dumps(rows, ensure_ascii=False, separators=(",\n", ": "))[1:-1]
    return written.replace("]],\n[", "]]\n[").replace(",\n", ", ").encode().split(b"\n") if rows else []


def _common_characters() -> set[str]:
    """The 6,763 that simplified Chinese is written with: those of GB 2312, which stand in its rows 16 to 87."""
    pairs = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return set(b"".join(pairs).decode("gb2312", "ignore"))


def opened_lists(folder: Path) -> Lists | None:
    """None where the build is of a time before there were any. Raises NoIndex where they are damaged."""
    if not folder.is_dir():
        return None
    damaged = damage(folder, thoroughly=False)
    if damaged:
        raise Damaged("suggestions.damaged", problem=damaged[0])
    try:
        return Lists(folder)
    except _BROKEN as broken:
        raise _unreadable() from broken


def _unreadable() -> Damaged:
    return Damaged("suggestions.unreadable")


def damage(folder: Path, *, thoroughly: bool) -> list[str]:
    """What is wrong with the files, in sentences."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT:
            return [say("suggestions.format", found=manifest["format"], known=FORMAT)]
        files: dict[str, list[int | str]] = dict(manifest["files"])
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError):
        return [say("suggestions.manifest")]
    wrong = []
    for name, (size, digest) in files.items():
        path = folder / Path(name).name
        try:
            same = path.stat().st_size == size
            same = same and (not (thoroughly or path.stat().st_size <= _SMALL) or _sha256(path) == digest)
        except OSError:
            same = False
        if not same:
            wrong.append(say("suggestions.file", name=name))
    return wrong


class Lists:
    """Opened for reading. Safe to ask from many threads at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._keys: ByteStrings = opened_bytes(folder, "keys")
        self._listed: ByteStrings = opened_bytes(folder, "listed")
        self._numbers: Numbers = opened(folder, "numbers")
        self.lengths: npt.NDArray[np.uint8] = opened(folder, "lengths")
        self.kinds: npt.NDArray[np.uint8] = opened(folder, "kinds")
        self.of_the_field: npt.NDArray[np.bool_] = opened(folder, "of_the_field")

    @cached_property
    def readings(self) -> dict[str, tuple[str, ...]]:
        """Of single characters, the commonest first."""
        try:
            told = json.loads((self._folder / _READINGS).read_text(encoding="utf-8"))
            return {character: tuple(readings) for character, readings in told.items()}
        except _BROKEN as broken:
            raise _unreadable() from broken

    def __len__(self) -> int:
        return len(self._listed)

    def __getitem__(self, number: int) -> Listed:
        return self.read(number)[0]

    def read(self, number: int) -> tuple[Listed, tuple[str, ...]]:
        """What stands under a number, and how its name is read, a syllable a character."""
        try:
            text, kind, count, target, name, syllables = json.loads(self._listed[number])
            return Listed(text, Kind[kind], count, target, name), tuple(syllables)
        except _BROKEN as broken:
            raise _unreadable() from broken

    def beginning(self, kinds: str, typed: str) -> Numbers:
        """Numbers of what is found by keys of these kinds that begin with ``typed``; may name one twice."""
        return self._between(kinds, typed, lambda key: key + _AFTER)

    def equal(self, kinds: str, typed: str) -> Numbers:
        """The same for keys that are ``typed``, no more and no less."""
        return self._between(kinds, typed, lambda key: key + b"\0")

    def begins(self, kinds: str, typed: str) -> bool:
        return any(self._beginning_at(f"{kind}{typed}".encode("utf-8", "surrogatepass")) for kind in kinds)

    def _beginning_at(self, key: bytes) -> bool:
        at = bisect_left(self._keys, key)
        return at < len(self._keys) and self._keys[at].startswith(key)

    def _between(self, kinds: str, typed: str, end_of: Callable[[bytes], bytes]) -> Numbers:
        found = []
        for kind in kinds:
            key = f"{kind}{typed}".encode("utf-8", "surrogatepass")
            first = bisect_left(self._keys, key)
            found.append(self._numbers[first : bisect_left(self._keys, end_of(key), lo=first)])
        return found[0] if len(found) == 1 else np.concatenate(found)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
