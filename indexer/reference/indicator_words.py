"""Words that ask for an indicator: by any name of the codebook, and with what is asked of it.

GDP, 生产总值 and 经济总量 are names of one row (corpus/tables/indicators.tsv); GDP增速 asks for a row and its growth,
上市公司数量 for a row alone: a text says 上市公司达到216家, never 上市公司数量.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from indexer.reference.gazetteer import types_in
from indexer.reference.indicators import NUMBER, Indicators
from indexer.text.fold import fold

SAME_ROW_WEIGHT = 0.6  # names of a row differ in scope now and then: less than the same word, more than a near one
MOST_NAMES = 8
_SHORTEST = 3  # characters; 学位 and 造林 are words of other matters too

# what only asks for the number, and what of it the text says in words
_PLACE_OF = "(?:全[国省市区]|全自治区)?(?:排名?|位列|列|居)?第几[位名]?"
_ONLY_ASKS = "|".join(
    (
        _PLACE_OF,
        "数量|家数|个数|总数|总量|总额|金额|规模",
        "是?多少[家个户亿]?|有?多少[家个户]?|[有达]?几[家个]",
        "预期目标|目标",
    )
)
_SAID = "增速|增长率|增长|增幅|涨幅|同比|占比|排名|位次"
_ASKING = re.compile(f"(?P<base>.{{2,}}?)的?(?:{_ONLY_ASKS}|数)")
_ASKED = re.compile(f"(?P<base>.{{2,}}?)的?(?P<said>{_SAID})(?:{_ONLY_ASKS})?")
_ALONE = re.compile(_ONLY_ASKS)


class IndicatorWords:
    """Safe to use from many threads at once."""

    def __init__(self, indicators: Indicators | Iterable[tuple[str, tuple[str, ...]]] = ()) -> None:
        """``indicators``: the codebook, or pairs of a row's name and all names that are printed for it."""
        if isinstance(indicators, Indicators):
            self._rows = tuple((row.name, (row.name, *row.names)) for row in indicators)
        else:
            self._rows = tuple(indicators)

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        """Folded name → the names of its row, but for those that hold another of them; () for a name of two rows."""
        found: dict[str, tuple[str, ...]] = {}
        row_of: dict[str, int] = {}
        for row, (_, names) in enumerate(self._rows):
            printed = [name for name in names if NUMBER not in name and "（" not in name]
            least = [name for name in printed if not any(other in name and other != name for other in printed)]
            kept = tuple(dict.fromkeys(sorted((one for one in least if len(one) >= _SHORTEST), key=len)))[:MOST_NAMES]
            for name in printed:
                key = fold(name)
                found[key] = () if row_of.setdefault(key, row) != row else kept
        return found

    def of(self, word: str) -> tuple[str, ...]:
        """Other names of the one row that ``word`` is a name of."""
        asked = fold(word).strip()
        types = types_in(asked)  # the rank among 经开区 is none among 高新区
        names = self._names.get(asked, ())
        return tuple(name for name in names if fold(name) != asked and (not types or types_in(name) <= types))

    def knows(self, word: str) -> bool:
        return fold(word).strip() in self._names


def asked_of(word: str) -> Iterator[tuple[str, ...]]:
    """What is asked about, and what of it a text would say (增速), as a word that ends so may be parted: GDP增速,
    上市公司数量, 经济增长目标."""
    for pattern in (_ASKING, _ASKED):
        if match := pattern.fullmatch(word):
            yield tuple(match.groupdict().values())


def only_asks(word: str) -> bool:
    """Whether a word by itself only asks for a number: no text that gives it need say 规模 or 多少."""
    return _ALONE.fullmatch(word) is not None
