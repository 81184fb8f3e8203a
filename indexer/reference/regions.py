"""Provinces, cities and counties: what a government's own report is about, and where a zone lies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.errors import BadRow
from indexer.locale import LazyText
from indexer.text.name_finder import NameScanner

PROVINCE, CITY, COUNTY = "省级", "地级", "县级"

_COLUMNS = ("name", "short", "aliases", "level", "province", "city", "note")


@dataclass(frozen=True, slots=True)
class Region:
    """One row of corpus/tables/regions.tsv. ``province`` and ``city`` are short (湖南, 衡阳), as the zones' are."""

    name: str  # 衡阳市, 黔东南苗族侗族自治州
    short: str  # 衡阳, 黔东南
    aliases: tuple[str, ...]  # 黔东南州
    level: str  # 省级 地级 县级
    province: str
    city: str | None
    note: str | None = None


class Regions:
    """The regions by name. County names are not unique (鼓楼区 in four cities): ``all_named`` gives every one."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self._named: dict[str, tuple[Region, ...]] = {}
        self._all = tuple(regions)
        for region in self._all:
            for name in (region.name, region.short, *region.aliases):
                self._named[name] = (*self._named.get(name, ()), region)
        self._scanner = NameScanner(self._named)
        self.first_characters = frozenset(region.short[0] for region in self._all)  # 界, as in 界首

    @classmethod
    def parse(cls, lines: Iterable[str]) -> Regions:
        """Reads a table with the header of ``_COLUMNS``. Raises ValueError naming the line that does not fit."""
        return cls(_region(number, cells) for number, cells in table_rows(lines, _COLUMNS))

    def __iter__(self) -> Iterator[Region]:
        return iter(self._all)

    def all_named(self, name: str) -> tuple[Region, ...]:
        """Every region of that full name, short name or alias, the higher levels first."""
        return tuple(sorted(self._named.get(name, ()), key=lambda r: (PROVINCE, CITY, COUNTY).index(r.level)))

    def label(self, region: Region) -> str:
        """What a region is counted and asked by: its short name, or the whole one where a region of a higher level has
        the short one: 吉林 is the province, 吉林市 the city; 衡阳 the city, 衡阳县 the county."""
        return region.short if self.all_named(region.short)[0].level == region.level else region.name

    def meant_by(self, word: str) -> str | None:
        """The label of the region that ``word`` can only mean: 三沙 and 三沙市 → 三沙. None where there is none.

        Short names of counties are left out: 和平, 新城 and 平安 are words as well.
        """
        named = (region for region in self.all_named(word) if region.level != COUNTY or word == region.name)
        return next((self.label(region) for region in named), None)

    def is_bare_county(self, word: str) -> bool:
        """Whether ``word`` is what a county is called without its ending, and no place of a higher level."""
        return len(word) > 1 and bool(self.all_named(word)) and self.meant_by(word) is None

    def named_in(self, text: str) -> Iterator[str]:
        """Every name of a region in ``text``, the longest at each place."""
        for _, name in self.places_in(text):
            yield name

    def places_in(self, text: str) -> Iterator[tuple[int, str]]:
        """The same, each with its offset."""
        return self._scanner.scan(text)


def _region(number: int, cells: list[str]) -> Region:
    name, short, aliases, level, province, city, note = cells
    if not name or not short or not province or level not in (PROVINCE, CITY, COUNTY):
        raise BadRow("table.incomplete", number=number, name=name or LazyText("table.unnamed"))
    return Region(name, short, _listed(aliases), level, province, city or None, note or None)


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def table_rows(lines: Iterable[str], columns: tuple[str, ...]) -> Iterable[tuple[int, list[str]]]:
    """(line number, cells) of a tab-separated table under its header; lines that start with # are remarks.

    Raises ValueError where the header or a row is not as long as ``columns`` asks.
    """
    seen_header = False
    for number, line in enumerate(lines, start=1):
        line = line.rstrip("\r\n")
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if not seen_header:
            if tuple(cells) != columns:
                raise BadRow("table.header_of", number=number, columns=" ".join(columns))
            seen_header = True
            continue
        if len(cells) != len(columns):
            raise BadRow("table.columns", number=number, found=len(cells), expected=len(columns))
        yield number, cells
