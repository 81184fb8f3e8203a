"""The provinces as a grid of tiles, roughly where they lie: no drawn map, no borders."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.domain.matrix import Matrix
from indexer.domain.provinces import PROVINCE_CODES, PROVINCE_GRID
from webapp.urls import Address

COLUMNS = 8
SHADES = 5


@dataclass(frozen=True, slots=True)
class Tile:
    """``shade`` from 0 to 5: how much is told, said in words too. ``code``: for where a name finds no room."""

    name: str
    code: str
    count: int
    shade: int
    href: str


def tiles(found: Matrix, address: Address) -> list[Tile | None]:
    """34 tiles and the gaps between them, row by row."""
    totals = {row.key: row.total for row in found.rows}
    most = max(totals.values(), default=0)
    made: list[Tile | None] = []
    for line in PROVINCE_GRID:
        for name in (line.split(",") + [""] * COLUMNS)[:COLUMNS]:
            count = totals.get(name, 0)
            shade = shade_of(count, most)
            href = str(address.without("rows").replacing("province", name)) if count else ""
            made.append(Tile(name, PROVINCE_CODES[name], count, shade, href) if name else None)
    return made


def shade_of(count: int, most: int) -> int:
    """0 for nothing, 1 to SHADES by its share of ``most``."""
    return min(SHADES, 1 + SHADES * count // (most + 1)) if count else 0
