"""Figure cells drawn from real work reports, to be judged one by one (docs/figure_cells.md).

    python -m tests.evaluation.figure_cells --seed 5 --data DIR > cells.tsv

120 reports (or ``--reports``) of ../shared/reports, none of which stands in docs/figure_cells.md (nor in
``--without``), are written as saved pages, added, built, and asked like anything else; of all values that lines of
figure tables show 200 are drawn, each with the same chance. A line of the answer: number, report and place, region and
year of the report, indicator, printed value, year, kind, role, sort of period, scope, then headings above and words
around it, for whoever judges.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.domain.figure_tables import FigureLine
from indexer.domain.report import PeriodKind
from indexer.domain.rows import FigureRow
from indexer.library import Library
from indexer.settings import Settings
from tests.shared import shared_dir

DOCS = Path(__file__).resolve().parents[2] / "docs" / "figure_cells.md"
JUDGED = re.compile(r"^\| \d+ \| (\d+): (?:\d+|–) \|", re.M)
REPORTS, CELLS = 120, 200
BEFORE, AFTER = 160, 70  # characters of the text around a value
Work = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    line: FigureLine
    row: FigureRow


def chosen(reports: Sequence[Work], seed: int, many: int, without: frozenset[int]) -> list[int]:
    """Numbers of reports that were never judged."""
    fresh = [number for number in range(len(reports)) if number not in without]
    return sorted(random.Random(seed).sample(fresh, many))


def written(reports: Sequence[Work], numbers: Sequence[int], folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        one = reports[number]
        title = html.escape(one["title"] or f"{one['region']}政府工作报告（{one['year']}年）")
        lines = "\n".join(f"<p>{html.escape(line)}</p>" for line in one["text"].splitlines() if line.strip())
        head = f'<html><head><meta charset="utf-8"><title>{title}</title></head>'
        page = f"{head}<body><h1>{title}</h1>\n{lines}\n</body></html>"
        (folder / f"{number:04}.html").write_text(page, encoding="utf-8")
    return folder


def shown(library: Library) -> Iterator[Cell]:
    """Every value that stands in a line of a figure table."""
    for indicator, count in library.indicators():
        if count.rows:
            for line in library.figures({"indicator": [indicator.id]}).lines:
                for cell in line.cells.values():
                    for row in (*cell.results, *cell.targets):
                        yield Cell(line, row)


def drawn(library: Library, seed: int) -> list[Cell]:
    every = sorted(shown(library), key=lambda one: (one.row.source.id, one.row.seq, one.row.number))
    print(f"{len(every)} values shown", file=sys.stderr)
    return random.Random(seed).sample(every, CELLS)


def told(library: Library, cell: Cell, reports: Sequence[Work]) -> tuple[str, ...]:
    row, line = cell.row, cell.line
    stored = library.report(row.source.id)
    number = int(Path(stored.file or "").stem)
    text, span = stored.report.text, row.figure.span
    passage = next(one for one in stored.report.passages if one.seq == row.seq)
    above = " > ".join(one.heading for one in stored.report.sections if one.span.contains(passage.span))
    words = text[max(0, span.start - BEFORE) : span.start] + "【" + text[span.start : span.end] + "】"
    words += text[span.end : span.end + AFTER]
    work = reports[number]
    period = {None: "whole", PeriodKind.PART: "part", PeriodKind.MULTI: "multi", PeriodKind.AVERAGE: "average"}
    return (
        f"{number}: {place_of(work['text'], text, span.start)}",
        f"{work['region']} {work['year']}",
        line.indicator,
        text[span.start : span.end]
        + ("" if text[span.start : span.end].endswith(row.figure.unit) else row.figure.unit),
        str(row.year),
        f"{line.kind.value}, {row.figure.role.value}, {period[line.period_kind]}",
        f"{line.period}|{line.scope}",
        above,
        words.replace("\n", "⏎").replace("\t", " "),
    )


def place_of(original: str, text: str, at: int) -> str:
    """Where the value stands in the report as it lies in the file; – where its words were mended."""
    before = min(12, at)
    found = original.find(text[at - before : at + 4])
    return str(found + before) if found >= 0 else "–"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--data", type=Path, required=True, help="a folder for pages and build")
    parser.add_argument("--without", type=Path, help="numbers of further reports that were looked at")
    asked = parser.parse_args()
    with gzip.open(shared_dir() / "reports" / "government_work_reports.jsonl.gz", "rt", encoding="utf-8") as lines:
        reports = [json.loads(line) for line in lines]
    without = {int(number) for number in JUDGED.findall(DOCS.read_text(encoding="utf-8"))}
    if asked.without:
        without |= {int(number) for number in asked.without.read_text(encoding="utf-8").split()}
    library = Library(Settings().with_data_folder(asked.data / "var"))
    try:
        if not (asked.data / "pages").exists():
            folder = written(
                reports, chosen(reports, asked.seed, asked.reports, frozenset(without)), asked.data / "pages"
            )
            for _ in library.add([str(folder)]):
                pass
            library.build()
        for number, cell in enumerate(drawn(library, asked.seed), 1):
            print(number, *told(library, cell, reports), sep="\t")
    finally:
        library.close()


if __name__ == "__main__":
    main()
