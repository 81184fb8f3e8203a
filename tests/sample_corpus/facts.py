"""The facts of the corpus: taken over once from the collected ones, checked, and read from ``facts.jsonl`` ever after.

    python -m tests.sample_corpus.facts ../shared/domain/facts.jsonl     writes facts.jsonl and left_out.tsv there

Every collected fact is in one of the two files. Left out are those without an address, those whose page lies on an
adult or gambling host, and doubles, whose address is kept with the one that stays (``also``). A fact whose page lies
on another host that was taken over, clones others' pages or peppers them with phonetics is kept with ``link: false``:
its address is never made a link, and no sample page rests on such facts alone.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
STATUS = {"成效": "成效", "举措": "举措", "目标": "计划", "问题": "问题"}
NATION = "全国"
MORE = Path(__file__).with_name("more_facts.jsonl")  # notes of our own on pages that were collected by their gist alone
DENSE = "F1001"  # from this id on: ten and more facts of a place and year, with practice and indicators

# What the collector noted of a source, and names of hosts that say it: pages nobody should be told of.
_FOUL_NOTE = re.compile(r"色情|博彩|成人|彩票|manbetx|必赢|赌")
_FOUL_HOST = re.compile(r"bet\d|porn|casino|jizz|tits|caolvse|taruhan|qiubet|ag-game|www\d{4,}|^www\.\d{5,}")
# Copies on hosts that were taken over, clone others' pages, pepper them with phonetics or mix advertisements in.
_COPY_NOTE = re.compile(
    r"劫持|克隆|仿政府|蜘蛛|替换为|域名可疑|域名误导|拼音|注音|广告词|医疗|随机插入|字段被改|繁体采集|回译|论坛|反查重"
    r"|驾校|宠物|美发|租车|快递|图书站|发绳|散文站|股票|外企域名|留学"
)
_COPY_HOST = re.compile(
    r"meetnik|floridamen|naghsh|cssauk|vcaptcha|^\d+\.\d+\.\d+\.\d+$|ttnews\.xyz|\.vip$|xunleidownload|oracleblog"
    r"|fensifuwu|wanpiaopiao|victorzhang|yurenzhiyao|vkhz|www\.ixian|udealium|lujuba|czybbs|9aivip|kgongcn|ppfocus|52xbw|chaxiaohao"
)


_OLD_NAMES = {"临沂经济开发区": "临沂经济技术开发区"}  # before it became a national one
_SAME_ZONE = {
    "和林格尔新区": "内蒙古和林格尔新区",
    "深圳(哈尔滨)产业园区": "深圳（哈尔滨）产业园区",
    "西部(重庆)科学城": "西部（重庆）科学城",
}


@dataclass(frozen=True)
class Figure:
    """``indicator`` and ``role`` (result, target, part) are known of facts that were collected with them."""

    name: str
    value: float | str
    unit: str
    indicator: str | None = None
    role: str | None = None


@dataclass(frozen=True)
class Fact:
    """One line of facts.jsonl."""

    id: str
    zone: str
    zone_id: str | None
    zone_status: str  # listed, unlisted (not in zones.tsv), region, nation, hidden
    zone_type: str | None
    covers: str  # zone, zones (all zones of a region), region (the region itself)
    province: str | None
    city: str | None
    year: int | None
    period: str
    topic: str
    status: str
    gist: str
    practice: str | None  # id of practices.tsv
    figures: tuple[Figure, ...]
    url: str | None
    source_title: str | None  # a source without an address is cited by its title
    link: bool  # false: nothing to lead to, or the address is of a host that was taken over
    site_kind: str
    published: str | None
    confidence: str
    doubtful: bool

    @classmethod
    def of(cls, row: dict[str, Any]) -> Fact:
        figures = tuple(Figure(**one) for one in row["figures"])
        known = {key: row[key] for key in cls.__annotations__ if key != "figures"}
        return cls(figures=figures, **known)


@cache
def facts() -> tuple[Fact, ...]:
    lines = (CORPUS / "sample" / "facts.jsonl").read_text("utf-8").splitlines()
    return tuple(Fact.of(json.loads(line)) for line in lines)


@cache
def zones() -> dict[str, dict[str, str]]:
    """Rows of zones.tsv by id."""
    with (CORPUS / "tables" / "zones.tsv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file, delimiter="\t")}


@cache
def regions() -> dict[str, list[dict[str, str]]]:
    """Rows of regions.tsv by name and short name: provinces first, then cities, then counties."""
    with (CORPUS / "tables" / "regions.tsv").open(encoding="utf-8", newline="") as file:
        rows = sorted(
            csv.DictReader(file, delimiter="\t"), key=lambda row: ("省级", "地级", "县级").index(row["level"])
        )
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        for name in dict.fromkeys((row["name"], row["short"])):
            found.setdefault(name, []).append(row)
    return found


# --- taking over -----------------------------------------------------------------------------------------------------


def take_over(rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """(rows of facts.jsonl, (id, reason) of what is left out)."""
    kept: list[dict[str, Any]] = []
    left: list[tuple[str, str]] = []
    for row in rows:
        reason = _refused(row)
        if reason:
            left.append((row["id"], reason))
            continue
        fact = _checked(row)
        double = next((one for one in kept if _same(one, fact)), None)
        if double is None:
            kept.append(fact)
            continue
        better, other = sorted((double, fact), key=_worth)
        better["also"] = [*double["also"], *fact["also"], {"id": other["id"], "url": other["url"]}]
        kept[kept.index(double)] = better
        left.append((other["id"], f"double of {better['id']}"))
    closed = {fact["url"] for fact in kept if not fact["link"]}  # noted beside one of its facts, true of all
    for fact in kept:
        fact["link"] = fact["url"] not in closed
    return sorted(kept, key=lambda one: one["id"]), sorted(left)


def _refused(row: dict[str, Any]) -> str | None:
    if not _address(row) and not row.get("source_title"):
        return "no address"
    if _FOUL_NOTE.search(row["source_oddity"] or "") or _FOUL_HOST.search(_host(row)):
        return "its page lies on an adult or gambling host"
    return None


def _address(row: dict[str, Any]) -> str | None:
    """A collection of many cities' reports is no address of a report: that is cited by its title."""
    return None if "lawtext" in (row["url"] or "") else row["url"]


def _host(row: dict[str, Any]) -> str:
    return urlsplit(row["url"] or "").hostname or ""


def _checked(row: dict[str, Any]) -> dict[str, Any]:
    name, zone_id, status = _place(row)
    province = None if row["province"] in ("未知", NATION) else row["province"]
    city = row["city"]
    if zone_id:
        province, city = zones()[zone_id]["province"] or province, zones()[zone_id]["city"] or city
    return {
        "id": row["id"],
        "zone": name,
        "zone_id": zone_id,
        "zone_status": status,
        "zone_type": zones()[zone_id]["type"] if zone_id else row["zone_type"],
        "covers": "zone" if status in ("listed", "unlisted", "hidden") else "zones" if row["zone_type"] else "region",
        "province": province,
        "city": city,
        "year": row["year"],
        "period": row["period"],
        "topic": row["topic"],
        "status": STATUS[row["kind"]],
        "gist": row["gist"],
        "practice": row.get("practice"),
        "figures": row["figures"],
        "url": _address(row),
        "source_title": row.get("source_title"),
        "link": bool(_address(row))
        and not (_COPY_NOTE.search(row["source_oddity"] or "") or _COPY_HOST.search(_host(row))),
        "site_kind": row["site_kind"],
        "published": row["published"],
        "confidence": row["source_confidence"],
        "doubtful": row["source_confidence"] == "低" or status == "hidden" or "推定" in row["zone"],
        "also": [],
    }


def _place(row: dict[str, Any]) -> tuple[str, str | None, str]:
    """(name, id in zones.tsv, status). A name in brackets is an explanation, and no part of the zone's own."""
    bare = re.sub(r"[（(][^）)]*[）)]", "", row["zone"]) if not row["zone"].startswith("中国") else row["zone"]
    if "脱敏" in row["zone"] or row["scope"].startswith("原文") or re.search(r"某|XX|原文", row["zone"]):
        return row["zone"], None, "hidden"
    for name in (row["zone_canonical"], row["zone"], bare, _OLD_NAMES.get(bare)):
        zone_id = _ids().get(name or "")
        if zone_id:
            return zones()[zone_id]["short_name"], zone_id, "listed"
    if row["province"] == NATION:
        return bare, None, "nation"
    if row["scope"].startswith("园区汇总") or re.search(
        r"各|县域开发区|湖南产业园区|江苏省级离岸|招商部门|招商系统", bare
    ):
        return _region(bare, row["province"]), None, "region"
    return _SAME_ZONE.get(row["zone"], bare), None, "unlisted"


def _region(name: str, province: str) -> str:
    """The region that the name begins with, or that stands behind its first one (宣城市宣州区, 江门新会区)."""
    found = None
    start = 0
    while True:
        longer = next(
            (
                (end, row)
                for end in range(len(name), start + 1, -1)
                for row in regions().get(name[start:end], ())
                if row["province"] == province and (found is None or row["level"] == "县级")
            ),
            None,
        )
        if longer is None:
            return found["name"] if found else str(regions()[province][0]["name"])
        start, found = longer


@cache
def _ids() -> dict[str, str]:
    known: dict[str, str] = {}
    for zone_id, row in zones().items():
        for name in (row["official_name"], row["short_name"], *row["aliases"].split("|")):
            known.setdefault(name, zone_id)
    known.pop("", None)
    return known


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """The same zone and year, and two figures in common that are all there are but one. The dense facts of one place
    were collected together, each beside the others: none is another's double."""
    if min(one["id"], other["id"]) >= DENSE:
        return False
    if (one["zone"], one["year"], one["status"]) != (other["zone"], other["year"], other["status"]):
        return False
    ours, theirs = ({(float(figure["value"]), figure["unit"]) for figure in fact["figures"]} for fact in (one, other))
    fewer = min(len(ours), len(theirs))
    return fewer > 0 and len(ours & theirs) >= max(1, fewer - 1) and (fewer == 1 or len(ours & theirs) >= 2)


def _worth(row: dict[str, Any]) -> tuple[bool, bool, int, int, int, str]:
    """One whose figures have indicators first, then one that can be linked, then the more trusted source, then the
    fact with more figures."""
    trusted = ("高", "中", "低").index(row["confidence"])
    known = any("indicator" in figure for figure in row["figures"])
    return not known, not row["link"], trusted, -len(row["figures"]), -len(row["gist"]), row["id"]


def main(arguments: list[str]) -> int:
    collected = (Path(arguments[0]), MORE)
    rows = [json.loads(line) for file in collected for line in file.read_text("utf-8").splitlines()]
    kept, left = take_over(rows)
    with (CORPUS / "sample" / "facts.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in kept)
    with (CORPUS / "sample" / "left_out.tsv").open("w", encoding="utf-8") as file:
        file.writelines(f"{id}\t{reason}\n" for id, reason in [("id", "reason"), *left])
    print(f"{len(kept)} facts kept, {len(left)} left out")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
