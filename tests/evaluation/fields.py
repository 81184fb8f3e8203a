"""The whole reading, bytes to report, of the five seeds and the rebuilt pages: each field beside its truth.

The truth files are notes for people as much as tables; what is asked of them here is said field by field. Where the two
files speak of the same text and differ, the seeds' truth holds (002: no year, though gold.json guesses 2021).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from indexer.domain.page import RawPage
from indexer.domain.report import Report
from indexer.pipeline.read import Reader
from indexer.settings import load
from indexer.tables import Tables, reader_of
from indexer.text.fold import fold

SEEDS = ("000", "001", "002", "003", "004")
PAGES = (
    "777doc",
    "wnwk",
    "gjknj_m_gb18030",
    "book118_like",
    "gov_hijacked_wrongcharset",
    "gov_trs_meta",
    "gov_jcms",
    "gov_vsb_attachment_only",
    "clone_traditional_pinyin",
)
_TWIN = {  # the rebuilt pages of the seeds
    "777doc": "000",
    "wnwk": "001",
    "gjknj_m_gb18030": "002",
    "book118_like": "003",
    "gov_hijacked_wrongcharset": "004",
}
_STATUS = {  # the truth's words → ours
    "partly masked (xx高新区) but named entities remain": "anonymised",
    "type_only/anonymised": "anonymised",
}
_FLAGS = {  # words of gold.json's flags → ours
    "masked:x": "masked",
    "masked:x/xx": "masked",
    "fragments": "fragmented",
    "laundered_synonyms": "laundered",
    "truncation_notice": "truncated",
    "truncated": "truncated",
    "hardwrap_spaces": "hard_wrapped",
    "hijacked_site_title": "hijacked",
    "spam_title": "hijacked",
    "traditional": "traditional",
    "pinyin_parens": "phonetics",
    "year_spliced": "year_conflict",
}


@dataclass(frozen=True, slots=True)
class Field:
    text: str  # name of the seed or page
    name: str
    got: object
    wanted: object

    @property
    def right(self) -> bool:
        return self.got == self.wanted


@cache
def reader() -> Reader:
    settings = load(None)
    return reader_of(settings, Tables(settings.corpus_folder))


@cache
def read(path: Path) -> Report:
    return reader().read(RawPage(path.read_bytes(), path.name))


def page(shared: Path, name: str) -> Path:
    return shared / "pages" / "reconstructed" / f"{name}.html"


def gold_of(shared: Path, name: str) -> dict[str, Any]:
    return dict(json.loads((shared / "pages" / "reconstructed" / "gold.json").read_text("utf-8"))[f"{name}.html"])


def all_fields(shared: Path) -> Iterator[Field]:
    for name in SEEDS:
        yield from of_seed(shared, name)
    for name in PAGES:
        yield from of_page(shared, name)


def of_seed(shared: Path, name: str) -> Iterator[Field]:
    truth = json.loads((shared / "seeds" / "truth.json").read_text("utf-8"))[name]
    report = read(next(iter(shared.glob(f"seeds/{name}_*.txt"))))
    day = re.match(r"\d{4}-\d\d-\d\d", truth["publish_date"] or "")
    on_this_copy = day and "twin only" not in truth["publish_date"]
    yield Field(name, "title", _bare(report.title), _bare(truth["title"]))
    yield Field(name, "published on", _day(report), day[0] if day and on_this_copy else None)
    if truth.get("source"):
        yield Field(name, "source", report.source, truth["source"])
    yield Field(name, "report year", report.years.report, truth["report_year"])
    yield Field(name, "plan year", report.years.plan, truth.get("plan_year"))
    yield Field(name, "year conflict", report.years.conflict is not None, "year_evidence" in truth)
    if truth.get("period") == "上半年":
        yield Field(name, "period", report.years.period, "上半年")
    yield Field(name, "zone status", report.zone.status.value, _STATUS.get(truth["zone_status"], truth["zone_status"]))
    yield Field(name, "zone name", report.zone.name, truth.get("zone"))
    if "zone_type" in truth:
        yield Field(name, "zone type", report.zone.type, truth["zone_type"])
    yield Field(name, "zone conflict", report.zone.conflict is not None, "zone_type_conflict" in truth)
    for kind, count in truth.get("masks", {}).items():
        yield Field(name, "masks", (kind, report.quality.masks.get(kind)), (kind, count))
    for flag, key in (("laundered", "laundered"), ("fragmented", "fragments"), ("hard_wrapped", "hardwrap")):
        yield Field(name, "flags", (flag, flag in report.quality.flags), (flag, bool(truth.get(key))))


def of_page(shared: Path, name: str) -> Iterator[Field]:
    truth = gold_of(shared, name)
    report = read(page(shared, name))
    seeds = json.loads((shared / "seeds" / "truth.json").read_text("utf-8"))
    yield Field(name, "title", _bare(report.title), _bare(truth["title"]))
    yield Field(name, "published on", _day(report), truth["publish_date"])
    yield Field(name, "source", report.source, truth["source"])
    yield Field(name, "attachments", [file.url for file in report.attachments], truth.get("attachments", []))
    year = seeds[_TWIN[name]]["report_year"] if name in _TWIN else truth["report_year"]
    yield Field(name, "report year", report.years.report, year)
    if "plan_year" in truth:
        yield Field(name, "plan year", report.years.plan, truth["plan_year"])
    for flag in sorted({_FLAGS[flag] for flag in truth["flags"] if flag in _FLAGS}):
        yield Field(name, "flags", (flag, flag in report.quality.flags), (flag, True))
    yield Field(name, "body", body_f1(report.text, truth["body"]) > 0.985, True)


def body_f1(found: str, wanted: str) -> float:
    one, other = _grams(found), _grams(wanted)
    if not one or not other:
        return float(one == other)
    return 2 * (one & other).total() / (one.total() + other.total())


def _day(report: Report) -> str | None:
    return report.published_on.isoformat() if report.published_on else None


def _bare(text: str | None) -> str:
    return re.sub(r"\s+", "", fold(text or ""))


def _grams(text: str) -> Counter[str]:
    text = re.sub(r"(?<=.)\d{1,2}、", "", _bare(text))  # the markers of fragments: gold keeps some, reading drops all
    return Counter(text[at : at + 4] for at in range(len(text) - 3))
