"""Reports as they are kept: with a name, versions and mirrors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from indexer.domain.report import Report


class Outcome(Enum):
    ADDED = "added"
    UNCHANGED = "unchanged"
    NEW_VERSION = "new_version"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Version:
    sha256: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class VersionChange:
    """What a new version of a page says otherwise: lines that went and lines that came, in their order.
    ``unreadable``: why the newer one holds no report, where it holds none."""

    older: Version
    newer: Version
    removed: tuple[str, ...]
    added: tuple[str, ...]
    unreadable: str | None = None


@dataclass(frozen=True, slots=True)
class PageHistory:
    """``vanished``: why its page is no longer where it was, as the last crawl found. ``changes``: the latest first."""

    vanished: str | None = None
    changes: tuple[VersionChange, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report of the catalogue. ``witness`` is the id of the best copy in its cluster, its own where there is none."""

    id: str
    file: str | None
    report: Report
    sha256: str
    versions: tuple[Version, ...] = ()
    mirrors: tuple[str, ...] = ()
    witness: str = ""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """When a report was first taken in, and when its newest version was."""

    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Latest:
    """A report in the list of those taken in last; either day is None where it isn't known."""

    report: str
    title: str | None
    taken_in: date | None
    published_on: date | None


@dataclass(frozen=True, slots=True)
class DifferingFigure:
    """One place where copies of the same report disagree: what each of them says there."""

    context: str
    values: dict[str, str]  # report id → the figure as printed


@dataclass(frozen=True, slots=True)
class Cluster:
    """Copies of one report. ``witness`` is the best of ``reports``: official before unmasked before complete."""

    witness: str
    reports: tuple[str, ...]
    differing: tuple[DifferingFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class Stats:
    """What lies in the current build."""

    reports: int
    passages: int
    figures: int
    skipped: int
    zones: int
    years: tuple[tuple[int | None, int], ...]
    grades: tuple[tuple[str, int], ...]
    flags: tuple[tuple[str, int], ...]
    built_at: datetime | None
    changed_tables: tuple[str, ...] = ()  # of corpus/, since it was built
