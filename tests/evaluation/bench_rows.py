"""How fast zones are held beside each other: a made-up catalogue of 100,000 passages, asked as the pages ask it.

    .venv/bin/python -m tests.evaluation.bench_rows [--passages 100000] [--zones 400] [--questions 200]

Zones of four types report on five years. Figures are drawn as Zipf's law has it, so that the most frequent
indicator has some thousand; practices evenly, which makes fuller cells than real reports do. Prints a table for
docs/comparison.md: milliseconds of the clock and of the processor, the first question of a process (it reads the
sources) left out.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.compare.queries import Comparisons
from indexer.compare.report_rows import rows_of
from indexer.domain.catalogue import StoredReport
from indexer.domain.columns import Selection
from indexer.domain.comparison import By
from indexer.domain.matrix import MatrixRows
from indexer.domain.query import YearRange
from indexer.domain.report import (
    Figure,
    FigureKind,
    FigureRole,
    Genre,
    Grade,
    Measure,
    Passage,
    PeriodKind,
    Quality,
    Report,
    Status,
    Years,
)
from indexer.domain.spans import Span
from indexer.domain.zones import ZoneReading, ZoneStatus
from indexer.settings import load
from indexer.stores.catalogue import Catalogue
from indexer.tables import Tables

PER_REPORT = 50
YEARS = (2019, 2020, 2021, 2022, 2023)
TYPES = ("高新区", "经开区", "综保区", "新区")
LEVELS = ("国家级", "省级")
PROVINCES = ("浙江", "江苏", "湖北", "四川", "广东", "陕西", "安徽", "山东")
MEASURES, FIGURES, MAPPED = 1.2, 1.5, 0.3  # a passage, on average; of figures, those of an indicator
STATUSES = (Status.MEASURE, Status.RESULT, Status.PLAN, Status.PROBLEM)
SENTENCE = "在第{n}个片区设立第{m}号专班，走访企业{a}家，签约项目{b}个，总投资{c}亿元。"


def reports(count: int, zones: int, tables: Tables, draw: random.Random) -> Iterator[StoredReport]:
    practices = list(tables.practices)
    indicators = list(tables.indicators)
    weights = [1 / rank for rank in range(1, len(indicators) + 1)]
    themes = [theme.name for theme in tables.codebook.themes]
    for n in range(count // PER_REPORT):
        zone = n % zones
        year = YEARS[n // zones % len(YEARS)]
        passages: list[Passage] = []
        at = 0
        for seq in range(PER_REPORT):
            made = [draw.choice(practices) for _ in range(int(draw.random() < 0.2) + int(draw.random() < 0.999))]
            status = draw.choice(STATUSES)
            text = SENTENCE.format(n=n, m=seq, a=draw.randrange(900), b=draw.randrange(90), c=draw.randrange(900))
            span = Span(at, at + len(text))
            figures = tuple(
                _figure(draw.choices(indicators, weights)[0].id if draw.random() < MAPPED else None, span, year, draw)
                for _ in range(int(draw.random() * 2 * FIGURES + 0.5))
            )
            theme = made[0].theme if made else draw.choice(themes)
            others = (draw.choice(themes),) if draw.random() < 0.3 else ()
            measures = tuple(
                Measure(one.id, one.theme, status, span, tuple(range(min(len(figures), 2))), draw.random() < 0.6)
                for one in made
                if status is not Status.PROBLEM
            )
            passages.append(
                Passage(
                    seq, None, status, tuple(dict.fromkeys((theme, *others))), span, text, figures,
                    (0.9, 0.4)[: len({theme, *others})], year + (status is Status.PLAN),
                    "plan" if status is Status.PLAN else "report", measures, (span,) * len({theme, *others}),
                )
            )  # fmt: skip
            at += len(text) + 1
        name = f"第{zone}示例{TYPES[zone % len(TYPES)]}"
        report = Report(
            title=f"{name}{year}年工作总结",
            published_on=None,
            source=None,
            genre=Genre.SUMMARY,
            years=Years(year, year + 1),
            zone=ZoneReading(
                ZoneStatus.NAMED, name, name, TYPES[zone % len(TYPES)], LEVELS[zone % 3 % 2],
                PROVINCES[zone % len(PROVINCES)],
            ),
            quality=Quality(draw.choice(list(Grade)), ()),
            text="",
            sections=(),
            passages=tuple(passages),
        )  # fmt: skip
        yield StoredReport(f"r{n:06}", None, report, "0" * 64, witness=f"r{n:06}")


def _figure(indicator: str | None, passage: Span, year: int, draw: random.Random) -> Figure:
    kind = draw.choice((FigureKind.LEVEL, FigureKind.LEVEL, FigureKind.GROWTH))
    return Figure(
        indicator=indicator,
        value=round(draw.uniform(1, 900), 1),
        unit="%" if kind is FigureKind.GROWTH else "亿元",
        change=None,
        rank=None,
        scope=None,
        period=f"{year}年",
        mask=None,
        span=Span(passage.start + 3, passage.start + 8),
        phrase="某个说法",
        kind=kind,
        role=draw.choice((FigureRole.RESULT, FigureRole.RESULT, FigureRole.TARGET)),
        year=year,
        period_kind=PeriodKind.YEAR,
        hedge=None,
    )


def questions(
    found: Comparisons, zone_count: int, tables: Tables, draw: random.Random
) -> dict[str, Callable[[], object]]:
    zones = [f"第{n}示例{TYPES[n % len(TYPES)]}" for n in range(zone_count)]
    themes = [theme.name for theme in tables.codebook.themes]
    indicators = list(tables.indicators)
    practices = list(tables.practices)

    def chosen(count: int, years: YearRange | None = None) -> Selection:
        return Selection(zones=tuple(draw.sample(zones, count)), years=years)

    return {
        "compare, four zones, one theme, all years": lambda: found.compare(draw.choice(themes), chosen(4)),
        "compare, six zones, one theme, all years": lambda: found.compare(draw.choice(themes), chosen(6)),
        "compare, six zones, one theme, one year": lambda: found.compare(
            draw.choice(themes), chosen(6, YearRange(2021, 2021))
        ),
        "compare, six zones, by status": lambda: found.compare(draw.choice(themes), chosen(6), by=By.STATUS),
        "compare, no zone named": lambda: found.compare(draw.choice(themes), Selection()),
        "gaps of one zone, eight peers, all themes": lambda: found.gaps(draw.choice(zones), (), None, None),
        "figures of one indicator, all zones and years": lambda: found.figures(draw.choice(indicators), Selection()),
        "figures of the most frequent indicator": lambda: found.figures(indicators[0], Selection()),
        "matrix of a theme by zone": lambda: found.matrix(Selection(), MatrixRows.ZONE, theme=draw.choice(themes)),
        "matrix of a practice by province": lambda: found.matrix(
            Selection(), MatrixRows.PROVINCE, practice=draw.choice(practices)
        ),
        "list of zones for a theme": lambda: found.zones(Selection(), draw.choice(themes)),
        "one zone by year": lambda: found.zone(draw.choice(zones)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--zones", type=int, default=400)
    parser.add_argument("--questions", type=int, default=200)
    asked = parser.parse_args()
    tables = Tables(load(Path("config.toml")).corpus_folder)
    draw = random.Random(20211128)
    with TemporaryDirectory(prefix="rows-") as folder:
        file = Path(folder) / "catalogue.sqlite"
        start = time.perf_counter()
        with closing(Catalogue.new(file)) as fresh:
            fresh.save_all(reports(asked.passages, asked.zones, tables, draw), rows_of)
            fresh.finish((), datetime(2024, 1, 1, tzinfo=UTC))
        made = time.perf_counter() - start
        with closing(Catalogue.finished(file)) as catalogue:
            themes = [theme.name for theme in tables.codebook.themes]
            found = Comparisons(catalogue.rows, tables.practices, tables.indicators, themes, tables.gazetteer)
            counts = [len(catalogue.rows.measures()), len(catalogue.rows.figures())]
            print(f"{asked.passages} passages, {counts[0]} measures, {counts[1]} figures of an indicator; "
                  f"stored in {made:.0f} s, {file.stat().st_size / 1e6:.0f} MB")  # fmt: skip
            print("| question | median | p95 | processor, median | p95 |\n|---|---|---|---|---|")
            for name, ask in questions(found, asked.zones, tables, draw).items():
                ask()
                taken = [_milliseconds(ask) for _ in range(asked.questions)]
                columns = [sorted(each) for each in zip(*taken, strict=True)]
                told = (f"{statistics.median(one):.1f} | {one[int(len(one) * 0.95)]:.1f}" for one in columns)
                print(f"| {name} | {' | '.join(told)} |")


def _milliseconds(ask: Callable[[], object]) -> tuple[float, float]:
    """Of the clock, of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    ask()
    return (time.perf_counter() - clock) * 1000, (time.process_time() - processor) * 1000


if __name__ == "__main__":
    main()
