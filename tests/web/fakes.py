"""A library of seven made-up reports, for tests of the pages: no disk, no jieba, no engine."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property, partial

from indexer.compare import parameters
from indexer.compare.parameters import Params
from indexer.compare.queries import Comparisons
from indexer.compare.report_rows import rows_of
from indexer.domain.cards import PassageNotes, ReportCard
from indexer.domain.catalogue import Cluster, PageHistory, Stats, StoredReport
from indexer.domain.comparison import Comparison, Selection
from indexer.domain.facets import BY_NAME, FACETS, UNKNOWN, Basis
from indexer.domain.query import All, Filters, Phrase, Query, Sort, Word, YearRange
from indexer.domain.results import Count, Hit, IndexedPassage, ResultPage
from indexer.domain.spans import Span
from indexer.domain.suggestions import Kind, Offer, Suggestion
from indexer.domain.zones import Zone, ZoneReading, ZoneStatus
from indexer.errors import BadQuery, NoIndex, NotFound
from indexer.reference.gazetteer import Gazetteer
from indexer.reference.indicators import Indicator, Indicators
from indexer.reference.practices import Practices
from indexer.stores import row_tables
from indexer.stores.row_tables import RowTables
from tests.web.shelf import shelf

THEMES = ("招商引资", "营商环境", "科技创新", "项目建设", "要素保障", "绿色发展", "人才工作", "开放合作")


SIGNED = Indicator(
    id="signed-projects", name="新签约项目", theme="招商引资", names=("新签约项目",), not_phrases=(),
    units=("count:个",),
    level_or_growth="none", typical=(), cumulative="year", rank_sense="high", comparable="region", note="",
)  # fmt: skip


def label(zone: ZoneReading) -> str:
    return zone.short or zone.name or f"未具名{zone.type or '园区'}"


def indexed(stored: StoredReport) -> list[IndexedPassage]:
    r = stored.report
    return [
        IndexedPassage(
            report=stored.id,
            seq=p.seq,
            text=p.text,
            title=r.title or "",
            url=r.url,
            zone=r.zone.short or r.zone.name,
            zone_type=r.zone.type,
            province=r.zone.province,
            year=r.years.report,
            plan_year=r.years.plan,
            published_on=r.published_on,
            period=r.years.period,
            status=p.status,
            themes=p.themes,
            grade=r.quality.grade,
            mirrors=stored.mirrors,
            level=r.zone.level,
        )
        for p in r.passages
    ]


def _card(stored: StoredReport) -> ReportCard:
    notes = {one.seq: PassageNotes.of(stored.report, one) for one in stored.report.passages}
    return replace(ReportCard.of(stored), notes=notes)


def words_of(query: Query) -> list[str]:
    return [w.text for w in query.node.nodes if isinstance(w, Word | Phrase)] if isinstance(query.node, All) else []


class FakeLibrary:
    """Quacks like indexer.library.Library. ``broken`` makes every question raise it."""

    def __init__(self, broken: Exception | None = None, shelf_: Sequence[StoredReport] | None = None) -> None:
        self.broken = broken
        self.histories: dict[str, PageHistory] = {}
        self.shelf = {s.id: s for s in (shelf() if shelf_ is None else shelf_)}

    def _check(self) -> None:
        if self.broken is not None:
            raise self.broken

    def question(self, params: Mapping[str, Sequence[str]]) -> Query:
        self._check()
        text = (list(params.get("q", [])) or [""])[-1].strip()
        if len(text) > 200:
            raise BadQuery("检索词太长（超过 200 字），请缩短后再试。")
        if text.count('"') % 2:
            raise BadQuery("引号没有成对，请补上另一半引号，或去掉它。")
        words = [Phrase(p) if p else Word(w) for p, w in re.findall(r'"([^"]+)"|(\S+)', text)]
        page = (list(params.get("page", [])) or ["1"])[-1]
        if not page.isdigit() or int(page) < 1:
            raise BadQuery(f"页码“{page[:20]}”不是从 1 起的整数。")
        years: YearRange | None = None
        unknown = False
        for year in params.get("year", []):
            match = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", year)
            if year == "不明":
                unknown = True
            elif match is None:
                raise BadQuery(f"年份“{year[:20]}”看不懂，请写四位数字，如 2022 或 2020-2022。")
            else:
                years = YearRange(int(match[1]), int(match[2] or match[1]))
        for zone in params.get("zone", []):
            if zone not in {label(s.report.zone) for s in self.shelf.values()}:
                raise BadQuery(f"没有叫“{zone[:20]}”的园区，园区名录里有全部可选的名称。")
        basis = Basis((list(params.get("basis", [])) or ["passage"])[-1])
        chosen = {facet.name: params.get(facet.parameter, []) for facet in FACETS if facet.name != "year"}
        filters = Filters.of(years, unknown, basis, **chosen)
        sort = Sort((list(params.get("sort", [])) or ["relevance"])[-1])
        limit = int((list(params.get("limit", [])) or ["20"])[-1])
        return Query(text, All(tuple(words)) if words else None, filters, sort, int(page), limit)

    def _answers(self, query: Query, but: str = "") -> list[IndexedPassage]:
        f = query.filters
        checks: dict[str, Callable[[IndexedPassage], bool]] = {
            "year": lambda p: p.year is None if f.unknown_year else f.years is None or p.year in f.years,
        }
        for name, asked in f.chosen:
            checks[name] = partial(_holds, BY_NAME[name].reads, asked)
        words = words_of(query)
        return [
            p
            for stored in self.shelf.values()
            for p in indexed(stored)
            if all(w in p.text for w in words) and all(ok(p) for name, ok in checks.items() if name != but)
        ]

    def search(self, query: Query) -> ResultPage:
        self._check()
        found = self._answers(query)
        reports = list(dict.fromkeys(p.report for p in found))
        if query.sort is Sort.DATE:
            reports.sort(key=lambda r: self.shelf[r].report.published_on or date.min, reverse=True)
        first = (query.page - 1) * query.limit
        shown = reports[first : first + query.limit]
        hits = [
            Hit(p, 1.0, p.text, self.marks(p.text, query))
            for p in sorted((p for p in found if p.report in shown), key=lambda p: shown.index(p.report))
        ]
        values: dict[str, Callable[[IndexedPassage], Sequence[str | None]]] = {
            "zone": lambda p: (p.zone_label,),
            "zone_type": lambda p: (p.zone_type,),
            "province": lambda p: (p.province,),
            "year": lambda p: (None if p.year is None else str(p.year),),
            "theme": lambda p: p.themes,
            "status": lambda p: (p.status.value,),
            "grade": lambda p: (p.grade.value,),
            "level": lambda p: (p.level,),
            "site": lambda p: (p.site,),
        }
        facets = {}
        for name, of in values.items():
            counts = Counter(v for p in self._answers(query, name) for v in of(p))
            facets[name] = tuple(Count(v, n) for v, n in counts.most_common())
        return ResultPage(len(found), len(reports), -(-len(reports) // query.limit), tuple(hits), facets, 7.6)

    def suggest(self, params: Mapping[str, Sequence[str]]) -> tuple[Suggestion, ...]:
        self.question(params)
        typed = "".join(params.get("q", []))
        listed = (
            Suggestion("招商", Kind.WORD, 5, True),
            Suggestion("湘江示例高新区", Kind.ZONE, 1, False, "", "湘江示例高新区", "湘江高新"),
            Suggestion("招商总结", Kind.REPORT, 1, False, "", "r1"),
            Suggestion("招商计划", Kind.REPORT, 2, False),
        )
        return tuple(one for one in listed if typed and typed in (one.name or one.text))

    def meant(self, query: Query, page: ResultPage) -> tuple[Offer, ...]:
        if page.total or query.text != "找商":
            return ()
        return (Offer("招商", None, 5), Offer("", "湘江示例高新区", 2))

    def search_reports(self, query: Query) -> tuple[ResultPage, dict[str, ReportCard]]:
        page = self.search(query)
        shown = {hit.passage.report for hit in page.hits}
        return page, {one.id: _card(one) for one in self.shelf.values() if one.id in shown}

    def marks(self, text: str, query: Query, restored: str | None = None) -> tuple[Span, ...]:
        spans = (Span(m.start(), m.end()) for w in words_of(query) for m in re.finditer(re.escape(w), text))
        return tuple(sorted(spans))

    def damaged(self) -> str | None:
        return None

    def history(self, report: str) -> PageHistory:
        return self.histories.get(report, PageHistory())

    def report(self, report: str) -> StoredReport:
        self._check()
        if report not in self.shelf:
            raise NotFound(f"没有编号为“{report[:40]}”的报告。")
        return self.shelf[report]

    def raw(self, report: str) -> tuple[bytes, str]:
        self.report(report)
        return "<html><script>alert(1)</script><h1>上半年工作情况</h1></html>".encode("gb18030"), "gb18030"

    def compare(self, params: Params, per_cell: int | None = None) -> Comparison:
        self._check()
        (theme,) = params.get("theme", [""])[-1:] or [""]
        if theme not in THEMES:
            raise BadQuery(f"没有叫“{theme[:20]}”的主题。")
        known = {label(s.report.zone) for s in self.shelf.values()}
        for zone in params.get("zone", []):
            if zone not in known and zone != "空白示例新区":
                raise BadQuery(f"没有叫“{zone[:20]}”的园区。")
        years = self.question({"year": params.get("year", [])}).filters.years
        selection = Selection(zones=tuple(params.get("zone", [])), years=years)
        only = parameters.only_differences(params)
        by = parameters.by(params)
        return self._comparisons.compare(theme, selection, by=by, only_differences=only, per_cell=per_cell or 3)

    @cached_property
    def _comparisons(self) -> Comparisons:
        """The real one over the rows of the shelf, kept in memory."""
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        connection.executescript(row_tables.SCHEMA)
        for stored in self.shelf.values():
            if stored.id == stored.witness:
                row_tables.write(connection, rows_of(stored))
        row_tables.index(connection)
        rows = RowTables(lambda query, *values: connection.execute(query, values).fetchall())
        return Comparisons(rows, Practices(), Indicators([SIGNED]), THEMES, Gazetteer(()))

    def clusters(self) -> tuple[Cluster, ...]:
        return (Cluster("r1", ("r1", "r1m")),)

    def stats(self) -> Stats:
        self._check()
        years = Counter(s.report.years.report for s in self.shelf.values())
        grades = Counter(s.report.quality.grade.value for s in self.shelf.values())
        flags = Counter(f for s in self.shelf.values() for f in s.report.quality.flags)
        passages = sum(len(s.report.passages) for s in self.shelf.values())
        figures = sum(len(p.figures) for s in self.shelf.values() for p in s.report.passages)
        built = datetime(2026, 11, 20, 9, 30, tzinfo=UTC) if self.shelf else None
        by_year = tuple(sorted(years.items(), key=lambda year: year[0] or 0))
        by_grade = tuple(sorted(grades.items()))
        return Stats(
            reports=len(self.shelf),
            passages=passages,
            figures=figures,
            skipped=3,
            zones=len(self.zones()),
            years=by_year,
            grades=by_grade,
            flags=tuple(flags.most_common()),
            built_at=built,
        )

    def themes(self) -> tuple[str, ...]:
        return THEMES

    def zones(self) -> tuple[tuple[str, Zone | None, int], ...]:
        self._check()
        counts = Counter(label(s.report.zone) for s in self.shelf.values())
        read = {label(s.report.zone): s.report.zone for s in self.shelf.values()}
        return tuple((name, self._entry(read[name]), n) for name, n in counts.most_common())

    def _entry(self, z: ZoneReading) -> Zone | None:
        if z.status is not ZoneStatus.NAMED:
            return None
        return Zone(z.short or "", z.name or "", z.short or "", (), z.type or "其他", z.level, z.province, z.city)

    def close(self) -> None: ...


def no_index() -> FakeLibrary:
    return FakeLibrary(NoIndex("还没有索引，请先运行 duibiao build。"))


def _holds(attribute: str, asked: Sequence[str], passage: IndexedPassage) -> bool:
    value = getattr(passage, attribute)
    return any((one or UNKNOWN) in asked for one in (value if isinstance(value, tuple) else (value,)))
