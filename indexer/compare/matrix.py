"""Zones, provinces or types by year: how much there is of a theme, a practice or an indicator, and how good."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from indexer.domain.matrix import Matrix, MatrixCell, MatrixRow, MatrixRows
from indexer.domain.report import Grade
from indexer.domain.rows import Source, SourceCount

_UNKNOWN = {MatrixRows.ZONE: "园区不明", MatrixRows.PROVINCE: "省份不明", MatrixRows.TYPE: "类型不明"}
_REGIONS = "省市区县"  # rows by type: reports of a government on its region, not of a zone


@dataclass(slots=True)
class _Sum:
    count: int = 0
    done: int = 0
    reports: set[str] = field(default_factory=set)
    grade: Grade = Grade.TAMPERED

    def add(self, one: SourceCount) -> None:
        self.count += one.count
        self.done += one.done
        self.reports.add(one.source.id)
        if one.source.grade.value < self.grade.value:
            self.grade = one.source.grade

    def cell(self) -> MatrixCell:
        return MatrixCell(self.count, self.done, len(self.reports), self.grade)


def matrix(
    counts: Iterable[SourceCount],
    by: MatrixRows,
    *,
    name: str,
    theme: str | None = None,
    practice: str | None = None,
    indicator: str | None = None,
    keep: Callable[[Source], bool] = lambda _: True,
) -> Matrix:
    """``keep``: which reports count. Rows with most first."""
    sums: dict[tuple[str | None, str], dict[int | None, _Sum]] = defaultdict(lambda: defaultdict(_Sum))
    zones: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for one in counts:
        if keep(one.source):
            row = _row_of(one.source, by)
            sums[row][one.year].add(one)
            zones[row].add(one.source.column)
    rows = [
        MatrixRow(
            key=row[0],
            label=row[1],
            total=sum(one.count for one in of_year.values()),
            cells={year: one.cell() for year, one in of_year.items()},
            zones=len(zones[row]),
        )
        for row, of_year in sums.items()
    ]
    years = {year for row in rows for year in row.cells}
    return Matrix(
        name=name,
        theme=theme,
        practice=practice,
        indicator=indicator,
        by=by,
        years=tuple(sorted(years, key=lambda year: (year is None, year or 0))),
        rows=tuple(sorted(rows, key=lambda row: (row.key is None, -row.total, row.label))),
    )


def _row_of(source: Source, by: MatrixRows) -> tuple[str | None, str]:
    """(key, label)"""
    if by is MatrixRows.ZONE:
        return source.column, source.label
    if by is MatrixRows.PROVINCE:
        return source.province, source.province or _UNKNOWN[by]
    if source.zone_type:
        return source.zone_type, source.zone_type
    return (_REGIONS, _REGIONS) if source.region else (None, _UNKNOWN[by])
