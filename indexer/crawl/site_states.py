"""How the crawls of each site went, for ``stats`` and the operator's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from indexer.crawl.frontier import Frontier


@dataclass(frozen=True, slots=True)
class SiteState:
    """What ``stats`` tells of a site: of its last crawl but where it says so."""

    site: str
    started_at: datetime | None
    finished_at: datetime | None
    reason: str | None
    last_success: datetime | None  # end of the last crawl that reached the site
    outcomes: dict[str, int]
    skipped: dict[str, int]  # by code
    bytes: int
    waiting: int
    known: int


def site_states(frontier: Frontier) -> list[SiteState]:
    """Of every site that was ever crawled."""
    return [_state(frontier, row[0]) for row in frontier.rows("SELECT DISTINCT site FROM run ORDER BY site")]


def _state(frontier: Frontier, site: str) -> SiteState:
    run = frontier.rows(
        "SELECT number, started_at, finished_at, reason FROM run WHERE site = ? ORDER BY number DESC LIMIT 1", site
    )[0]
    success = frontier.rows(
        "SELECT max(finished_at) FROM run WHERE site = ? AND reason NOT IN ('unreachable', 'settings changed')",
        site,
    )[0][0]
    rows = frontier.rows(
        "SELECT outcome, reason, count(*), sum(bytes) FROM address WHERE site=? AND run=? GROUP BY 1, 2",
        site,
        run[0],
    )
    outcomes: dict[str, int] = {}
    skipped: dict[str, int] = {}
    for outcome, reason, count, _ in rows:
        outcomes[outcome] = outcomes.get(outcome, 0) + count
        if reason:
            code = reason.partition(":")[0]
            skipped[code] = skipped.get(code, 0) + count
    return SiteState(
        site,
        _time(run[1]),
        _time(run[2]),
        run[3],
        _time(success),
        outcomes,
        skipped,
        sum(row[3] or 0 for row in rows),
        frontier.waiting(site),
        int(frontier.rows("SELECT count(*) FROM address WHERE site = ?", site)[0][0]),
    )


def _time(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
