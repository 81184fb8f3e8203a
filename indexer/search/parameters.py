"""From the parameters of an address, or the options of a command, to a Query, and back.

The outside world is asked here, once: everything past this has its type. What cannot be understood raises BadQuery with
a sentence that says what would be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from typing import Protocol, TypeVar

from indexer.domain.facets import FACETS, UNKNOWN, Basis, Facet
from indexer.domain.query import Filters, Match, Node, Query, Sort, Word, YearRange, spans
from indexer.domain.report import Grade, Status
from indexer.domain.results import UNNAMED, site_of
from indexer.domain.zones import Zone
from indexer.errors import BadQuery
from indexer.locale import LazyText, say
from indexer.pipeline.clean.characters import shown
from indexer.reference.gazetteer import ZONE_TYPES, usual_name
from indexer.reference.regions import Regions
from indexer.search.match_modes import Leveled, Leveling, with_the_nearest
from indexer.search.question_language import read
from indexer.search.understanding import Reading as Plain
from indexer.search.understanding import Understanding
from indexer.text.fold import fold

LONGEST_QUESTION = 200  # characters; longer ones are pasted texts, for which there is ``similar``
MOST_PER_PAGE = 100
PER_PAGE = 20
LAST_PAGE = 100_000
MOST_UNWANTED = 20
LONGEST_UNWANTED = 30  # characters; the longest synonym has 14

_YEARS = re.compile(r"(\d{4})年?(?:[-~至到](\d{4})年?)?")
_UNKNOWN_WORDS = (UNKNOWN, "年份不明", "级别不明", "没有网址", "本地文件", "未知", "unknown")
_MOST_NAMED = 40  # of what could be asked for; the rest is said to be there
_PROVINCE_ENDING = re.compile(r"(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)$")
_PART_OF_A_ZONE = re.compile(r"(?:分区|片区|分园|拓展区)$")
_SHORTEST_ZONE = 4  # characters
_PLACE_ENDING = re.compile(r"省|市|地区|盟|\w{0,8}自治[区州]|特别行政区")  # 长沙县 is not 长沙
_BASIS_WORDS = {"段落": Basis.PASSAGE, "报告期": Basis.REPORT, "发布": Basis.PUBLISHED, "计划年": Basis.PLAN}
_MATCH_WORDS = {"精确": Match.EXACT, "普通": Match.WORDS, "含近义": Match.SYNONYMS, "宽松": Match.LOOSE}
_SORT_WORDS = {"相关": Sort.RELEVANCE, "时间": Sort.DATE}


class ZoneNames(Protocol):
    """What is asked of the gazetteer."""

    def resolve(self, name: str) -> Zone | None: ...

    def suggest(self, name: str) -> tuple[Zone, ...]: ...

    @property
    def regions(self) -> Regions: ...


@dataclass(frozen=True, slots=True)
class Known:
    """What can be asked for in the current build. ``zones``: labels of its zones and regions, beyond the gazetteer's.
    ``values``: facet → what may be asked of it; none, or an empty collection, lets every name pass.
    """

    zones: Collection[str] = ()
    values: Mapping[str, Collection[str]] = field(default_factory=dict)

    def of(self, facet: str) -> Collection[str]:
        return self.values.get(facet, ZONE_TYPES if facet == "zone_type" else ())


def read_query(
    params: Mapping[str, Sequence[str]],
    zone_names: ZoneNames,
    known: Known,
    leveling: Leveling | None = None,
    *,
    understanding: Understanding | None = None,
    subjects: Callable[[str], tuple[tuple[str, str], ...]] = lambda text: (),
    longest_question: int = LONGEST_QUESTION,
    most_per_page: int = MOST_PER_PAGE,
    per_page: int = PER_PAGE,
) -> Query:
    """The query that ``params`` ask: q, match, without, basis, sort, limit, page, and the parameter of each facet. With
    ``plain`` the words are taken as they stand; else ``understanding`` makes filters of what is sure in them.

    All but q, match, basis, sort, limit and page may be repeated or hold several values with commas; empty values ask
    nothing, and other names are left alone. 园区: and 年份: in q become filters; what of them can't be read is left out
    with a warning, for nothing in q is an error but its length. Without a ``leveling`` every level of match is 普通.
    Raises BadQuery.
    """
    given = " ".join(params.get("q", ()))  # counted as it came, white space and all: so it is described to programs
    if len(given) > longest_question:
        raise BadQuery("query.too_long", parameter="q", length=len(given), most=longest_question)
    # what was pasted may hold marks that nobody sees: they would part words, and turn around what repeats them
    text = shown(given)
    reading = Plain(text)
    if understanding and "plain" not in params:
        taken: dict[str, Sequence[str]] = {name: values for name in params if (values := _values(params, name))}
        reading = understanding.read(text, taken)
        if missing := _missing(reading, known):  # 国家级 where all reports are of cities: words like others
            reading = understanding.read(text, {**dict.fromkeys(missing, ()), **taken})
        params = {**params, **_by_parameter(reading)}
    question = read(reading.rest)
    years, unknown_year, odd_years = _years_and_typed(_values(params, "year"), _parted(question.years))
    level = _one(params, "match", Match, _MATCH_WORDS, Match.SYNONYMS)
    unwanted = _unwanted(params)
    leveled = leveling.at(level, question.node, unwanted) if leveling else Leveled(question.node)
    zones, odd_zones = _zones_and_typed(_values(params, "zone"), question.zones, zone_names, known)
    chosen = {
        facet.name: _each(params, facet.parameter, partial(_asked, facet, known=known.of(facet.name)))
        for facet in FACETS
        if facet.name not in ("zone", "year")  # read with what was typed behind 园区: and 年份:
    }
    basis = _one(params, "basis", Basis, _BASIS_WORDS, Basis.PASSAGE)
    filters = Filters.of(years, unknown_year, basis, zone=zones, **chosen)
    query = Query(
        text=question.rest,
        node=leveled.node,
        filters=filters,
        sort=_one(params, "sort", Sort, _SORT_WORDS, Sort.RELEVANCE),
        page=_number(params, "page", 1, LAST_PAGE),
        limit=_number(params, "limit", per_page, most_per_page),
        match=level,
        without=unwanted,
        synonyms=leveled.synonyms,
        loosened=leveled.loosened,
        subjects=_subjects(question.node, filters, level, lambda: subjects(question.rest)),
        warnings=(*question.warnings, *odd_zones, *odd_years, *leveled.notes),
        asked=text if reading.understood or reading.intent or reading.rest != text else "",
        understood=reading.understood,
        intent=reading.intent,
    )
    return with_the_nearest(query)


def _unwanted(params: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Bounded: every link of a page of results carries them all on."""
    words = tuple(_values(params, "without"))
    if len(words) > MOST_UNWANTED or any(len(word) > LONGEST_UNWANTED for word in words):
        raise BadQuery("query.too_many_unwanted", parameter="without", most=MOST_UNWANTED, longest=LONGEST_UNWANTED)
    return words


def _subjects(
    node: Node | None, filters: Filters, level: Match, named: Callable[[], tuple[tuple[str, str], ...]]
) -> tuple[tuple[str, str], ...]:
    """What comes first: passages on what the words name; where a theme alone is asked, those chiefly on it."""
    if node is None:
        return tuple(("main_theme", theme) for theme in filters.values("theme"))
    # of several words each says more of what is sought than the theme of one: with it .91 of the sample's needs find an
    # answer among the first five, without it .93
    return named() if isinstance(node, Word) and level in (Match.SYNONYMS, Match.LOOSE) else ()


def _missing(reading: Plain, known: Known) -> list[str]:
    """The parameters of which the build has nothing like what was understood."""
    names = {facet.parameter: facet.name for facet in FACETS if facet.name not in ("zone", "year")}
    of = [(one, known.of(names[one.parameter])) for one in reading.understood if one.parameter in names]
    return [one.parameter for one, values in of if values and one.value not in values]


def _by_parameter(reading: Plain) -> dict[str, list[str]]:
    """What was understood, as the parameters that would ask it."""
    found: dict[str, list[str]] = {}
    for one in reading.understood:
        found.setdefault(one.parameter, []).append(one.value)
    return found


def query_params(query: Query, *, per_page: int = PER_PAGE) -> list[tuple[str, str]]:
    """The readable address of ``query``: what read_query makes the same query of. Defaults are left out."""
    filters = query.filters
    params: list[tuple[str, str]] = [("q", query.text)] if query.text else []
    for facet in FACETS:
        params += [(facet.parameter, value) for value in filters.values(facet.name)]
        if facet.name == "year":
            params += _year_params(filters)
    if query.match is not Match.SYNONYMS:
        params.append(("match", query.match.value))
    params += [("without", word) for word in query.without]
    if query.sort is not Sort.RELEVANCE:
        params.append(("sort", query.sort.value))
    if query.limit != per_page:
        params.append(("limit", str(query.limit)))
    if query.page != 1:
        params.append(("page", str(query.page)))
    return params


def listed_params(params: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """As read_query takes them."""
    listed: dict[str, list[str]] = {}
    for name, value in params:
        listed.setdefault(name, []).append(value)
    return listed


def _year_params(filters: Filters) -> list[tuple[str, str]]:
    params = [("year", str(span)) for span in filters.years]
    if filters.unknown_year:
        params.append(("year", UNKNOWN))
    if filters.basis is not Basis.PASSAGE:
        params.append(("basis", filters.basis.value))
    return params


def _values(params: Mapping[str, Sequence[str]], name: str) -> list[str]:
    """What stands under ``name``, commas taken apart, empty ones left out."""
    return _parted(params.get(name, ()))


def _parted(values: Sequence[str]) -> list[str]:
    parts = (part.strip() for value in values for part in re.split("[,，、]", value))
    return list(dict.fromkeys(part for part in parts if part))


T = TypeVar("T")
E = TypeVar("E", bound=Enum)


def _each(params: Mapping[str, Sequence[str]], name: str, read: Callable[[str], T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(read(value) for value in _values(params, name)))


def _last(params: Mapping[str, Sequence[str]], name: str) -> str | None:
    return next((value.strip() for value in reversed(params.get(name, ())) if value.strip()), None)


def _one(params: Mapping[str, Sequence[str]], name: str, kind: type[E], words: Mapping[str, E], default: E) -> E:
    value = _last(params, name)
    if value is None:
        return default
    for member in kind:
        if fold(value) == member.value:
            return member
    if value in words:
        return words[value]
    allowed = [str(member.value) for member in kind]
    raise BadQuery(
        "query.not_a_choice", parameter=name, value=_short(value), what=LazyText(f"name.{name}"), allowed=allowed
    )


def _number(params: Mapping[str, Sequence[str]], name: str, default: int, most: int) -> int:
    value = _last(params, name)
    if value is None:
        return default
    digits = fold(value)
    if not re.fullmatch(r"[0-9]{1,9}", digits) or not 1 <= int(digits) <= most:
        raise BadQuery(
            "query.not_a_number", what=LazyText(f"name.{name}"), parameter=name, most=most, value=_short(value)
        )
    return int(digits)


def _years(values: Sequence[str]) -> tuple[tuple[YearRange, ...], bool]:
    """Any of several years, and whether the unknown is asked for."""
    asked: set[int] = set()
    unknown = False
    for value in values:
        if value in _UNKNOWN_WORDS:
            unknown = True
            continue
        match = _YEARS.fullmatch(fold(value).replace(" ", ""))
        if match is None:
            raise BadQuery("query.year_unreadable", parameter="year", value=_short(value), unknown=UNKNOWN)
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1949 <= first <= last <= 2100:
            raise BadQuery("query.year_out_of_range", parameter="year", value=_short(value))
        asked |= set(range(first, last + 1))
    return spans(asked), unknown


def _years_and_typed(asked: Sequence[str], typed: Sequence[str]) -> tuple[tuple[YearRange, ...], bool, tuple[str, ...]]:
    """As _years, of the parameters and what was typed after 年份:; a warning if that can't be read."""
    alone = _years(asked)
    try:
        return *_years([*asked, *typed]), ()
    except BadQuery as odd:
        return *alone, (say("warning.not_filtered", problem=odd),)


def _zones_and_typed(
    asked: Sequence[str], typed: Sequence[str], zone_names: ZoneNames, known: Known
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The zones of the parameters and those typed after 园区:, and a warning for each of these that there isn't."""
    zones = [_zone(name, zone_names, known) for name in asked]
    warnings = []
    for name in typed:
        try:
            zones.append(_zone(name, zone_names, known))
        except BadQuery as odd:
            warnings.append(say("warning.not_filtered", problem=odd))
    return tuple(dict.fromkeys(zones)), tuple(warnings)


def _zone(name: str, zone_names: ZoneNames, known: Known) -> str:
    if name in known.zones:
        return name
    if name.startswith(UNNAMED) and name.removeprefix(UNNAMED) in known.of("zone_type"):
        return name
    zone = zone_names.resolve(name)
    if zone is not None:
        return zone.short
    region = zone_names.regions.meant_by(name)  # of 吉林市 there may be nothing while there is of 吉林, the province
    for label in known.zones:  # 遵义市, 贵州省: regions go by 遵义, 贵州
        if name.startswith(label) and _PLACE_ENDING.fullmatch(name, len(label)) and region in (None, label):
            return label
    if (whole := _zone_of_a_part(name, zone_names, known)) is not None:
        return whole
    if (like := _label_like(name, known.zones)) is not None:
        return like
    near = [zone.short for zone in zone_names.suggest(name)[:5]]
    if near:
        raise BadQuery("query.zone_unknown_near", parameter="zone", value=_short(name), near=near)
    raise BadQuery("query.zone_unknown", parameter="zone", value=_short(name))


def _zone_of_a_part(name: str, zone_names: ZoneNames, known: Known) -> str | None:
    """The zone with reports here that 喀什经济开发区兵团分区 is a part of; None where ``name`` is no such name."""
    part = _PART_OF_A_ZONE.search(name)
    ends = range(part.start() if part else 0, _SHORTEST_ZONE - 1, -1)
    zones = (zone_names.resolve(name[:end]) for end in ends)
    return next((zone.short for zone in zones if zone is not None and zone.short in known.zones), None)


def _label_like(name: str, labels: Collection[str]) -> str | None:
    """The one label of the build that says the same: 安顺经济技术开发区, which no table knows, for 安顺经开区; for 淮南
    the zones of 淮南 where its reports tell of all of them together (淮南市开发区)."""
    same = [label for label in labels if usual_name(label) == usual_name(name)]
    same = same or [label for label in labels if label in (f"{name}开发区", f"{name}市开发区")]
    return same[0] if len(same) == 1 else None


def _asked(facet: Facet, value: str, known: Collection[str]) -> str:
    """The value of ``facet`` that ``value`` asks for. Raises BadQuery where there is no such one."""
    if facet.has_unknown and value in _UNKNOWN_WORDS:
        return UNKNOWN
    read = _READERS.get(facet.name)
    return read(value, known) if read else _of(value, known, facet.parameter)


def _province(name: str, provinces: Collection[str]) -> str:
    bare = _PROVINCE_ENDING.sub("", name)
    return _of(bare if bare in provinces else name, provinces, "province")


def _site(address: str, sites: Collection[str]) -> str:
    return _of(site_of(address) or address, sites, "site")


def _of(name: str, allowed: Collection[str], parameter: str) -> str:
    if allowed and name not in allowed:
        key = "query.not_a_value_of_many" if len(allowed) > _MOST_NAMED else "query.not_a_value"
        some = list(allowed)[:_MOST_NAMED]
        raise BadQuery(key, value=_short(name), what=LazyText(f"name.{parameter}"), allowed=some, parameter=parameter)
    return name


def _status(value: str, _: Collection[str]) -> str:
    for status in Status:
        if value == status.value or fold(value) == status.name.lower():
            return status.value
    raise BadQuery("query.status", parameter="status", value=_short(value), allowed=[status.value for status in Status])


def _grade(value: str, _: Collection[str]) -> str:
    for grade in Grade:
        if fold(value) == grade.value.lower():
            return grade.value
    raise BadQuery("query.grade", parameter="grade", value=_short(value))


def _practice(value: str, known: Collection[str]) -> str:
    """By id, or by name where ``known`` maps ids to names."""
    if isinstance(known, Mapping) and value not in known:
        by_name = {name: id for id, name in known.items()}
        return str(by_name[_of(value, by_name, "practice")])
    return _of(value, known, "practice")


_READERS: Mapping[str, Callable[[str, Collection[str]], str]] = {
    "province": _province, "practice": _practice, "status": _status, "grade": _grade, "site": _site,
}  # fmt: skip


def _short(value: str) -> str:
    """Somebody's input, short enough to stand in a sentence."""
    return value if len(value) <= 30 else f"{value[:30]}…"
