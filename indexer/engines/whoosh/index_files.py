"""The folder an index lies in, and the manifest that says it is ours and whole.

Whoosh keeps its schema and segments as pickles: opening somebody else's index would run somebody else's code. So the
segments stand in the manifest too, as JSON, and only stock Whoosh, which the tests hold us against, reads the pickle.
Whoosh doesn't call fsync either; sealing does.

Opening reads the small files anyway, and so compares their sha256; of the large ones, arrays of
which a question reads a little, it compares the size (an index of 100,000 passages is 300 MB: all of it read at every
opening takes 0.7 s, this 5 ms). ``check(…, thoroughly=True)`` compares everything.

::

    folder/manifest.json    {"format": "duibiao-index/6", "generation": 4, "files": {path in folder: [size, sha256]},
                             "segments": [[folder, passages, [[first deleted, end], …]], …]}
    folder/_MAIN_4.toc      Whoosh's table of contents: the segments of this generation, and what of each is deleted
    folder/7f3a…/           the arrays of a segment, never changed
    folder/write.lock       held by who writes

A commit adds what is new and then renames its manifest over the old one: that is the moment it counts from. What no
manifest names any more is removed; who has it mapped keeps it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import Busy, Damaged, NoIndex, NothingBuilt, OtherVersion, Unreadable
from indexer.locale import LazyText
from indexer.stores.locks import held

FORMAT = "duibiao-index/5"
MANIFEST = "manifest.json"
_LOCK = "write.lock"
_SMALL = 1 << 18  # bytes
_OURS = re.compile(r"[\w.]+(?:/[\w.]+)?")  # a file of the index: in its folder, or in that of a segment
_SEGMENT = re.compile(r"[0-9a-z]{16}")
_PASSING = re.compile(r"_MAIN_\d+\.toc.*|manifest\.json\..*")

Stretches = tuple[tuple[int, int], ...]
Stamp = tuple[int, int, int]  # differs where the manifest does


@dataclass(frozen=True, slots=True)
class Manifest:
    """``files``: path in the folder → (size, sha256). ``segments``: folder, passages, and what of them is deleted."""

    generation: int
    files: Mapping[str, tuple[int, str]]
    segments: tuple[tuple[str, int, Stretches], ...]


def stamp(folder: Path) -> Stamp | None:
    """Tells one manifest from the next without reading it; None where there is none. Asked before each question, so not
    through Path: 4 µs, and not 9."""
    try:
        now = os.stat(f"{folder}/{MANIFEST}")  # noqa: PTH116
    except OSError:
        return None
    return now.st_ino, now.st_mtime_ns, now.st_size


def read(folder: Path) -> Manifest:
    """The manifest that counts now. Raises NoIndex with what to do."""
    if not (folder / MANIFEST).is_file():
        raise NothingBuilt("index.none")
    try:
        values = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if values["format"] != FORMAT:
            raise OtherVersion("index.format", found=values["format"], known=FORMAT)
        files = {str(name): (int(size), str(sha256)) for name, (size, sha256) in values["files"].items()}
        if not all(_OURS.fullmatch(name) and ".." not in name for name in files):
            raise ValueError("a file outside the folder")
        segments = tuple(_segment(*told) for told in values["segments"])
        if not all(_SEGMENT.fullmatch(name) for name, _, _ in segments):
            raise ValueError("a segment outside the folder")
        return Manifest(int(values["generation"]), files, segments)
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError) as unreadable:
        raise Damaged("index.rebuild", problem=LazyText("index.manifest", name=MANIFEST)) from unreadable


def _segment(name: str, passages: int, dead: Sequence[Sequence[int]]) -> tuple[str, int, Stretches]:
    return str(name), int(passages), tuple((int(start), int(end)) for start, end in dead)


def check(folder: Path, manifest: Manifest, *, known: Collection[str] = (), thoroughly: bool = False) -> None:
    """Raises NoIndex where a file is not what the manifest says. ``known``: segments that are open already."""
    for name, (size, sha256) in manifest.files.items():
        if name.partition("/")[0] in known:
            continue
        path = folder / name
        try:
            same = path.stat().st_size == size
            looked_into = thoroughly or size <= _SMALL or name.endswith(".toc")
            same = same and (not looked_into or _sha256(path) == sha256)
        except FileNotFoundError:
            same = False
        except OSError as unreadable:
            raise unopened(unreadable) from unreadable
        if not same:
            raise Damaged("index.rebuild", problem=LazyText("index.file_differs", name=name))


def unopened(error: OSError) -> Unreadable:
    """What to do where a file is there and can't be opened: too many are open already, or it is somebody else's."""
    return Unreadable("index.unopened", reason=error.strerror or error)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """One writer at a time. Raises Busy where there is another; the kernel frees the lock of one that was killed."""
    folder.mkdir(parents=True, exist_ok=True)
    with held(folder / _LOCK, Busy("index.busy", folder=folder)):
        yield


def seal(folder: Path, generation: int, table: str, segments: Sequence[tuple[str, int, Stretches]]) -> None:
    """Make the generation of the file ``table`` and of ``segments`` the one that counts, in one step."""
    before = _files_before(folder)
    files: dict[str, tuple[int, str]] = {}
    for path in [folder / table, *(path for name, _, _ in segments for path in sorted((folder / name).iterdir()))]:
        name = path.relative_to(folder).as_posix()
        files[name] = before.get(name) or (path.stat().st_size, _sha256(path, sync=True))
    for changed in {folder / name.partition("/")[0] for name in files.keys() - before.keys() if "/" in name}:
        _to_disk(changed)
    draft = folder / f"{MANIFEST}.{generation}"
    with draft.open("w", encoding="utf-8") as file:
        json.dump({"format": FORMAT, "generation": generation, "segments": segments, "files": files}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / MANIFEST)
    _to_disk(folder)


def sweep(folder: Path) -> None:
    """Remove what the manifest doesn't name: older generations, and what a killed writer left. For the writer only."""
    named = {name.partition("/")[0] for name in _files_before(folder)}
    for path in folder.iterdir():
        if path.name in named:
            continue
        if path.is_dir() and _SEGMENT.fullmatch(path.name):
            shutil.rmtree(path, ignore_errors=True)
        elif _PASSING.fullmatch(path.name):
            path.unlink(missing_ok=True)


def link(source: Path, target: Path) -> None:
    """The index of ``source`` in ``target`` too, without copying what never changes. Raises NoIndex, OSError."""
    manifest = read(source)
    for name in manifest.files:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source / name, target / name)
        except OSError:  # a file system without hard links: EPERM on one, ENOTSUP on another
            shutil.copyfile(source / name, target / name)
    shutil.copyfile(source / MANIFEST, target / MANIFEST)


def _files_before(folder: Path) -> Mapping[str, tuple[int, str]]:
    try:
        return read(folder).files
    except NoIndex:
        return {}  # none yet, or one that is replaced because it is no good


def _to_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sha256(path: Path, *, sync: bool = False) -> str:
    with path.open("rb") as file:
        if sync:
            os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()
