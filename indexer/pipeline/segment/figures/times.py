"""Of a chapter on one year and on several: which of them it named last."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from enum import Enum

TIME = re.compile(
    r"(?P<several>五年|[三四]年来|十[一二三四五]五[”』」]?(?:期间|时期|以来|末)(?!的?(?:第一|最后|开|起|收官))|年均|到(?:19|20)\d\d年)"
    r"|(?<![比较])(?:(?:19|20)\d\d年|[去上今明]年|过去一年|一年来|全年|年内)(?!以来)"
)
# What the first words of a paragraph say of all of it: 过去五年，我们…; ——这五年，是…的五年; 刚刚过去的2015年，全市…
OPENING = re.compile(
    r"[^一-鿿\d]*(?:[一二三四五六七八九十]+是?[、)）.．]?)?(?:各位代表[，,！!：:]|回顾|回首|盘点|总结|同志们[，,！!])*[^一-鿿\d]*"
    r"(?:(?P<several>(?:刚刚|即将)?(?:过去|这|近)的?五年[来间里]?(?=[^一-鿿]|[我是全市省州区])|五年[来间](?=[^一-鿿]|[我全])|(?:十[一二三四五]|[十九八])五[”』」]?(?:时期|期间|以来)(?=[，,])"
    r"|这?是[^，。]{4,60}的五年(?=[。，]))"
    r"|(?P<past>(?:刚刚|即将)?过去的?(?:这?一年|(?:19|20)\d\d年)|一年[来间](?=[^一-鿿]|[我全])|这一年(?=[^一-鿿]|[我全是])|去年(?=[，,是]))"
    r"|(?:19|20)\d\d年(?=[，,是])|今年(?=[，,是]))"
)
LONGEST_OPENING = 90  # characters
HEADING = 60  # characters: a line that names both in so few says of no sentence which is meant


@dataclass(frozen=True, slots=True)
class ChapterTimes:
    """The times that a text names, (place, whether it is of several years) in their order."""

    named: tuple[tuple[int, bool], ...]

    @classmethod
    def of(cls, text: str) -> ChapterTimes:
        found: list[tuple[int, bool]] = []
        here = 0
        for line in text.splitlines(keepends=True):
            times = _times(line, here)
            if len(line) > HEADING or len({several for _, several in times}) < 2:
                found += times
            here += len(line)
        return cls(tuple(found))

    def before(self, at: int, chapter: int) -> bool | None:
        """Whether the last one before ``at`` is of several years; None where its chapter names none before it.
        ``chapter``: where that begins."""
        last = bisect_left(self.named, (at, False)) - 1
        return self.named[last][1] if last >= 0 and self.named[last][0] >= chapter else None


class Opening(Enum):
    """The time on which a paragraph opens."""

    SEVERAL = "several"
    PAST = "past"  # the year that is over
    ONE = "one"  # a year that may be to come


def opening_of(paragraph: str) -> Opening | None:
    found = OPENING.match(paragraph, 0, LONGEST_OPENING)
    if found is None:
        return None
    return Opening.SEVERAL if found.group("several") else Opening.PAST if found.group("past") else Opening.ONE


def opening_at(text: str, at: int, known: Opening | None) -> Opening | None:
    """Of the paragraph around ``at``. ``known``: of that in which ``text`` begins, perhaps amid it."""
    start = text.rfind("\n", 0, at) + 1
    return opening_of(text[start : start + LONGEST_OPENING]) if start else known


def says_several(text: str, known: bool | None) -> bool | None:
    """What ``text`` names last; ``known``: what was named before it."""
    times = _times(text, 0)
    return times[-1][1] if times else known


def _times(text: str, offset: int) -> list[tuple[int, bool]]:
    return [(offset + one.start(), one.group("several") is not None) for one in TIME.finditer(text)]
