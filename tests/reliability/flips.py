"""Flipped, cut and missing bytes in every file of a data folder: nothing wrong is served unless `check` tells of it, no
page answers 500, and a plain `build` makes all of it good again but raw pages, which adding them again does."""

from __future__ import annotations

import logging
import random
import shutil
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.reliability.bench import asked, generator, opened, run, told, work_folder, write_pages, wrong
from tests.reliability.bench import state as state_of
from webapp import create_app

_PAGES = (
    "/",
    "/healthz",
    "/search?q=招商",
    "/search?q=企业用地不够怎么办",
    "/api/v1/suggest?q=zhao",
    "/zones",
    "/practices",
)


def main() -> None:
    options = asked(count=60)
    rng = generator(options.seed)
    logging.disable(logging.CRITICAL)
    counts: Counter[str] = Counter()
    faults: list[str] = []
    with work_folder() as folder:
        good, data, pages = folder / "good", folder / "data", write_pages(folder / "pages", 10)
        for more in (0, 3):
            write_pages(pages, 10 + more)
            assert run(good, "add", str(pages)).returncode == 0
            assert run(good, "build").returncode == 0
        whole = state_of(good)
        files = [path.relative_to(good) for path in sorted(good.rglob("*")) if path.is_file() and path.stat().st_size]
        live = (good / "current").read_text().strip()
        files = [path for path in files if path.parts[0] != "builds" or path.parts[1] == live]
        until = time.monotonic() + options.seconds
        for n in range(options.count):
            if time.monotonic() > until:
                break
            shutil.rmtree(data, ignore_errors=True)
            shutil.copytree(good, data)
            what, path = _damage(rng, data, files)
            found = _looked_at(data, whole)
            counts[f"{what} {_kind(path)}: {found}"] += 1
            if found in ("500", "crash", "SILENT"):
                faults.append(f"{n} {what} {path}: {found}")
            if found != "no effect" and n % 3 == 0:
                counts[_mended(data, pages, whole, faults, f"{n} {what} {path}")] += 1
    told(counts, faults)


def _damage(rng: random.Random, data: Path, files: list[Path]) -> tuple[str, Path]:
    """Each kind of file as often as the next."""
    kind = rng.choice(sorted({_kind(path) for path in files}))
    path = rng.choice([one for one in files if _kind(one) == kind])
    file = data / path
    raw = bytearray(file.read_bytes())
    at = rng.randrange(len(raw))
    what = rng.choices(("flipped", "cut", "gone"), (4, 1, 1))[0]
    if what == "gone":
        file.unlink()
        return what, path
    if what == "cut":
        del raw[at:]
    else:
        raw[at] ^= 1 << rng.randrange(8)
    file.write_bytes(raw)
    return what, path


def _kind(path: Path) -> str:
    return path.parts[0] if path.parts[0] != "builds" else path.parts[2]


def _looked_at(data: Path, whole: dict[str, Any]) -> str:
    try:
        answers = state_of(data)
        statuses = _statuses(data)
        noticed = wrong(data)
    except Exception as error:  # noqa: BLE001 — that is what we look for
        return "told" if _is_told(data) else f"crash {type(error).__name__}"[:5]
    if 500 in statuses:
        return "500"
    if noticed:
        return "told"
    return "no effect" if answers == whole else "SILENT"


def _is_told(data: Path) -> bool:
    """Whether `check` says what the traceback of a command doesn't."""
    try:
        return bool(wrong(data))
    except Exception:  # noqa: BLE001
        return False


def _statuses(data: Path) -> set[int]:
    with closing(opened(data)) as library:
        client = create_app(library).test_client()
        return {client.get(page).status_code for page in _PAGES}


def _mended(data: Path, pages: Path, whole: dict[str, Any], faults: list[str], what: str) -> str:
    """A build, as every message says; where a raw page is damaged the pages are added again first."""
    done = run(data, "build")
    if done.returncode == 0 and not wrong(data) and state_of(data) == whole:
        return "afterwards: mended by build"
    run(data, "add", str(pages))
    again = run(data, "build")
    if again.returncode == 0 and not wrong(data) and state_of(data) == whole:
        return "afterwards: mended by add and build"
    told_so = "pages.sqlite" in what and bool(done.stderr or wrong(data))
    if not told_so:
        faults.append(f"{what}: not mended {done.stderr[-150:]} {wrong(data)[:1]}")
    return "afterwards: told to restore pages.sqlite" if told_so else "afterwards: NOT MENDED"


if __name__ == "__main__":
    main()
