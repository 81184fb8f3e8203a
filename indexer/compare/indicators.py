"""Figures beside each other: only like ones in a line, everything else that a reader must know in the cell.

Never in one line: level and addition, growth and level, growth and points, two currencies, different sorts of period
(全年 and 上半年, one year and 五年累计, 年均), different scope (全市 and 市区, 规上 and all, a zone and its city).
Results and targets share a cell, apart. What an object indicator counts (one project, one park) never stands beside
another region's.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.compare.amounts import agree, unit_of
from indexer.domain.columns import Column, Silence
from indexer.domain.figure_tables import FigureCell, FigureLine, FigureTable, Place
from indexer.domain.report import FigureKind, FigureRole, PeriodKind
from indexer.domain.rows import FigureRow, Source
from indexer.domain.zones import ZoneStatus
from indexer.reference.indicators import Indicator

_KINDS = (
    FigureKind.LEVEL,
    FigureKind.ADDED,
    FigureKind.SHARE,
    FigureKind.GROWTH,
    FigureKind.POINTS,
    FigureKind.RANK,
)
_ROLES = (FigureRole.RESULT, FigureRole.TARGET)
_AVERAGE = "年均"
_SUM = "多年累计"
_PART = "部分时段"

_LEADING_YEAR = re.compile(r"^(?:截[至止]到?)?(?:(?:19|20)\d\d|今|去|上)年度?")
_MONTHS = re.compile(r"^(?:1[-—–~至到])?(\d{1,2})月份?$|^前(\d{1,2}|[一二三四五六七八九十]{1,2})个?月$")
_NUMERALS = {word: number for number, word in enumerate("一二三四五六七八九十", 1)} | {"十一": 11}
_SAME_PERIOD = {"一季度": "1-3月", "上半年": "1-6月", "前三季度": "1-9月", "前二季度": "1-6月", "前两个季度": "1-6月"}

_SORTS = {"规模以上": "规上", "限额以上": "限上"}
_SORT_WORDS = ("规上", "规模以上", "限上", "限额以上", "四上")
_OWN_OF_ZONES = {"全区", "我区", "园区", "全园", "开发区", "全域", "本区"}
_OWN_OF_REGIONS = {
    "省级": {"全省", "我省", "全自治区", "全区", "我区", "全市", "我市", "全域"},
    "地级": {"全市", "我市", "全州", "全盟", "全域"},
    "县级": {"全县", "我县", "全区", "我区", "全市", "我市", "全旗", "全域"},
}
_OWN_ANYWHERE = frozenset(word for words in _OWN_OF_REGIONS.values() for word in words)


@dataclass(frozen=True, slots=True)
class _Key:
    """What has to agree in a line. ``place``: whose it is, for what may not stand beside another region's."""

    kind: FigureKind
    family: str
    period: str
    period_kind: PeriodKind | None
    scope: str
    place: str


def table(
    indicator: Indicator,
    columns: Sequence[Column],
    rows: Sequence[FigureRow],
    *,
    shown: Sequence[str] | None = None,
    unmapped: Sequence[FigureRow] = (),
    made: Sequence[FigureLine] | None = None,
) -> FigureTable:
    """``rows``: of all columns that count as peers; ``shown``: keys of the columns to show (None: all that have any).

    ``columns`` with all their reports, whatever the year. ``made``: the lines of ``rows``, where they are known.
    """
    wanted = {column.key for column in columns} if shown is None else set(shown)
    made = lines(indicator, columns, rows) if made is None else made
    mine = [row for row in rows if row.source.column in wanted]
    kept = tuple(line for line in (_only(line, wanted) for line in made) if line.cells)
    return FigureTable(
        indicator=indicator.id,
        name=indicator.name,
        theme=indicator.theme,
        names=tuple(name for name in indicator.names if "#" not in name),
        note=indicator.note,
        comparable=indicator.comparable != "object",
        columns=_shown_columns(columns, shown, mine),
        years=tuple(sorted(_years(mine), key=lambda year: (year is None, year or 0))),
        lines=kept,
        rows=tuple(mine),
        apart=tuple(row for row in mine if not _lines_up(row)),
        doubted=frozenset((row.source.column, row.year) for row in mine if row.figure.doubt),
        unmapped=tuple(unmapped),
    )


def _shown_columns(
    columns: Sequence[Column], shown: Sequence[str] | None, rows: Sequence[FigureRow]
) -> tuple[Column, ...]:
    if shown is not None:
        by_key = {column.key: column for column in columns}
        return tuple(by_key[key] for key in shown if key in by_key)
    having = {row.source.column for row in rows}
    return tuple(column for column in columns if column.key in having)


def _only(line: FigureLine, keys: set[str]) -> FigureLine:
    if all(key in keys for key, _ in line.cells):
        return line
    return replace(line, cells={at: cell for at, cell in line.cells.items() if at[0] in keys})


def lines(indicator: Indicator, columns: Sequence[Column], rows: Iterable[FigureRow]) -> tuple[FigureLine, ...]:
    """Whole years of the region itself first, then in the order of _KINDS, the fuller line first."""
    groups: dict[_Key, list[FigureRow]] = defaultdict(list)
    known: dict[object, _Key] = {}  # GDP of 400 zones: 8,000 figures are printed in some hundred ways
    for row in rows:
        if _lines_up(row):
            printed = _printed(indicator, row)
            if printed not in known:
                known[printed] = _key(indicator, row)
            groups[known[printed]].append(row)
    by_key = {column.key: column for column in columns}
    found = [_line(indicator, key, members, by_key) for key, members in groups.items()]
    return tuple(sorted(found, key=_line_order))


def _line_order(line: FigureLine) -> tuple[bool, int, int, str, str]:
    return bool(line.period or line.scope), _KINDS.index(line.kind), -line.count, line.scope, line.period


def _years(rows: Iterable[FigureRow]) -> set[int | None]:
    return {row.year for row in rows if row.year is not None or _lines_up(row)}


def _lines_up(row: FigureRow) -> bool:
    """A value from before that no year is told of (由48%提高到53%) stands in no year, a doubtful one in none."""
    was = row.year is None and row.source.year is not None
    return row.figure.kind in _KINDS and row.figure.role in _ROLES and not was and row.figure.doubt is None


def _printed(indicator: Indicator, row: FigureRow) -> object:
    """All that _key looks at."""
    figure, source = row.figure, row.source
    whose = (source.zone_status, source.zone_type, source.level, source.zone) if figure.scope else None
    place = source.column if indicator.comparable == "object" else None
    return figure.kind, figure.unit, figure.period, figure.period_kind, figure.scope, source.period, whose, place


def _key(indicator: Indicator, row: FigureRow) -> _Key:
    figure = row.figure
    period, kind = period_of(row)
    unlike = indicator.comparable == "object"
    return _Key(
        figure.kind,
        "" if figure.kind is FigureKind.RANK else unit_of(figure.unit).family,
        period,
        kind,
        scope_of(row.figure.scope, row.source, indicator.name, rank=figure.kind is FigureKind.RANK),
        row.source.column if unlike else "",
    )


def period_of(row: FigureRow) -> tuple[str, PeriodKind | None]:
    """("" and None where the value is of a whole year, or a state at its end; else words that tell the period, and its
    kind). Where the figure doesn't say, a report on part of a year (上半年) tells of that part."""
    figure = row.figure
    words = _named_period(figure.period)
    if figure.period_kind is PeriodKind.PART or (figure.period_kind is None and not words):
        part = words or _named_period(row.source.period)
        if part or figure.period_kind is PeriodKind.PART:
            return part or _PART, PeriodKind.PART
    if figure.period_kind is PeriodKind.AVERAGE:
        return _AVERAGE, PeriodKind.AVERAGE
    if figure.period_kind is PeriodKind.MULTI:
        return words or _SUM, PeriodKind.MULTI
    return "", None  # YEAR or END: 年末 said of a flow is its year, 全年 of a state its end


def _named_period(printed: str | None) -> str:
    """上半年 of 2021年上半年 as 1-6月; "" for 全年, 2021年, 今年 and the like."""
    words = _LEADING_YEAR.sub("", printed or "").strip("的底末初")
    if months := _MONTHS.match(words):
        last = months.group(1) or months.group(2)
        number = int(last) if last.isdigit() else _NUMERALS.get(last, 0)
        return "" if number == 12 else f"1-{number}月"
    if words in ("", "全年", "年", "年度", "今年以来", "目前", "年内", "以来", "截至目前"):
        return ""
    return _SAME_PERIOD.get(words, words)


def scope_of(printed: str | None, source: Source, indicator: str, *, rank: bool = False) -> str:
    """Empty where the value is of the zone or region itself, else as printed: 市区, 规上, 全市 in a zone's report."""
    if not printed:
        return ""
    own = set() if rank else _own(source)
    sorts = [word for word in _SORT_WORDS if word in indicator]
    words = [word for word in re.split("[、，,]", printed) if word and word not in own]
    return "、".join(_SORTS.get(word, word) for word in words if not (word in _SORT_WORDS and sorts))


def _own(source: Source) -> set[str]:
    if source.zone_status is ZoneStatus.REGION:
        return set(_OWN_OF_REGIONS.get(source.level or "", _OWN_ANYWHERE))
    return _OWN_OF_ZONES | {word for word in (source.zone_type, source.zone) if word}


# --- one line ---


def _line(indicator: Indicator, key: _Key, rows: Sequence[FigureRow], columns: Mapping[str, Column]) -> FigureLine:
    unit = Counter(row.figure.unit for row in rows).most_common(1)[0][0]
    amounts = {
        (row.source.id, row.seq, row.number): _amount(row.figure.value, row.figure.unit, unit)
        for row in rows
        if row.figure.value is not None
    }
    cells: dict[tuple[str, int | None], list[FigureRow]] = defaultdict(list)
    for row in rows:
        cells[row.source.column, row.year].append(row)
    made = {at: _cell(members) for at, members in cells.items()}
    line = FigureLine(
        indicator=indicator.id,
        name=indicator.name,
        theme=indicator.theme,
        kind=key.kind,
        unit="" if key.kind is FigureKind.RANK else unit,
        period=key.period,
        period_kind=key.period_kind,
        scope=key.scope,
        comparable=indicator.comparable != "object",
        cells=made,
        amounts=amounts,
    )
    return _placed(line, columns, indicator.rank_sense) if line.comparable else line


def _amount(value: float, unit: str, wanted: str) -> float:
    return value if unit == wanted else round(value * unit_of(unit).size / unit_of(wanted).size, 6)


def size_of(line: FigureLine) -> float:
    """How many of the smallest unit of its family the line's unit is."""
    return unit_of(line.unit).size


def _cell(rows: Sequence[FigureRow]) -> FigureCell:
    if len(rows) == 1:  # nine of ten
        return _lone_cell(rows[0])
    ordered = sorted(rows, key=_trust)
    results = _differing(row for row in ordered if row.figure.role is FigureRole.RESULT)
    targets = _differing(row for row in ordered if row.figure.role is FigureRole.TARGET)
    known = [row for row in results if not row.masked]
    return FigureCell(
        results=tuple(results),
        targets=tuple(targets),
        disagreeing=len({row.source.id for row in known}) > 1,
        silence=Silence.MASKED if (results or targets) and not known and all(row.masked for row in targets) else None,
    )


def _lone_cell(row: FigureRow) -> FigureCell:
    silence = Silence.MASKED if row.masked else None
    if row.figure.role is FigureRole.RESULT:
        return FigureCell(results=(row,), silence=silence)
    return FigureCell(targets=(row,), silence=silence)


def _trust(row: FigureRow) -> tuple[bool, bool, str, bool, str, int, int]:
    """The report about the year itself, in the best copy, without a hedge, first mention."""
    return (
        row.masked,
        row.source.year != row.year,
        row.source.grade.value,
        bool(row.figure.hedge),
        row.source.id,
        row.seq,
        row.number,
    )


def _differing(rows: Iterable[FigureRow]) -> list[FigureRow]:
    """One for each value that differs; of several masks one."""
    kept: list[FigureRow] = []
    for row in rows:
        if not any(agree(row.figure, other.figure) for other in kept):
            kept.append(row)
    return kept


def _placed(line: FigureLine, columns: Mapping[str, Column], rank_sense: str) -> FigureLine:
    """With the range of its peers, and its place among them, in each cell that has a result."""
    groups = {key: peer_group(column) for key, column in columns.items()}
    among: dict[tuple[str, int | None], list[float]] = defaultdict(list)
    mine: dict[tuple[str, int | None], float] = {}
    for (key, year), cell in line.cells.items():
        value = _first_amount(line, cell)
        if value is not None and year is not None and (group := groups.get(key)):
            mine[key, year] = value
            among[group, year].append(value)
    for values in among.values():
        values.sort()
    placed = dict(line.cells)
    for (key, year), value in mine.items():
        group = groups[key] or ""
        cell = line.cells[key, year]
        place = _place(value, among[group, year], rank_sense)
        placed[key, year] = FigureCell(cell.results, cell.targets, cell.disagreeing, place, cell.silence)
    return replace(line, cells=placed)


def _first_amount(line: FigureLine, cell: FigureCell) -> float | None:
    if line.kind is FigureKind.RANK:
        return None
    return next(
        (line.amounts[row.source.id, row.seq, row.number] for row in cell.results if row.figure.value is not None), None
    )


def _place(value: float, values: Sequence[float], rank_sense: str) -> Place:
    """``values``: of all peers, this one's among them, the lowest first."""
    position = None
    if rank_sense == "high":
        position = len(values) - bisect_right(values, value) + 1
    elif rank_sense == "low":
        position = bisect_left(values, value) + 1
    return Place(position, len(values), values[0], values[-1])


def peer_group(column: Column) -> str | None:
    """Whom a column's values may be ranged with: zones of its type, regions of its level; None for a report that hides
    its zone."""
    if column.apart:
        return None
    return column.zone_type or column.level
