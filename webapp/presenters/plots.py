"""Small multiples: one plot a zone, drawn as SVG of our own; a table stands behind each (WCAG 1.1.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.domain.figure_tables import FigureLine
from indexer.locale import say

WIDTH, HEIGHT, LEFT, TOP = 212, 84, 12, 12  # of a plot, in its own units
_FEET = 18  # for the years


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float
    title: str
    href: str
    target: bool


@dataclass(frozen=True, slots=True)
class Plot:
    """``runs``: lines through results of years that follow each other; a gap where a year is unknown."""

    label: str
    mine: bool
    points: tuple[Point, ...]
    runs: tuple[str, ...]
    ticks: tuple[tuple[float, str], ...]


def plots(line: FigureLine, columns: Sequence[tuple[str, str]], years: Sequence[int], mine: str) -> list[Plot]:
    """``columns``: (key, label). All plots share both scales; the scale of amounts begins at nought and ends with the
    most that is drawn: beside a province that isn't, cities would lie on the floor."""
    drawn = {key for key, _ in columns}
    rows = (row for (key, year), cell in line.cells.items() if key in drawn and year in years for row in cell.all)
    numbers = (line.amounts.get((row.source.id, row.seq, row.number)) for row in rows)
    signed = [number for number in numbers if number is not None]
    if not years or not signed:
        return []
    low, high = min(0.0, *signed), max(0.0, *signed)
    return [_plot(line, key, label, years, (low, high or 1.0), key == mine) for key, label in columns]


def _plot(line: FigureLine, key: str, label: str, years: Sequence[int], scale: tuple[float, float], mine: bool) -> Plot:
    low, high = scale
    span = max(years) - min(years) or 1

    def x_of(year: int) -> float:
        return round(LEFT + (WIDTH - 2 * LEFT) * (year - min(years)) / span, 1)

    def y_of(value: float) -> float:
        inner = HEIGHT - TOP - _FEET
        return round(TOP + inner * (1 - (value - low) / ((high - low) or 1)), 1)

    points: list[Point] = []
    run: list[str] = []
    runs: list[str] = []
    for year in range(min(years), max(years) + 1):
        cell = line.cells.get((key, year))
        known = None
        for rows, target in ((cell.results, False), (cell.targets, True)) if cell else ():
            for row in rows:
                value = line.amounts.get((row.source.id, row.seq, row.number))
                if value is None:
                    continue
                known = value if not target and known is None else known
                role = f" {say('figure.target')}" if target else ""
                title = f"{label} {year}{role} {row.text}"
                points.append(Point(x_of(year), y_of(value), title, f"/doc/{row.source.id}#p{row.seq}", target))
        if known is None:
            runs += [" ".join(run)] if len(run) > 1 else []
            run = []
        else:
            run.append(f"{x_of(year)},{y_of(known)}")
    runs += [" ".join(run)] if len(run) > 1 else []
    step = max(1, (len(years) + 5) // 6)
    ticks = tuple((x_of(year), f"{year % 100:02}") for year in range(min(years), max(years) + 1, step))
    return Plot(label, mine, tuple(points), tuple(runs), ticks)
