"""Zones, regions, years and flags: how often the reading is right, over the work reports and the seeds.

    python -m tests.evaluation.describing

The 1,472 work reports are read from the text alone, as blocks, without their titles. Prints one row a measure, and
every report that was read otherwise than it is filed.
"""

from __future__ import annotations

import gzip
import json
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.domain.page import Block, BlockKind, Cleaned, Extracted
from indexer.domain.zones import ZoneStatus
from indexer.pipeline.clean import clean
from indexer.pipeline.clean.laundering import LaunderingTable
from indexer.pipeline.describe import Description, describe
from indexer.reference.gazetteer import Gazetteer
from indexer.reference.regions import Regions
from tests.shared import shared_dir

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
# Filed under a place or a year that neither text nor title bears out: 宿州 under 宿迁, 池州 under 沧州, 淮安 under
# 淮南, 邢台's report of 2012 under 2014, 清远's of 2014 under 2015. In the table they count as wrong all the same.
MISFILED = frozenset({("宿迁市", 2015), ("沧州市", 2016), ("淮南市", 2016), ("邢台市", 2014), ("清远市", 2015)})


@dataclass(frozen=True)
class Row:
    """One measure: ``right`` of ``of``, and what is asked."""

    measure: str
    right: int
    of: int
    reach: float | None = None

    @property
    def share(self) -> float:
        return self.right / self.of if self.of else 0.0


@dataclass(frozen=True)
class ReadReport:
    """One work report beside what was read of it; ``ms`` is the time of describing alone."""

    region: str
    year: int
    read: Description
    characters: int
    ms: float

    @property
    def region_right(self) -> bool:
        return self.read.zone.status is ZoneStatus.REGION and self.read.zone.name == self.region

    @property
    def years_right(self) -> bool:
        """Named after the year it plans; it reviews the one before, or the term that ends with it."""
        return self.read.years.plan == self.year and self.read.years.report == self.year - 1

    @property
    def misfiled(self) -> bool:
        return (self.region, self.year) in MISFILED


def gazetteer() -> Gazetteer:
    zones = (CORPUS / "tables" / "zones.tsv").read_text(encoding="utf-8").splitlines()
    regions = (CORPUS / "tables" / "regions.tsv").read_text(encoding="utf-8").splitlines()
    return Gazetteer.parse(zones, Regions.parse(regions))


def laundering() -> LaunderingTable:
    return LaunderingTable.parse((CORPUS / "tables" / "laundering.tsv").read_text(encoding="utf-8").splitlines())


def work_reports(folder: Path) -> list[dict[str, str | int]]:
    with gzip.open(folder / "reports" / "government_work_reports.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_all(reports: Sequence[dict[str, str | int]]) -> Iterator[ReadReport]:
    places, washed = gazetteer(), laundering()
    for report in reports:
        lines = (line.strip() for line in str(report["text"]).split("\n"))
        blocks = tuple(Block(BlockKind.PARAGRAPH, line) for line in lines if line)
        page = Extracted("text", None, None, None, blocks)
        text: Cleaned = clean(page, washed)
        started = time.perf_counter()
        read = describe(page, text, places)
        ms = (time.perf_counter() - started) * 1_000
        yield ReadReport(str(report["region"]), int(report["year"]), read, len(text.text), ms)


def rows(read: Sequence[ReadReport]) -> list[Row]:
    flags = [one.read.quality.flags for one in read]
    return [
        Row("work reports: status region", sum(one.read.zone.status is ZoneStatus.REGION for one in read), len(read)),
        Row("work reports: the right region", sum(one.region_right for one in read), len(read), 0.99),
        Row("work reports: plan year and year under review", sum(one.years_right for one in read), len(read), 0.98),
        Row("work reports: not called re-dated", sum("redated" not in one for one in flags), len(read), 1.0),
        Row("work reports: no year in conflict", sum("year_conflict" not in one for one in flags), len(read)),
    ]


def ms_for_10_000_characters(read: Sequence[ReadReport]) -> float:
    """Median over the reports, scaled to 10,000 characters."""
    return statistics.median(one.ms * 10_000 / one.characters for one in read)


def main() -> int:
    read = list(read_all(work_reports(shared_dir())))
    print("| measure | right | of | share | reach |\n|---|---|---|---|---|")
    for row in rows(read):
        print(f"| {row.measure} | {row.right} | {row.of} | {row.share:.4f} | {row.reach or '–'} |")
    print(f"\ndescribe: {ms_for_10_000_characters(read):.1f} ms for 10,000 characters (median)\n")
    for one in read:
        if not (one.region_right and one.years_right):
            zone, years = one.read.zone, one.read.years
            filed = " (misfiled)" if one.misfiled else ""
            print(
                f"{one.region} {one.year}{filed}: read as {zone.status.value} {zone.name} {years.report}/{years.plan}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
