"""Everything that can be filtered by and counted: one row each.

Parameters of addresses, options of the command, doc values of the engines, counts, chips and the API's description are
made from this table. A new facet is a row here and the value it reads of a passage (results.IndexedPassage).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

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

    ``noun`` is its name in a sentence, ``help`` what may be asked for. ``unknown``: how passages without a value are
    called where they may be asked for (by UNKNOWN). ``order``: of its values where they have one of their own, else
    the most frequent comes first. ``column``: its place in the column of filters; ``shown``: lines before 更多.
    """

    name: str
    parameter: str
    reads: str
    noun: str
    help: str
    column: int
    unknown: str | None = None
    order: tuple[str, ...] = ()
    shown: int = 8


FACETS = (
    Facet("zone", "zone", "zone_label", "园区", "简称、全称或别名；未具名的写 未具名高新区", 5),
    Facet("zone_type", "type", "zone_type", "园区类型", "高新区、经开区、综保区……", 2),
    Facet(
        "level", "level", "level", "级别", "国家级、省级……，或 不明", 3,
        unknown="级别不明", order=("国家级", "省级", "市级", "地级", "县级"),
    ),
    Facet("province", "province", "province", "省份", "省、自治区、直辖市，带不带“省”字都可以", 4),
    Facet("year", "year", "year", "年份", "2022 或 2020-2022，或 不明", 1, unknown="年份不明"),
    Facet("theme", "theme", "themes", "主题", "招商引资、营商环境……", 8),
    Facet("practice", "practice", "practices", "做法", "产业链招商、标准地……，或词表里的编号", 9, shown=5),
    Facet(
        "status", "status", "status_name", "内容类型", "成效、举措、计划、问题、背景、注释", 6,
        order=("举措", "成效", "计划", "问题", "背景", "注释"),
    ),
    Facet("genre", "genre", "genre", "文种", "总结、汇报、计划、动态、政策、讲话、其他", 7),
    Facet("grade", "grade", "grade_name", "文本可信度", "A、B、C、D，可写 A,B", 10, order=("A", "B", "C", "D")),
    # last and longest: some hundred hosts, of which most have one report
    Facet("site", "site", "site", "来源网站", "网址中的主机名，或 不明", 11, unknown="本地文件", shown=4),
)  # fmt: skip
BY_NAME = {facet.name: facet for facet in FACETS}
BY_PARAMETER = {facet.parameter: facet for facet in FACETS}
NAMES = tuple(BY_NAME)
IN_COLUMN = tuple(sorted(FACETS, key=lambda facet: facet.column))
