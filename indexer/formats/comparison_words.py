"""Comparisons in words, for command, pages and exports: a row, a column, a figure. Counted, never absolute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indexer.domain.comparison import Column, FigureLine, Gap, Place, Quote, Row
from indexer.domain.report import FigureKind, FigureRole, Status
from indexer.domain.rows import FigureRow

_NUMERALS = "零一两三四五六七八九十"
_NAMED = 2  # zones that are named where few have it
KINDS: Mapping[FigureKind, str] = {
    FigureKind.LEVEL: "数额",
    FigureKind.ADDED: "新增",
    FigureKind.GROWTH: "增速",
    FigureKind.POINTS: "增减百分点",
    FigureKind.SHARE: "占比",
    FigureKind.RANK: "位次",
    FigureKind.OTHER: "其他",
}


def number(count: int) -> str:
    """三 of 3, as it stands before 家; digits from 11 on."""
    return _NUMERALS[count] if count < len(_NUMERALS) else str(count)


def short(column: Column) -> str:
    """长沙经开区; 未具名高新区·2021 of a report that hides its zone."""
    return "·".join(column.label.split(" · ")[:2]) if column.apart else column.label


def counted(row: Row | Gap, columns: Sequence[Column]) -> str:
    """三家都有 · 所比四家中三家有 · 所比四家中仅见于东莞."""
    if row.of < 2:
        return ""
    if row.have == row.of:
        return f"{number(row.of)}家都有"
    if not row.have:
        return f"所比{number(row.of)}家均未见"
    if row.have <= _NAMED and row.have < row.of:
        labels = {column.key: short(column) for column in columns}
        return f"所比{number(row.of)}家中仅见于{'、'.join(labels[key] for key in row.holders)}"
    return f"所比{number(row.of)}家中{number(row.have)}家有"


def done_or_planned(quote: Quote) -> str:
    if quote.status is Status.PLAN:
        return "计划"
    return "问题" if quote.status is Status.PROBLEM else "做了"


def place_of(quote: Quote) -> str:
    """2022 ¶7, or 年份不明 ¶7: passages are counted from 1, as the pages and the exports count them."""
    return f"{quote.year or '年份不明'} ¶{quote.seq + 1}"


def line_name(line: FigureLine) -> str:
    """签约项目数 · 新增（个，1-6月，全市）."""
    told = [word for word in (line.unit, line.period, line.scope) if word]
    kind = "" if line.kind is FigureKind.LEVEL else f" · {KINDS[line.kind]}"
    return f"{line.name}{kind}" + (f"（{'，'.join(told)}）" if told else "")


def figure_note(row: FigureRow) -> str:
    """What a value needs beside it: 目标 · 约 · 1-6月 · 全市."""
    figure = row.figure
    words = [
        "目标" if figure.role is FigureRole.TARGET else "部分" if figure.role is FigureRole.PART else "",
        figure.hedge or "",
        figure.scope or "",
        "已脱敏" if row.masked else "",
    ]
    return " · ".join(dict.fromkeys(word for word in words if word))


def place_words(place: Place, unit: str) -> str:
    """同类有数 4 家，第 2，1.2–9.5 亿元."""
    position = f"，第 {place.position}" if place.position else ""
    return f"同类有数 {place.count} 家{position}，{place.low:g}–{place.high:g} {unit}".rstrip()
