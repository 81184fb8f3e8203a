"""How surely laundering is told: copies of honest reports laundered in several styles, and the honest ones themselves.

The replacements are those observed on pages of mills (../shared/domain/laundering*). A copy is laundered in one
pass, each occurrence with the given probability, so that a partly laundered copy is measured too.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.pipeline.clean.laundering import LaunderingTable

Laundry = Callable[[str, random.Random], str]

# What seed 001 shows: one vocabulary, applied everywhere.
MILL = {
    "发展": "开展", "项目": "工程", "服务": "效劳", "基础": "根底", "部分": "局部", "若干": "假设干", "不足": "缺乏",
    "基本": "根本", "发达": "兴旺", "氛围": "气氛", "计划": "方案", "创建": "创立", "谋划": "筹划", "本土": "外乡",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    style: str
    texts: int
    flagged: int

    @property
    def share(self) -> float:
        return self.flagged / self.texts


def washed(pairs: dict[str, str], probability: float = 1.0) -> Laundry:
    words = re.compile("|".join(sorted(map(re.escape, pairs), key=len, reverse=True)))

    def wash(text: str, chance: random.Random) -> str:
        return words.sub(lambda word: pairs[word[0]] if chance.random() < probability else word[0], text)

    return wash


def cut(length: int, wash: Laundry) -> Laundry:
    return lambda text, chance: wash(text[1000 : 1000 + length], chance)


def styles(domain: Path) -> dict[str, Laundry]:
    """Style → what it does to a text."""
    lines = (domain / "laundering_observed.tsv").read_text("utf-8").splitlines()[1:]
    observed = [line.split("\t") for line in lines if line.strip()]
    one_mill = {original: new for original, new, evidence, *_ in observed if "wnwk" in evidence}
    synonyms = {original: new for original, new, evidence, *_ in observed if "42537" in evidence or original == "基础"}
    return {
        "发展→开展 全套": washed(MILL),
        "全套，每处五成": washed(MILL, 0.5),
        "全套，每处三成": washed(MILL, 0.3),
        "全套，每处一成": washed(MILL, 0.1),
        "只换 发展→开展": washed({"发展": "开展"}),
        "只换 服务→效劳": washed({"服务": "效劳"}),
        "只换 项目→工程": washed({"项目": "工程"}),
        "发展→进展、服务→效劳…": washed(one_mill),
        "发展→进展…，每处三成": washed(one_mill, 0.3),
        "同义词林式": washed(synonyms),
        "同义词林式，每处五成": washed(synonyms, 0.5),
        "同义词林式，每处三成": washed(synonyms, 0.3),
        "全套，只留 3000 字": cut(3000, washed(MILL)),
        "全套，只留 1000 字": cut(1000, washed(MILL)),
        "同义词林式，只留 3000 字": cut(3000, washed(synonyms)),
    }


def rows(table: LaunderingTable, texts: list[str], domain: Path, seed: int = 20260101) -> Iterator[Row]:
    for name, wash in styles(domain).items():
        chance = random.Random(f"{seed} {name}")
        flagged = sum(table.is_laundered(wash(text, chance)) for text in texts)
        yield Row(name, len(texts), flagged)


def honest_row(table: LaunderingTable, texts: list[str]) -> Row:
    return Row("原文（误报）", len(texts), sum(table.is_laundered(text) for text in texts))


def reports(shared: Path) -> list[str]:
    """The texts of the honest government work reports."""
    with gzip.open(shared / "reports" / "government_work_reports.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def main() -> None:
    root = Path(__file__).resolve().parents[2]
    shared = root.parent / "shared"
    with (root / "corpus" / "tables" / "laundering.tsv").open(encoding="utf-8") as lines:
        table = LaunderingTable.parse(lines)
    texts = reports(shared)
    sample = random.Random(1).sample(texts, 200)
    for row in [honest_row(table, texts), *rows(table, sample, shared / "domain")]:
        print(f"{row.style}\t{row.flagged}/{row.texts}\t{row.share:.3f}")


if __name__ == "__main__":
    main()
