"""Puts the parts together: the one object that the browser, the API and the command line ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.domain.catalogue import Cluster, Comparison, Outcome, Stats, StoredReport
from indexer.domain.query import Query
from indexer.domain.report import Report
from indexer.domain.results import ResultPage
from indexer.domain.zones import Zone
from indexer.errors import Skip


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one input of ``add``."""

    file: str
    url: str | None
    report: str | None
    outcome: Outcome
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What ``read`` made of one file: a report, or the reason why there is none."""

    file: str
    url: str | None
    report: Report | None
    skipped: Skip | None


Progress = Callable[[str, int, int], None]  # (what is done, so many, of so many)


class Library:
    """Duibiao over one data folder."""

    def read(self, inputs: Iterable[str | Path], url: str | None = None) -> Iterator[Reading]: ...
    def add(self, inputs: Sequence[str]) -> Iterator[Added]: ...
    def build(self, progress: Progress | None = None) -> Stats: ...

    def question(self, params: Mapping[str, Sequence[str]]) -> Query:
        """The query that an address or the options of a command ask: names as in design.md section 5 (q, zone, type,
        province, year, basis, theme, status, grade, sort, limit, page). Raises BadQuery with what to do instead."""
        ...

    def search(self, query: Query) -> ResultPage:
        """Raises NoIndex."""
        ...

    def report(self, report: str) -> StoredReport:
        """Raises NotFound, NoIndex."""
        ...

    def raw(self, report: str) -> tuple[bytes, str]:
        """The bytes as they came and the charset they were read in. Raises NotFound."""
        ...

    def compare(self, theme: str, zones: Sequence[str], year: int | None) -> Comparison:
        """``zones``: short names or aliases, or 未具名高新区 for reports that hide theirs. Raises BadQuery, NoIndex."""
        ...

    def clusters(self) -> tuple[Cluster, ...]: ...
    def stats(self) -> Stats: ...

    def themes(self) -> tuple[str, ...]:
        """Names of the codebook, in its order."""
        ...

    def zones(self) -> tuple[tuple[str, Zone | None, int], ...]:
        """(label, gazetteer entry or None for unnamed ones, reports), for every zone of the current build."""
        ...

    def close(self) -> None: ...
