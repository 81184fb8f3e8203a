"""How well themes, statuses and figures are found, on the labelled facts of ../shared/domain/facts.jsonl.

Run: ``python -m tests.evaluation.segmenting``. The facts of a zone lie all in one half: ``seen`` is the half the rules
of figures were written on, ``unseen`` the half that was only measured. Themes were learned from both: docs/labels.md
says what they are worth on what was not learned from.

A labelled figure counts as *stated* when its value stands in the gist in digits (some labels hold figures of the source
that the gist leaves out, or writes as 七成). It is found when a figure has its value within 2 % (2742亿元 for 2742.5)
and its unit, scales made equal (3万家 = 30000家). Precision is a lower bound: labels hold at most four figures of a
gist.
"""

from __future__ import annotations

import json
import re
import sys
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.domain.page import Cleaned
from indexer.domain.report import Figure, Genre, Passage, Years
from indexer.pipeline.segment import SegmentTables, segment
from indexer.tables import Tables

KINDS = {"成效": "成效", "举措": "举措", "目标": "计划", "问题": "问题"}
SCALES = {"万亿": 1e12, "亿": 1e8, "万": 1e4, "千": 1e3}


@dataclass(frozen=True, slots=True)
class Row:
    """One half's figures, as shares of one."""

    half: str
    facts: int
    theme: float  # the labelled topic is among the passage's themes
    first_theme: float  # … is the first of them
    themes_per_passage: float
    status: float
    figures_stated: int
    recall: float
    precision: float


def plain(text: str) -> Cleaned:
    return Cleaned(None, text, (), (), (), (), frozenset())


def facts_of(folder: Path) -> list[dict[str, object]]:
    lines = (folder / "domain" / "facts.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def half_of(fact: dict[str, object]) -> str:
    return "seen" if zlib.crc32(str(fact["zone"]).encode()) % 2 == 0 else "unseen"


def evaluate(folder: Path, tables: SegmentTables) -> list[Row]:
    facts = facts_of(folder)
    halves = {half: [f for f in facts if half_of(f) == half] for half in ("seen", "unseen")}
    return [_row(half, chosen, tables) for half, chosen in halves.items()]


def passage_of(gist: str, tables: SegmentTables) -> Passage:
    _, passages = segment(plain(gist), Genre.SUMMARY, Years(), tables)
    return passages[0]


def _row(half: str, facts: Sequence[dict[str, Any]], tables: SegmentTables) -> Row:
    theme = first = many = status = stated = found = printed = right = 0
    for fact in facts:
        gist = str(fact["gist"])
        passage = passage_of(gist, tables)
        theme += fact["topic"] in passage.themes
        first += passage.themes[:1] == (fact["topic"],)
        many += len(passage.themes)
        status += passage.status.value == KINDS[str(fact["kind"])]
        labelled = [figure for figure in fact["figures"] if isinstance(figure["value"], int | float)]
        for label in labelled:
            if is_stated(label["value"], label["unit"], gist):
                stated += 1
                found += any(same(label["value"], label["unit"], figure) for figure in passage.figures)
        printed += len(passage.figures)
        right += sum(any(same(x["value"], x["unit"], figure) for x in labelled) for figure in passage.figures)
    n = len(facts)
    return Row(half, n, theme / n, first / n, many / n, status / n, stated, found / stated, right / printed)


def is_stated(value: float, unit: str, gist: str) -> bool:
    """Whether some number of the gist is the value, itself or times a scale (7400家 printed as 7.4千家)."""
    numbers = [float(n.replace(",", "")) for n in re.findall(r"\d+(?:\.\d+)?", gist)]
    return any(close(n * factor, value) for n in numbers for factor in (1, 1e4, 1e-4, 1e8))


def same(value: float, unit: str, figure: Figure) -> bool:
    if figure.value is None:
        return False
    scale, base = _scaled(unit)
    own_scale, own_base = _scaled(figure.unit)
    if not close(abs(figure.value) * own_scale, abs(value) * scale):
        return False
    alike = {
        "平方米": "㎡",
        "名": "人",
        "户": "家",
        "条": "项",
        "支": "个",
        "件": "个",
        "家": "个",
        "项": "个",
        "人次": "人",
        "批次": "批",
    }
    return base == own_base or _root(base, alike) == _root(own_base, alike)


def _root(base: str, alike: dict[str, str]) -> str:
    while base in alike:
        base = alike[base]
    return base


def _scaled(unit: str) -> tuple[float, str]:
    for scale, factor in SCALES.items():
        if unit.startswith(scale) and len(unit) > len(scale):
            return factor, unit[len(scale) :]
    return 1.0, unit


def close(a: float, b: float) -> bool:
    return abs(a - b) <= 0.02 * abs(b)


def table(rows: Iterable[Row]) -> str:
    lines = [
        "| half | facts | theme | first theme | themes a passage | status | figures stated | recall | precision ≥ |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {r.half} | {r.facts} | {r.theme:.3f} | {r.first_theme:.3f} | {r.themes_per_passage:.2f} | {r.status:.3f} "
        f"| {r.figures_stated} | {r.recall:.3f} | {r.precision:.3f} |"
        for r in rows
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    root = Path(__file__).resolve().parents[2]
    sys.stdout.write(table(evaluate(root.parent / "shared", Tables(root / "corpus" / "tables").segmenting)) + "\n")
