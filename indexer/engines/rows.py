"""What filtering, counting and ordering need of a passage: small enough to hold all of them in memory."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import date

from indexer.domain.query import Basis
from indexer.domain.results import IndexedPassage


@dataclass(frozen=True, slots=True)
class Row:
    """One passage without its text. ``day`` is the ordinal of its date, 0 where unknown; ``length`` in characters."""

    report: str
    seq: int
    zone: str | None
    zone_type: str | None
    province: str | None
    year: int | None
    plan_year: int | None
    day: int
    status: str
    grade: str
    length: int
    themes: tuple[str, ...]

    def year_by(self, basis: Basis) -> int | None:
        if basis is Basis.REPORT:
            return self.year
        if basis is Basis.PLAN:
            return self.plan_year
        return date.fromordinal(self.day).year if self.day else None


def row_of(passage: IndexedPassage) -> Row:
    return Row(
        report=passage.report,
        seq=passage.seq,
        zone=passage.zone_label,
        zone_type=passage.zone_type,
        province=passage.province,
        year=passage.year,
        plan_year=passage.plan_year,
        day=passage.published_on.toordinal() if passage.published_on else 0,
        status=passage.status.value,
        grade=passage.grade.value,
        length=len(passage.text),
        themes=passage.themes,
    )


def row_to_json(row: Row) -> list[object]:
    return list(astuple(row))


def row_from_json(values: list[object]) -> Row:
    """The row that row_to_json made ``values`` of; takes ``values`` apart."""
    themes = values.pop()
    assert isinstance(themes, list)
    return Row(*values, tuple(themes))  # type: ignore[arg-type,call-arg]
