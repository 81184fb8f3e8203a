"""What comparing asks of the rows that row_tables.py writes."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from indexer.domain.query import YearRange
from indexer.domain.report import Doubt, Figure, FigureKind, FigureRole, Grade, PeriodKind, Status
from indexer.domain.rows import (
    FigureRow,
    MeasureEntry,
    MeasureRow,
    PassageEntry,
    PassageRow,
    PracticeUse,
    Source,
    SourceCount,
)
from indexer.domain.spans import Span
from indexer.domain.zones import ZoneStatus
from indexer.stores.row_tables import marks

Query = Callable[..., list[Any]]

_STATUS = {one.value: one for one in Status}
_KIND = {one.value: one for one in FigureKind}
_ROLE = {one.value: one for one in FigureRole}
_PERIOD = {one.value: one for one in PeriodKind} | {None: None}
_DOUBT = {one.value: one for one in Doubt} | {None: None}
_FIGURE = (
    "indicator, value, unit, change, rank, scope, period, mask, first, last, phrase, kind, role, year, period_kind, "
    "hedge, doubt"
)
_MEASURE = "n, source, seq, number, practice, theme, status, first, last, text, year, year_basis, telling, figures"
_LISTED = "(SELECT value FROM json_each(?))"
_PLAN = Status.PLAN.value
# A problem or a note names a practice without showing it
_SHOWING = ", ".join(f"'{status.value}'" for status in (Status.RESULT, Status.MEASURE, Status.PLAN))


class RowTables:
    """Asked of a finished catalogue; ``query`` runs one statement and gives all its rows."""

    def __init__(self, query: Query) -> None:
        self._query = query

    @cached_property
    def _sources(self) -> dict[int, Source]:
        return {row[0]: _source(row) for row in self._query("SELECT * FROM source ORDER BY n")}

    @property
    def sources(self) -> Collection[Source]:
        """Of every canonical copy, in the order of the build."""
        return self._sources.values()

    @cached_property
    def by_place(self) -> dict[str, tuple[Source, ...]]:
        """The reports of each column."""
        places: dict[str, list[Source]] = {}
        for source in self.sources:
            places.setdefault(source.column, []).append(source)
        return {place: tuple(found) for place, found in places.items()}

    def measures(self) -> dict[int, MeasureRow]:
        """All of them, by their number."""
        return self._measures(f"SELECT {_MEASURE} FROM measure ORDER BY n")

    def measures_at(self, rows: Collection[int]) -> dict[int, MeasureRow]:
        """By what PracticeUse calls ``best``, MeasureEntry ``row``."""
        return self._measures(f"SELECT {_MEASURE} FROM measure WHERE n IN {_LISTED} ORDER BY n", _list(rows))

    def passages_at(self, rows: Collection[int]) -> dict[int, PassageRow]:
        """By what PassageEntry calls ``row``."""
        found = self._query(
            "SELECT n, source, seq, status, themes, first, last, text, year, year_basis FROM passage "
            f"WHERE n IN {_LISTED} ORDER BY n",
            _list(rows),
        )
        figures = self._figures({(row[1], row[2]) for row in found})
        return {row[0]: self._passage(row, figures.get((row[1], row[2]), {})) for row in found}

    def measures_on(self, places: Sequence[str], theme: str, years: YearRange | None = None) -> list[MeasureEntry]:
        """Of ``theme``, whatever their passages are on."""
        where, values = _where(places, years, theme=theme)
        found = self._query(
            "SELECT n, source, seq, number, practice, status, year, telling, saying FROM measure "
            f"WHERE {where} ORDER BY n",
            *values,
        )
        sources = self._sources
        return [
            MeasureEntry(n, sources[source], seq, number, practice, _STATUS[status], year, worth, saying)
            for n, source, seq, number, practice, status, year, worth, saying in found
        ]

    def passages_on(self, places: Sequence[str], theme: str, years: YearRange | None = None) -> list[PassageEntry]:
        """On ``theme``, first or beside others."""
        where, values = _where(places, years, theme=theme)
        found = self._query(
            "SELECT p.n, p.source, p.seq, p.status, p.year, telling, saying, rank, strength, alone "
            f"FROM (SELECT * FROM passage_theme WHERE {where}) JOIN passage AS p ON p.n = passage ORDER BY p.n",
            *values,
        )
        sources = self._sources
        return [
            PassageEntry(n, sources[source], seq, _STATUS[status], year, worth, saying, rank, strength, bool(alone))
            for n, source, seq, status, year, worth, saying, rank, strength, alone in found
        ]

    def practice_uses(
        self,
        places: Sequence[str] | None,
        *,
        theme: str | None = None,
        years: YearRange | None = None,
        by_year: bool = False,
    ) -> list[PracticeUse]:
        """Each practice that each place shows, counted; the best told of what was done stands for it."""
        where, values = _where(places, years, theme=theme)
        year = "year" if by_year else "NULL"
        # SQLite: columns beside a lone max() come from the row that has it
        found = self._query(
            f"SELECT place, practice, theme, count(*), sum(status <> '{_PLAN}'), "
            f"max(telling + (status <> '{_PLAN}')), telling, n, {year} FROM measure INDEXED BY measure_place "
            f"WHERE practice IS NOT NULL AND status IN ({_SHOWING}) AND {where} "
            f"GROUP BY practice, place{', year' if by_year else ''}",
            *values,
        )
        return [
            PracticeUse(place, practice, of, count, done, worth, best, about)
            for place, practice, of, count, done, _, worth, best, about in found
        ]

    def practices_by_place(self, theme: str | None = None, years: YearRange | None = None) -> dict[str, int]:
        """How many different practices each place shows."""
        where, values = _where(None, years, theme=theme)
        index = "measure_theme" if theme else "measure_place"
        return dict(
            self._query(
                f"SELECT place, count(DISTINCT practice) FROM measure INDEXED BY {index} "
                f"WHERE status IN ({_SHOWING}) AND {where} GROUP BY place",
                *values,
            )
        )

    def figures(
        self,
        places: Sequence[str] | None = None,
        *,
        indicators: Collection[str] = (),
        years: YearRange | None = None,
    ) -> list[FigureRow]:
        """Of the codebook's ``indicators``, or (where none is given) of any."""
        where, values = _where(places, years, year="about")
        if indicators:
            where, values = f"indicator IN ({marks(len(indicators))}) AND {where}", [*indicators, *values]
        return self._figure_rows(f"{where} AND indicator IS NOT NULL ORDER BY n", values)

    def unmapped(self, indicator: str, years: YearRange | None = None) -> list[FigureRow]:
        """Figures of no indicator whose phrase holds a name of this one."""
        where, values = _where(None, years, year="about")
        near = "n IN (SELECT figure FROM figure_near WHERE indicator = ?)"
        return self._figure_rows(f"{near} AND {where} ORDER BY n", [indicator, *values])

    def counts_of_theme(self, theme: str, years: YearRange | None = None) -> list[SourceCount]:
        """Passages on it."""
        where, values = _where(None, years, theme=theme)
        return self._counts(
            f"SELECT source, year, count(*), sum(status <> '{_PLAN}') FROM passage_theme", where, values
        )

    def counts_of_practice(self, practice: str, years: YearRange | None = None) -> list[SourceCount]:
        """Passages that tell it."""
        where, values = _where(None, years, practice=practice)
        inner = f"(SELECT source, year, seq, max(status <> '{_PLAN}') AS done FROM measure WHERE {where}"
        return self._counts(
            f"SELECT source, year, count(*), sum(done) FROM {inner} GROUP BY source, year, seq)", "1", values
        )

    def counts_of_indicator(self, indicator: str, years: YearRange | None = None) -> list[SourceCount]:
        """Figures of it."""
        where, values = _where(None, years, year="about")
        return self._counts(
            "SELECT source, about AS year, count(*), sum(role <> 'target') FROM figure",
            f"indicator = ? AND {where}",
            [indicator, *values],
        )

    def figures_by_place(self, indicators: Collection[str] | None, years: YearRange | None = None) -> dict[str, int]:
        """How many figures of ``indicators`` (None: of any) each place has."""
        where, values = _where(None, years, year="about")
        if indicators is not None:
            where, values = f"indicator IN ({marks(len(indicators))}) AND {where}", [*indicators, *values]
        return dict(
            self._query(
                f"SELECT place, count(*) FROM figure WHERE indicator IS NOT NULL AND {where} GROUP BY place", *values
            )
        )

    def totals_of_practices(self) -> dict[str, tuple[int, int]]:
        """Practice → (measures, columns) in the whole build."""
        found = self._query(
            "SELECT practice, count(*), count(DISTINCT place) FROM measure WHERE practice IS NOT NULL GROUP BY practice"
        )
        return {row[0]: (row[1], row[2]) for row in found}

    def totals_of_indicators(self) -> dict[str, tuple[int, int]]:
        """Indicator → (figures, columns) in the whole build."""
        found = self._query(
            "SELECT indicator, count(*), count(DISTINCT place) FROM figure WHERE indicator IS NOT NULL GROUP BY 1"
        )
        return {row[0]: (row[1], row[2]) for row in found}

    # --- rows as values ---

    def _counts(self, select: str, where: str, values: Sequence[object]) -> list[SourceCount]:
        rows = self._query(f"{select} WHERE {where} GROUP BY source, year", *values)
        return [SourceCount(self._sources[row[0]], row[1], row[2], row[3]) for row in rows]

    def _measures(self, query: str, *values: object) -> dict[int, MeasureRow]:
        found = self._query(query, *values)
        figures = self._figures({(row[1], row[2]) for row in found if row[13]})
        return {row[0]: self._measure(row, figures.get((row[1], row[2]), {})) for row in found}

    def _measure(self, row: Any, figures: dict[int, Figure]) -> MeasureRow:
        numbers = tuple(map(int, row[13].split()))
        return MeasureRow(
            source=self._sources[row[1]],
            seq=row[2],
            number=row[3],
            practice=row[4],
            theme=row[5],
            status=_STATUS[row[6]],
            span=Span(row[7], row[8]),
            text=row[9],
            year=row[10],
            year_basis=row[11],
            telling=row[12],
            figure_numbers=numbers,
            figures=tuple(figures[number] for number in numbers),
        )

    def _passage(self, row: Any, figures: dict[int, Figure]) -> PassageRow:
        themes = json.loads(row[4])
        return PassageRow(
            source=self._sources[row[1]],
            seq=row[2],
            status=_STATUS[row[3]],
            themes=tuple(theme for theme, *_ in themes),
            strengths=tuple(strength for _, strength, *_ in themes),
            theme_spans=tuple(None if first is None else Span(first, last) for *_, first, last in themes),
            telling=tuple(worth for _, _, worth, *_ in themes),
            span=Span(row[5], row[6]),
            text=row[7],
            year=row[8],
            year_basis=row[9],
            figures=tuple(figures[number] for number in sorted(figures)),
        )

    def _figures(self, passages: Collection[tuple[int, int]]) -> dict[tuple[int, int], dict[int, Figure]]:
        """The figures of passages (source, seq), by their number."""
        made: dict[tuple[int, int], dict[int, Figure]] = {}
        if not passages:
            return made
        pairs = json.dumps(sorted(passages))
        query = "WITH asked AS (SELECT value ->> 0 AS source, value ->> 1 AS seq FROM json_each(?)) "
        query += f"SELECT source, seq, number, {_FIGURE} FROM asked CROSS JOIN figure USING (source, seq)"
        for row in self._query(query, pairs):
            made.setdefault((row[0], row[1]), {})[row[2]] = _figure(row[3:])
        return made

    def _figure_rows(self, where: str, values: Sequence[object]) -> list[FigureRow]:
        query = f"SELECT source, seq, number, text, sentence, status, about, {_FIGURE} FROM figure WHERE {where}"
        return [
            FigureRow(self._sources[row[0]], row[1], row[2], _figure(row[7:]), row[3], row[4], _STATUS[row[5]], row[6])
            for row in self._query(query, *values)
        ]


def _where(
    places: Sequence[str] | None,
    years: YearRange | None,
    *,
    year: str = "year",
    theme: str | None = None,
    practice: str | None = None,
) -> tuple[str, list[object]]:
    parts: list[tuple[str, list[object]]] = []
    if theme is not None:
        parts.append(("theme = ?", [theme]))
    if practice is not None:
        parts.append(("practice = ?", [practice]))
    if places is not None:
        parts.append((f"place IN ({marks(len(places))})", list(places)))
    if years is not None:
        parts.append((f"{year} BETWEEN ? AND ?", [years.first, years.last]))
    return " AND ".join(part for part, _ in parts) or "1", [value for _, values in parts for value in values]


def _list(rows: Collection[int]) -> str:
    return json.dumps(list(rows))


def _source(row: Any) -> Source:
    return Source(
        id=row[1],
        title=row[3],
        zone=row[4],
        zone_status=ZoneStatus(row[5]),
        zone_type=row[6],
        level=row[7],
        province=row[8],
        city=row[9],
        year=row[10],
        plan_year=row[11],
        period=row[12],
        guessed=bool(row[13]),
        published_on=date.fromisoformat(row[14]) if row[14] else None,
        grade=Grade(row[15]),
        flags=tuple(row[16].split()),
        url=row[17],
        digest=bool(row[18]),
        industries=tuple(row[19].split()),
    )


def _figure(row: Sequence[Any]) -> Figure:
    """``row``: as _FIGURE names its cells."""
    indicator, value, unit, change, rank, scope, period, mask = row[:8]
    first, last, phrase, kind, role, year, of, hedge, doubt = row[8:]
    return Figure(
        indicator, value, unit, change, rank, scope, period, mask, Span(first, last), phrase, _KIND[kind], _ROLE[role],
        year, _PERIOD[of], hedge, _DOUBT[doubt],
    )  # fmt: skip
