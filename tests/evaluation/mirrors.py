"""Copies found again: the government work reports, and damaged copies of some of them, among all.

    python -m tests.evaluation.mirrors

Prints recall per kind of damage, every pair of different reports that was joined, and the time it took.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from indexer.domain.catalogue import Cluster, StoredReport
from indexer.domain.report import Genre, Grade, Quality, Report, Years
from indexer.domain.zones import ZoneReading, ZoneStatus
from tests.copies import cluster
from tests.shared import shared_dir

SAMPLED = 200

# The ten words of the one laundered text we know, and what was seen elsewhere (domain/laundering_observed.tsv).
WASHED = dict(
    line.split()
    for line in """
        发展 开展
        项目 工程
        服务 效劳
        基础 根底
        部分 局部
        不足 缺乏
        若干 假设干
        基本 根本
        氛围 气氛
        计划 方案
        情况 状况
        顺利 顺当
        延伸 延长
        建设 建立
        提高 进步
        提升 晋升
        完善 完美
        扩大 扩张
        领域 范畴
        积极 踊跃
        全面 片面
        重要 主要
        资源 资本
        技术 手艺
        管理 办理
        安全 平安
        成本 本钱
        巩固 稳固
        体现 表达
        规范 标准
        充分 充沛
    """.strip().splitlines()
)
Damage = Callable[[str, random.Random], str]


def masked(text: str, dice: random.Random) -> str:
    """Every figure but years, and the place's own name wherever it stands before 市, 省, 州, 区 or 县."""
    text = re.sub(r"\d[\d.]*(?![\d.]*年)", lambda m: re.sub(r"\d", "x", m[0]), text)
    return re.sub(r"[\u4e00-\u9fff]{2}(?=[市省州区县])", "xx", text)


def laundered(text: str, dice: random.Random) -> str:
    return re.sub("|".join(WASHED), lambda m: WASHED[m[0]], text)


def cut(text: str, dice: random.Random) -> str:
    return text[: len(text) * 6 // 10]


def wrapped(text: str, dice: random.Random) -> str:
    """A space after every printed line, and around every number."""
    flat = re.sub(r"\s+", "", text)
    flat = re.sub(r"(?<=\D)(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])", " ", flat)
    lines = []
    while flat:
        width = dice.randint(26, 28)
        lines.append(flat[:width])
        flat = flat[width:]
    return " ".join(lines)


def all_at_once(text: str, dice: random.Random) -> str:
    return wrapped(cut(laundered(masked(text, dice), dice), dice), dice)


KINDS: dict[str, Damage] = {
    "masked": masked,
    "laundered": laundered,
    "cut to 60%": cut,
    "re-wrapped": wrapped,
    "all at once": all_at_once,
}


@dataclass(frozen=True)
class Outcome:
    """``joined``: pairs of different originals in one cluster. ``missed``: per kind, the originals not found again."""

    missed: dict[str, list[str]]
    joined: list[tuple[str, str]]
    seconds: float
    reports: int
    clusters: tuple[Cluster, ...]

    def recall(self, kind: str, of: int) -> float:
        return 1 - len(self.missed[kind]) / of


def stored(id: str, text: str, grade: Grade = Grade.COPY) -> StoredReport:
    report = Report(
        title=None,
        published_on=None,
        source=None,
        genre=Genre.OTHER,
        years=Years(),
        zone=ZoneReading(ZoneStatus.NONE),
        quality=Quality(grade, ()),
        text=text,
        sections=(),
        passages=(),
    )
    return StoredReport(id=id, file=None, report=report, sha256=id)


def work_reports() -> dict[str, str]:
    """``region year number`` → text, of all 1,472."""
    with gzip.open(shared_dir() / "reports" / "government_work_reports.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {f"{row['region']}{row['year']}#{number}": row["text"] for number, row in enumerate(rows)}


def measure(originals: dict[str, str], sampled: Sequence[str], kinds: Iterable[str], seed: int = 4) -> Outcome:
    dice = random.Random(seed)
    kinds = tuple(kinds)
    reports = [stored(id, text) for id, text in originals.items()]
    reports += [stored(f"{id}|{kind}", KINDS[kind](originals[id], dice)) for kind in kinds for id in sampled]
    dice.shuffle(reports)
    started = time.perf_counter()
    clusters = cluster(reports)
    seconds = time.perf_counter() - started
    of = {report: number for number, one in enumerate(clusters) for report in one.reports}
    missed = {kind: [id for id in sampled if of.get(id, -1) != of.get(f"{id}|{kind}", -2)] for kind in kinds}
    joined = []
    for one in clusters:
        different = sorted({report.partition("|")[0] for report in one.reports})
        joined += [(different[0], other) for other in different[1:]]
    return Outcome(missed, joined, seconds, len(reports), clusters)


def main() -> int:
    originals = work_reports()
    sampled = random.Random(200).sample(sorted(originals), SAMPLED)
    plain = measure(originals, [], [])
    print(f"{plain.reports} originals alone: {plain.seconds:.1f} s, joined: {plain.joined or 'none'}")
    for kinds in [*((kind,) for kind in KINDS), tuple(KINDS)]:
        outcome = measure(originals, sampled, kinds)
        recalls = ", ".join(f"{kind} {outcome.recall(kind, SAMPLED):.3f}" for kind in kinds)
        print(
            f"{outcome.reports} reports, {outcome.seconds:.1f} s: recall {recalls}; joined: {outcome.joined or 'none'}"
        )
        for kind, ids in outcome.missed.items():
            if ids:
                print(f"  missed {kind}: {', '.join(ids[:10])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
