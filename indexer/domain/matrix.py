"""Where and when something is told, counted: zones, provinces or types by years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from indexer.domain.report import Grade


class MatrixRows(Enum):
    ZONE = "zone"
    PROVINCE = "province"
    TYPE = "type"


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """``count``: passages, or figures of an indicator; ``done`` of them tell what was done. ``grade``: the best."""

    count: int
    done: int
    reports: int
    grade: Grade


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """``key`` names it in an address; None for what doesn't say (省份不明)."""

    key: str | None
    label: str
    total: int
    cells: Mapping[int | None, MatrixCell]
    zones: int = 1


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows × years; exactly one of ``theme``, ``practice`` and ``indicator`` (ids) is given, ``name`` says it."""

    name: str
    theme: str | None
    practice: str | None
    indicator: str | None
    by: MatrixRows
    years: tuple[int | None, ...]
    rows: tuple[MatrixRow, ...]
