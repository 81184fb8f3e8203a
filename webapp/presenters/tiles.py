"""The provinces as a grid of tiles, roughly where they lie: no drawn map, no borders."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.domain.comparison import Matrix
from webapp.urls import Address, link

# row by row from the north, west to east; "" is no province
_GRID = (
    ",,,,,,,黑龙江",
    ",,,,,内蒙古,吉林,",
    "新疆,,,宁夏,山西,北京,辽宁,",
    ",青海,甘肃,陕西,河北,天津,,",
    "西藏,,四川,重庆,河南,山东,,",
    ",,贵州,湖北,安徽,江苏,上海,",
    ",,云南,湖南,江西,浙江,,",
    ",,广西,广东,福建,台湾,,",
    ",,海南,澳门,香港,,,",
)
COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Tile:
    """``shade`` from 0 to 5: how much is told, said in words too."""

    name: str
    count: int
    shade: int
    href: str


def tiles(found: Matrix, address: Address) -> list[Tile | None]:
    """34 tiles and the gaps between them, row by row."""
    totals = {row.key: row.total for row in found.rows}
    most = max(totals.values(), default=0)
    made: list[Tile | None] = []
    for line in _GRID:
        for name in (line.split(",") + [""] * COLUMNS)[:COLUMNS]:
            count = totals.get(name, 0)
            shade = min(5, 1 + 5 * count // (most + 1)) if count else 0
            href = link("/matrix", theme=found.theme, practice=found.practice, indicator=found.indicator, province=name)
            made.append(Tile(name, count, shade, href if count else "") if name else None)
    return made
