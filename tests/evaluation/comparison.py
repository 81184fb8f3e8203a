"""What stands in the cells of a comparison, judged on paragraphs that were labelled by reading (../shared/labels).

    .venv/bin/python -m tests.evaluation.comparison [--learned var/learned] [--sample N]

Each labelled paragraph is read inside its whole work report, with weights that were learned without its region
(``make learn``), by the program's own stages; regions are the columns, every theme is compared. Judged is each quote
that a cell shows, not what finds no room.

``on theme``: the sentence's (or paragraph's) labels hold the theme of the comparison. ``word``: 做了, 计划 or 问题 as
labelled; ``status``: the status itself. ``practice``: of the quotes whose sentence is labelled with a practice of the
codebook, or was judged by reading, those that stand in its row. ``told``: labelled practices of the codebook whose row
shows the region. Beside them a cell filled as at 9efbb0c: passages of the theme, most figures first.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexer.compare.choosing import Entries
from indexer.compare.columns import column_of
from indexer.compare.comparison import compare
from indexer.compare.report_rows import rows_of
from indexer.domain.catalogue import StoredReport
from indexer.domain.comparison import Comparison, Quote
from indexer.domain.report import Genre, Grade, Passage, Quality, Report, Status, Years
from indexer.domain.rows import PassageRow, ReportRows
from indexer.domain.spans import Span
from indexer.domain.zones import ZoneReading, ZoneStatus
from indexer.pipeline.segment import LabelModel, SegmentTables, segment
from indexer.pipeline.segment.figures import FigureReader
from indexer.pipeline.segment.practice_cues import PracticeCues
from indexer.settings import load
from indexer.tables import Tables
from tests.evaluation import practices as judged_practices
from tests.evaluation.labels import LEARNED, SHARED, plain, whole_reports
from tests.learning.material import Labelled, labelled_passages, labelled_sentences
from tests.row_tables import tables_of

_DONE = ("成效", "举措")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A labelled paragraph as it was read. ``starts``: of its labelled sentences, in the report's text."""

    id: str
    labels: Labelled
    names: tuple[str | None, ...]  # free names of practices: one a sentence, or (zone passages) all of them
    starts: tuple[int, ...]
    rows: ReportRows


@dataclass(slots=True)
class Score:
    quotes: int = 0
    on_theme: int = 0
    word: int = 0
    status: int = 0
    practices: int = 0  # quotes whose practice can be judged
    practice: int = 0
    told: int = 0
    shown: int = 0
    seen: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        shares = (
            (self.on_theme, self.quotes),
            (self.word, self.quotes),
            (self.status, self.quotes),
            (self.practice, self.practices),
            (self.shown, self.told),
        )
        cells = [f"{part / whole:.3f}" if whole else "–" for part, whole in shares]
        counted = [self.quotes, *cells[:3], self.practices, cells[3], self.told, cells[4]]
        return f"| {name} | {' | '.join(map(str, counted))} |"


HEAD = (
    "| cells | quotes | on theme | word | status | judged | practice right | told | shown |\n"
    "|---|---|---|---|---|---|---|---|---|"
)


def read(groups: Sequence[tuple[str, Labelled, tuple[str | None, ...]]], learned: Path) -> Iterator[Paragraph]:
    fold_of = json.loads((learned / "regions.json").read_text(encoding="utf-8"))
    tables = Tables(load(Path("config.toml")).corpus_folder)
    cues, figures = PracticeCues(tables.practices), FigureReader(tables.indicators)
    models = {fold: _tables(learned / str(fold), cues, figures) for fold in sorted(set(fold_of.values()))}
    texts = ["".join(labels.sentences) for _, labels, _ in groups]
    reports = whole_reports([labels for _, labels, _ in groups], texts)
    for (id, labels, names), text, report in zip(groups, texts, reports, strict=True):
        if report is not None:
            start = report.index(text)
            years = Years(labels.year - 1, labels.year)  # of a report given in January
            model = models[fold_of[labels.region]]
            passages = segment(plain(report), Genre.OTHER, years, model)[1]
            here = tuple(_inside(passages, Span(start, start + len(text))))
            starts = [start]
            for sentence in labels.sentences[:-1]:
                starts.append(starts[-1] + len(sentence))
            yield Paragraph(id, labels, names, tuple(starts), rows_of(_stored(id, labels, years, here)))


def _tables(folder: Path, cues: PracticeCues, figures: FigureReader) -> SegmentTables:
    words = (folder / "labels.json").read_text(encoding="utf-8")
    return SegmentTables(LabelModel.parse((folder / "labels.npz").read_bytes(), words), cues, figures)


def _inside(passages: Iterable[Passage], span: Span) -> Iterator[Passage]:
    """The passages that lie in the paragraph; of one that reaches beyond it what it tells within."""
    for passage in passages:
        if span.contains(passage.span):
            yield passage
        elif span.overlaps(passage.span):
            kept = tuple(one for one in passage.measures if span.contains(one.span))
            if kept:
                told = tuple(one if one and span.contains(one) else None for one in passage.theme_spans)
                yield replace(passage, measures=kept, theme_spans=told)


def _stored(id: str, labels: Labelled, years: Years, passages: tuple[Passage, ...]) -> StoredReport:
    report = Report(
        title=labels.region,
        published_on=None,
        source=None,
        genre=Genre.OTHER,
        years=years,
        zone=ZoneReading(ZoneStatus.REGION, labels.region, labels.region),
        quality=Quality(Grade.COPY, ()),
        text="",
        sections=(),
        passages=passages,
    )
    return StoredReport(id, None, report, "", witness=id)


# --- judging ---


def judge(paragraphs: Sequence[Paragraph], tables: Tables, per_cell: int) -> dict[str, Score]:
    by_id = {one.id: one for one in paragraphs}
    named, verdicts = judged_practices.names(), judged_practices.verdicts()
    scores: dict[str, Score] = defaultdict(Score)
    for comparison, figures_first in _comparisons(paragraphs, tables, per_cell):
        for row in comparison.rows:
            for cell in row.cells:
                for quote in cell.quotes:
                    rest = "其他举措: sentences" if quote.number is not None else "其他举措: passages"
                    name = "rows of practices" if row.practice else rest
                    _judge(scores[name], quote, comparison.theme, by_id[quote.source.id], named, verdicts)
        for quote in figures_first:
            _judge(scores["as at 9efbb0c"], quote, comparison.theme, by_id[quote.source.id], named, verdicts)
        _count_told(scores["rows of practices"], comparison, paragraphs, named, tables)
    return scores


def _comparisons(
    paragraphs: Sequence[Paragraph], tables: Tables, per_cell: int
) -> Iterator[tuple[Comparison, list[Quote]]]:
    sources = defaultdict(list)
    for one in paragraphs:
        sources[one.rows.source.column].append(one.rows.source)
    columns = [column_of(key, found) for key, found in sources.items()]
    names = {practice.id: practice.name for practice in tables.practices}
    rows, keys = tables_of(one.rows for one in paragraphs), [column.key for column in columns]
    for theme in (one.name for one in tables.codebook.themes):
        passages = [row for one in paragraphs for row in one.rows.passages if theme in row.themes]
        entries = Entries(rows.measures_on(keys, theme), rows.passages_on(keys, theme), names)
        yield compare(theme, columns, entries, rows, per_cell=per_cell), _figures_first(passages)


def _figures_first(passages: Sequence[PassageRow]) -> list[Quote]:
    """Of each column and status the five passages with most figures."""
    groups = defaultdict(list)
    for row in passages:
        groups[row.source.column, row.status].append(row)
    quotes: list[Quote] = []
    for rows in groups.values():
        quotes += [
            Quote(row.source, row.seq, row.span, row.text, row.status, None, row.themes[0], row.year, None)
            for row in sorted(rows, key=lambda row: -len(row.figures))[:5]
        ]
    return quotes


def _judge(
    score: Score,
    quote: Quote,
    theme: str,
    paragraph: Paragraph,
    named: Mapping[str, frozenset[str]],
    verdicts: Mapping[tuple[int, str], bool],
) -> None:
    at = _sentences(paragraph, quote.span)
    themes = frozenset().union(*(paragraph.labels.themes[n] for n in at))
    statuses = [paragraph.labels.statuses[n] for n in at]
    status = "背景" if quote.status is Status.NOTE else quote.status.value
    score.quotes += 1
    score.on_theme += theme in themes
    if theme not in themes:
        score.seen.append(f"OFF {theme} for {sorted(themes)}: {quote.practice} {quote.text[:70]}")
    score.status += status in statuses
    score.word += status in statuses or (status in _DONE and any(one in _DONE for one in statuses))
    if quote.practice is None:
        return
    told = [named[name] for name in (paragraph.names[n] for n in _named(paragraph, at)) if name and name in named]
    labelled = frozenset().union(*told)
    if paragraph.labels.kind == "zone":
        number = int(paragraph.id.split(":")[1])
        if quote.practice in labelled or (number, quote.practice) in verdicts:
            score.practices += 1
            score.practice += quote.practice in labelled or verdicts[number, quote.practice]
    elif labelled:
        score.practices += 1
        score.practice += quote.practice in labelled
        if quote.practice not in labelled:
            score.seen.append(f"{quote.practice} for {sorted(labelled)}: {quote.text[:60]}")


def _sentences(paragraph: Paragraph, span: Span) -> list[int]:
    """Numbers of the labels that a quote stands under."""
    ends = [*paragraph.starts[1:], sys.maxsize]
    return [n for n, (a, b) in enumerate(zip(paragraph.starts, ends, strict=True)) if span.start < b and span.end > a]


def _named(paragraph: Paragraph, at: Sequence[int]) -> Sequence[int]:
    return range(len(paragraph.names)) if paragraph.labels.kind == "zone" else at


def _count_told(
    score: Score,
    comparison: Comparison,
    paragraphs: Sequence[Paragraph],
    named: Mapping[str, frozenset[str]],
    tables: Tables,
) -> None:
    """Labelled practices of the theme, once a region."""
    of_theme = {one.id for one in tables.practices if one.theme == comparison.theme}
    holders = {row.practice: set(row.holders) for row in comparison.rows}
    told = {
        (paragraph.labels.region, named[name])
        for paragraph in paragraphs
        for n, name in enumerate(paragraph.names)
        if name and name in named and named[name] & of_theme and _is_told(paragraph, n)
    }
    score.told += len(told)
    score.shown += sum(any(region in holders.get(one, ()) for one in wanted) for region, wanted in told)


def _is_told(paragraph: Paragraph, n: int) -> bool:
    """A practice of a problem or of background isn't shown by it."""
    status = paragraph.labels.statuses[0 if paragraph.labels.kind == "zone" else n]
    return status not in ("问题", "背景")


def groups(shared: Path) -> dict[str, list[tuple[str, Labelled, tuple[str | None, ...]]]]:
    """By set: (id, labels, free names of practices)."""
    names = [
        tuple(label["practice"] for label in json.loads(line)["labels"])
        for file in sorted((shared / "labels").glob("sentences_*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    sentences = labelled_sentences(shared)
    zone = judged_practices.zone_passages(shared)
    zones = [one for one in labelled_passages(shared) if one.kind == "zone"]
    return {
        "sentences": [
            (f"sentences:{n}", labels, of) for n, (labels, of) in enumerate(zip(sentences, names, strict=True))
        ],
        "zone": [
            (f"zone:{row['id']}", labels, tuple(row["practices"])) for labels, row in zip(zones, zone, strict=True)
        ],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learned", type=Path, default=LEARNED)
    parser.add_argument("--sample", type=int, default=0, help="paragraphs of each set; 0: all")
    parser.add_argument("--wrong", action="store_true", help="show quotes under another practice than labelled")
    asked = parser.parse_args()
    settings = load(Path("config.toml"))
    tables = Tables(settings.corpus_folder)
    for name, every in groups(SHARED).items():
        step = max(len(every) // asked.sample, 1) if asked.sample else 1
        paragraphs = list(read(every[::step], asked.learned))
        print(f"### {name}: {len(paragraphs)} paragraphs\n\n{HEAD}")
        for cells, score in judge(paragraphs, tables, settings.compare.quotes_per_cell).items():
            print(score.line(cells))
            if asked.wrong:
                print("\n".join(score.seen))
        print()


if __name__ == "__main__":
    main()
