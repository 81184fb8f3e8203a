"""The lists of a build in files: everything that can be offered, and by which letters it is found.

Keys stand in order, each with the number of what it leads to; the better of two has the smaller number. So the best of
all that begin with some letters are the smallest numbers in a stretch of an array. A key is one letter for its kind and
what is typed::

    T t   as it is written, from its beginning / from a later place in it
    P p   in pinyin                     zhaoshangyinzi / shangyinzi, yinzi, zi
    I i   first letters of the pinyin   zsyz / syz, yz

The large files are mapped, not read. ``manifest.json`` has their sizes and sha256; opening compares the sizes, of small
files the sha256 too.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.domain.suggestions import Kind, Listed
from indexer.errors import Damaged
from indexer.locale import say
from indexer.reference.pinyin import Readings
from indexer.stores.array_files import ByteStrings, BytesWriter, opened, opened_bytes, save
from indexer.text.analyser import Analyser
from indexer.text.fold import fold

FORMAT = "duibiao-suggestions/1"
LONGEST_KEY = 16  # characters of the text; what is typed beyond is compared with the text itself
_MANIFEST = "manifest.json"
_READINGS = "readings.json"
_SMALL = 1 << 18  # bytes; such a file is read whole when the lists are opened
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


def write_lists(folder: Path, listed: Sequence[Listed], readings: Readings, analyser: Analyser) -> None:
    """``listed``: the best first. What goes by several names stands there under each."""
    folder.mkdir()
    keys: list[tuple[bytes, int]] = []
    offered = BytesWriter(folder, "listed")
    characters: set[str] = set()
    lengths: list[int] = []
    for number, one in enumerate(listed):
        name = fold(one.said)
        syllables = readings.syllables(name)
        fields = [one.text, one.kind.name, one.count, one.target, one.name, syllables]
        offered.add(json.dumps(fields, ensure_ascii=False).encode())
        starts = range(len(name)) if one.kind is not Kind.REPORT else (start for _, start in analyser.words(name))
        keys += ((key, number) for key in keys_of(name, syllables, starts, initials=one.kind is not Kind.REPORT))
        lengths.append(min(len(name), 255))
        characters.update(name)
    offered.finish()
    keys.sort()
    spelled = BytesWriter(folder, "keys")
    spelled.extend([key for key, _ in keys])
    spelled.finish()
    save(folder, "numbers", np.array([number for _, number in keys], np.int32))
    save(folder, "lengths", np.array(lengths, np.uint8))
    save(folder, "kinds", np.array([list(Kind).index(one.kind) for one in listed], np.uint8))
    save(folder, "of_the_field", np.array([one.of_the_field for one in listed], np.bool_))
    common = (chr(code) for code in range(0x4E00, 0x9FA6) if in_gb2312(chr(code)))
    known = readings.of_characters(sorted(characters.union(common)))
    (folder / _READINGS).write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
    files = {path.name: [path.stat().st_size, _sha256(path)] for path in sorted(folder.iterdir())}
    (folder / _MANIFEST).write_text(json.dumps({"format": FORMAT, "files": files}, indent=1), encoding="utf-8")


def in_gb2312(character: str) -> bool:
    """Whether it is among the 6,763 characters that simplified Chinese is written with."""
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def keys_of(name: str, syllables: Sequence[str], starts: Iterable[int], *, initials: bool) -> Iterator[bytes]:
    """``starts``: the places that it can be found from; a title is long and has its words for them, and no initials."""
    for start in starts:
        if not name[start].isalnum():
            continue
        part = syllables[start : start + LONGEST_KEY]
        written = name[start : start + LONGEST_KEY]
        spelled = {"T": written, "P": "".join(part)} if written != "".join(part) else {"T": written}
        for kind, key in spelled.items():
            yield f"{kind.lower() if start else kind}{key}".encode("utf-8", "surrogatepass")
        if initials and len(part) > 1 and not written.isascii():
            yield f"{'i' if start else 'I'}{''.join(one[0] for one in part)}".encode("utf-8", "surrogatepass")


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
