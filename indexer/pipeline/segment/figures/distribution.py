"""Numbers that are dealt out: 甲、乙分别增长5%和7%, 两项均增长20%, 完成投资80亿元、税收9亿元，分别增长8%、3%."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.pipeline.segment.figures.indicators import Mention
from indexer.pipeline.segment.figures.kinds import COMPARED, DOWN, UP
from indexer.pipeline.segment.figures.quantities import Quantity
from indexer.pipeline.segment.figures.units import family_of
from indexer.reference.indicators import Indicator

Dealt = tuple[Indicator | None, str]  # a row with the words that name it
EACH = re.compile("分别|各自")
ALL = re.compile("均|双双|都(?!市)|皆|全部")
PARTED = re.compile("[、，,]|以及|[和与及]")
# Between the numbers of one list: 增长5%左右、7%以上和10%.
LISTED = re.compile(
    rf"(?:以上|左右|以内)?(?:[、，,和与及]|以及)(?:{COMPARED}(?:{UP}|{DOWN})?(?:了|到|至|为|达到?)?(?:约|近|超过?|不低于|不少于)?)"
)
FOLLOWING = re.compile(rf"(?:以上|左右)?[，,、;；\s]*(?:并且?|且|总量|规模)?{COMPARED}$")


def run_from(text: str, quantities: Sequence[Quantity], first: int, end: int) -> int:
    """How many quantities from ``first`` on make one list; ``end``: of the sentence."""
    count = 1
    while first + count < len(quantities):
        before, here = quantities[first + count - 1], quantities[first + count]
        alike = family_of(here.unit) == family_of(before.unit) and not here.bound
        if here.start >= end or not alike or LISTED.fullmatch(text[before.end : here.start]) is None:
            break
        count += 1
    return count


def named_in(mentions: Sequence[Mention]) -> list[Dealt]:
    """The rows that these phrases name, in their order; None for one that only looks like a name."""
    found: list[Dealt] = []
    for mention in mentions:
        if mention.joint:
            found += [(row, mention.name) for row in mention.joint]
        else:
            found.append((mention.rows[0] if mention.rows else None, mention.name))
    return found


def dealt(text: str, start: int, upto: int, mentions: Sequence[Mention], count: int) -> list[Dealt] | None:
    """For each of ``count`` numbers its row, by the names between ``start`` and the word 分别 at ``upto``.

    None where there are no names at all; rows of None where names and numbers don't agree.
    """
    inside = [one for one in mentions if start <= one.start and one.end <= upto]
    if not inside:
        places = count > 1 and len(_pieces(text, start, upto, ())) >= count and text[start:upto].strip("，,、； ")
        return [(None, "")] * count if places else None  # 交通、水利分别完成投资: of parts
    names = named_in(inside)
    if len(names) == count:
        return names
    comma = max(text.rfind(c, start, upto) for c in "，,")
    names = named_in([one for one in inside if one.start > comma])
    if len(names) == count and comma >= 0:
        return names
    items = items_of(text, start, upto, inside)
    return items[-count:] if len(items) >= count else [(None, "")] * count


def items_of(text: str, start: int, upto: int, mentions: Sequence[Mention]) -> list[Dealt]:
    """The items of a list: a row for each that names one, None for the others."""
    return [row for piece in _pieces(text, start, upto, mentions) for row in _of_piece(piece, mentions)]


def _pieces(text: str, start: int, upto: int, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """The list before 分别 at its marks; a mark within a name parts nothing."""
    pieces: list[tuple[int, int]] = []
    here = start
    for mark in PARTED.finditer(text, start, upto):
        if any(one.start < mark.start() < one.end for one in mentions):
            continue
        pieces.append((here, mark.start()))
        here = mark.end()
    pieces.append((here, upto))
    return [piece for piece in pieces if text[piece[0] : piece[1]].strip()]


def _of_piece(piece: tuple[int, int], mentions: Sequence[Mention]) -> list[Dealt]:
    inside = [one for one in mentions if piece[0] <= one.start and one.end <= piece[1]]
    return named_in(inside) if len(inside) == 1 else [(None, "")]
