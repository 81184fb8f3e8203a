"""Filters as links: each adds or takes one away and keeps every other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from indexer.domain.facets import BY_NAME, BY_PARAMETER, IN_COLUMN, UNKNOWN, Basis
from indexer.domain.query import Sort, spans
from indexer.domain.report import Status
from indexer.domain.results import Count, ResultPage
from indexer.locale import CHINESE, language, say, term
from webapp.presenters import words
from webapp.urls import Address, quoted


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    href: str
    on: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """``lines`` and the ``hidden`` ones more are list items."""

    name: str
    head: str
    lines: Markup
    more: Markup
    hidden: int


@dataclass(frozen=True, slots=True)
class Chip:
    """One active filter; ``href`` leads to the same page without it."""

    text: str
    href: str
    name: str
    value: str


# Values behind 更多, the most frequent: with all 246 zones and 174 practices the page of everything took 16.6 KB, with
# 60 of either 1.7 KB more than with these; and who looks for one of them narrows down or types its name.
_MOST_FOLDED = 24

STATUS_CSS = {
    Status.MEASURE.value: "measure",
    Status.RESULT.value: "result",
    Status.PLAN.value: "plan",
    Status.PROBLEM.value: "problem",
    Status.BACKGROUND.value: "background",
    Status.NOTE.value: "background",
}


Names = Mapping[str, str]
NO_NAMES: Names = {}


def facets(found: ResultPage, address: Address, names: Names = NO_NAMES) -> list[Facet]:
    """``names``: what a value is called, where it is an id."""
    made = (_facet(one.name, found.facets.get(one.name, ()), address, names) for one in IN_COLUMN)
    return [facet for facet in made if facet is not None]


def _facet(name: str, counts: Sequence[Count], address: Address, names: Names) -> Facet | None:
    """None where there is nothing to choose: only what the reports don't tell."""
    unknown = BY_NAME[name].has_unknown
    told = [
        (UNKNOWN if value is None else value, passages)
        for value, passages in _ordered(name, counts)
        if unknown or value is not None
    ]
    chosen = _chosen(name, address)
    if all(value == UNKNOWN and value not in chosen for value, _ in told):
        return None
    few = BY_NAME[name].shown
    first = few if len(told) > few + 2 else len(told)
    shown = [*told[:first], *(one for one in told[first:] if one[0] in chosen)]
    more = [one for one in told[first:] if one[0] not in chosen]
    folded = _items(name, more[:_MOST_FOLDED], address, names)
    rest = len(more) - _MOST_FOLDED
    if rest > 0:
        folded += Markup(f'<li class="soft">{escape(say("page.search.rest", n=rest))}</li>')
    return Facet(name, _head(name, address), _items(name, shown, address, names), folded, len(more))


def _head(name: str, address: Address) -> str:
    if name != "year":
        return say(f"facet.{name}")
    return say("facet.year_by", basis=words.BASES[Basis(address.value("basis") or Basis.PASSAGE.value)])


def _ordered(name: str, counts: Sequence[Count]) -> Sequence[Count]:
    """What has an order of its own in that; all else as engines count it: years from the latest, others the most
    frequent first; the unknown last."""
    order = BY_NAME[name].order
    return sorted(counts, key=lambda c: order.index(c.value) if c.value in order else len(order)) if order else counts


def _items(name: str, counted: Sequence[tuple[str, int]], address: Address, names: Names) -> Markup:
    """(value, passages) as list items. Built by hand: a page has 250 of them, which took Jinja 1.5 of its 9 ms."""
    param = BY_NAME[name].parameter
    chosen = _chosen(name, address)
    before = str(escape(address.before(param)))
    items: list[str] = []
    spoken = language()
    for value, passages in counted:
        asked, text = _spelled(name, value, names.get(value, ""), spoken)
        line = f' {text} <span class="count">{passages:,}</span>'
        if value in chosen:
            href, off = escape(str(_without(name, value, address))), say("page.search.line_off")
            items.append(f'<li><a href="{href}" class="on" aria-current="true">{line}{_unseen(off)}</a></li>\n')
        else:
            items.append(f'<li><a href="{before}{asked}">{line}</a></li>\n')
    return Markup("".join(items))


def _chosen(name: str, address: Address) -> Collection[str]:
    """The values that are on; of a span every year."""
    values = address.values(BY_NAME[name].parameter)
    if name != "year":
        return values
    return [*map(str, years(values)), *(value for value in values if value == UNKNOWN)]


def years(values: Iterable[str]) -> list[int]:
    """Every year of ``values`` as an address of the search has them: 2019, 2021-2022."""
    ends = [value.split("-") for value in values if value != UNKNOWN]
    return [year for first, *last in ends for year in range(int(first), int(last[0] if last else first) + 1)]


def _without(name: str, value: str, address: Address) -> Address:
    """With one value less; one year less of a span leaves the years on its either side."""
    parameter = BY_NAME[name].parameter
    if name != "year" or value == UNKNOWN:
        return address.without(parameter, value)
    values = address.values(parameter)
    left = [*map(str, spans(set(years(values)) - {int(value)})), *(one for one in values if one == UNKNOWN)]
    return address.with_values(parameter, left)


def _unseen(text: str) -> str:
    return f'<span class="unseen">{text}</span>'


@lru_cache(maxsize=1 << 13)
def _spelled(name: str, value: str, called: str, spoken: str) -> tuple[str, str]:
    """A value as an address spells it, and in the reader's words: the same on every page in the language ``spoken``."""
    css = f' class="status status-{STATUS_CSS.get(value, "")}"' if name == "status" else ""
    chinese = called or value
    text = said(name, chinese)
    address = quoted(value)
    if spoken == CHINESE or (text.isascii() and name not in _WITH_CHINESE):
        return address, f"<span{css}>{escape(text)}</span>"
    if text == chinese:  # nobody translated it: the name of a zone
        return address, f'<span{css} lang="zh-CN">{escape(text)}</span>'
    behind = f' <span class="original" lang="zh-CN">{escape(chinese)}</span>' if name in _WITH_CHINESE else ""
    return address, f"<span><span{css}>{escape(text)}</span>{behind}</span>"


_WITH_CHINESE = ("status", "theme", "zone_type", "genre")  # in English too: one meets them in the reports


def said(name: str, value: str) -> str:
    """A value of the facet ``name`` in the reader's words."""
    if name == "grade":
        return words.GRADES.get(value, value)
    if value == UNKNOWN and name in BY_NAME and BY_NAME[name].unknown:
        return say(f"facet.unknown.{name}")
    return term(value)


_CHIP_BASES = tuple(basis.value for basis in Basis)


def chips(address: Address, names: Names = NO_NAMES) -> list[Chip]:
    made = []
    basis = address.value("basis")
    for name, value in address.active():
        text = said(BY_PARAMETER[name].name, names.get(value) or value[:30])
        if name == "year" and value[:1].isdigit():
            told = say(f"page.search.chip_basis.{basis}") if basis in _CHIP_BASES else ""
            text = say("page.search.year_chip", year=text, basis=told)
        made.append(Chip(text, str(address.without(name, value)), name, value))
    return made


def histogram(found: ResultPage, address: Address) -> Markup:
    """Years side by side as list items, empty ones between them too; none where there is but one year to show. Each
    links to the same as the year among the filters, out of the way of the Tab key."""
    counts = {int(c.value): c.passages for c in found.facets.get("year", ()) if c.value is not None}
    if len(counts) < 2:
        return Markup("")
    first = max(min(counts), max(counts) - 15)  # sixteen bars are what a phone can hold
    top = max(counts.values())
    chosen = _chosen("year", address)
    before = str(escape(address.before("year")))
    spoken = language()
    return Markup(
        "".join(
            _bar(
                year,
                n := counts.get(year, 0),
                round(100 * n / top, 1),
                escape(str(_without("year", str(year), address))) if (on := str(year) in chosen) else f"{before}{year}",
                spoken,
                on=on,
            )
            for year in range(first, max(counts) + 1)
        )
    )


def _bar(year: int, count: int, height: float, href: str, spoken: str, *, on: bool) -> str:
    """``height`` in per cent of the tallest; ``href``: escaped."""
    title, unseen = _bar_words(year, count, spoken)
    now = ' class="on" aria-current="true"' if on else ""
    front, end = (f'<a href="{href}" tabindex="-1"{now} title="{title}">', "</a>") if count else _NO_BAR
    return (
        f'  <li>\n{front}      <svg width="100%" height="44" aria-hidden="true" focusable="false"><rect x="0" '
        f'width="100%" y="{100 - height}%" height="{height}%" rx="2"></rect></svg>\n'
        f'      <span class="year">{year}</span><span class="unseen">{unseen}</span>\n{end}  </li>\n'
    )


_NO_BAR = ('<span class="nothing">', "</span>")


@lru_cache(maxsize=1 << 12)
def _bar_words(year: int, count: int, spoken: str) -> tuple[str, str]:
    return str(escape(say("page.bar.passages", year=year, n=count))), str(escape(say("page.bar.unseen", n=count)))


def sorts(address: Address, sort: Sort) -> list[Line]:
    return [
        Line(say("page.search.relevance"), str(address.without("sort")), sort is Sort.RELEVANCE),
        Line(say("page.search.date"), str(address.replacing("sort", "date")), sort is Sort.DATE),
    ]


def pages(found: ResultPage, address: Address, page: int) -> list[Line | None]:
    """First, last and those around ``page``; None is a gap."""
    near = sorted({1, found.pages, *range(page - 2, page + 3)} & set(range(1, found.pages + 1)))
    made: list[Line | None] = []
    for before, number in zip([0, *near], near, strict=False):
        if number - before > 1:
            made.append(None)
        made.append(Line(str(number), str(address.at_page(number)), number == page))
    return made
