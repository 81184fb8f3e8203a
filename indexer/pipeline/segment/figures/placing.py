"""Ranks among the figures: each is a figure of its own, and is written to the figure that it follows.

GDP增长8%、居全省第2 · 万人发明专利拥有量居全国第4位 · 两项均居全省首位
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.domain.report import Figure, FigureKind
from indexer.pipeline.segment.figures.between import BETWEEN
from indexer.pipeline.segment.figures.context import FigureContext
from indexer.pipeline.segment.figures.folding import Folded
from indexer.pipeline.segment.figures.indicators import Mention
from indexer.pipeline.segment.figures.periods import Periods, Place, timed
from indexer.pipeline.segment.figures.phrases import COUNTERS
from indexer.pipeline.segment.figures.ranks import Rank
from indexer.pipeline.segment.figures.roles import role_of
from indexer.pipeline.segment.wording import any_of
from indexer.reference.indicators import Indicator

FOLLOWING = re.compile(
    r"[,，、;；\s()]*(?:以上|左右|均|都|也|总量|增速|增幅|数量|规模|分别|金额|和|与|其中|实现|净增|综合|首次|继续|稳定|排名|位次|年均|同比|全年|均能|有望|[比较]上年)*"
)
NOUN_BETWEEN = re.compile(r"[^\d，,。；;：:]{1,14}[,，]?")  # 净增12户工业企业，居全市第一
NAMED = re.compile(
    rf"(?:{any_of(BETWEEN)}|[,，、]|连续[\d一二三四五六七八九十两]+个?(?:月|季度|年)|排名|位次|绩效|继续|综合|稳定)*"
)


DEALT, OF_BOTH = re.compile("分别"), re.compile("[和与及]")  # 规模和增速分别居全省第4位、第6位 is of neither alone
JOINED = re.compile("[、和与及，,]")  # 分别居全省第4位和第6位


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure with its place in the folded text and the row that it is a value of."""

    figure: Figure
    start: int
    end: int
    row: Indicator | None


def with_ranks(
    folded: Folded,
    placed: Sequence[Placed],
    ranks: Sequence[Rank],
    mentions: Sequence[Mention],
    periods: Periods,
    context: FigureContext,
) -> tuple[Figure, ...]:
    """The figures and the ranks in their order."""
    found = list(placed)
    pairs = _pairs(folded.text, placed, ranks)
    for rank in ranks:
        if rank.place is not None:
            found = [one for one in found if one.end <= rank.start or one.start >= rank.end or one.figure.unit != "位"]
        index = next((i for i in range(len(found) - 1, -1, -1) if found[i].end <= rank.start), None)
        followed = index is not None and _follows(folded.text, found[index], rank)
        row, phrase = _named(folded.text, mentions, rank, found[index].end if index is not None else 0)
        if rank.start in pairs:
            index, followed = found.index(pairs[rank.start]), True
        if index is not None and followed:
            row, phrase = found[index].row, found[index].figure.phrase
            if found[index].figure.rank is None and found[index].figure.kind is not FigureKind.RANK:
                _write(found, index, rank)
                pairs = {at: found[index] if one.start == found[index].start else one for at, one in pairs.items()}
        if rank.place is not None:
            found.append(_ranked(folded, rank, row, phrase, periods, context))
            found.sort(key=lambda one: one.start)
    return tuple(one.figure for one in found)


def _pairs(text: str, placed: Sequence[Placed], ranks: Sequence[Rank]) -> dict[int, Placed]:
    """城乡收入增长5%和7%，分别居全省第4位和第6位: by the places of the two ranks, the figures that they are of."""
    pairs: dict[int, Placed] = {}
    for rank, other in itertools.pairwise(ranks):
        before = [one for one in placed if one.end <= rank.start][-2:]
        if len(before) < 2 or JOINED.fullmatch(text, rank.end, other.start) is None:
            continue
        between = text[before[1].end : rank.start]
        listed = JOINED.fullmatch(text, before[0].end, before[1].start) is not None
        if listed and DEALT.search(between) and FOLLOWING.fullmatch(between) and not OF_BOTH.search(between):
            pairs |= {rank.start: before[0], other.start: before[1]}
    return pairs


def _ranked(
    folded: Folded, rank: Rank, row: Indicator | None, phrase: str | None, periods: Periods, context: FigureContext
) -> Placed:
    sentence = max(folded.text.rfind(mark, 0, rank.start) for mark in "。！？；\n") + 1
    left = folded.text[sentence : rank.start]
    role = role_of(context.status, left, "", row is not None)
    time = timed(periods, Place(sentence, rank.start, rank.end, ""), row, FigureKind.RANK, role, context)
    figure = Figure(
        indicator=row.id if row else None,
        value=float(rank.place or 0),
        unit="位",
        change=None,
        rank=rank.words,
        scope=None,
        period=time.period,
        mask=None,
        span=folded.original(rank.start, rank.end),
        phrase=phrase or rank.of,
        kind=FigureKind.RANK,
        role=role,
        year=time.year,
        period_kind=time.kind,
        hedge="前" if rank.top else None,
    )
    return Placed(figure, rank.start, rank.end, row)


def _write(found: list[Placed], index: int, rank: Rank) -> None:
    """The rank into the figure that it follows, and into the value that this figure is the growth of."""
    found[index] = replace(found[index], figure=replace(found[index].figure, rank=rank.words))
    rate, value = found[index], found[index - 1] if index else None
    if value is None or rate.figure.change is None or value.figure.change != rate.figure.change:
        return
    if value.end < rate.start < value.end + 12:
        found[index - 1] = replace(value, figure=replace(value.figure, rank=rank.words))


def _follows(text: str, placed: Placed, rank: Rank) -> bool:
    between = text[placed.end : rank.start]
    counted = placed.figure.unit in COUNTERS and NOUN_BETWEEN.fullmatch(between) is not None
    return rank.verb and (counted or FOLLOWING.fullmatch(between) is not None)


def _named(text: str, mentions: Sequence[Mention], rank: Rank, start: int) -> tuple[Indicator | None, str | None]:
    """The name before a rank: 生产总值增速居全省第2."""
    sentence = max(text.rfind(mark, 0, rank.start) for mark in "。！？；\n") + 1
    before = [one for one in mentions if max(sentence, start) <= one.start and one.end <= rank.start]
    if before and "完成率" in text[before[-1].end : rank.start]:
        return None, None
    if before and before[-1].rows and NAMED.fullmatch(text[before[-1].end : rank.start]):
        return before[-1].rows[0], before[-1].name
    return None, None
