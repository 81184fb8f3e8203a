"""The zones by every name they go by: corpus/tables/zones.tsv, and the regions they lie in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from indexer.domain.spans import Span
from indexer.domain.zones import Zone
from indexer.errors import BadRow
from indexer.locale import LazyText
from indexer.reference.regions import Regions, table_rows
from indexer.reference.slogans import Slogans
from indexer.text.name_finder import NameScanner

ZONE_TYPES = ("高新区", "经开区", "综保区", "科技城", "自贸区", "新区", "工业园区", "其他")

_COLUMNS = tuple(
    "id official_name short_name aliases type level province city county doubtful related_names note".split()  # noqa: SIM905
)

# How official names spell the type, and what else people write for it. 高新技术开发区 and 高新技术产业园区 are
# slips for the first, but common ones.
_TYPE_SPELLINGS: dict[str, tuple[str, ...]] = {
    "高新技术产业开发区": (
        "高新区",
        "国家高新区",
        "高新技术开发区",
        "高新技术产业园区",
        "高新开发区",
        "高新产业开发区",
    ),
    "高新技术产业园区": ("高新区", "高新技术产业开发区", "高新园区"),
    "经济技术开发区": ("经开区", "国家经开区", "国家级经开区", "经济开发区", "经济技术产业开发区"),
    "综合保税区": ("综保区", "综合保税港区"),
    "自由贸易试验区": ("自贸区", "自贸试验区"),
}
_USUAL = {
    spelling: others[0]
    for long, others in _TYPE_SPELLINGS.items()
    for spelling in (long, *others)
    if not spelling.startswith("国家")
}
_TYPE_ENDING = re.compile(
    r"(?:国家级?|省级)?(?:高新(?:技术)?(?:产业)?(?:开发|园)?区?|(?:经济)?(?:技术)?开发区|经开区|综(?:合)?保(?:税)?区|自贸(?:试验)?区"
    r"|自由贸易试验区|科技城|新区|工业园区|园区)$"
)
_LEVEL_WORDS = re.compile(r"国家级?|省级")
# An alias that ends like a zone can stand for it anywhere; 光谷, 张江, 大亚湾 are places as well.
_ZONE_ENDING = re.compile(r"(?:区|科技城|科学城|产业园|泰达|TEDA|SIP|光谷|车谷|亦庄)$")
_GUARDED = re.compile(r"(?:高新|火炬|贵安|雄安)$")
_NOT_THE_ZONE = re.compile(r"技术(?!产?业?开发区|产业园区)|企业|产业(?!开发区|园区)|股份|集团")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A name of the gazetteer in a text. ``strong`` is False where the name is a place as well (光谷, 大亚湾)."""

    span: Span
    text: str
    zone: Zone
    strong: bool


class Gazetteer:
    """Knows zones by official name, short name and alias. Holds no state but its tables."""

    def __init__(self, zones: Iterable[Zone], regions: Regions | None = None, slogans: Slogans | None = None) -> None:
        self.zones = tuple(zones)
        self.regions = regions or Regions(())
        self.slogans = slogans or Slogans()
        self._by_name: dict[str, Zone] = {}
        for zone in self.zones:  # a zone's own names first: no alias of another may take them
            for name in (zone.short, zone.name):
                self._by_name.setdefault(name, zone)
        for zone in self.zones:
            for name in zone.aliases:
                self._by_name.setdefault(name, zone)
        for zone in self.zones:
            for name in _spellings(zone):
                self._by_name.setdefault(name, zone)
        self._scanner = NameScanner(self._by_name)
        self.near_names = tuple(dict.fromkeys(name for zone in self.zones for name in zone.related))
        self._near_scanner = NameScanner(self.near_names)
        self._by_place: dict[str, tuple[Zone, ...]] = {}
        for zone in self.zones:
            for place in {zone.city, zone.county, zone.province}:
                if place:
                    self._by_place[place] = (*self._by_place.get(place, ()), zone)

    @classmethod
    def parse(cls, lines: Iterable[str], regions: Regions | None = None, slogans: Slogans | None = None) -> Gazetteer:
        """``lines`` of corpus/tables/zones.tsv. Raises ValueError naming the line that does not fit."""
        zones: list[Zone] = []
        ids: set[str] = set()
        for number, cells in table_rows(lines, _COLUMNS):
            zone = _zone(number, cells)
            if zone.id in ids:
                raise BadRow("table.zone_twice", number=number, zone=zone.id)
            ids.add(zone.id)
            zones.append(zone)
        return cls(zones, regions, slogans)

    def resolve(self, name: str) -> Zone | None:
        """The zone of that short name, official name, alias or common spelling; None where there is none."""
        name = re.sub(r"\s+", "", name).replace("（", "(").replace("）", ")")
        found = self._by_name.get(name) or self._by_name.get(name.upper())
        if found is None:
            plain = _LEVEL_WORDS.sub("", re.sub(r"[（(][^（()）]*[)）]$", "", name))
            plain = re.sub(r"(?:管理委员会|管委会|党工委)$", "", plain)
            found = self._by_name.get(plain)
        return found

    def find(self, text: str) -> tuple[Occurrence, ...]:
        """Every name of a zone in ``text``, the longest at each place, not overlapping."""
        return tuple(self._occurrences(text))

    def near_in(self, text: str) -> tuple[str, ...]:
        """Each of ``near_names`` that ``text`` holds, once, in the order of the text."""
        return tuple(dict.fromkeys(name for _, name in self._near_scanner.scan(text)))

    def _occurrences(self, text: str) -> Iterator[Occurrence]:
        for at, name in self._scanner.scan(text.replace("（", "(").replace("）", ")")):
            end = at + len(name)
            if _GUARDED.search(name) and _NOT_THE_ZONE.match(text, end):
                continue  # 衡阳高新技术企业 holds 衡阳高新, which is not what it speaks of
            zone = self._by_name[name]
            strong = name in (zone.short, zone.name) or bool(_ZONE_ENDING.search(name))
            yield Occurrence(Span(at, end), text[at:end], zone, strong)

    def suggest(self, name: str, limit: int = 3) -> tuple[Zone, ...]:
        """Zones that may be meant by a name nobody knows: a slip of the pen, or a place that has zones."""
        name = re.sub(r"\s+", "", name)
        if not name:
            return ()
        stem = _stem(name)
        scored: dict[str, tuple[float, Zone]] = {}
        for zone in self._by_place.get(stem.removesuffix("市"), ()):
            scored[zone.id] = (1.0 + _alike(zone.short, name), zone)
        if not scored:
            for known, zone in self._by_name.items():
                # 示例高新区 and 三明高新区 are alike in their type alone: the name in front of it counts first
                of_stem = _alike(_stem(known), stem)
                if of_stem >= 0.5:
                    score = 0.6 * of_stem + 0.4 * _alike(known, name)
                    scored[zone.id] = max(scored.get(zone.id, (0.0, zone)), (score, zone), key=lambda pair: pair[0])
        best = sorted(scored.values(), key=lambda pair: (-pair[0], len(pair[1].short), pair[1].id))
        return tuple(zone for _, zone in best[:limit])

    def of_place(self, place: str) -> tuple[Zone, ...]:
        """The zones of a city, county or province by its short name."""
        return self._by_place.get(place, ())


def types_in(text: str) -> set[str]:
    """The types of zones that ``text`` speaks of, by their usual names."""
    return {usual for spelling, usual in _USUAL.items() if spelling in text}


def usual_name(name: str) -> str:
    """A zone's name with its type said as usual: 安顺经济技术开发区 → 安顺经开区."""
    for long in sorted(_USUAL, key=len, reverse=True):
        if name.endswith(long) and name != long:
            return name.removesuffix(long) + _USUAL[long]
    return name


def _alike(one: str, other: str) -> float:
    """0..1 by the characters they have in common, in order. Cheap refusals first: 6,400 names are asked."""
    if not set(one) & set(other):
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _stem(name: str) -> str:
    """A name without its type: 衡阳高新区 → 衡阳; the whole of it where nothing else is left."""
    return _TYPE_ENDING.sub("", name) or name


def _spellings(zone: Zone) -> Iterator[str]:
    """Regular variants of a zone's names: the type spelt otherwise, 市 behind the city."""
    bases = {zone.name, zone.short}
    for long, others in _TYPE_SPELLINGS.items():
        if zone.name.endswith(long):
            stem = zone.name.removesuffix(long)
            if stem:
                bases.update(stem + other for other in others)
            if zone.short.endswith(others[0]):
                stem = zone.short.removesuffix(others[0])
                bases.update(stem + other for other in (long, *others))
    yield from sorted(bases)
    for place in (zone.city, zone.county):
        if place and len(place) >= 2:
            stem = place.removesuffix("市")
            yield from sorted(f"{stem}市{b.removeprefix(stem)}" for b in bases if b.startswith(stem) and b != stem)


def _zone(number: int, cells: list[str]) -> Zone:
    zone_id, name, short, aliases, kind, level, province, city, county, doubtful, related, note = cells
    if not zone_id or not name or not short or kind not in ZONE_TYPES:
        raise BadRow("table.zone_incomplete", number=number, name=name or LazyText("table.unnamed"))
    return Zone(
        id=zone_id,
        name=name,
        short=short,
        aliases=tuple(a for a in aliases.split("|") if a),
        type=kind,
        level=level or None,
        province=province or None,
        city=city or None,
        county=county or None,
        related=tuple(r for r in related.split("|") if r),
        doubtful=bool(doubtful),
        note=note or None,
    )
