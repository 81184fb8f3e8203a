"""Development zones and the names they go by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Zone:
    """One zone of the gazetteer (corpus/tables/zones.tsv). ``name`` is the official one, ``short`` what people type."""

    id: str  # stable, readable in an address: the short name
    name: str
    short: str
    aliases: tuple[str, ...]
    type: str  # 高新区 经开区 综保区 科技城 自贸区 新区 工业园区 其他
    level: str | None  # 国家级 省级 市级
    province: str | None
    city: str | None
    county: str | None = None
    related: tuple[str, ...] = ()  # names near it that are not it (瑶溪, 铁西): hints, never aliases
    doubtful: bool = False
    note: str | None = None


class ZoneStatus(Enum):
    NAMED = "named"
    ANONYMISED = "anonymised"  # the name is blotted out: xx高新区
    TYPE_ONLY = "type_only"  # 经开区, without a name
    REGION = "region"  # a government's own report: a province, a city, a county
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ZoneReading:
    """What a page says about where it speaks of. A name stands only where the text names it.

    ``conflict`` is a sentence in Chinese where title and body disagree; ``hints`` are words of the text that point
    somewhere without proving it.
    """

    status: ZoneStatus
    name: str | None = None  # official name of the zone, or the region's name (衡阳市)
    short: str | None = None
    type: str | None = None
    level: str | None = None
    province: str | None = None
    city: str | None = None
    conflict: str | None = None
    hints: tuple[str, ...] = ()
    basis: str | None = None  # where it was found, in words: 题名与正文
