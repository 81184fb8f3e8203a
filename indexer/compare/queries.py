"""What is asked of the rows of one build: which rows to fetch for a comparison, gaps, figures, a matrix, a zone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from indexer.compare import comparison, gaps, indicators, matrix, peers, profile
from indexer.compare.choosing import Entries
from indexer.compare.columns import column_of
from indexer.compare.peers import ZoneFacts
from indexer.domain.columns import Column, Selection
from indexer.domain.comparison import By, Comparison, Order
from indexer.domain.figure_tables import FigureLine, FigureTable
from indexer.domain.gaps import Gaps
from indexer.domain.matrix import Matrix, MatrixRows
from indexer.domain.query import YearRange
from indexer.domain.report import FigureKind, FigureRole
from indexer.domain.results import UNNAMED
from indexer.domain.rows import FigureRow
from indexer.domain.zone_profiles import CodebookCount, Peer, ZoneListing, ZoneProfile
from indexer.errors import BadQuery, NotFound
from indexer.locale import LazyText
from indexer.reference.gazetteer import Gazetteer
from indexer.reference.indicators import Indicator, Indicators
from indexer.reference.practices import Practice, Practices
from indexer.stores.row_queries import RowTables

MOST_COLUMNS = 6
_SHOWN = 4  # columns of a comparison that names none
_PEERS = 8
_KEPT = 16  # indicators; 8,000 figures of one take 180 ms to put in lines, and a build never changes


class Comparisons:
    """Any number of threads may ask it at once."""

    def __init__(
        self,
        rows: RowTables,
        practices: Practices,
        codebook: Indicators,
        themes: Sequence[str],
        gazetteer: Gazetteer,
    ) -> None:
        self._rows = rows
        self._practices = practices
        self._indicators = codebook
        self._themes = tuple(themes)
        self._gazetteer = gazetteer
        self._kept = lru_cache(maxsize=_KEPT)(self._figures)
        self._counted = lru_cache(maxsize=_KEPT)(self._counts_by_place)
        self._whole_column = lru_cache(maxsize=None)(self._column)  # 400 of them for a page of figures

    # --- names ---

    def theme(self, name: str) -> str:
        """By Chinese name, or by the id that its practices begin with (investment). Raises BadQuery."""
        if name in self._themes:
            return name
        for practice in self._practices:
            if practice.id.partition("/")[0] == name:
                return practice.theme
        raise BadQuery("query.theme", parameter="theme", value=name[:30], allowed=list(self._themes))

    def practice(self, name: str) -> Practice:
        """By id or Chinese name. Raises BadQuery."""
        if found := self._practices.get(name):
            return found
        raise _unknown("practice", name, [one.name for one in self._practices])

    def indicator(self, name: str) -> Indicator:
        """By id, Chinese name, or a name that is printed for it alone. Raises BadQuery."""
        if found := self._indicators.by_name.get(name):
            return found
        raise _unknown("indicator", name, [one.name for one in self._indicators])

    # --- columns ---

    def is_report(self, key: str) -> bool:
        """Whether ``key`` is the id of a report that hides its zone: then it is a column."""
        return any(source.apart for source in self._rows.by_place.get(key, ()))

    def _keys(self, names: Iterable[str], most: int | None = None) -> tuple[list[str], list[str]]:
        """The columns that ``names`` stand for, and the labels of those for which ``most`` leaves no room.

        未具名高新区 stands for each report that is no more than that, the newest first.
        """
        keys: list[str] = []
        for name in names:
            keys += [name] if name in self._rows.by_place or not self._unnamed(name) else self._unnamed(name)
        keys = list(dict.fromkeys(keys))
        if most is None or len(keys) <= most:
            return keys, []
        return keys[:most], [self.column(key).label for key in keys[most:]]

    def _unnamed(self, label: str) -> list[str]:
        if not label.startswith(UNNAMED):
            return []
        found = [source for source in self._rows.sources if source.apart and source.zone == label]
        return [source.id for source in sorted(found, key=lambda one: (-(one.year or 0), one.grade.value, one.id))]

    def column(self, key: str, years: YearRange | None = None) -> Column:
        """One that no report is of says what the gazetteer knows of it."""
        return self._whole_column(key) if years is None else self._column(key, years)

    def _column(self, key: str, years: YearRange | None = None) -> Column:
        sources = self._rows.by_place.get(key, ())
        if sources:
            return column_of(key, sources, years)
        zone = self._gazetteer.resolve(key)
        if zone is None:
            return Column(key, key)
        return Column(key, key, zone.province, zone.type, zone.level, zone.city)

    def _places(self, selection: Selection) -> list[str]:
        """Every column that passes, or those that are named."""
        if selection.zones:
            return self._keys(selection.zones)[0]
        return [place for place, sources in self._rows.by_place.items() if any(map(selection.keeps, sources))]

    # --- comparison ---

    def compare(
        self,
        theme: str,
        selection: Selection,
        *,
        by: By = By.PRACTICE,
        order: Order = Order.SHARED,
        only_differences: bool = False,
        per_cell: int = 3,
    ) -> Comparison:
        """Without zones: those that pass and tell most practices of ``theme``. Raises BadQuery for too many zones."""
        if len(selection.zones) > MOST_COLUMNS:
            raise BadQuery("query.too_many_zones", parameter="zone", most=MOST_COLUMNS, found=len(selection.zones))
        years = selection.years
        keys, left_out = self._keys(selection.zones, MOST_COLUMNS)
        if not selection.zones:
            keys = self._telling_most(theme, selection)[:_SHOWN]
        entries = Entries(
            self._rows.measures_on(keys, theme, years),
            self._rows.passages_on(keys, theme, years),
            self._practice_names,
        )
        return comparison.compare(
            theme,
            [self.column(key, years) for key in keys],
            entries,
            self._rows,
            lines=self._lines(keys, [one for one in self._indicators if one.theme == theme], years),
            years=years,
            by=by,
            order=order,
            only_differences=only_differences,
            per_cell=per_cell,
            left_out=left_out,
        )

    def _telling_most(self, theme: str, selection: Selection) -> list[str]:
        """Columns by how many practices of ``theme`` they tell; those that hide their zone last. Those that tell none
        only where all do: a column without a report of the year set nothing beside the three others."""
        counts = self._rows.practices_by_place(theme, selection.years)
        ranked = sorted(
            self._places(selection), key=lambda place: (self.is_report(place), -counts.get(place, 0), place)
        )
        return [place for place in ranked if counts.get(place)] or ranked

    @cached_property
    def _practice_names(self) -> dict[str, str]:
        return {practice.id: practice.name for practice in self._practices}

    @cached_property
    def _practices_by_id(self) -> dict[str, Practice]:
        return {practice.id: practice for practice in self._practices}

    def _lines(
        self, keys: Sequence[str], wanted: Sequence[Indicator], years: YearRange | None = None
    ) -> tuple[FigureLine, ...]:
        """Of each of ``wanted``, without places among peers."""
        if not wanted:
            return ()
        rows: dict[str | None, list[FigureRow]] = defaultdict(list)
        for row in self._rows.figures(keys, indicators=[one.id for one in wanted], years=years):
            rows[row.figure.indicator].append(row)
        return tuple(line for one in wanted if one.id in rows for line in indicators.lines(one, (), rows[one.id]))

    # --- gaps ---

    def gaps(self, zone: str, others: Sequence[str], theme: str | None, years: YearRange | None) -> Gaps:
        """``others``: nothing chosen means the peers of ``zone``. Raises BadQuery where ``zone`` is several reports."""
        keys, _ = self._keys([zone])
        if len(keys) != 1:
            raise BadQuery("query.several_reports", parameter="zone", zone=zone[:30], found=len(keys))
        mine = self.column(keys[0], years)
        chosen: tuple[Peer, ...] = ()
        theirs = [key for key in self._keys(others)[0] if key != mine.key]
        if not others:
            chosen = self.peers(mine.key, _PEERS, years)
            theirs = [peer.key for peer in chosen]
        return gaps.gaps(
            mine,
            [self.column(key, years) for key in theirs],
            self._rows.practice_uses([mine.key, *theirs], theme=theme, years=years),
            self._rows.measures_at,
            self._practices_by_id,
            theme=theme,
            years=years,
            peers=chosen,
        )

    # --- figures ---

    def figures(self, indicator: Indicator, selection: Selection, role: FigureRole | None = None) -> FigureTable:
        """Ranges and places count every zone of the same type, shown or not."""
        rows, made, unmapped = self._kept(indicator, selection.years, role)
        shown = self._keys(selection.zones)[0] if selection.zones else None
        columns = {row.source.column: None for row in rows} | dict.fromkeys(shown or ())
        if shown is None and selection != Selection(years=selection.years):
            allowed = set(self._places(selection))
            shown = [key for key in columns if key in allowed]
        return indicators.table(
            indicator,
            [self.column(key) for key in columns],
            rows,
            shown=shown,
            unmapped=unmapped if shown is None else [row for row in unmapped if row.source.column in shown],
            made=made,
        )

    def _figures(
        self, indicator: Indicator, years: YearRange | None, role: FigureRole | None
    ) -> tuple[tuple[FigureRow, ...], tuple[FigureLine, ...], list[FigureRow]]:
        """The figures of all columns, their lines with everybody's place, and the unmapped ones."""
        found = self._rows.figures(indicators=[indicator.id], years=years)
        rows = tuple(row for row in found if role is None or row.figure.role is role)
        keys = dict.fromkeys(row.source.column for row in rows)
        made = indicators.lines(indicator, [self.column(key) for key in keys], rows)
        return rows, made, self._rows.unmapped(indicator.id, years)

    # --- matrix ---

    def matrix(
        self,
        selection: Selection,
        by: MatrixRows,
        *,
        theme: str | None = None,
        practice: Practice | None = None,
        indicator: Indicator | None = None,
    ) -> Matrix:
        """Of exactly one of ``theme``, ``practice`` and ``indicator``. Raises BadQuery."""
        years = selection.years
        if theme is not None and practice is None and indicator is None:
            counts, name = self._rows.counts_of_theme(theme, years), theme
        elif practice is not None and theme is None and indicator is None:
            counts, name = self._rows.counts_of_practice(practice.id, years), practice.name
        elif indicator is not None and theme is None and practice is None:
            counts, name = self._rows.counts_of_indicator(indicator.id, years), indicator.name
        else:
            raise BadQuery("query.one_subject")
        wanted = set(self._keys(selection.zones)[0])
        return matrix.matrix(
            counts,
            by,
            name=name,
            theme=theme,
            practice=practice.id if practice else None,
            indicator=indicator.id if indicator else None,
            keep=lambda source: selection.keeps(source) and (not wanted or source.column in wanted),
        )

    # --- zones ---

    def peers(self, key: str, limit: int = _PEERS, years: YearRange | None = None) -> tuple[Peer, ...]:
        """Of a column; only those with a report about ``years``."""
        facts = self._facts
        mine = facts.get(key) or ZoneFacts(self.column(key))
        others = (one for one in facts.values() if years is None or any(y in years for y in one.column.years))
        return peers.peers(mine, others, limit)

    @cached_property
    def _facts(self) -> dict[str, ZoneFacts]:
        sizes: dict[str, dict[str, tuple[int, float]]] = defaultdict(dict)
        for name in peers.SIZES:
            if indicator := self._indicators.get(name):
                rows = self._rows.figures(indicators=[name])
                for key, size in _newest(indicators.lines(indicator, (), rows)).items():
                    sizes[key][name] = size
        return {
            key: ZoneFacts(column_of(key, sources), peers.leading_industries(sources), sizes.get(key, {}))
            for key, sources in self._rows.by_place.items()
        }

    def zones(self, selection: Selection, theme: str | None = None) -> tuple[ZoneListing, ...]:
        """Those that tell most of ``theme`` first, then those with most reports."""
        practices, figures = self._counted(theme, selection.years)
        found = []
        for place in self._places(selection):
            column = self.column(place, selection.years)
            if column.sources:
                known = tuple(sorted({year for year in column.years if year is not None}, reverse=True))
                zone = None if column.apart else self._gazetteer.resolve(place)
                found.append(
                    ZoneListing(
                        column, zone, len(column.sources), known, practices.get(place, 0), figures.get(place, 0)
                    )
                )
        return tuple(sorted(found, key=lambda one: (-one.practices, -one.reports, one.column.label)))

    def _counts_by_place(self, theme: str | None, years: YearRange | None) -> tuple[dict[str, int], dict[str, int]]:
        """Practices and figures of each place: a pass over all rows of the theme, and most pages with zones to choose
        from ask it anew."""
        wanted = [one.id for one in self._indicators if one.theme == theme] if theme else None
        return self._rows.practices_by_place(theme, years), self._rows.figures_by_place(wanted, years)

    def zone(self, name: str) -> ZoneProfile:
        """Raises NotFound where no report is of it."""
        keys, _ = self._keys([name])
        if len(keys) != 1 or keys[0] not in self._rows.by_place:
            raise NotFound("query.zone_without_report", zone=name[:30])
        key = keys[0]
        column = self.column(key)
        figures = self._rows.figures([key])
        return profile.profile(
            column,
            None if column.apart else self._gazetteer.resolve(key),
            self._rows.practice_uses([key], by_year=True),
            figures,
            self._rows.measures_at,
            self._practices_by_id,
            lines=self._lines([key], list(self._indicators)),
            peers=self.peers(key),
            industries=self._facts[key].industries,
        )

    # --- codebooks ---

    @cached_property
    def practice_counts(self) -> Mapping[str, CodebookCount]:
        return {
            practice: CodebookCount(practice, rows, zones)
            for practice, (rows, zones) in self._rows.totals_of_practices().items()
        }

    @cached_property
    def indicator_counts(self) -> Mapping[str, CodebookCount]:
        """Each page of figures lists them all; counted in 7 ms, and a build never changes."""
        return {
            indicator: CodebookCount(indicator, rows, zones)
            for indicator, (rows, zones) in self._rows.totals_of_indicators().items()
        }


def _newest(lines: Iterable[FigureLine]) -> Mapping[str, tuple[int, float]]:
    """Column → (year, amount in the smallest unit) of the newest result on a whole year of the zone itself."""
    found: dict[str, tuple[int, float]] = {}
    for line in lines:
        if line.kind is FigureKind.LEVEL and not line.period and not line.scope:
            size = indicators.size_of(line)
            for (key, year), cell in line.cells.items():
                known = [row for row in cell.results if row.figure.value is not None]
                if year is not None and known and year > found.get(key, (0, 0.0))[0]:
                    first = known[0]
                    found[key] = year, line.amounts[first.source.id, first.seq, first.number] * size
    return found


def _unknown(parameter: str, name: str, names: Sequence[str]) -> BadQuery:
    """With the names that share most characters with ``name``."""
    near = sorted(names, key=lambda one: -len(set(one) & set(name)) / len(set(one) | set(name)))[:5]
    what = LazyText(f"name.{parameter}")
    if not near:
        return BadQuery("query.unknown", parameter=parameter, what=what, value=name[:30])
    return BadQuery("query.unknown_near", parameter=parameter, what=what, value=name[:30], near=near)
