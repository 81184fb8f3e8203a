"""The codebook of indicators (corpus/tables/indicators.tsv): what a number can be a value of.

150 rows under the themes, with the names that are printed for each, the longer phrases that hold a name and mean
something else, the units it is counted in and the range of values one region can have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from indexer.text.fold import fold

NUMBER = "#"  # where number and counter stand in a name: 签约#项目 is 签约36个项目
COLUMNS = (
    "id",
    "indicator",
    "theme",
    "names",
    "not",
    "units",
    "level_or_growth",
    "typical",
    "cumulative",
    "rank_sense",
    "comparable",
    "reports",
    "facts",
    "precision",
    "note",
)
CONJUNCTION = re.compile("[和与、及]")
RANGE = re.compile(r"(-?[\d.]+)\.\.(-?[\d.]+)(\D*)$")


@dataclass(frozen=True, slots=True)
class TypicalRange:
    """What one region can have, zone to province, since 1988; beyond it a value is flagged, never dropped."""

    low: float
    high: float
    unit: str  # as printed: 亿元, %, 万平方米


@dataclass(frozen=True, slots=True)
class Indicator:
    """``units``: families (money_cny, percent …) or ``count:家/户``; ``cumulative``: year, end, either or total."""

    id: str
    name: str
    theme: str
    names: tuple[str, ...]
    not_phrases: tuple[str, ...]
    units: tuple[str, ...]
    level_or_growth: str
    typical: tuple[TypicalRange, ...]
    cumulative: str
    rank_sense: str
    comparable: str
    note: str


class Indicators:
    """The rows by id, and what each printed phrase stands for."""

    def __init__(self, rows: Iterable[Indicator], joint: Iterable[tuple[str, tuple[str, ...]]] = ()) -> None:
        self._by_id = {row.id: row for row in rows}
        self._joint = tuple(joint)

    @classmethod
    def parse(cls, lines: Iterable[str], joint: Iterable[str] = ()) -> Indicators:
        """``joint``: lines of phrase and ids for names that mean two rows at once (存贷款余额). Raises ValueError."""
        kept = [line for line in lines if line.strip()]
        if not kept or tuple(kept[0].split("\t")) != COLUMNS:
            raise ValueError(f"columns are not {COLUMNS}")
        rows = [_row(line) for line in kept[1:]]
        pairs = [line.split("\t") for line in joint if line.strip() and not line.startswith("#")]
        table = cls(rows, [(phrase, tuple(ids.split())) for phrase, ids in pairs])
        for phrase, ids in table._joint:
            if unknown := [one for one in ids if one not in table._by_id]:
                raise ValueError(f"{phrase}: {unknown}")
        return table

    @classmethod
    def read(cls, folder: Path) -> Indicators:
        """The two tables of ``folder``. Raises OSError, ValueError."""
        texts = [(folder / name).read_text(encoding="utf-8") for name in ("indicators.tsv", "joint_indicators.tsv")]
        return cls.parse(texts[0].splitlines(), texts[1].splitlines())

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, identifier: str | None) -> Indicator | None:
        return self._by_id.get(identifier) if identifier else None

    @cached_property
    def phrases(self) -> dict[str, tuple[Indicator, ...]]:
        """Each phrase with the rows that it names; none for what only looks like a name. Without ``#`` names."""
        rows: dict[str, tuple[Indicator, ...]] = {}
        for row in self:
            for phrase in row.not_phrases:
                rows.setdefault(phrase, ())
        for row in self:
            for name in row.names:
                if NUMBER not in name:
                    rows[name] = (*rows.get(name, ()), row)
        for phrase, _ in self._joint:
            rows[phrase] = ()
        return rows

    @cached_property
    def by_name(self) -> dict[str, Indicator]:
        """By id, Chinese name, and each name that is printed for it alone."""
        printed = {phrase: rows[0] for phrase, rows in self.phrases.items() if len(rows) == 1}
        return printed | {row.name: row for row in self} | {row.id: row for row in self}

    @cached_property
    def folded_names(self) -> dict[str, str]:
        """As people type them, folded → the Chinese name."""
        return {fold(name): row.name for name, row in self.by_name.items()}

    @cached_property
    def joint(self) -> dict[str, tuple[Indicator, ...]]:
        """Phrases that name several rows in their order, of which each takes a number of its own after 分别."""
        named = {phrase: tuple(self._by_id[one] for one in ids) for phrase, ids in self._joint}
        for phrase, rows in self.phrases.items():
            if not rows and phrase not in named and CONJUNCTION.search(phrase):
                parts = [self.phrases.get(part, ()) for part in CONJUNCTION.split(phrase) if part]
                if parts and all(len(part) == 1 for part in parts):
                    named[phrase] = tuple(part[0] for part in parts)
        return named

    @cached_property
    def around(self) -> tuple[tuple[str, str, str, Indicator], ...]:
        """``#`` names as (before, counter, after, row), the longest first; the counter is empty where any will do."""
        found = []
        for row in self:
            for name in row.names:
                before, mark, after = name.partition(NUMBER)
                if mark:
                    counter = after[:1] if after[:1] in ("个", "家") else ""
                    found.append((before, counter, after[len(counter) :], row))
        return tuple(sorted(found, key=lambda one: -len(one[0] + one[2])))


def _row(line: str) -> Indicator:
    cells = line.split("\t")
    if len(cells) != len(COLUMNS):
        raise ValueError(f"{len(cells)} columns in {line[:40]!r}")
    row = dict(zip(COLUMNS, cells, strict=True))
    return Indicator(
        id=row["id"],
        name=row["indicator"],
        theme=row["theme"],
        names=_parts(row["names"]),
        not_phrases=_parts(row["not"]),
        units=_parts(row["units"]),
        level_or_growth=row["level_or_growth"],
        typical=tuple(_range(part) for part in _parts(row["typical"])),
        cumulative=row["cumulative"],
        rank_sense=row["rank_sense"],
        comparable=row["comparable"],
        note=row["note"],
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _range(text: str) -> TypicalRange:
    match = RANGE.match(text)
    if match is None:
        raise ValueError(f"no range: {text!r}")
    return TypicalRange(float(match.group(1)), float(match.group(2)), match.group(3))
