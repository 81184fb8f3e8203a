"""Of which zone a report speaks.

A name is filled in only where the text names it as what it is about: in its title, as its source, or again and again
in its body. A zone that is mentioned as an example, the name of the host and the name of a site are no such thing.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from indexer.domain.zones import Zone, ZoneReading, ZoneStatus
from indexer.locale.remarks import remark
from indexer.pipeline.describe.congress import is_governments_report
from indexer.pipeline.describe.location_hints import hints_in, whose_words
from indexer.pipeline.describe.places import Government, government_of, masks_a_place, region_of_zones, title_region
from indexer.pipeline.describe.zone_words import (
    OWN_TYPES,
    masked_zones,
    plain_name,
    repeated_name,
    type_counts,
    types_in,
)
from indexer.reference.gazetteer import Gazetteer, Occurrence
from indexer.reference.regions import CITY, PROVINCE, Region, Regions

# 赴苏州工业园区考察: what stands behind these is somebody else
_EXAMPLE_BEFORE = re.compile(r"(?:赴|学习|借鉴|考察|对标|参观|走进|来自|比照|对接|携手|邀请)(?:了|过)?$")
_OWN_WORDS = re.compile(r"全市|我市|全省|我省|全州|我州|全县|我县")
# 北京：某景区推出夜游 is news from a city; 衡阳市工业经济运行情况 is a city's own paper
_OFFICE_PAPER = re.compile(r"工作|总结|报告|情况|公报|计划|要点|运行|规划|汇报")
# How a zone's own paper talks; news that happens in 浦东新区 does not
_ZONE_TALK = re.compile(r"园区|管委会|开发区|高新区|经开区|综保区|自贸|招商|全区|我区|入驻企业")
_REPEATED = 3  # times a body must name a zone that neither title nor source does
_INSISTENT = 5  # times a masked zone of another type than the title's must be named to count
_SHARE = 0.6  # of all the zones it names


@dataclass(frozen=True, slots=True)
class _Page:
    """What a page says of zones, gathered once: the words are sought in the whole text, which takes a millisecond."""

    title: str
    text: str
    source: str | None
    types: Counter[str]  # type words of the text
    titled: tuple[str, ...]  # types of the title, in its order
    masked: tuple[str, ...]  # types whose names are blotted out, in title and text
    mentioned: tuple[Occurrence, ...]
    gazetteer: Gazetteer

    @property
    def city_wide(self) -> bool:
        """True where the text speaks for a whole city or province (我市、全市) far more than for a zone."""
        return len(_OWN_WORDS.findall(self.text)) > 3 * max(1, sum(self.types.values()))

    def hints(self, *, without: frozenset[str] = frozenset()) -> tuple[str, ...]:
        return hints_in(self.text, self.mentioned, self.gazetteer.slogans.said_in(self.text), self.gazetteer, without)

    def unnamed(self, status: ZoneStatus, kind: str | None, conflict: str | None, basis: str) -> ZoneReading:
        """A zone without a name, with what points to it; whose catchphrases it says stands in the basis."""
        said = self.gazetteer.slogans.said_in(self.text)
        hints = hints_in(self.text, self.mentioned, said, self.gazetteer)
        basis = "；".join((basis, *whose_words(said)))
        return ZoneReading(status, type=kind, conflict=conflict, hints=hints, basis=basis)


@dataclass(frozen=True, slots=True)
class _Named:
    """A name the page gives, and where."""

    name: str
    short: str
    type: str | None
    zone: Zone | None
    basis: str


def read_zone(title: str | None, text: str, source: str | None, gazetteer: Gazetteer) -> ZoneReading:
    """``title`` and ``text`` are cleaned; ``source`` is the 来源 the page prints, never a host or a site's name."""
    title = title or ""
    if is_governments_report(title or None, text) and not _is_a_zones(title, gazetteer):
        government = government_of(f"{title}\n{text}" if title else text, gazetteer)
        titled_region = title_region(title, gazetteer.regions)
        if government.region is None and not government.masked and titled_region is not None:
            return _region(titled_region, "题名", None, gazetteer.regions)
        if government.region is not None or _subject(title, gazetteer) is None:
            return _government(government, text, gazetteer)
    page = _gather(title, text, source, gazetteer)
    of_all = region_of_zones(title, gazetteer.regions)
    if of_all is not None and not page.masked and _subject(title, gazetteer) is None and _in_source(page) is None:
        return _region(of_all, "题名", None, gazetteer.regions)
    named = _named(page)
    if named is not None:
        return _named_reading(named, page)
    titled = page.titled[0] if page.titled else None
    body = _body_type(page)
    conflict = _type_conflict(titled, page)
    if page.masked:
        kind = body if conflict else titled or body
        return page.unnamed(ZoneStatus.ANONYMISED, kind, conflict, "名称已脱敏")
    region = title_region(title, gazetteer.regions)
    if region is not None and titled is None and _OFFICE_PAPER.search(title):
        return _region(region, "题名", None, gazetteer.regions)
    if titled or (body in OWN_TYPES and page.types[body] >= _REPEATED and not page.city_wide):
        return page.unnamed(ZoneStatus.TYPE_ONLY, titled or body, conflict, "只说类型")
    # News names the places it speaks of: nothing is hidden there that a hint could point to
    own_paper = page.types and (_OFFICE_PAPER.search(title) or masks_a_place(text))
    return ZoneReading(ZoneStatus.NONE, hints=page.hints() if own_paper else ())


def _gather(title: str, text: str, source: str | None, gazetteer: Gazetteer) -> _Page:
    titled = tuple(kind for kind, _, _ in types_in(title))
    found = tuple(masked_zones(text))
    if len(found) == 1 and found[0][1].startswith("某"):
        found = ()  # 某高新区 once may be said of any; a masked text says it of itself, again and again
    masked = _its_own(tuple(kind for kind, _ in found), titled)
    masked_title = tuple(kind for kind, _ in masked_zones(title))
    return _Page(title, text, source, type_counts(text), titled, masked_title + masked, gazetteer.find(text), gazetteer)


def _its_own(masked: tuple[str, ...], titled: tuple[str, ...]) -> tuple[str, ...]:
    """The masked zones that can be the report's own: of the type of its title, or named far more often than once.

    A 经开区 that speaks three times of x科技城 has a 科技城 in it; a body with thirteen 高XX县区 is a 高新区's.
    """
    times = Counter(masked)
    return tuple(kind for kind in masked if not titled or kind in titled or times[kind] >= _INSISTENT)


def _is_a_zones(title: str, gazetteer: Gazetteer) -> bool:
    """浦东新区政府工作报告 is a region's; 苏州工业园区工作报告 is not."""
    return any(found.strong and found.zone.type != "新区" for found in gazetteer.find(title))


def _named(page: _Page) -> _Named | None:
    found = _in_title(page)
    if found is None and not page.masked:
        found = _in_source(page)
    return found or _in_body(page)


def _in_title(page: _Page) -> _Named | None:
    found = _subject(page.title, page.gazetteer)
    if found is not None:
        return _of_zone(_unambiguous(found, page), "题名")
    if any(True for _ in masked_zones(page.title)):
        return None
    return _plainly(plain_name(page.title, page.text, page.gazetteer.regions), page, "题名")


def _in_source(page: _Page) -> _Named | None:
    """A source names the zone of the report only if title and text do not speak of another type throughout."""
    found = _subject(page.source or "", page.gazetteer)
    if found is None or (page.titled and found.zone.type not in page.titled):
        return None
    if page.types[found.zone.type] == 0 and found.zone.short not in page.text:
        return None
    return _of_zone(found.zone, "来源")


def _in_body(page: _Page) -> _Named | None:
    """The zone a body names again and again, and hardly another beside it."""
    if page.city_wide or len(_ZONE_TALK.findall(page.text)) < _REPEATED:
        return None
    counted = Counter(found.zone.id for found in page.mentioned if found.strong and found.zone.type != "新区")
    if counted:
        zone_id, times = counted.most_common(1)[0]
        if times >= _REPEATED and times > 2 * len(page.masked) and times >= _SHARE * sum(counted.values()):
            return _of_zone(next(found.zone for found in page.mentioned if found.zone.id == zone_id), "正文")
    if page.masked or title_region(page.title, page.gazetteer.regions) is not None:
        return None
    return _plainly(repeated_name(page.text), page, "正文")


def _plainly(name: tuple[str, str] | None, page: _Page, basis: str) -> _Named | None:
    """A zone that is named in so many words: the gazetteer's if it knows it, else as the text spells it."""
    if name is None:
        return None
    known = page.gazetteer.resolve(name[0])
    return _of_zone(known, basis) if known else _Named(name[0], name[0], name[1], None, basis)


def _of_zone(zone: Zone, basis: str) -> _Named:
    return _Named(zone.name, zone.short, zone.type, zone, basis)


def _subject(words: str, gazetteer: Gazetteer) -> Occurrence | None:
    """The zone a title or a source is about: the first it names that is no example. 光谷 only where it comes first."""
    found = [
        one
        for one in gazetteer.find(words)
        if not _EXAMPLE_BEFORE.search(words[: one.span.start]) and not _goes_on(words, one.span.end)
    ]
    strong = [one for one in found if one.strong] or [one for one in found if one.span.start == 0]
    return strong[0] if strong else None


def _goes_on(words: str, end: int) -> bool:
    """中关村科学城 is not 中关村: the name runs on into another type."""
    return next((start for _, start, _ in types_in(words[end:])), -1) == 0


def _unambiguous(found: Occurrence, page: _Page) -> Zone:
    """沈阳开发区 is mostly said of the 经开区; where the text speaks of its 高新区 alone, it is that one's name."""
    bare = found.text.endswith("开发区") and not found.text.endswith(("技术开发区", "产业开发区", "经济开发区"))
    if not bare or page.types[found.zone.type]:
        return found.zone
    for other in page.gazetteer.of_place(found.zone.city or ""):
        namesake = other.city is not None and other.short == f"{other.city}{other.type}"
        if namesake and other.type != found.zone.type and page.types[other.type] >= 2:
            return other
    return found.zone


def _named_reading(named: _Named, page: _Page) -> ZoneReading:
    zone = named.zone
    province, city = (zone.province, zone.city) if zone else _lies_in(named.name, page.gazetteer)
    own = frozenset((named.name, named.short, *((*zone.aliases, *zone.related) if zone else ())))
    return ZoneReading(
        status=ZoneStatus.NAMED,
        name=named.name,
        short=named.short,
        type=named.type,
        level=zone.level if zone else _level(named.name, page.text),
        province=province,
        city=city,
        conflict=_type_conflict(named.type, page) if named.basis == "题名" else None,
        hints=page.hints(without=own)[:8] if province is None else (),  # where it lies is known
        basis=named.basis,
    )


def _level(name: str, text: str) -> str | None:
    """The level of an unlisted zone, where its name or the text says it of this very zone."""
    if "国家级" in name:
        return "国家级"
    bare = re.escape(name)
    if re.search(rf"{bare}(?:是|为|获批|获评|升级为)[^，。]{{0,8}}省级|省级[^，。]{{0,4}}{bare}", text):
        return "省级"
    return None


def _lies_in(name: str, gazetteer: Gazetteer) -> tuple[str | None, str | None]:
    """Province and city by the name's own beginning (衡阳市某某工业园区): nothing where it names no region, or two."""
    for end in range(min(len(name), 12), 1, -1):
        same = gazetteer.regions.all_named(name[:end])
        if same and (same[0].level in (PROVINCE, CITY) or len({(one.province, one.city) for one in same}) == 1):
            return same[0].province, same[0].city
    return None, None


def _body_type(page: _Page) -> str | None:
    counted = Counter(page.masked) or page.types
    own = {kind: times for kind, times in counted.items() if kind in OWN_TYPES} or counted
    return max(own, key=lambda kind: own[kind]) if own else None


def _type_conflict(kind: str | None, page: _Page) -> str | None:
    """A sentence where the title says one type and the body speaks of another, and not of that."""
    if kind not in OWN_TYPES or not page.titled:
        return None
    others = [(times, other) for other, times in page.types.items() if other in OWN_TYPES and other not in page.titled]
    if not others:
        return None
    times, other = max(others)
    if times >= 4 and times > 3 * page.types[kind]:
        return remark("zone_type", titled=kind, body=other, times=times)
    return None


def _government(government: Government, text: str, gazetteer: Gazetteer) -> ZoneReading:
    if government.region is not None:
        return _region(government.region, "题名与正文", government.conflict, gazetteer.regions)
    hints = hints_in(text, gazetteer.find(text), gazetteer.slogans.said_in(text), gazetteer)
    if government.masked:
        return ZoneReading(ZoneStatus.ANONYMISED, hints=hints, basis="政府工作报告，地名已脱敏")
    return ZoneReading(ZoneStatus.REGION, hints=hints, basis="政府工作报告，未见地名")


def _region(region: Region, basis: str, conflict: str | None, regions: Regions) -> ZoneReading:
    return ZoneReading(
        status=ZoneStatus.REGION,
        name=region.name,
        short=regions.label(region),
        level=region.level,
        province=region.province,
        city=region.city,
        conflict=conflict,
        basis=basis,
    )
