"""Places and zones in Latin letters: weifang gaoxinqu, Chengdu Hi-tech Zone → 潍坊高新区, 成都高新区.

``corpus/tables/romanised.tsv`` has the cities and provinces in pinyin, as pypinyin reads them (corpus/tables/pinyin.tsv
where it errs), so that serving need not open it. A spelling of several cities (Suzhou: 苏州, 宿州) is that one of which
there are reports; where there are of several, or of none, the first, which is the larger.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from indexer.reference.regions import table_rows

_COLUMNS = ("spelling", "places")
# how kinds of zones are called, the longest first
_KINDS = (
    (
        "高新区",
        r"(?:new )?(?:hi|high)-?\s?tech(?:nology)?(?: industrial)?(?: development)? (?:zone|area|park)|hidz"
        r"|gaoxinqu|gaoxin qu",
    ),
    (
        "经开区",
        r"economic(?: and|-|,| &)? ?technological development (?:zone|area)|etdz|eda|jingkaiqu|jingkai qu|kaifaqu",
    ),
    ("综保区", r"(?:comprehensive|integrated) (?:bonded|free trade) (?:zone|area)|zongbaoqu"),
    ("新区", r"new (?:area|district)|xinqu|xin qu"),
)
_RUN = re.compile(
    r"(?<![A-Za-z])(?P<place>[a-z']+)(?:'s)?(?:[ -]+(?:"
    + "|".join(f"(?P<k{n}>{said})" for n, (_, said) in enumerate(_KINDS))
    + "))?(?![A-Za-z])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Romanised:
    """Safe to use from many threads at once. ``places``: spelling → the short names it may be."""

    places: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def parse(cls, lines: Iterable[str]) -> Romanised:
        """Raises ValueError naming the line that does not fit."""
        return cls({spelling: tuple(places.split("|")) for _, (spelling, places) in table_rows(lines, _COLUMNS)})

    def in_chinese(self, text: str, labels: Collection[str]) -> str:
        """``text`` with the places that it has in Latin letters in Chinese. ``labels``: what there are reports of."""
        return _RUN.sub(lambda match: self._of(match, labels), text) if re.search("[A-Za-z]{2}", text) else text

    def _of(self, match: re.Match[str], labels: Collection[str]) -> str:
        places = self.places.get(match["place"].replace("'", "").lower(), ())
        if not places:
            return match[0]
        kind = next((name for n, (name, _) in enumerate(_KINDS) if match[f"k{n}"]), "")
        known = [place for place in places if f"{place}{kind}" in labels or (not kind and place in labels)]
        return (known[0] if known else places[0]) + kind
