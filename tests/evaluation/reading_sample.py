"""How far the sample corpus is read as corpus/sample/truth.jsonl says: the share of each field that agrees.

python -m tests.evaluation.reading_sample            the shares, and how long it took
python -m tests.evaluation.reading_sample --why status theme     what of these fields is read otherwise
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from indexer.domain.catalogue import StoredReport
from indexer.domain.page import RawPage
from indexer.domain.report import Report
from indexer.errors import Skip
from indexer.formats.json import report_json
from indexer.pipeline.read import Reader
from indexer.settings import Settings
from indexer.tables import reader_of
from indexer.text.fold import fold
from tests.copies import cluster

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"
FIELDS = (
    *("read", "title", "published_on", "source", "genre", "url", "text", "sections"),
    *("years.report", "years.plan", "years.period", "years.conflict"),
    *("zone.status", "zone.name", "zone.type", "zone.level", "zone.province", "zone.city", "zone.conflict"),
    *("quality.grade", "quality.flags", "quality.masks"),
    *("status", "theme", "figure", "phrase", "mirror"),
)


@dataclass(frozen=True)
class Compared:
    """One thing the truth says of a page, and whether it was read so. ``at`` tells which sentence or figure."""

    page: str
    field: str
    at: str
    agrees: bool
    wanted: Any = None
    found: Any = None


@cache
def truths() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(line) for line in (CORPUS / "sample" / "truth.jsonl").read_text("utf-8").splitlines())


@cache
def reader() -> Reader:
    return reader_of(Settings())


@cache
def report(page: str) -> Report | None:
    """None where the page is refused."""
    try:
        return reader().read(RawPage((CORPUS / "sample" / "pages" / page).read_bytes(), page))
    except Skip:
        return None


@cache
def read(page: str) -> Mapping[str, Any] | None:
    """The report as ``duibiao read`` prints it."""
    found = report(page)
    return report_json(found) if found else None


@cache
def compared() -> tuple[Compared, ...]:
    return (*(one for truth in truths() for one in compare(truth, read(truth["page"]))), *compare_mirrors())


def compare_mirrors() -> Iterator[Compared]:
    """Each copy, and each page that is taken for one and is none."""
    stored = [StoredReport(one["page"], one["page"], found, "") for one in truths() if (found := report(one["page"]))]
    together = {page: group for one in cluster(stored) for group in (set(one.reports),) for page in group}
    originals = {one["page"].partition("-")[0]: one["page"] for one in truths()}
    for truth in truths():
        page = truth["page"]
        copied = originals.get(truth["copy_of"] or "")
        if copied:
            yield Compared(page, "mirror", copied, together.get(page) == {page, copied}, copied, together.get(page))
        elif page in together and not any(originals.get(one["copy_of"] or "") == page for one in truths()):
            yield Compared(page, "mirror", "", False, None, together[page])


def compare(truth: dict[str, Any], found: Mapping[str, Any] | None) -> Iterator[Compared]:
    page = truth["page"]

    def one(field: str, wanted: Any, got: Any, at: str = "") -> Compared:
        return Compared(page, field, at, wanted == got, wanted, got)

    yield one("read", True, found is not None)
    if found is None:
        return
    for key in ("title", "published_on", "source", "genre", "url"):
        yield one(key, truth[key], found[key])
    yield one("text", squeezed(truth["text"]), squeezed(found["text"]))
    yield one("sections", _outline(truth["sections"]), _outline((s["level"], s["heading"]) for s in found["sections"]))
    for key in ("report", "plan", "period"):
        yield one(f"years.{key}", truth["years"][key], found["years"][key])
    yield one("years.conflict", truth["years"]["conflict"], bool(found["years"]["conflict"]))
    for key in ("status", "name", "type", "level", "province", "city"):
        if key in truth["zone"]:
            yield one(f"zone.{key}", truth["zone"][key], found["zone"][key])
    yield one("zone.conflict", bool(truth["zone"]["conflict"]), bool(found["zone"]["conflict"]))
    for key in ("grade", "flags", "masks"):
        yield one(f"quality.{key}", truth["quality"][key], found["quality"][key])
    passages = [(fold(squeezed(passage["text"])), passage) for passage in found["passages"]]
    for number, sentence in enumerate(truth["sentences"]):
        yield from _sentence(page, f"{number}", sentence, passages)


def _sentence(
    page: str, at: str, truth: dict[str, Any], passages: list[tuple[str, dict[str, Any]]]
) -> Iterator[Compared]:
    """The passages that hold the sentence's start and end, and all between them, speak for it."""
    spoken = _holding(fold(squeezed(truth["text"])), passages)
    statuses = [passage["status"] for passage in spoken]
    if truth["status"]:
        yield Compared(page, "status", at, truth["status"] in statuses, truth["status"], statuses)
    if truth["theme"]:
        themes = [theme for passage in spoken for theme in passage["themes"]]
        yield Compared(page, "theme", at, truth["theme"] in themes, truth["theme"], themes)
    figures = [figure for passage in spoken for figure in passage["figures"]]
    for number, wanted in enumerate(truth["figures"]):
        same = [figure for figure in figures if _same(wanted, figure)]
        said = f"{wanted['value'] if wanted['value'] is not None else wanted['mask']}{wanted['unit']}"
        yield Compared(page, "figure", f"{at}.{number}", bool(same), f"{said} in {wanted['in']}", bool(same))
        if wanted["phrase"] and same and not wanted["change"]:
            names = [figure.get("phrase") or figure["indicator"] or "" for figure in same]
            agrees = any(wanted["phrase"] in name or (len(name) > 1 and name in wanted["phrase"]) for name in names)
            yield Compared(page, "phrase", f"{at}.{number}", agrees, wanted["phrase"], names)


def _holding(sentence: str, passages: list[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    whole = [passage for text, passage in passages if sentence in text]
    return whole or [
        passage for text, passage in passages if len(text) > 5 and (text in sentence or sentence[:20] in text)
    ]


def _same(wanted: dict[str, Any], figure: dict[str, Any]) -> bool:
    if wanted["mask"] is not None:
        return figure["value"] is None and (figure["mask"] or "").startswith(wanted["mask"])
    if wanted["change"] and figure["change"] == wanted["value"]:
        return True
    if wanted.get("growth") is not None and figure["change"] != wanted["growth"]:
        return False
    return bool(figure["value"] == wanted["value"] and figure["unit"] == wanted["unit"])


def _outline(sections: Any) -> list[list[Any]]:
    """一是… is a heading or the first of a row of reasons; only the levels above it are held to the truth."""
    return [[level, squeezed(heading).rstrip("。")] for level, heading in sections if level <= 2]


def squeezed(text: str) -> str:
    """Breaks between paragraphs are the reader's own choice; every other character must be right."""
    return re.sub(r"\s", "", text)


def rows() -> list[tuple[str, int, float]]:
    """(field, how many, share that agrees), the whole at the end."""
    asked = Counter(one.field for one in compared())
    right = Counter(one.field for one in compared() if one.agrees)
    table = [(field, asked[field], right[field] / asked[field]) for field in FIELDS if asked[field]]
    total = sum(asked.values())
    return [*table, ("all", total, sum(right.values()) / total)]


def main(arguments: list[str]) -> int:
    if "--why" in arguments:
        for one in compared():
            if not one.agrees and one.field in arguments:
                print(one.page, one.at, "| wanted", str(one.wanted)[:400], "| found", str(one.found)[:400])
        return 0
    start = time.perf_counter()
    for field, count, share in rows():
        print(f"{field:16}{count:7}{share:9.3f}")
    print(f"{len(truths())} pages read in {time.perf_counter() - start:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
