"""Figures of a passage: each printed quantity with the row of the codebook that it is a value of, and what it says.

A rate of change right after a value is written into that value's ``change`` and is a figure of its own too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.domain.report import Doubt, Figure, FigureKind, FigureRole, PeriodKind, Status
from indexer.domain.spans import Span
from indexer.pipeline.segment.figures.context import FigureContext
from indexer.pipeline.segment.figures.distribution import LISTED
from indexer.pipeline.segment.figures.doubts import Reading, doubt_of, is_counted
from indexer.pipeline.segment.figures.drafts import Draft, Drafter
from indexer.pipeline.segment.figures.folding import Folded, fold
from indexer.pipeline.segment.figures.inheriting import SETS_OF_PROJECTS
from indexer.pipeline.segment.figures.parts import is_of_some, sort_of_school, tells_places_by_sort
from indexer.pipeline.segment.figures.periods import (
    OTHER_BASE,
    Periods,
    Place,
    is_base,
    is_of_several,
    shares_a_base,
    timed,
)
from indexer.pipeline.segment.figures.phrases import phrase_of, share_of
from indexer.pipeline.segment.figures.placing import Placed, with_ranks
from indexer.pipeline.segment.figures.plausible import is_unlikely
from indexer.pipeline.segment.figures.quantities import Quantity, quantities_of
from indexer.pipeline.segment.figures.ranks import ranks_of
from indexer.pipeline.segment.figures.roles import Occurrence, in_its_chapter, of_its_year, role_of
from indexer.pipeline.segment.figures.scopes import Areas, hedge_of
from indexer.pipeline.segment.figures.tables import BAR, CellText, Head, head_over, told_cells
from indexer.pipeline.segment.figures.units import RATES
from indexer.reference.indicators import Indicator, Indicators

NOTHING_KNOWN = FigureContext()
# 人均收入低于3000元的家庭: who is meant, no value of what is told.
# 首个生产总值突破1万亿元的城市: when it was passed is not told.
THRESHOLD = re.compile(
    "(?:以上|以下)?的(?:[^，,。；、\\d]{0,6})(?:人口|企业|家庭|群众|农户|职工|城市|省份|地级市|设区市|县)"
)
# Where a policy is explained, it says how many parts it has, not what was done: 《若干意见》，包括用地等12项措施。
PARTS_OF_A_POLICY = re.compile("(?:专项|具体|重点|支持|扶持|优惠|配套|政策)*(?:政策|措施|举措|文件|条款|意见)")
EXPLAINING = (Status.NOTE, Status.BACKGROUND)
PRICES, INDEX = "cpi", (95, 130)  # as the codebook says
SIGNED_INVESTMENT = "signed-investment"
BY_SORT = ("schools-built", "school-places")
AMONG, NEW = "其中", "新增"  # scopes
TABLED = (FigureRole.RESULT, FigureRole.TARGET)
CHANGING = (FigureKind.GROWTH, FigureKind.POINTS)


class FigureReader:
    """Built once for a codebook; holds no state between passages."""

    def __init__(self, indicators: Indicators) -> None:
        self._drafter = Drafter(indicators)

    def figures_of(self, text: str, context: FigureContext = NOTHING_KNOWN) -> tuple[Figure, ...]:
        """Figures of one passage in their order; spans are offsets into ``text``.

        A passage has a few hundred characters: the cost grows with the square of the numbers in one sentence.
        """
        if BAR not in text:
            return self._of_text(text, context)
        figures: list[Figure] = []
        context = replace(context, planned=(), opening=None)
        here = 0
        for line in text.splitlines(keepends=True):
            if BAR in line:
                own = head_over(text, here)
                head = own if own.cells else context.head
                figures += self._of_row(line.rstrip("\n"), here, head, context)
            else:
                figures += _moved(self._of_text(line, context), here)
            here += len(line)
        return tuple(figures)

    def _of_row(self, line: str, offset: int, head: Head, context: FigureContext) -> list[Figure]:
        figures: list[Figure] = []
        for cell in told_cells(line, offset, head):
            if isinstance(cell, tuple):
                figures += _moved(self._of_text(cell[0], context), cell[1])
                continue
            for figure in self._of_text(cell.text, context):
                if figure.span.start in (cell.at, cell.at + 1):  # a sign may stand before the digits
                    start = cell.start + figure.span.start - cell.at
                    length = (
                        len(cell.number) - (figure.span.start - cell.at) + _printed(line, offset, start, cell, figure)
                    )
                    phrase = figure.phrase if figure.indicator else cell.label
                    figures.append(replace(figure, span=Span(start, start + length), phrase=phrase))
        return figures

    def _of_text(self, text: str, context: FigureContext) -> tuple[Figure, ...]:
        folded = fold(text)
        quantities = quantities_of(folded, context.redated)
        if context.status in EXPLAINING:
            quantities = [one for one in quantities if not PARTS_OF_A_POLICY.match(folded.text, one.after)]
        ranks = list(ranks_of(folded.text))
        if not quantities and not ranks:
            return ()
        places = [one.start for one in quantities] + [one.start for one in ranks]
        mentions = self._drafter.mentions(folded.text, sorted(places))
        drafts = self._drafter.drafts(folded.text, quantities, mentions)
        known = Known(text, folded, Periods.of(folded.text), Areas.of(folded.text), context)
        figures = _figures(known, drafts)
        placed = [
            Placed(figure, draft.quantity.start, draft.quantity.after, draft.row)
            for figure, draft in zip(figures, drafts, strict=True)
        ]
        return with_ranks(folded, placed, ranks, mentions, known.periods, context)


def _moved(figures: Sequence[Figure], offset: int) -> list[Figure]:
    return [replace(one, span=one.span.shifted(offset)) for one in figures] if offset else list(figures)


def _printed(line: str, offset: int, start: int, cell: CellText, figure: Figure) -> int:
    """How many characters of the unit stand behind the digits in the cell itself."""
    at = start - offset + len(cell.number) - (figure.span.start - cell.at)
    return len(figure.unit) if line.startswith(figure.unit, at) else 0


@dataclass(frozen=True, slots=True)
class Known:
    """A text with what is read of it before its figures are made."""

    text: str
    folded: Folded
    periods: Periods
    areas: Areas
    context: FigureContext


def _figures(known: Known, drafts: Sequence[Draft]) -> list[Figure]:
    figures: list[Figure] = []
    subject = 0  # the number that the ones behind it carry on from
    for number, draft in enumerate(drafts):
        before = figures[-1] if figures and drafts[number - 1].sentence == draft.sentence else None
        subject = subject if draft.joined else draft.quantity.start
        figure = _figure(known, draft, before, subject)
        rate = draft.change is not None and draft.joined and draft.quantity.unit in RATES
        if rate and before and before.change is None and None not in (figure.value, before.value):
            figures[-1] = replace(before, change=figure.value)
        figures.append(figure)
    return _counted_in_parts(known.folded.text, figures, drafts)


def _counted_in_parts(text: str, figures: Sequence[Figure], drafts: Sequence[Draft]) -> list[Figure]:
    """组建省级平台3家、市级平台9家: what a sentence counts twice by one row is told of parts, or of unlike ones. New
    ones and all of them (新认定高企30家，总数500家) are counted once each."""
    counted = [
        (one.indicator, one.kind, draft.sentence)
        if draft.row and not draft.joined and draft.row.comparable == "region" and is_counted(one) and not one.scope
        else None
        for one, draft in zip(figures, drafts, strict=True)
    ]
    times = Counter(counted)
    return [
        _in_part(text, one, draft)
        if key and one.role in TABLED and (times[key] > 1 or tells_places_by_sort(text, draft))
        else one
        for one, draft, key in zip(figures, drafts, counted, strict=True)
    ]


def _in_part(text: str, figure: Figure, draft: Draft) -> Figure:
    """新建小学9所、幼儿园20所: told by sort of school, each in a line of its own; other rows perhaps of unlike."""
    sort = sort_of_school(text, draft) if figure.indicator in BY_SORT else None
    if sort is None:
        return replace(figure, doubt=Doubt.SOME)
    return replace(figure, scope=sort, doubt=None if figure.doubt is Doubt.SOME else figure.doubt)


def _figure(known: Known, draft: Draft, before: Figure | None, subject: int) -> Figure:
    quantity, left, row, context = draft.quantity, draft.left, draft.row, known.context
    text = known.folded.text
    span = known.folded.original(quantity.start, quantity.end)
    status = Status.PLAN if any(one.contains(span) for one in context.planned) else context.status
    role = role_of(status, text[draft.sentence : quantity.start], left, row is not None)
    role = in_its_chapter(role, Occurrence(text, draft.sentence, quantity.start, quantity.end, status), context)
    if before is not None and before.indicator and before.role is FigureRole.PART and _goes_with(row, left):
        role = FigureRole.PART  # 10个平台完成产值57亿元、投资18亿元; 展会上签约项目12个，总投资90亿元
    if THRESHOLD.match(text, quantity.after):
        role = FigureRole.OTHER
    if role is FigureRole.TARGET and is_base(text[draft.sentence : quantity.start], text, quantity.end):
        role = FigureRole.RESULT  # 城镇化率由48%提高到53%: 48 is what there was
    aimed = role
    if row is not None and row.id in SETS_OF_PROJECTS and is_of_some(text, draft, context):
        role = FigureRole.PART
    place = Place(draft.sentence, quantity.start, quantity.end, left)
    time = timed(known.periods, place, row, draft.kind, aimed, context)
    role = of_its_year(role, time.year, text[draft.sentence : quantity.start], context)
    alike = before is not None and before.kind is draft.kind
    if alike and before is not None and before.period_kind is PeriodKind.AVERAGE and LISTED.fullmatch(left):
        time = replace(time, kind=PeriodKind.AVERAGE)  # 年均分别增长6%和5%
    elif before is not None and before.kind is draft.kind and time.kind is PeriodKind.MULTI and LISTED.fullmatch(left):
        if OTHER_BASE.search(left) is None:  # 比上年增长15%，比2012年增长80%
            time = replace(time, kind=before.period_kind)  # 五年来，两项分别突破50亿元和9亿元
    elif before is not None and before.kind is draft.kind is FigureKind.GROWTH and LISTED.fullmatch(left):
        # 分别比2015年增长40%和52%: both
        both = before.period_kind is PeriodKind.MULTI and time.kind is PeriodKind.YEAR
        time = replace(time, kind=PeriodKind.MULTI if both else time.kind)
    value = _signed(draft)
    if draft.kind is FigureKind.GROWTH and time.kind is PeriodKind.YEAR:
        words = known.periods.before(quantity.start, draft.sentence)[0]
        base = draft.change is not None and shares_a_base(text, quantity.start, quantity.end, context)
        if base or is_of_several(row, value, words, context.headings):
            time = replace(time, kind=PeriodKind.MULTI)
    third = row is not None and quantity.bound == "第三产业"  # of the three shares that one has a row of its own
    among = row is None or row.id in SETS_OF_PROJECTS or (before is not None and before.indicator == row.id)
    area = known.areas.scope_of(subject, draft.sentence, left, among=among)
    if before is not None and row is not None and row.id in SETS_OF_PROJECTS and left.startswith("、"):
        area = area or (before.scope if before.scope == AMONG else None)  # 其中百亿项目开工5个、投产4个
    grown = row is not None and row.cumulative == "either" and draft.kind is FigureKind.GROWTH
    new = grown and time.kind is not PeriodKind.MULTI and _is_of_new(draft, before)
    scope = [area, None if third else quantity.bound, NEW if new else None]
    figure = Figure(
        indicator=row.id if row else None,
        value=value,
        unit=quantity.unit,
        change=value if draft.change and draft.kind in CHANGING and quantity.unit in RATES else None,
        rank=None,
        scope="、".join(word for word in scope if word) or None,
        period=time.period,
        mask=_mask(known, quantity),
        span=span,
        phrase=draft.phrase or _phrase(text, draft, before),
        kind=draft.kind,
        role=role,
        year=time.year,
        period_kind=time.kind,
        hedge=hedge_of(left, quantity.hedge),
        unlikely=is_unlikely(row, value, quantity.unit, draft.kind),
    )
    doubt = doubt_of(Reading(text, draft, row, figure, before, context)) if row is not None else None
    return replace(figure, doubt=doubt) if doubt else figure


def _goes_with(row: Indicator | None, left: str) -> bool:
    """Whether a number is of what the one before it is of."""
    return left.startswith("、") or (row is not None and row.id == SIGNED_INVESTMENT and left[:1] in ("，", ","))


def _is_of_new(draft: Draft, before: Figure | None) -> bool:
    """新增市场主体2万户、增长30%: what grew is what came to them, not all there are."""
    if draft.joined and before is not None:
        return before.kind is FigureKind.ADDED
    if (draft.phrase or "").startswith(("新增", "新登", "新设")):
        return True
    own = draft.left.rfind(draft.phrase) if draft.phrase else -1
    return own >= 0 and re.search("新[增登设][^，,。；]{0,4}$|新登记(?:各类)?$", draft.left[:own]) is not None


def _mask(known: Known, quantity: Quantity) -> str | None:
    """As it is printed: folding took a quote out of 0“X元, which is no number 0X."""
    if quantity.mask is None:
        return None
    return known.folded.original(quantity.start, quantity.start + len(quantity.mask)).of(known.text)


def _signed(draft: Draft) -> float | None:
    """A decline is negative."""
    value = draft.quantity.value
    if value is not None and draft.row is not None and draft.row.id == PRICES and INDEX[0] <= value <= INDEX[1]:
        return round(value - 100, 4)  # 居民消费价格指数102.3%: the year before is 100
    falls = draft.change is not None and draft.change.falls and draft.kind in CHANGING
    return -abs(value) if value is not None and falls else value


def _phrase(text: str, draft: Draft, before: Figure | None) -> str | None:
    """The printed name of what no row was found for."""
    left, quantity = draft.left, draft.quantity
    if draft.change is not None:
        own = left[: draft.change.start]
        if before is not None and not re.search(r"[^,，、;；(（\s其中并且也]", own):
            return before.phrase
        return phrase_of(own, "", quantity.unit, before)
    share = share_of(left, before.phrase if before else None) if quantity.unit == "%" else None
    return share or phrase_of(left, text[quantity.end : quantity.end + 40], quantity.unit, before)
