"""A copy of a data folder that is one itself, taken while others add, crawl and build.

The build that serves is copied first, the archive after it, so that the copy never holds an answer without its page.
Databases go through SQLite's own backup, which gives one moment of a file that is written to; WARC files that are still
open stay out (what they hold is fetched again, or in the next copy).
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from indexer.errors import BadInput, Damaged, Interrupted, Unwritable
from indexer.stores.builds import Builds
from indexer.stores.sqlite import told

_DATABASES = ("pages.sqlite", "readings.sqlite", "crawl.sqlite")
_TRIES = 3  # a build is swept away only after two more; whoever builds faster than we copy has a tiny collection


def back_up(data: Path, target: Path) -> int:
    """Copies ``data`` to ``target``, which must not be there or be empty; the number of bytes. Appears whole or not
    at all. Raises BadInput, Damaged, Interrupted, NoIndex, Unwritable."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BadInput("input.backup_target", folder=target)
    beside = target.with_name(f"{target.name}.unfinished")
    try:
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True, mode=0o700)
        _copy_build(data, beside)
        for name in _DATABASES:
            if (data / name).is_file():
                _copy_database(data / name, beside / name)
        for ranking in sorted(data.glob("ranking*.npz")):  # learned from judgements, which may not be at hand any more
            shutil.copy2(ranking, beside / ranking.name)
        if (data / "warc").is_dir():
            (beside / "warc").mkdir()
            for file in sorted((data / "warc").glob("*.warc.gz")):
                shutil.copy2(file, beside / "warc" / file.name)
        if target.exists():
            target.rmdir()
        beside.replace(target)
    except OSError as error:
        raise Unwritable("library.backup_unwritable", folder=target, why=error.strerror or error) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return sum(file.stat().st_size for file in target.rglob("*") if file.is_file())


def _copy_build(data: Path, target: Path) -> None:
    builds = Builds(data)
    if not builds.is_serving():
        return
    for _ in range(_TRIES):
        number, folder = builds.live()
        copied = target / "builds" / number
        try:
            shutil.copytree(folder.path, copied)
        except (FileNotFoundError, shutil.Error):  # swept away under our hands
            shutil.rmtree(copied, ignore_errors=True)
            continue
        (target / "current").write_text(number + "\n", encoding="ascii")
        return
    raise Interrupted("library.backup_interrupted")


def _copy_database(file: Path, target: Path) -> None:
    with (
        told(file),
        closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy, pages=-1)  # all at once: a copy of 1 GB takes seconds, and begins anew at every change
        if copy.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise Damaged("library.backup_damaged", file=file)
