"""The columns of whatever is set side by side: zones, the reports looked at, and what their silence means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from indexer.domain.query import YearRange
from indexer.domain.report import Grade
from indexer.domain.rows import Source


class Silence(Enum):
    """Why a cell is empty, or holds no number."""

    NOT_COLLECTED = "未收录"  # no report of that zone and year is stored
    NOT_MENTIONED = "未提及"  # the whole readable report was looked at
    MASKED = "已脱敏"  # it speaks of it, but the numbers are blotted out
    TRUNCATED = "预览截断"  # the copy stops before its end
    DOUBTFUL = "存疑"  # only what may be read in two ways: it stands apart
    NOT_SEEN = "所引段落未见"  # only a part of it was looked at: a digest, fragments, the plan part of another year


def silence_of(sources: Iterable[Source], years: YearRange | None) -> Silence:
    """What it means that ``sources`` say nothing of ``years`` (None: of any): of a year, only the report on it tells.

    Of a report on another year its plan part was looked at; a digest and fragments are parts of a report.
    """
    found = tuple(sources)
    whole = [one for one in found if years is None or one.year in years]
    if not whole:
        planned = years is not None and any(one.plan_year in years for one in found)
        return Silence.NOT_SEEN if planned else Silence.NOT_COLLECTED
    if any(not one.truncated and not one.partial for one in whole):
        return Silence.NOT_MENTIONED
    return Silence.TRUNCATED if all(one.truncated for one in whole) else Silence.NOT_SEEN


@dataclass(frozen=True, slots=True)
class Column:
    """One zone with the reports that were looked at; a report that hides its zone is a column of its own.

    ``key`` names it in an address: the zone's label, or the report's id. ``sources`` is empty where nothing of the
    asked years is collected.
    """

    key: str
    label: str
    province: str | None = None
    zone_type: str | None = None
    level: str | None = None
    city: str | None = None
    sources: tuple[Source, ...] = ()
    apart: bool = False
    silence: Silence = Silence.NOT_COLLECTED  # what an empty cell of it means

    @property
    def readable(self) -> bool:
        return self.silence is not Silence.NOT_COLLECTED

    @property
    def years(self) -> tuple[int | None, ...]:
        return tuple(dict.fromkeys(source.year for source in self.sources))

    @property
    def periods(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(source.period for source in self.sources if source.period))

    @property
    def grades(self) -> tuple[Grade, ...]:
        return tuple(sorted({source.grade for source in self.sources}, key=lambda grade: grade.value))

    @property
    def flags(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(flag for source in self.sources for flag in source.flags))


@dataclass(frozen=True, slots=True)
class Selection:
    """Which zones and years. ``zones``: labels, or ids of reports that hide their zone; nothing chosen means any."""

    zones: tuple[str, ...] = ()
    zone_types: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    years: YearRange | None = None

    def keeps(self, source: Source) -> bool:
        """Whether a report is of a zone of these types, levels and provinces."""
        asked = ((self.zone_types, source.zone_type), (self.levels, source.level), (self.provinces, source.province))
        return all(not allowed or value in allowed for allowed, value in asked)
