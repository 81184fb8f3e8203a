"""Figures of a passage: each printed quantity with the row of the codebook that it is a value of, and what it says.

Sentence by sentence, from left to right: numbers that are dealt out (分别) first, then the name right before or right
behind a number, and what carries on from the number before (310亿元，增长12%). A rate of change right after a value is
written into that value's ``change`` and is a figure of its own too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.domain.report import Figure, FigureKind, Status
from indexer.domain.spans import Span
from indexer.pipeline.segment.figures.context import FigureContext
from indexer.pipeline.segment.figures.distribution import ALL, EACH, FOLLOWING, dealt, named_in, run_from
from indexer.pipeline.segment.figures.folding import Folded, fold
from indexer.pipeline.segment.figures.indicators import Matcher, Mention, Named, named_after, named_before, row_for
from indexer.pipeline.segment.figures.inheriting import SETS_OF_PROJECTS, SIGNED, carried_on
from indexer.pipeline.segment.figures.kinds import Change, change_before, goes_on_adding, kind_of
from indexer.pipeline.segment.figures.periods import Periods, Place, timed
from indexer.pipeline.segment.figures.phrases import phrase_of, share_of
from indexer.pipeline.segment.figures.placing import Placed, with_ranks
from indexer.pipeline.segment.figures.plausible import is_unlikely
from indexer.pipeline.segment.figures.quantities import Quantity, quantities_of
from indexer.pipeline.segment.figures.scopes import hedge_of, role_of, scope_of
from indexer.pipeline.segment.figures.tables import BAR, CellText, Head, head_over, told_cells
from indexer.pipeline.segment.figures.units import RATES, family_of
from indexer.reference.indicators import Indicator, Indicators

SENTENCE = re.compile(r"[。！？；;!?\n]")
THREE = re.compile("(?:三次|三大)?产业(?:增加值)?(?:结构|比例|比重|比|构成)|一二三产")


@dataclass(frozen=True, slots=True)
class Draft:
    """A quantity on its way to a figure. ``left``: the text between the number before it and itself.

    ``blocked``: the words name something that is no row, so nothing carries on from it.
    """

    quantity: Quantity
    sentence: int
    left: str
    row: Indicator | None
    phrase: str | None
    kind: FigureKind
    change: Change | None
    joined: bool  # it carries on from the number before


class FigureReader:
    """Built once for a codebook; holds no state between passages."""

    def __init__(self, indicators: Indicators) -> None:
        self._matcher = Matcher(indicators)
        self._indicators = indicators
        self._services = indicators.get("services-share")

    def figures_of(self, text: str, context: FigureContext = FigureContext()) -> tuple[Figure, ...]:
        """Figures of one passage in their order; spans are offsets into ``text``."""
        if BAR not in text:
            return self._of_text(text, context)
        figures: list[Figure] = []
        context = replace(context, planned=())
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
        mentions = self._matcher.mentions(folded.text)
        drafts = self._drafts(folded.text, quantities, mentions)
        periods = Periods.of(folded.text)
        figures = _figures(folded, drafts, periods, context)
        placed = [
            Placed(figure, draft.quantity.start, draft.quantity.after, draft.row)
            for figure, draft in zip(figures, drafts, strict=True)
        ]
        return with_ranks(folded, placed, mentions, periods, context)

    def _drafts(self, text: str, quantities: Sequence[Quantity], mentions: Sequence[Mention]) -> list[Draft]:
        drafts: list[Draft] = []
        dealt_out: dict[int, tuple[Indicator | None, str]] = {}
        stops = [0, *(stop.end() for stop in SENTENCE.finditer(text)), len(text) + 1]
        for index, quantity in enumerate(quantities):
            at = next_stop(stops, quantity.start)
            sentence, end = stops[at - 1], stops[at]
            before = drafts[-1] if drafts and drafts[-1].sentence == sentence else None
            start = before.quantity.after if before and before.quantity.start != quantity.start else sentence
            if before and before.quantity.start == quantity.start:  # the other end of a range
                drafts.append(replace(before, quantity=quantity))
                continue
            left = text[start : quantity.start]
            change = change_before(left, quantity.unit)
            own = [one for one in _between(mentions, start, quantity.start)]
            if index not in dealt_out:
                here = [one for one in drafts if one.sentence == sentence]
                dealt_out |= _deal(text, quantities, index, start, end, mentions, here)
            if index in dealt_out:
                row, phrase = dealt_out[index]
                if row and not _changes(change, before, quantity):
                    row = row_for((row,), quantity.unit, False)
                change = change or (
                    before.change if before and before.change and left[:1] in "和、与及，,以左" else None
                )
                drafts.append(
                    Draft(
                        quantity,
                        sentence,
                        left,
                        row,
                        phrase or None,
                        kind_of(row, quantity, left, change),
                        change,
                        False,
                    )
                )
                continue
            drafts += self._plain(text, quantity, sentence, left, change, own, before, mentions)
        return drafts

    def _plain(
        self,
        text: str,
        quantity: Quantity,
        sentence: int,
        left: str,
        change: Change | None,
        own: Sequence[Mention],
        before: Draft | None,
        mentions: Sequence[Mention],
    ) -> list[Draft]:
        """The drafts of a quantity that no 分别 deals out: one, or one for each of the names before 均."""
        if own and (together := _all_of(left, own, quantity.start)):
            return [
                Draft(quantity, sentence, left, row_for((row,), quantity.unit, change is not None) if row else None, name,
                      kind_of(row, quantity, left, change), change, False)
                for row, name in together
            ]  # fmt: skip
        if quantity.bound and quantity.bound.endswith("产业"):
            row = (
                self._services
                if quantity.bound == "第三产业" and THREE.search(text, sentence, quantity.start)
                else None
            )
            return [Draft(quantity, sentence, left, row, row.name if row else None, FigureKind.SHARE, None, False)]
        named = self._named(text, quantity, own, mentions, change is not None)
        if named and named.row and named.row.id == "project-total-investment" and before and before.row:
            if before.row.id in SETS_OF_PROJECTS and SIGNED.search(text, sentence, quantity.start):
                named = replace(named, row=self._indicators.get("signed-investment"))
        if named is not None:
            kind = kind_of(named.row, quantity, left, change)
            if (
                kind is FigureKind.LEVEL
                and before
                and before.kind is FigureKind.ADDED
                and goes_on_adding(left, text[quantity.after :], named.row)
            ):
                kind = FigureKind.ADDED
            return [
                Draft(quantity, sentence, left, named.row, named.phrase if named.row else None, kind, change, False)
            ]
        if own and left.strip():
            kind = kind_of(None, quantity, left, change)
            return [Draft(quantity, sentence, left, None, None, kind, change, False)]
        carried = carried_on(left, quantity, change, before.row if before else None, before.kind if before else None,
                             before.quantity if before else None, before.change if before else None,
                             self._indicators, SIGNED.search(text, sentence, quantity.start) is not None)  # fmt: skip
        if carried is not None and before is not None:
            row = carried.row
            change = change or carried.change
            kind = carried.kind or kind_of(row, quantity, left, change)
            return [Draft(quantity, sentence, left, row, before.phrase if row else None, kind, change, True)]
        return [Draft(quantity, sentence, left, None, None, kind_of(None, quantity, left, change), change, False)]

    def _named(
        self, text: str, quantity: Quantity, own: Sequence[Mention], mentions: Sequence[Mention], change: bool
    ) -> Named | None:
        found = [self._matcher.around(text, quantity), named_after(text, mentions, quantity)]
        if own:
            found.append(named_before(text, own[-1], quantity, change))
        known = [one for one in found if one is not None and one.row is not None]
        if known:
            return max(known, key=lambda one: len(one.phrase))
        return next((one for one in found if one is not None), None)


def _moved(figures: Sequence[Figure], offset: int) -> list[Figure]:
    return [replace(one, span=one.span.shifted(offset)) for one in figures] if offset else list(figures)


def _printed(line: str, offset: int, start: int, cell: CellText, figure: Figure) -> int:
    """How many characters of the unit stand behind the digits in the cell itself."""
    at = start - offset + len(cell.number) - (figure.span.start - cell.at)
    return len(figure.unit) if line.startswith(figure.unit, at) else 0


def next_stop(stops: Sequence[int], at: int) -> int:
    return bisect_left(stops, at + 1)


def _between(mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    first = bisect_left(mentions, start, key=lambda one: one.start)
    last = bisect_left(mentions, end, key=lambda one: one.start)
    return [one for one in mentions[first:last] if one.end <= end]


def _changes(change: Change | None, before: Draft | None, quantity: Quantity) -> bool:
    """Whether a number of a list is a change: it says so, or the one before it does."""
    return change is not None or bool(
        before and before.change and family_of(before.quantity.unit) == family_of(quantity.unit)
    )


def _deal(
    text: str,
    quantities: Sequence[Quantity],
    index: int,
    start: int,
    end: int,
    mentions: Sequence[Mention],
    drafts: Sequence[Draft],
) -> dict[int, tuple[Indicator | None, str]]:
    """Rows for a list of numbers that begins at ``index``, by the names before 分别 or the numbers before it."""
    marks = list(EACH.finditer(text, start, quantities[index].start))
    count = run_from(text, quantities, index, end)
    if not marks:
        joint = [one for one in _between(mentions, start, quantities[index].start) if one.joint]
        if (
            count < 2
            or not joint
            or len(joint[-1].joint) != count
            or len(text[joint[-1].end : quantities[index].start]) > 14
        ):
            return {}
        return dict(zip(range(index, index + count), named_in(joint[-1:]), strict=True))
    mark = marks[-1]
    rows = dealt(text, start, mark.start(), mentions, count)
    if rows is None and count > 1 and FOLLOWING.fullmatch(text[start : mark.end()]):
        levels = [(one.row, one.phrase or "") for one in drafts if one.change is None][-count:]
        rows = levels if len(levels) == count else None
    if rows is None or count == 1:
        return {}
    return dict(zip(range(index, index + count), rows, strict=True))


def _all_of(left: str, own: Sequence[Mention], at: int) -> list[tuple[Indicator | None, str]]:
    """The rows that share one number: 甲、乙均增长20%."""
    mark = None
    for match in re.finditer(f"{ALL.pattern}|分别", left[-14:]):
        mark = match
    if mark is None:
        return []
    comma = max(left.rfind(c, 0, max(0, len(left) - 14 + mark.start())) for c in "，,")
    begin = at - len(left) + comma + 1
    rows = named_in([one for one in own if one.start >= begin])
    return rows if len(rows) > 1 and own[-1].end <= at else []


def _figures(folded: Folded, drafts: Sequence[Draft], periods: Periods, context: FigureContext) -> list[Figure]:
    figures: list[Figure] = []
    for number, draft in enumerate(drafts):
        before = figures[-1] if figures and drafts[number - 1].sentence == draft.sentence else None
        figure = _figure(folded, draft, before, periods, context)
        if (
            draft.change
            and draft.joined
            and before
            and None not in (figure.value, before.value)
            and before.change is None
        ):
            if drafts[number - 1].change is None and draft.quantity.unit in RATES:
                figures[-1] = replace(before, change=figure.value)
        figures.append(figure)
    return figures


def _figure(folded: Folded, draft: Draft, before: Figure | None, periods: Periods, context: FigureContext) -> Figure:
    quantity, left, row = draft.quantity, draft.left, draft.row
    span = folded.original(quantity.start, quantity.end)
    status = Status.PLAN if any(one.contains(span) for one in context.planned) else context.status
    role = role_of(status, folded.text[draft.sentence : quantity.start], left, row is not None)
    time = timed(
        periods,
        Place(draft.sentence, quantity.start, quantity.end, left),
        row,
        draft.kind,
        role,
        context,
    )
    value = quantity.value
    if (
        value is not None
        and draft.change
        and draft.change.falls
        and draft.kind in (FigureKind.GROWTH, FigureKind.POINTS)
    ):
        value = -abs(value)
    changes = draft.kind in (FigureKind.GROWTH, FigureKind.POINTS) and quantity.unit in RATES
    figure = Figure(
        indicator=row.id if row else None,
        value=value,
        unit=quantity.unit,
        change=value if changes and draft.change else None,
        rank=None,
        scope=_scope(folded.text, quantity, left),
        period=time.period,
        mask=quantity.mask,
        span=span,
        phrase=draft.phrase or _phrase(folded.text, draft, before),
        kind=draft.kind,
        role=role,
        year=time.year,
        period_kind=time.kind,
        hedge=hedge_of(left, quantity.hedge),
    )
    return replace(figure, unlikely=is_unlikely(row, figure))


def _scope(text: str, quantity: Quantity, left: str) -> str | None:
    words = [scope_of(text, quantity.start, left), quantity.bound]
    return "、".join(word for word in words if word) or None


def _phrase(text: str, draft: Draft, before: Figure | None) -> str | None:
    """The printed name of what no row was found for."""
    left, quantity = draft.left, draft.quantity
    if draft.change is not None:
        own = left[: draft.change.start]
        if before is not None and not re.search(r"[^,，、;；(（\s其中并且也]", own):
            return before.phrase
        return phrase_of(own, "", quantity.unit, before)
    share = share_of(left, before.phrase if before else None) if quantity.unit == "%" else None
    return share or phrase_of(left, text[quantity.end :], quantity.unit, before)
