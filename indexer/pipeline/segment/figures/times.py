"""Of a chapter on one year and on several: which of them it named last."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

TIME = re.compile(
    r"(?P<several>五年|[三四]年来|十[一二三四五]五[”』」]?(?:期间|时期|以来|末)(?!的?(?:第一|最后|开|起|收官))|年均|到(?:19|20)\d\d年)"
    r"|(?<![比较])(?:(?:19|20)\d\d年|[去上今明]年|过去一年|一年来|全年|年内)(?!以来)"
)
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


def says_several(text: str, known: bool | None) -> bool | None:
    """What ``text`` names last; ``known``: what was named before it."""
    times = _times(text, 0)
    return times[-1][1] if times else known


def _times(text: str, offset: int) -> list[tuple[int, bool]]:
    return [(offset + one.start(), one.group("several") is not None) for one in TIME.finditer(text)]
