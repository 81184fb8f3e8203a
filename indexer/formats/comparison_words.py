"""Comparisons in words, for command, pages and exports: a row, a column, a figure. Counted, never absolute."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.domain.columns import Column, Silence
from indexer.domain.comparison import Quote, Row
from indexer.domain.figure_tables import FigureLine, Place
from indexer.domain.gaps import Gap
from indexer.domain.report import FigureKind, FigureRole, Status
from indexer.domain.rows import FigureRow
from indexer.formats.report_words import DOUBTS, KINDS, ROLES, aside, clauses, named
from indexer.locale import listed, say, term

_NAMED = 2  # zones that are named where few have it


def number(count: int) -> str:
    """三 of 3, as it stands before 家; digits from 11 on, and in English."""
    numerals = say("format.numerals")
    return numerals[count] if count < len(numerals) else str(count)


def short(column: Column) -> str:
    """长沙经开区; 未具名高新区·2021 of a report that hides its zone."""
    return "·".join(column.label.split(" · ")[:2]) if column.apart else column.label


def counted(row: Row | Gap, columns: Sequence[Column]) -> str:
    """三家都有 · 所比四家中三家有 · 所比四家中仅见于东莞."""
    if row.of < 2:
        return ""
    of = number(row.of)
    if row.have == row.of:
        return say("format.all", of=of)
    if not row.have:
        return say("format.none", of=of)
    if row.have <= _NAMED and row.have < row.of:
        labels = {column.key: short(column) for column in columns}
        return say("format.only", of=of, names=listed(labels[key] for key in row.holders))
    return say("format.some", of=of, have=number(row.have))


def done_or_planned(quote: Quote) -> str:
    if quote.status is Status.PLAN:
        return say("format.planned")
    return say("format.problem") if quote.status is Status.PROBLEM else say("format.done")


def place_of(quote: Quote) -> str:
    """2022 ¶7, or 年份不明 ¶7: passages are counted from 1, as the pages and the exports count them."""
    return f"{quote.year or say('year.unknown')} ¶{quote.seq + 1}"


def line_name(line: FigureLine) -> str:
    """签约项目数 · 新增（个，1-6月，全市）."""
    basis = clauses(term(word) for word in (line.unit, line.period, line.scope) if word)
    kind = "" if line.kind is FigureKind.LEVEL else f" · {KINDS[line.kind]}"
    return f"{named(line.name)}{kind}{aside(basis)}"


def figure_note(row: FigureRow) -> str:
    """What a value needs beside it: 目标 · 约 · 1-6月 · 全市."""
    figure = row.figure
    words = [
        ROLES[figure.role] if figure.role in (FigureRole.TARGET, FigureRole.PART) else "",
        figure.hedge or "",
        figure.scope or "",
        DOUBTS[figure.doubt] if figure.doubt else "",
        term(Silence.MASKED.value) if row.masked else "",
    ]
    return " · ".join(dict.fromkeys(word for word in words if word))


def place_words(place: Place, unit: str) -> str:
    """同类有数 4 家，第 2，1.2–9.5 亿元."""
    position = say("format.position", position=place.position) if place.position else ""
    low, high = f"{place.low:g}", f"{place.high:g}"
    return say("format.place", count=place.count, position=position, low=low, high=high, unit=unit).rstrip()
