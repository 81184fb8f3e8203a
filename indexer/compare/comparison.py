"""Zones side by side on one theme: practices (or statuses) as rows, the sentences that tell them in the cells.

What a cell says is quoted, never summed up, the most telling first; what finds no room is counted. Where it is empty it
says which kind of silence that is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.compare.telling import telling
from indexer.domain.comparison import By, Cell, Column, Comparison, FigureLine, Order, Quote, Row, Silence
from indexer.domain.query import YearRange
from indexer.domain.report import Status
from indexer.domain.rows import MeasureRow, PassageRow

SHOWN = 0.5  # of telling: below it a practice is only named
_TOLD = (Status.RESULT, Status.MEASURE, Status.PLAN)  # a problem doesn't show a practice, a note only defines it
_STATUSES = (Status.MEASURE, Status.RESULT, Status.PLAN, Status.PROBLEM)
_MAIN = (
    0.6  # of a passage's first theme: a third of the passages stay, of which 1.00 and .75 are on it, not .97 and .70
)
_SURE = 0.9  # of a theme that is not a passage's first, where its zone says nothing else
_ASIDE = 0.8  # of telling, for a measure in a passage on something else: with .7 .89 are on the theme, with .8 .945
_UNNAMED = "其他举措"


@dataclass(frozen=True, slots=True)
class Material:
    """What is compared: rows of the columns on the theme. ``passages``: those that no measure of it stands in, at
    least. ``on_theme``: (report, seq) of all. ``practices``: id → name, in the order of the codebook."""

    measures: Sequence[MeasureRow]
    passages: Sequence[PassageRow]
    on_theme: Collection[tuple[str, int]]
    practices: Mapping[str, str]
    lines: Sequence[FigureLine] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """``aside``: of a passage that is on other themes, or on others first; shown only where its zone says nothing else,
    and only if it is ``good`` enough."""

    quote: Quote
    column: str
    order: tuple[object, ...]
    aside: bool = False
    good: bool = True


def compare(
    theme: str,
    columns: Sequence[Column],
    material: Material,
    *,
    years: YearRange | None = None,
    by: By = By.PRACTICE,
    order: Order = Order.SHARED,
    only_differences: bool = False,
    per_cell: int = 3,
    left_out: Sequence[str] = (),
) -> Comparison:
    """The comparison of ``columns``; ``per_cell``: quotes of a cell at most."""
    rows = (
        _by_practice(theme, columns, material, per_cell)
        if by is By.PRACTICE
        else _by_status(columns, material, per_cell)
    )
    if order is Order.DIFFERENCE:
        rows.sort(key=lambda row: (row.unnamed, -row.difference))
    if only_differences:
        rows = [row for row in rows if row.difference > 0 or row.unnamed]
    return Comparison(
        theme=theme,
        years=years,
        by=by,
        columns=tuple(columns),
        rows=tuple(rows),
        lines=tuple(line for line in material.lines if line.comparable and _held_by_several(line)),
        left_out=tuple(left_out),
    )


def _held_by_several(line: FigureLine) -> bool:
    return len({key for key, _ in line.cells}) > 1


def _by_practice(theme: str, columns: Sequence[Column], material: Material, per_cell: int) -> list[Row]:
    """Those that most columns share first, then as they are told and as the codebook has them; at the end what is told
    without a named practice."""
    groups: dict[str, list[_Candidate]] = defaultdict(list)
    rest = _without_measures(theme, material)
    for one in _told(material):
        if one.quote.status in _TOLD:
            (rest if one.quote.practice is None else groups[one.quote.practice]).append(one)
    place = {practice: n for n, practice in enumerate(material.practices)}
    made = [
        _row(
            columns,
            candidates,
            per_cell,
            practice=practice,
            name=material.practices.get(practice, practice),
            theme=theme,
        )
        for practice, candidates in groups.items()
    ]
    made = [row for row in made if any(cell.quotes for cell in row.cells)]
    made.sort(key=lambda row: (-row.have, -_strength(row), place.get(row.practice or "", len(place))))
    if rest:
        made.append(_row(columns, rest, per_cell, practice=None, name=_UNNAMED, theme=theme))
    return made


def _by_status(columns: Sequence[Column], material: Material, per_cell: int) -> list[Row]:
    candidates = [*_told(material), *_without_measures(None, material)]
    rows = []
    for status in _STATUSES:
        mine = [one for one in candidates if one.quote.status is status]
        made = _row(columns, mine, per_cell, practice=None, name=status.value, theme=None)
        rows.append(replace(made, status=status))
    return rows


def _told(material: Material) -> list[_Candidate]:
    """The measures, each with whether its passage is on the theme."""
    return [
        _Candidate(
            quote := quote_of(row),
            row.source.column,
            _order(quote, row.telling),
            aside=row.practice is not None and (row.source.id, row.seq) not in material.on_theme,
            good=row.telling >= _ASIDE,
        )
        for row in material.measures
    ]


def quote_of(row: MeasureRow) -> Quote:
    return Quote(
        source=row.source,
        seq=row.seq,
        span=row.span,
        text=row.text,
        status=row.status,
        practice=row.practice,
        theme=row.theme,
        year=row.year,
        year_basis=row.year_basis,
        figures=row.figures,
        number=row.number,
    )


def _without_measures(theme: str | None, material: Material) -> list[_Candidate]:
    """Passages in which no measure was found: those that are surely on ``theme``, or all."""
    held = {(row.source.id, row.seq) for row in material.measures}
    left = [row for row in material.passages if (row.source.id, row.seq) not in held]
    if theme is None:
        return [_of_passage(row) for row in left]
    told = [row for row in left if row.status in _TOLD]
    return [_of_passage(row, aside=not _mainly(row, theme)) for row in told if _surely(row, theme)]


def _mainly(row: PassageRow, theme: str) -> bool:
    return row.themes[0] == theme and row.strengths[0] >= _MAIN


def _surely(row: PassageRow, theme: str) -> bool:
    return _mainly(row, theme) or row.strengths[row.themes.index(theme)] >= _SURE


def _of_passage(row: PassageRow, *, aside: bool = False) -> _Candidate:
    quote = Quote(
        source=row.source,
        seq=row.seq,
        span=row.span,
        text=row.text,
        status=row.status,
        practice=None,
        theme=row.themes[0] if row.themes else None,
        year=row.year,
        year_basis=row.year_basis,
        figures=row.figures,
    )
    # a whole passage only where no sentence of it tells a measure: after those
    worth = telling(row.text, None, row.figures) / 2
    return _Candidate(quote, row.source.column, _order(quote, worth), aside)


def _order(quote: Quote, worth: float) -> tuple[object, ...]:
    """What is shown before what is only named, what was done before plans, then by how much it tells, the newer."""
    return (
        worth < SHOWN,
        quote.planned,
        -worth,
        -(quote.year or 0),
        quote.source.grade.value,
        quote.source.id,
        quote.seq,
        quote.number or 0,
    )


def _strength(row: Row) -> float:
    """How well a row is told: the share of its cells with something done and figures."""
    shown = [cell for cell in row.cells if cell.quotes]
    return sum(cell.done + bool(cell.quotes[0].figures) for cell in shown) / (2 * len(shown)) if shown else 0.0


def _row(
    columns: Sequence[Column],
    candidates: Sequence[_Candidate],
    per_cell: int,
    *,
    practice: str | None,
    name: str,
    theme: str | None,
) -> Row:
    of_column: dict[str, list[_Candidate]] = defaultdict(list)
    for one in candidates:
        of_column[one.column].append(one)
    cells = tuple(_cell(column, of_column[column.key], per_cell) for column in columns)
    holders = tuple(column.key for column, cell in zip(columns, cells, strict=True) if cell.quotes or cell.more)
    readable = [cell for column, cell in zip(columns, cells, strict=True) if column.readable]
    return Row(
        practice=practice,
        name=name,
        theme=theme,
        cells=cells,
        holders=holders,
        of=len(readable),
        difference=_difference(readable),
    )


def _cell(column: Column, candidates: Sequence[_Candidate], per_cell: int) -> Cell:
    """What is told in passages on the theme; where nothing is, what others tell well. The rest is counted."""
    ordered = sorted(candidates, key=lambda one: one.order)
    every = _distinct(ordered)
    fit = every
    if any(one.aside for one in ordered):
        fit = _distinct([one for one in ordered if not one.aside])
        fit = fit or _distinct([one for one in ordered if one.good])
    if not every:
        return Cell(silence=column.silence)
    shown = tuple(fit[:per_cell])
    masked = bool(shown) and all(quote.masked for quote in shown)
    return Cell(shown, len(every) - len(shown), Silence.MASKED if masked else None)


def _distinct(candidates: Sequence[_Candidate]) -> list[Quote]:
    """Without the same sentence in another year's report."""
    kept: list[Quote] = []
    read: list[str] = []
    for one in candidates:
        letters = "".join(filter(str.isalnum, one.quote.text))
        if not any(letters in other or other in letters for other in read):
            kept.append(one.quote)
            read.append(letters)
    return kept


def _difference(cells: Sequence[Cell]) -> float:
    """From 0, where all show it as done or all as planned, to 1, where half do and half don't.

    That some have done what others only plan counts half as much.
    """
    if not cells:
        return 0.0
    having = [cell for cell in cells if cell.quotes or cell.more]
    present = _split(len(having), len(cells))
    shown = [cell for cell in having if cell.quotes]
    done = _split(sum(cell.done for cell in shown), len(shown))
    return round(max(present, done / 2), 3)


def _split(some: int, all_of_them: int) -> float:
    share = some / all_of_them if all_of_them else 0.0
    return 4 * share * (1 - share)
