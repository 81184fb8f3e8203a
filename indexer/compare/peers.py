"""Zones like another one, with the reasons. The weights are ours, judged by what an office would hold itself against:
docs/comparison.md says how they were chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.domain.columns import Column
from indexer.domain.rows import Source
from indexer.domain.zone_profiles import Peer

WEIGHTS: Mapping[str, float] = {"同类型": 4, "同级别": 2, "同主导产业": 3, "同省": 2, "规模相近": 1}
SIZES = ("gdp", "operating-revenue", "industrial-output")  # by which size is judged, where both zones give one
_TIMES = 2.0  # as large at most
_YEARS_APART = 2
_INDUSTRIES = 4  # leading ones that are looked at
_REGION = "地区"


@dataclass(frozen=True, slots=True)
class ZoneFacts:
    """What a zone is known by. ``sizes``: indicator → (year, amount) of the newest result."""

    column: Column
    industries: tuple[str, ...] = ()
    sizes: Mapping[str, tuple[int, float]] = field(default_factory=dict)

    @property
    def kind(self) -> str | None:
        return self.column.zone_type or (_REGION if any(one.region for one in self.column.sources) else None)


def leading_industries(sources: Iterable[Source]) -> tuple[str, ...]:
    """Named first in most of its reports."""
    points: dict[str, int] = {}
    for source in sources:
        for place, name in enumerate(source.industries):
            points[name] = points.get(name, 0) + max(_INDUSTRIES - place, 1)
    return tuple(sorted(points, key=lambda name: (-points[name], name))[:_INDUSTRIES])


def peers(mine: ZoneFacts, others: Iterable[ZoneFacts], limit: int = 8) -> tuple[Peer, ...]:
    """The likest first; without those of which nothing is alike, or that hide their zone."""
    found = [
        _peer(mine, other)
        for other in others
        if other.column.key != mine.column.key and not other.column.apart and other.column.sources
    ]
    ranked = sorted((one for one in found if one.score > 0), key=lambda one: (-one.score, -len(one.years), one.label))
    return tuple(ranked[:limit])


def _peer(mine: ZoneFacts, other: ZoneFacts) -> Peer:
    a, b = mine.column, other.column
    common = tuple(name for name in mine.industries if name in other.industries)
    parts = {
        "同类型": float(mine.kind is not None and mine.kind == other.kind),
        "同级别": float(a.level is not None and a.level == b.level),
        "同主导产业": len(common) / _smaller(mine.industries, other.industries),
        "同省": float(a.province is not None and a.province == b.province),
        "规模相近": float(_same_size(mine.sizes, other.sizes)),
    }
    score = sum(WEIGHTS[reason] * part for reason, part in parts.items()) / sum(WEIGHTS.values())
    return Peer(
        key=b.key,
        label=b.label,
        zone_type=b.zone_type,
        level=b.level,
        province=b.province,
        score=round(score, 3),
        reasons=tuple(reason for reason, part in parts.items() if part),
        years=tuple(sorted({year for year in b.years if year is not None}, reverse=True)),
        industries=common,
    )


def _smaller(mine: Sequence[str], theirs: Sequence[str]) -> int:
    return max(min(len(mine), len(theirs)), 2)  # one in common of one named is no likeness yet


def _same_size(mine: Mapping[str, tuple[int, float]], theirs: Mapping[str, tuple[int, float]]) -> bool:
    for indicator in SIZES:
        if indicator in mine and indicator in theirs:
            (year, amount), (other_year, other) = mine[indicator], theirs[indicator]
            if abs(year - other_year) <= _YEARS_APART:
                return max(amount, other) <= _TIMES * min(amount, other)
    return False
