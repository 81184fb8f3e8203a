"""What is taken home: tables of text and numbers with their sources, the same for CSV, XLSX and DOCX.

A table is exactly what a page shows: same filters, same order, nothing summed up. Every quote and number points at a
numbered source.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from indexer.domain.comparison import Column, Comparison, FigureCell, FigureLine, FigureTable, Gap, Gaps, Matrix, Quote
from indexer.domain.report import FigureKind
from indexer.domain.results import ResultPage
from indexer.domain.rows import FigureRow, Source

KINDS = {
    FigureKind.LEVEL: "数额",
    FigureKind.ADDED: "新增",
    FigureKind.GROWTH: "增速",
    FigureKind.POINTS: "变化（百分点）",
    FigureKind.SHARE: "占比",
    FigureKind.RANK: "位次",
    FigureKind.OTHER: "其他",
}

Value = str | float | int | None


@dataclass(frozen=True, slots=True)
class Table:
    """``rows`` are as long as ``heads``. ``title`` names the sheet or stands over the table."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """``tables`` with the numbered ``sources`` that they cite, and what must be known to read them (``notes``)."""

    title: str
    tables: tuple[Table, ...]
    sources: Table
    notes: tuple[str, ...] = ()
    address: str = ""
    retrieved_on: date | None = None


_SOURCE_HEADS = ("编号", "园区", "报告", "报告期", "年份依据", "发布日期", "质量", "网址", "本站地址")
_GRADES = {"A": "A 官方原文", "B": "B 完整转载", "C": "C 脱敏或截断", "D": "D 改写或改年"}


class Sources:
    """Reports get their numbers in the order in which they are first cited."""

    def __init__(self, base: str) -> None:
        """``base``: our own address, before /doc/…"""
        self._base = base.rstrip("/")
        self._found: dict[str, tuple[int, Source]] = {}

    def cite(self, source: Source, seq: int | None = None) -> str:
        """[3] or [3] ¶7."""
        number, _ = self._found.setdefault(source.id, (len(self._found) + 1, source))
        return f"[{number}]" + (f" ¶{seq + 1}" if seq is not None else "")

    def table(self) -> Table:
        rows = tuple(
            (
                f"[{number}]",
                source.label,
                (source.title or "（无题名）") + ("（示例文摘，非原文）" if source.digest else ""),
                f"{source.year}{source.period or ''}" if source.year else "不明",
                "推测" if source.guessed else "文中写明" if source.year else "",
                source.published_on.isoformat() if source.published_on else "",
                _GRADES[source.grade.value],
                source.url or "",
                f"{self._base}/doc/{source.id}",
            )
            for number, source in self._found.values()
        )
        return Table("出处", _SOURCE_HEADS, rows)


def comparison(found: Comparison, base: str, address: str, today: date) -> Document:
    sources = Sources(base)
    span = f"{found.years.first}–{found.years.last} 年" if found.years else "各年"
    heads = ("做法", "几家有", *(column.label for column in found.columns))
    rows = [
        (
            row.name,
            f"{row.have}/{row.of}",
            *(_cell(cell.quotes, cell.more, cell.silence, sources) for cell in row.cells),
        )
        for row in found.rows
    ]
    tables = [Table(f"{found.theme}对标", heads, tuple(rows))]
    if found.lines:
        tables.append(_lines(found.lines, found.columns, sources))
    return _document(f"{found.theme}对标情况表（{span}）", tables, sources, address, today)


def _cell(quotes: Sequence[Quote], more: int, silence: object, sources: Sources) -> str:
    if not quotes:
        return str(getattr(silence, "value", "")) or "未提及"
    told = [
        f"{'（计划）' if quote.planned else ''}{quote.text} {sources.cite(quote.source, quote.seq)}" for quote in quotes
    ]
    return "\n".join([*told, f"另有 {more} 处"] if more else told)


def _lines(lines: Iterable[FigureLine], columns: Sequence[Column], sources: Sources) -> Table:
    heads = ("指标", "口径", *(column.label for column in columns))
    return Table("指标对照", heads, tuple(_line(line, columns, sources) for line in lines))


def _line(line: FigureLine, columns: Sequence[Column], sources: Sources) -> tuple[Value, ...]:
    basis = "，".join(part for part in (KINDS[line.kind], line.unit, line.period or "全年", line.scope) if part)
    cells = []
    for column in columns:
        mine = {year: cell for (key, year), cell in line.cells.items() if key == column.key}
        newest = sorted(mine, key=lambda year: year or 0, reverse=True)
        told = [f"{year or '年份不明'}：{figures(mine[year], sources)}" for year in newest]
        cells.append("\n".join(told) or column.silence.value)
    return (line.name, basis, *cells)


def figures(cell: FigureCell, sources: Sources) -> str:
    told = [_figure(row, sources) for row in cell.results]
    told += [f"目标 {_figure(row, sources)}" for row in cell.targets]
    if not told:
        return cell.silence.value if cell.silence else ""
    return ("两份不一：" if cell.disagreeing else "") + "；".join(told)


def _figure(row: FigureRow, sources: Sources) -> str:
    figure = row.figure
    more = "，".join(part for part in (figure.hedge, figure.scope) if part)
    text = f"{row.text}（已脱敏）" if row.masked else row.text
    return f"{text}{f'（{more}）' if more else ''} {sources.cite(row.source, row.seq)}"


_FIGURE_HEADS = (
    "园区", "省份", "类型", "级别", "指标", "性质", "类别", "年份", "期间", "数值", "单位", "原文写法", "口径", "约数",
    "位次", "脱敏", "句子", "质量", "出处",
)  # fmt: skip


def figure_table(found: FigureTable, base: str, address: str, today: date) -> Document:
    """A line a figure, so that a spreadsheet can sort and filter; masks have no value."""
    sources = Sources(base)
    rows = tuple(figure_row(row, found.name, sources) for row in found.rows)
    notes = ("目标与结果分列；脱敏的数字没有数值。", *([found.note] if found.note else []))
    return _document(f"{found.name}", [Table(found.name, _FIGURE_HEADS, rows)], sources, address, today, notes)


def figure_row(row: FigureRow, indicator: str, sources: Sources) -> tuple[Value, ...]:
    figure, source = row.figure, row.source
    roles = {"result": "结果", "target": "目标", "part": "其中", "other": "其他"}
    return (
        source.label, source.province, source.zone_type, source.level, indicator, roles[figure.role.value],
        KINDS[figure.kind], row.year, figure.period, figure.value, figure.unit, row.text, figure.scope, figure.hedge,
        figure.rank, figure.mask, row.sentence, _GRADES[source.grade.value], sources.cite(source, row.seq),
    )  # fmt: skip


def gaps(found: Gaps, base: str, address: str, today: date) -> Document:
    sources = Sources(base)
    heads = ("主题", "做法", "几家有", "哪几家", "举例", "本区")
    parts = (("他有我无", found.missing), ("我有他少", found.own), ("都有", found.shared))
    tables = [Table(title, heads, tuple(_gap(gap, found, sources) for gap in told)) for title, told in parts if told]
    note = "“无”只指所收录的报告里没有见到，不等于没有做。"
    return _document(f"{found.column.label}与所比园区的差距", tables, sources, address, today, (note,))


def _gap(gap: Gap, found: Gaps, sources: Sources) -> tuple[Value, ...]:
    labels = {column.key: column.label for column in (*found.others, found.column)}
    example = f"{gap.example.text} {sources.cite(gap.example.source, gap.example.seq)}" if gap.example else ""
    mine = f"{gap.mine.text} {sources.cite(gap.mine.source, gap.mine.seq)}" if gap.mine else "本区材料未见"
    return (
        gap.theme, gap.name, f"{gap.have}/{gap.of}",
        "、".join(labels.get(key, key) for key in gap.holders), example, mine,
    )  # fmt: skip


def matrix(found: Matrix, address: str, today: date) -> Document:
    heads = ("", *("年份不明" if year is None else str(year) for year in found.years), "合计")
    rows = tuple(
        (row.label, *(cell.count if (cell := row.cells.get(year)) else None for year in found.years), row.total)
        for row in found.rows
    )
    return _document(found.name, [Table(found.name, heads, rows)], Sources(""), address, today)


_QUOTE_HEADS = ("园区", "性质", "主题", "年份", "句子", "质量", "出处")


def quotes(found: Sequence[Quote], base: str, address: str, today: date) -> Document:
    sources = Sources(base)
    rows = tuple(
        (
            quote.source.label, quote.status.value, quote.theme, quote.year, quote.text,
            _GRADES[quote.source.grade.value], sources.cite(quote.source, quote.seq),
        )
        for quote in found
    )  # fmt: skip
    return _document("摘录", [Table("摘录", _QUOTE_HEADS, rows)], sources, address, today)


_HIT_HEADS = ("园区", "省份", "报告", "报告期", "性质", "主题", "段落", "质量", "发布日期", "网址", "本站地址")


def hits(found: ResultPage, base: str, address: str, today: date) -> Document:
    rows = []
    for hit in found.hits:
        passage = hit.passage
        rows.append(
            (
                passage.zone_label, passage.province, passage.title, passage.year, passage.status.value,
                "、".join(passage.themes), passage.text, _GRADES[passage.grade.value],
                passage.published_on.isoformat() if passage.published_on else None, passage.url,
                f"{base.rstrip('/')}/doc/{passage.report}#p{passage.seq}",
            )
        )  # fmt: skip
    note = f"共 {found.total} 段，涉及 {found.reports} 份报告；本表为其中 {len(rows)} 段。"
    return _document("检索结果", [Table("检索结果", _HIT_HEADS, tuple(rows))], Sources(base), address, today, (note,))


def _document(
    title: str,
    tables: Sequence[Table],
    sources: Sources,
    address: str,
    today: date,
    notes: Sequence[str] = (),
) -> Document:
    told = (*notes, "摘自公开报告，由“对标”读出；每处都标明出处，引用前请核对原文。")
    return Document(title, tuple(tables), sources.table(), told, address, today)
