"""How values are said, in the language of the page. Doubt is said where the value stands, never by colour alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from indexer.domain.cards import ReportCard
from indexer.domain.columns import Silence
from indexer.domain.facets import Basis
from indexer.domain.query import spans
from indexer.domain.report import WHOLE_YEAR, Grade, Status, YearKind
from indexer.domain.results import UNNAMED
from indexer.domain.zones import ZoneReading, ZoneStatus
from indexer.formats.report_words import FLAGS as FLAGS
from indexer.locale import listed, say, term
from webapp.presenters.periods import period

Key = TypeVar("Key", str, YearKind, ZoneStatus, Silence, Basis)


class Said(Mapping[Key, str], Generic[Key]):
    """Values → how each is called in the language that is spoken when it is asked for: ``words.<name>.<value>`` of the
    catalogue, an enum by its lower-case name."""

    def __init__(self, name: str, values: tuple[Key, ...]) -> None:
        self._keys: dict[Key, str] = {
            one: f"words.{name}.{one.name.lower() if isinstance(one, Enum) else one}" for one in values
        }

    def __getitem__(self, value: Key) -> str:
        return say(self._keys[value])

    def __iter__(self) -> Iterator[Key]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


_GRADES = tuple(grade.value for grade in Grade)
GRADES = Said("grade", _GRADES)
GRADE_MEANINGS = Said("grade_meaning", _GRADES)
TELLING_FLAGS = ("year_conflict", "redated", "zone_conflict", "hijacked", "laundered", "masked", "truncated")
YEAR_KINDS = Said("year_kind", tuple(YearKind))
ZONE_STATUSES = Said("zone_status", tuple(ZoneStatus))
SILENCE_MEANINGS = Said("silence", tuple(Silence))
BASES = Said("basis", tuple(Basis))
STATUS_ORDER = (Status.MEASURE, Status.RESULT, Status.PLAN, Status.PROBLEM, Status.BACKGROUND, Status.NOTE)
_FLAGS = (  # those with a badge of their own, in its order
    *("year_conflict", "redated", "zone_conflict", "hijacked", "laundered"),
    *("masked", "truncated", "recognised", "overprinted"),
)
_DOUBTED = {  # grade → flags of which the first that holds stands in the badge of the grade
    Grade.MASKED: ("masked", "truncated", "recognised", "overprinted"),
    Grade.TAMPERED: ("laundered", "redated"),
}


@dataclass(frozen=True, slots=True)
class Badge:
    """``tone``: plain for a fact, doubt for what the reader should weigh."""

    text: str
    tone: str = "plain"


def zone_key(zone: ZoneReading) -> str | None:
    """What links ask a zone by: 未具名高新区 where the text hides its name; None where nobody knows the place."""
    if zone.status in (ZoneStatus.NAMED, ZoneStatus.REGION) and (zone.short or zone.name):
        return zone.short or zone.name
    return f"{UNNAMED}{zone.type}" if zone.type else None


def column_key(zone: ZoneReading, report: str) -> str:
    """What its own page and a comparison know it by: its name, or the ``report`` where the text hides or lacks it (as
    ``Source.column``)."""
    named = zone.status in (ZoneStatus.NAMED, ZoneStatus.REGION)
    return (zone_key(zone) if named else None) or report


def zone_label(zone: ZoneReading) -> str:
    """What the zone is called in a line of results."""
    key = zone_key(zone)
    if key is not None:
        return term(key)
    return say("words.place_unknown" if zone.status is ZoneStatus.NONE else "words.zone_unnamed")


def place(zone: ZoneReading) -> str:
    """Province and level, as far as known."""
    city = zone.city if zone.city and zone.status is ZoneStatus.NAMED else None
    return " · ".join(dict.fromkeys(term(part) for part in (zone.province, city, zone.level) if part))


def year_number(card: ReportCard) -> str:
    """2022 上半年 · 2019（标题为 2020 年） · 年份不明（2022 年 3 月发布）."""
    if card.year is None:
        said = say("words.plan_of", year=card.plan_year) if card.plan_year else say("words.year_unknown")
        return said + say("words.published_in", month=month(card.published_on)) if card.published_on else said
    told = say("words.year", year=card.year)
    if card.period and card.period != WHOLE_YEAR:
        spaced = card.period[0].isdigit()
        told = say("words.year_part" if spaced else "words.year_half", year=card.year, period=period(card.period))
    wrong = say("words.title_says", year=card.title_year) if card.title_year else ""
    return told + wrong + (say("words.guessed") if card.guessed else "")


def years(some: Iterable[int | None]) -> str:
    """2015–2019、2021、年份不明: of a region with 36 reports the years one by one took four lines."""
    known = frozenset(some)
    return listed([*_runs(known - {None}), *([say("words.year_unknown")] if None in known else [])])


@lru_cache(maxsize=1 << 10)
def _runs(years: frozenset[int]) -> tuple[str, ...]:
    return tuple(str(span).replace("-", "–") for span in spans(years))


def month(day: date) -> str:
    """2022 年 3 月; in English Mar 2022."""
    return say("words.month", year=day.year, month=say(f"words.months.{day.month}"))


class Standing(NamedTuple):
    """How far a report can be relied on, as its badges tell it. ``masks``: how many of its numbers are masked."""

    grade: Grade
    flags: tuple[str, ...]
    masks: int
    restored: bool
    sample: bool

    @classmethod
    def of(cls, card: ReportCard) -> Standing:
        quality = card.quality
        return cls(quality.grade, quality.flags, quality.masks_total, card.restored, card.sample)


def badges(standing: Standing) -> list[Badge]:
    """Grade first, then every reason for doubt that the grade doesn't already say."""
    flags = [flag for flag in standing.flags if flag in _FLAGS]
    grade = standing.grade
    first = Badge(GRADES[grade.value], "plain" if grade in (Grade.OFFICIAL, Grade.COPY) else "doubt")
    telling = next((flag for flag in _DOUBTED.get(grade, ()) if flag in flags), None)
    if telling is not None:
        first = Badge(f"{grade.value} {_flag(telling, standing)}", "doubt")
        flags.remove(telling)
    # a digest made for Duibiao is no official text, and says so wherever it stands
    sample = [Badge(say("words.sample"), "doubt")] if standing.sample else []
    return [first, *sample, *(Badge(_flag(flag, standing), "doubt") for flag in _FLAGS if flag in flags)]


def _flag(flag: str, standing: Standing) -> str:
    if flag == "masked" and standing.masks:
        return say("words.flag.masks", n=standing.masks)
    if flag == "laundered" and standing.restored:
        return say("words.flag.restored")
    return say(f"words.flag.{flag}")


def number(value: float) -> str:
    """1014 rather than 1014.0; 38.6 stays."""
    return f"{value:,.4f}".rstrip("0").rstrip(".")
