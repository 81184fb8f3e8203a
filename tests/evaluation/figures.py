"""How well figures are read, on the labelled paragraphs of ../shared/labels and the facts of ../shared/domain.

Run: ``python -m tests.evaluation.figures [--held] [--faults]``. The regions are halved by a hash of their name: the
rules were written looking at one half, the other was only measured (docs/figures.md). Nothing is learned from either.

Every labelled paragraph is read three times: alone with the status that it is labelled with, alone with the status
that the program gives it, and within its report. ``nearest`` beside them is the plain idea: the name of the codebook
nearest to the left of a number within its sentence, a change by 增长 or 下降, all of them results of the year before.

``value``: the number is found (recall), a found number is labelled (precision); ``mapped`` is right where the row is
the labelled one; ``named``: labelled numbers of a row that are mapped to it; kind, role, year and period of those.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from indexer.domain.page import Cleaned
from indexer.domain.report import Figure, FigureKind, Genre, PeriodKind, Status, Years
from indexer.pipeline.segment import SegmentTables, segment
from indexer.pipeline.segment.figures import FigureContext, FigureReader
from indexer.reference.indicators import Indicators
from indexer.tables import Tables

TABLES = Path(__file__).resolve().parents[2] / "corpus" / "tables"
SHARED = Path(__file__).resolve().parents[3] / "shared"
Label = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paragraph with its labelled figures; ``year``: of the report, which reviews the year before."""

    set: str
    region: str
    year: int
    status: Status
    text: str
    figures: tuple[Label, ...]

    @property
    def held(self) -> bool:
        return in_held_half(self.region)


def in_held_half(region: str) -> bool:
    return int(sha256(region.encode()).hexdigest(), 16) % 2 == 1


def passages_of(shared: Path) -> list[Labelled]:
    """Every labelled paragraph, those without figures among them: a number found there is one too many."""
    labels = {(one["set"], one["id"]): one["figures"] for one in _lines(shared / "labels" / "figures.jsonl")}
    return [
        Labelled(
            name,
            one["region"],
            one["year"],
            Status(one["status"]),
            one["text"],
            tuple(labels.get((name, one["id"]), ())),
        )
        for name in ("city", "zone")
        for one in _lines(shared / "labels" / f"{name}_passages.jsonl")
    ]


def _lines(file: Path) -> Iterator[Label]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


# --- readings ---------------------------------------------------------------------------------------------------------

Reading = Callable[[Labelled], Sequence[Figure]]


def alone(reader: FigureReader) -> Reading:
    return lambda one: reader.figures_of(one.text, FigureContext(one.status, one.year - 1, one.year))


def labelled_by_program(tables: SegmentTables) -> Reading:
    def read(one: Labelled) -> list[Figure]:
        _, passages = segment(_plain(one.text), Genre.OTHER, Years(one.year - 1, one.year), tables)
        return [figure for passage in passages for figure in passage.figures]

    return read


def within_its_report(tables: SegmentTables, shared: Path, wanted: Sequence[Labelled]) -> Reading:
    places = {(one.region, one.year) for one in wanted}
    found: dict[tuple[str, int], tuple[str, list[Figure]]] = {}
    with gzip.open(shared / "reports" / "government_work_reports.jsonl.gz", "rt", encoding="utf-8") as lines:
        for report in map(json.loads, lines):
            place = (report["region"], report["year"])
            if place in places and place not in found:
                _, passages = segment(_plain(report["text"]), Genre.OTHER, Years(place[1] - 1, place[1]), tables)
                found[place] = report["text"], [figure for passage in passages for figure in passage.figures]

    def read(one: Labelled) -> list[Figure]:
        text, figures = found.get((one.region, one.year), ("", []))
        start = text.find(one.text[:60])
        end = start + len(one.text)
        return [figure for figure in figures if start <= figure.span.start < end] if start >= 0 else []

    return read


def nearest(indicators: Indicators, reader: FigureReader) -> Reading:
    """The baseline; its numbers are the program's own, without what is made of them."""
    names = re.compile(
        "|".join(sorted((re.escape(n) for n, rows in indicators.phrases.items() if rows), key=len)[::-1])
    )

    def read(one: Labelled) -> list[Figure]:
        figures = []
        for figure in alone(reader)(one):
            start = max(one.text.rfind(mark, 0, figure.span.start) for mark in "。！？；\n") + 1
            left = one.text[start : figure.span.start]
            said = [match.group() for match in names.finditer(left)]
            change = re.search("(增长|下降|上涨|减少)[^，。；]{0,4}$", left) is not None
            kind = FigureKind.GROWTH if change else FigureKind.SHARE if figure.unit == "%" else FigureKind.LEVEL
            row = indicators.phrases[said[-1]][0].id if said else None
            figures.append(replace(figure, indicator=row, kind=kind, year=one.year - 1, period_kind=PeriodKind.YEAR))
        return figures

    return read


def _plain(text: str) -> Cleaned:
    return Cleaned(None, text, (), (), (), (), frozenset())


# --- measures ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Score:
    """Counts; see the module for what they mean."""

    name: str
    counts: Counter[str]

    def share(self, part: str, whole: str) -> float:
        return self.counts[part] / self.counts[whole] if self.counts[whole] else 0.0

    def row(self) -> str:
        shares = (
            self.share("found", "labelled"),
            self.share("found", "read"),
            self.share("right", "mapped"),
            self.share("right_named", "named"),
            *(self.share(field, "right_named") for field in ("kind", "role", "year", "period_kind")),
        )
        return f"| {self.name} | {self.counts['labelled']} | " + " | ".join(f"{one:.3f}" for one in shares) + " |"


HEAD = (
    "| set | figures | value recall | value precision | mapped right | named mapped | kind | role | year | period |\n"
    "|---|---|---|---|---|---|---|---|---|---|"
)


def score(name: str, passages: Sequence[Labelled], read: Reading, faults: bool = False) -> Score:
    counts: Counter[str] = Counter()
    for one in passages:
        figures = list(read(one))
        counts["read"] += len([figure for figure in figures if figure.value is not None])
        for label, figure in paired(one.figures, figures):
            _count(counts, label, figure)
            if faults and figure is not None and label["indicator"] and figure.indicator != label["indicator"]:
                print("  ", label["text"], label["indicator"], figure.indicator, figure.phrase)
    return Score(name, counts)


def paired(labels: Sequence[Label], figures: Sequence[Figure]) -> list[tuple[Label, Figure | None]]:
    """Each label with the first figure of its value that no label before it has; signs are set aside."""
    left = list(figures)
    pairs: list[tuple[Label, Figure | None]] = []
    for label in labels:
        same = [one for one in left if one.value is not None and abs(abs(one.value) - abs(label["value"])) < 1e-3]
        best = next((one for one in same if one.indicator == label["indicator"]), same[0] if same else None)
        if best is not None:
            left.remove(best)
        pairs.append((label, best))
    return pairs


def _count(counts: Counter[str], label: Label, figure: Figure | None) -> None:
    counts["labelled"] += 1
    counts["named"] += label["indicator"] is not None
    if figure is None:
        return
    counts["found"] += 1
    right = figure.indicator is not None and figure.indicator in (label["indicator"], label.get("also"))
    counts["mapped"] += figure.indicator is not None
    counts["right"] += right
    if right and label["indicator"] is not None:
        counts["right_named"] += 1
        counts["kind"] += figure.kind.value == label["kind"]
        counts["role"] += figure.role.value == label["role"]
        counts["year"] += figure.year == label["year"]
        counts["period_kind"] += (figure.period_kind.value if figure.period_kind else None) == label["period_kind"]


def facts_of(shared: Path) -> list[Labelled]:
    """Facts whose figures name their indicator: gists by other hands, which leave kind, year and period unsaid."""
    facts = []
    for one in _lines(shared / "domain" / "facts.jsonl"):
        labels = [dict(figure, text=str(figure["value"])) for figure in one["figures"] if "indicator" in figure]
        labels = [label for label in labels if label["value"] is not None]
        if labels:
            status = Status.PLAN if one["kind"] == "目标" else Status.RESULT
            for label in labels:
                label |= {"kind": None, "year": one["year"], "period_kind": None}
            told_in = one["year"] + (status is Status.RESULT)  # an aim has the year that it is for
            facts.append(Labelled("facts", one["city"] or one["zone"], told_in, status, one["gist"], tuple(labels)))
    return facts


def main(arguments: Sequence[str]) -> None:
    indicators = Indicators.read(TABLES)
    reader = FigureReader(indicators)
    tables = Tables(TABLES).segmenting
    passages, facts = passages_of(SHARED), facts_of(SHARED)
    halves: dict[str, Callable[[bool], bool]] = {"seen": lambda held: not held}
    if "--held" in arguments:
        halves |= {"held": lambda held: held, "all": lambda held: True}
    print(HEAD)
    for half, chosen in halves.items():
        mine = [one for one in passages if chosen(one.held)]
        faults = "--faults" in arguments and half == "seen"
        print(score(f"{half}: alone, labelled status", mine, alone(reader), faults).row())
        for name in ("city", "zone"):
            print(score(f"{half}: {name}", [one for one in mine if one.set == name], alone(reader)).row())
        print(score(f"{half}: alone, own status", mine, labelled_by_program(tables)).row())
        print(score(f"{half}: within its report", mine, within_its_report(tables, SHARED, mine)).row())
        print(score(f"{half}: nearest name", mine, nearest(indicators, reader)).row())
        mine = [one for one in facts if chosen(one.held)]
        print(score(f"{half}: facts", mine, alone(reader)).row())
        print(score(f"{half}: facts, nearest name", mine, nearest(indicators, reader)).row())


if __name__ == "__main__":
    main(sys.argv[1:])
