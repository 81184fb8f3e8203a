"""Everything that can be filtered by and counted: one row each.

Parameters of addresses, options of the command, doc values of the engines, counts, chips and the API's description are
made from this table. A new facet is a row here and the value it reads of a passage (results.IndexedPassage).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from indexer.locale import say

UNKNOWN = "不明"  # asks for what a report doesn't tell: its year, its zone's level, its site


class Basis(Enum):
    """Which year a year filter looks at: the one that the passage is about, or one of its report's."""

    PASSAGE = "passage"  # the plan year in a plan part, else the report year
    REPORT = "report"
    PUBLISHED = "published"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Facet:
    """``name``: in answers. ``parameter``: in addresses, in the API and, behind ``--``, of the command. ``reads``: the
    attribute of an indexed passage, one value or a tuple of them.

    ``has_unknown``: passages without a value may be asked for (by UNKNOWN). ``order``: of its values where they have
    one of their own, else the most frequent comes first. ``column``: its place in the column of filters; ``shown``:
    lines before 更多. What it is called stands in the catalogue.
    """

    name: str
    parameter: str
    reads: str
    column: int
    has_unknown: bool = False
    order: tuple[str, ...] = ()
    shown: int = 8

    @property
    def noun(self) -> str:
        """Its name in a sentence."""
        return say(f"name.{self.parameter}")

    @property
    def help(self) -> str:
        """What may be asked for."""
        return say(f"facet.help.{self.parameter}")

    @property
    def unknown(self) -> str | None:
        """How passages without a value are called where they may be asked for."""
        return say(f"facet.unknown.{self.parameter}") if self.has_unknown else None


FACETS = (
    Facet("zone", "zone", "zone_label", 5),
    Facet("zone_type", "type", "zone_type", 2),
    Facet("level", "level", "level", 3, has_unknown=True, order=("国家级", "省级", "市级", "地级", "县级")),
    Facet("province", "province", "province", 4),
    Facet("year", "year", "year", 1, has_unknown=True),
    Facet("theme", "theme", "themes", 8),
    Facet("practice", "practice", "practices", 9, shown=5),
    Facet("status", "status", "status_name", 6, order=("举措", "成效", "计划", "问题", "背景", "注释")),
    Facet("genre", "genre", "genre", 7),
    Facet("grade", "grade", "grade_name", 10, order=("A", "B", "C", "D")),
    # last and longest: some hundred hosts, of which most have one report
    Facet("site", "site", "site", 11, has_unknown=True, shown=4),
)
BY_NAME = {facet.name: facet for facet in FACETS}
BY_PARAMETER = {facet.parameter: facet for facet in FACETS}
NAMES = tuple(BY_NAME)
IN_COLUMN = tuple(sorted(FACETS, key=lambda facet: facet.column))
