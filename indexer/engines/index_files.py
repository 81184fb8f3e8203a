"""The folder an index lies in, and the manifest that says it is ours and whole.

Whoosh keeps its schema and segments as pickles: opening somebody else's index runs somebody else's code. So nothing is
opened that the manifest doesn't name with its size and sha256. Whoosh doesn't call fsync either; sealing does.

Opening reads the small files anyway, the pickle among them, and so compares their sha256; of the large ones, arrays of
which a question reads a little, it compares the size (an index of 100,000 passages is 300 MB: all of it read at every
opening takes 0.7 s, this 5 ms). ``current(…, thoroughly=True)`` compares everything.

::

    folder/manifest.json    {"format": "duibiao-index/3", "folder": "7f3a…", "files": {name: [size, sha256]}}
    folder/7f3a…/           the files of the current build
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from pathlib import Path

from indexer.errors import NoIndex

FORMAT = "duibiao-index/3"
MANIFEST = "manifest.json"
_SMALL = 1 << 18  # bytes
_REBUILD = "请运行 duibiao build 重建索引。"


def new_folder(folder: Path) -> Path:
    """An empty folder for the next build, beside the current one."""
    fresh = folder / secrets.token_hex(6)
    fresh.mkdir(parents=True)
    return fresh


def seal(folder: Path, fresh: Path) -> Path | None:
    """Make ``fresh`` the current build, in one step. Gives the one before it, which nobody needs any more."""
    before = _current_name(folder)
    files = {path.name: [path.stat().st_size, _sha256(path, sync=True)] for path in sorted(fresh.iterdir())}
    draft = folder / f"{MANIFEST}.{fresh.name}"
    with draft.open("w", encoding="utf-8") as file:
        json.dump({"format": FORMAT, "folder": fresh.name, "files": files}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / MANIFEST)
    return folder / Path(before).name if before else None


def current(folder: Path, *, thoroughly: bool = False) -> Path:
    """The current build, checked against its manifest. Raises NoIndex with what to do."""
    if not (folder / MANIFEST).is_file():
        raise NoIndex(f"还没有索引。{_REBUILD}")
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT:
            raise NoIndex(f"索引的格式是 {manifest['format']}，本版本只认 {FORMAT}。{_REBUILD}")
        build = folder / Path(str(manifest["folder"])).name
        files: dict[str, list[int | str]] = dict(manifest["files"])
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as unreadable:
        raise NoIndex(f"索引的清单读不出来（{MANIFEST}）。{_REBUILD}") from unreadable
    for name, expected in files.items():
        path = build / Path(name).name
        try:
            size = path.stat().st_size
            same = size == expected[0] and (not (thoroughly or size <= _SMALL) or _sha256(path) == expected[1])
        except OSError:
            same = False
        if not same:
            raise NoIndex(f"索引已损坏（{path.name} 与清单不符）。{_REBUILD}")
    return build


def _current_name(folder: Path) -> str | None:
    try:
        return str(json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["folder"])
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError):
        return None  # none yet, or unreadable: then there is nothing we may call ours and remove


def _sha256(path: Path, *, sync: bool = False) -> str:
    with path.open("rb") as file:
        if sync:
            os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()
