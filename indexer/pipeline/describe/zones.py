"""Of which zone a report speaks.

A name is filled in only where the text names it as what it is about: in its title, as its source, or again and again
in its body. A zone that is mentioned as an example, the name of the host and the name of a site are no such thing.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from indexer.domain.gazetteer import Gazetteer, Occurrence
from indexer.domain.regions import CITY, PROVINCE, Region
from indexer.domain.zones import Zone, ZoneReading, ZoneStatus
from indexer.pipeline.describe.congress import speaks_to_congress
from indexer.pipeline.describe.hints import hints_in
from indexer.pipeline.describe.places import government_of, title_region
from indexer.pipeline.describe.zone_words import (
    OWN_TYPES,
    masked_zones,
    plain_name,
    repeated_name,
    type_counts,
    types_in,
)

# 赴苏州工业园区考察: what stands behind these is somebody else
_EXAMPLE_BEFORE = re.compile(r"(?:赴|学习|借鉴|考察|对标|参观|走进|来自|比照|对接|携手|邀请)(?:了|过)?$")
_OWN_WORDS = re.compile(r"全市|我市|全省|我省|全州|我州|全县|我县")
_REPEATED = 3  # times a body must name a zone that neither title nor source does
_INSISTENT = 5  # times a masked zone of another type than the title's must be named to count
_SHARE = 0.6  # of all the zones it names


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
    if speaks_to_congress(title, text) and not _is_a_zones(title, gazetteer):
        return _region(government_of(f"{title}\n{text}" if title else text, gazetteer), text, gazetteer, "题名与正文")
    masked = _its_own(tuple(masked_zones(text)), title)
    masked_title = tuple(masked_zones(title))
    mentioned = gazetteer.find(text)
    named = _named(title, text, source, mentioned, masked or masked_title, gazetteer)
    if named is not None:
        return _named_reading(named, title, text, gazetteer)
    types = _types(title, text, masked, masked_title)
    if masked or masked_title:
        kind = types.body if types.conflict else types.title or types.body
        reading = ZoneReading(ZoneStatus.ANONYMISED, type=kind, conflict=types.conflict, basis="名称已脱敏")
        return replace(reading, hints=hints_in(text, gazetteer))
    region = title_region(title, gazetteer.regions)
    if region is not None and types.title is None:
        return _region(region, text, gazetteer, "题名")
    if types.title or (types.body and _speaks_of_itself(text, types.body)):
        reading = ZoneReading(
            ZoneStatus.TYPE_ONLY, type=types.title or types.body, conflict=types.conflict, basis="只说类型"
        )
        return replace(reading, hints=hints_in(text, gazetteer))
    return ZoneReading(ZoneStatus.NONE, hints=hints_in(text, gazetteer))


def _its_own(masked: tuple[tuple[str, str], ...], title: str) -> tuple[tuple[str, str], ...]:
    """The masked zones that can be the report's own: of the type of its title, or named far more often than once.

    A 经开区 that speaks three times of x科技城 has a 科技城 in it; a body with thirteen 高XX县区 is a 高新区's.
    """
    titled = {kind for kind, _, _ in types_in(title)}
    times = Counter(kind for kind, _ in masked)
    return tuple(one for one in masked if not titled or one[0] in titled or times[one[0]] >= _INSISTENT)


def _is_a_zones(title: str, gazetteer: Gazetteer) -> bool:
    """浦东新区政府工作报告 is a region's; 苏州工业园区工作报告 is not."""
    return any(found.strong and found.zone.type != "新区" for found in gazetteer.find(title))


def _named(
    title: str,
    text: str,
    source: str | None,
    mentioned: tuple[Occurrence, ...],
    masked: tuple[tuple[str, str], ...],
    gazetteer: Gazetteer,
) -> _Named | None:
    in_title = _subject(title, gazetteer)
    if in_title is not None:
        return _of_zone(_unambiguous(in_title, text, gazetteer), "题名")
    plain = plain_name(title, text)
    if plain is not None and not masked_zones_in(title):
        known = gazetteer.resolve(plain[0])
        return _of_zone(known, "题名") if known else _Named(plain[0], plain[0], plain[1], None, "题名")
    if masked:
        return None
    if source:
        of_source = _subject(source, gazetteer)
        if of_source is not None and _fits(of_source.zone, title, text):
            return _of_zone(of_source.zone, "来源")
    counted = Counter(found.zone.id for found in mentioned if found.strong)
    if counted:
        zone_id, times = counted.most_common(1)[0]
        if times >= _REPEATED and times >= _SHARE * sum(counted.values()) and not _city_wide(text):
            zone = next(found.zone for found in mentioned if found.zone.id == zone_id)
            return _of_zone(zone, "正文")
    if title_region(title, gazetteer.regions) is None and not _city_wide(text):
        repeated = repeated_name(text)
        if repeated is not None:
            known = gazetteer.resolve(repeated[0])
            return _of_zone(known, "正文") if known else _Named(repeated[0], repeated[0], repeated[1], None, "正文")
    return None


def masked_zones_in(title: str) -> bool:
    return any(True for _ in masked_zones(title))


def _of_zone(zone: Zone, basis: str) -> _Named:
    return _Named(zone.name, zone.short, zone.type, zone, basis)


def _subject(words: str, gazetteer: Gazetteer) -> Occurrence | None:
    """The zone a title or a source is about: the only one it names, or the first of several."""
    found = [one for one in gazetteer.find(words) if not _EXAMPLE_BEFORE.search(words[: one.span.start])]
    strong = [one for one in found if one.strong] or [one for one in found if one.span.start == 0]
    return strong[0] if strong else None


def _unambiguous(found: Occurrence, text: str, gazetteer: Gazetteer) -> Zone:
    """沈阳开发区 is mostly said of the 经开区; where the text speaks of its 高新区 alone, it is that one's name."""
    bare = found.text.endswith("开发区") and not found.text.endswith(("技术开发区", "产业开发区", "经济开发区"))
    if not bare:
        return found.zone
    counts = type_counts(text)
    for other in gazetteer.of_place(found.zone.city or ""):
        only = counts[other.type] >= 2 and counts[found.zone.type] == 0
        if only and other.type != found.zone.type and other.city and other.short.startswith(other.city):
            return other
    return found.zone


def _fits(zone: Zone, title: str, text: str) -> bool:
    """A source names the zone of the report only if title and text do not speak of another type throughout."""
    titled = {kind for kind, _, _ in types_in(title)}
    if titled and zone.type not in titled:
        return False
    return type_counts(text)[zone.type] > 0 or zone.short in text


def _city_wide(text: str) -> bool:
    """True where the text speaks for a whole city or province (我市、全市) far more than for a zone."""
    return len(_OWN_WORDS.findall(text)) > 3 * max(1, sum(type_counts(text).values()))


def _named_reading(named: _Named, title: str, text: str, gazetteer: Gazetteer) -> ZoneReading:
    zone = named.zone
    province, city = (zone.province, zone.city) if zone else _lies_in(named.name, text, gazetteer)
    own = frozenset((named.name, named.short, *(zone.aliases if zone else ())))
    conflict = _type_conflict(named.type, title, text) if named.basis == "题名" else None
    return ZoneReading(
        status=ZoneStatus.NAMED,
        name=named.name,
        short=named.short,
        type=named.type,
        level=zone.level if zone else _level(named.name, text),
        province=province,
        city=city,
        conflict=conflict,
        hints=tuple(hint for hint in hints_in(text, gazetteer, own) if hint not in own)[:8],
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


def _lies_in(name: str, text: str, gazetteer: Gazetteer) -> tuple[str | None, str | None]:
    """Province and city by the name's own beginning (衡阳市某某工业园区): nothing where it names no region."""
    for end in range(min(len(name), 12), 1, -1):
        for region in gazetteer.regions.all_named(name[:end]):
            same = gazetteer.regions.all_named(name[:end])
            if len({(one.province, one.city) for one in same}) == 1 or region.level in (PROVINCE, CITY):
                return region.province, region.city
    return None, None


@dataclass(frozen=True, slots=True)
class _Types:
    title: str | None
    body: str | None
    conflict: str | None


def _types(
    title: str, text: str, masked: tuple[tuple[str, str], ...], masked_title: tuple[tuple[str, str], ...]
) -> _Types:
    in_title = masked_title[0][0] if masked_title else next((kind for kind, _, _ in types_in(title)), None)
    counted = Counter(kind for kind, _ in masked) or type_counts(text)
    own = Counter({kind: times for kind, times in counted.items() if kind in OWN_TYPES}) or counted
    body = own.most_common(1)[0][0] if own else None
    return _Types(in_title, body, _type_conflict(in_title, title, text))


def _type_conflict(kind: str | None, title: str, text: str) -> str | None:
    """A sentence where the title says one type and the body speaks of another, and not of that."""
    if kind not in OWN_TYPES:
        return None
    titled = {one for one, _, _ in types_in(title)}
    counted = type_counts(text)
    others = [(times, other) for other, times in counted.items() if other in OWN_TYPES and other not in titled]
    if not others:
        return None
    times, other = max(others)
    if times >= 4 and times > 3 * counted[kind]:
        return f"题名称“{kind}”，正文所述为“{other}”（{times}处）"
    return None


def _speaks_of_itself(text: str, kind: str) -> bool:
    """A body that keeps saying 高新区 or 我区 without a name is a zone's; one that says it once is not."""
    counted = type_counts(text)[kind]
    return counted >= 3 and not _city_wide(text)


def _region(region: Region | None, text: str, gazetteer: Gazetteer, basis: str) -> ZoneReading:
    if region is None:
        return ZoneReading(ZoneStatus.REGION, hints=hints_in(text, gazetteer), basis="政府工作报告，未见地名")
    return ZoneReading(
        status=ZoneStatus.REGION,
        name=region.name,
        short=region.short,
        level=region.level,
        province=region.province,
        city=region.city,
        basis=basis,
    )
