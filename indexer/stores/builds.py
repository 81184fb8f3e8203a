"""Builds stand beside each other; the file ``current`` names the one that serves.

A build is made in a folder nobody looks at, and swapped in by renaming one small file over another. Whatever kills it
on the way leaves the old one serving.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.errors import Busy, Damaged, NoIndex, NothingBuilt
from indexer.locale import say
from indexer.stores.locks import held

_NUMBER = re.compile(r"\d{4,}")
_NOT_NEEDED = "suggestions/"  # a search goes on without them
_SMALL = 1 << 18  # bytes; such a file is read whole when a build is opened


@dataclass(frozen=True, slots=True)
class BuildFolder:
    """Where the parts of one build lie."""

    path: Path

    @property
    def catalogue(self) -> Path:
        return self.path / "catalogue.sqlite"

    @property
    def index(self) -> Path:
        return self.path / "index"

    @property
    def suggestions(self) -> Path:
        return self.path / "suggestions"

    @property
    def similar(self) -> Path:
        return self.path / "similar"

    @property
    def manifest(self) -> Path:
        return self.path / "manifest.json"

    def damage(self, *, thoroughly: bool) -> list[str]:
        """The files that are not what the manifest says, in sentences. ``thoroughly``: by their sha256 whatever their
        size (a catalogue of 10,000 reports has 1.3 GB); else the size alone of what is large. Folders with a manifest
        of their own (index, suggestions) stand here with that manifest."""
        try:
            files = dict(json.loads(self.manifest.read_bytes()).get("files", {}))
            expected = {str(name): (int(size), str(sha256)) for name, (size, sha256) in files.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return [say("build.manifest", build=self.path.name)]
        looked_at = (name for name in expected if thoroughly or not name.startswith(_NOT_NEEDED))
        return [
            say("build.file_differs", name=name)
            for name in looked_at
            if not self._holds(name, *expected[name], thoroughly)
        ]

    def _holds(self, name: str, size: int, sha256: str, thoroughly: bool) -> bool:
        file = self.path / name
        try:
            return file.stat().st_size == size and (not (thoroughly or size <= _SMALL) or _sha256(file) == sha256)
        except OSError:
            return False

    def reports(self) -> int:
        """How many the manifest says there are; 0 where it doesn't."""
        try:
            return int(json.loads(self.manifest.read_bytes())["reports"])
        except (OSError, ValueError, KeyError, TypeError):
            return 0

    def made_with(self) -> dict[str, str]:
        """What the manifest says of it (fingerprints.py); empty where it doesn't."""
        try:
            return {
                str(part): str(sha256) for part, sha256 in json.loads(self.manifest.read_bytes())["made_with"].items()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}


class Builds:
    """The builds of one data folder."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._folder = data / "builds"
        self._current = data / "current"

    def current(self) -> str | None:
        """The number of the live build; None where nothing was built yet."""
        try:
            return self._current.read_bytes().decode("ascii").strip() or None
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise Damaged("build.pointer", file=self._current) from error

    def _serving(self) -> str | None:
        """As ``current``; None too where the file can't be read, for building anew is what we advise then."""
        try:
            return self.current()
        except NoIndex:
            return None

    def is_serving(self) -> bool:
        return self._serving() is not None

    def live(self) -> tuple[str, BuildFolder]:
        """The number and folder of the build that serves. Raises NoIndex."""
        number = self.current()
        if number is None:
            raise NothingBuilt("build.none")
        folder = BuildFolder(self._folder / number)
        if not _NUMBER.fullmatch(number) or not folder.manifest.is_file():
            if number != self.current():
                return self.live()  # swapped and swept away since we asked
            raise Damaged("build.incomplete", number=number)
        return number, folder

    @contextmanager
    def making(self) -> Iterator[tuple[str, BuildFolder]]:
        """A new folder to build in, removed again where the build fails. Raises Busy where another is being made."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._locked():
            self._sweep()
            number = f"{max([0, *(int(name) for name in self.numbers())]) + 1:04d}"
            folder = BuildFolder(self._folder / number)
            folder.path.mkdir()
            try:
                yield number, folder
            except BaseException:
                if self._serving() != number:
                    shutil.rmtree(folder.path, ignore_errors=True)
                raise

    def swap_in(self, number: str, manifest: dict[str, Any]) -> None:
        """Make ``number`` the live build, once all of it is on the disk."""
        folder = BuildFolder(self._folder / number)
        told = manifest | {"files": _files_of(folder.path)}
        folder.manifest.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
        for path in sorted(folder.path.rglob("*")):
            _to_disk(path)  # Whoosh itself never asks for it
        _to_disk(folder.path)
        _to_disk(self._folder)
        beside = self._data / "current.new"
        beside.write_text(number + "\n", encoding="ascii")
        _to_disk(beside)
        beside.replace(self._current)
        _to_disk(self._data)

    def numbers(self) -> list[str]:
        """Of all builds that are there, the live one and others."""
        return [path.name for path in self._folder.iterdir() if _NUMBER.fullmatch(path.name)]

    def _sweep(self) -> None:
        """Away with what was never finished and what is older than the live one: readers have long moved on."""
        live = self._serving()
        if live is None or _NUMBER.fullmatch(live) is None:
            return  # without knowing which one serves, none is thrown away
        for name in self.numbers():
            if name != live:
                shutil.rmtree(self._folder / name)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with held(self._data / "build.lock", Busy("build.busy")):
            yield


def _files_of(folder: Path) -> dict[str, tuple[int, str]]:
    """Path in ``folder`` → (size, sha256) of each file, but of those that a manifest beside them names."""
    told = {path.parent for path in folder.glob("*/manifest.json")}
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    named = (path for path in files if path.name == "manifest.json" or told.isdisjoint(path.parents))
    return {path.relative_to(folder).as_posix(): (path.stat().st_size, _sha256(path)) for path in named}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
