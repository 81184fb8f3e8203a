"""Filters as links: each adds or takes one away and keeps every other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.domain.query import UNKNOWN, Sort
from indexer.domain.results import Count, ResultPage
from webapp.asked import Address
from webapp.showing import words

SHOWN = 8  # lines of a facet before "更多"
SHOWN_OF = {"site": 4}  # last and longest: some hundred hosts, of which most have one report


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    count: int
    href: str
    on: bool
    css: str = ""
    unknown: bool = False  # what the reports don't tell


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    head: str
    lines: tuple[Line, ...]
    more: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """One active filter; ``href`` leads to the same page without it."""

    text: str
    href: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One year of the histogram. ``height`` in per cent of the tallest."""

    year: int
    count: int
    height: float
    href: str
    on: bool


LEVELS = ("国家级", "省级", "市级", "地级", "县级")
STATUS_CSS = {"举措": "measure", "成效": "result", "计划": "plan", "问题": "problem", "背景": "background"}


def facets(found: ResultPage, address: Address) -> list[Facet]:
    made = (_facet(name, found.facets.get(name, ()), address) for name in words.ORDER)
    return [facet for facet in made if any(line.on or not line.unknown for line in facet.lines)]


def _facet(name: str, counts: Sequence[Count], address: Address) -> Facet:
    lines = [line for count in _ordered(name, counts) if (line := _line(name, count, address))]
    chosen = [line for line in lines if line.on]
    few = SHOWN_OF.get(name, SHOWN)
    first = lines[: few if len(lines) > few + 2 else len(lines)]
    first += [line for line in chosen if line not in first]
    return Facet(name, words.FACETS[name], tuple(first), tuple(line for line in lines if line not in first))


def _ordered(name: str, counts: Sequence[Count]) -> list[Count]:
    """Years from the latest, levels, grades and statuses in their own order, all else by count; the unknown last."""
    statuses = [status.value for status in words.STATUS_ORDER]
    if name == "year":
        return sorted(counts, key=lambda c: (c.value is None, -int(c.value or 0)))
    if name == "level":
        return sorted(counts, key=lambda c: LEVELS.index(c.value) if c.value in LEVELS else len(LEVELS))
    if name == "grade":
        return sorted(counts, key=lambda c: c.value or "Z")
    if name == "status":
        return sorted(counts, key=lambda c: statuses.index(c.value) if c.value in statuses else 9)
    return sorted(counts, key=lambda c: (c.value is None, -c.passages, c.value or ""))


def _line(name: str, count: Count, address: Address) -> Line | None:
    param = words.PARAMS.get(name, name)
    value = count.value if count.value is not None else (UNKNOWN if name in words.UNKNOWN else None)
    if value is None:  # nothing an address could ask for
        return None
    on = value in address.values(param)
    if on:
        href = address.without(param, value)
    elif name == "year":
        href = address.replacing(param, value)
    else:
        href = address.adding(param, value)
    css = STATUS_CSS.get(value, "") if name == "status" else ""
    return Line(said(param, value), count.passages, str(href), on, css, unknown=count.value is None)


def said(param: str, value: str) -> str:
    """A filter's value in the reader's words."""
    if param == "grade":
        return words.GRADES.get(value, value)
    if value == UNKNOWN:
        return words.UNKNOWN.get(param, value)
    return value


def chips(address: Address) -> list[Chip]:
    made = []
    basis = {"published": "发布", "plan": "计划"}.get(address.value("basis"), "")
    for name, value in address.active():
        text = said(name, value[:30])
        if name == "year" and value[:1].isdigit():
            text = f"{text} 年{basis}"
        made.append(Chip(text, str(address.without(name, value)), name, value))
    return made


def histogram(found: ResultPage, address: Address) -> list[Bar]:
    """Years side by side, empty ones between them too; none where there is but one year to show."""
    counts = {int(c.value): c.passages for c in found.facets.get("year", ()) if c.value is not None}
    if len(counts) < 2:
        return []
    first = max(min(counts), max(counts) - 15)  # sixteen bars are what a phone can hold
    top = max(counts.values())
    asked = address.value("year")
    low, _, high = asked.partition("-")
    chosen = range(int(low), int(high or low) + 1) if low.isdigit() and (high or low).isdigit() else range(0)
    return [
        Bar(
            year,
            n := counts.get(year, 0),
            round(100 * n / top, 1),
            str(address.without("year") if asked == str(year) else address.replacing("year", str(year))),
            year in chosen,
        )
        for year in range(first, max(counts) + 1)
    ]


def sorts(address: Address, sort: Sort) -> list[Line]:
    return [
        Line("相关", 0, str(address.without("sort")), sort is Sort.RELEVANCE),
        Line("日期", 0, str(address.replacing("sort", "date")), sort is Sort.DATE),
    ]


def pages(found: ResultPage, address: Address, page: int) -> list[Line | None]:
    """First, last and those around ``page``; None is a gap."""
    near = sorted({1, found.pages, *range(page - 2, page + 3)} & set(range(1, found.pages + 1)))
    made: list[Line | None] = []
    for before, number in zip([0, *near], near, strict=False):
        if number - before > 1:
            made.append(None)
        made.append(Line(str(number), 0, str(address.at_page(number)), number == page))
    return made
