"""Addresses on their way through a crawl: found, being fetched, fetched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from indexer.stores.warc import Capture


class Priority(IntEnum):
    """What comes first where a budget ends a crawl early: what belongs to a report before the next one, what is new
    before what is known."""

    START = 0
    PART = 1  # attachments and next pages of a report
    REPORT = 2
    LIST = 3
    KNOWN = 5


KINDS = {"start": Priority.START, "sitemap": Priority.START, "part": Priority.PART, "attachment": Priority.PART}
KINDS |= {"report": Priority.REPORT, "list": Priority.LIST}


@dataclass(frozen=True, slots=True)
class Found:
    """A link to go into the frontier. ``hops``: redirects that led to it."""

    id: str
    url: str
    host: str
    kind: str
    depth: int
    hops: int = 0


@dataclass(frozen=True, slots=True)
class Lease:
    """An address being fetched, with what is known of it from the last time."""

    site: str
    id: str
    url: str
    host: str
    kind: str
    depth: int
    hops: int
    attempts: int  # this one counted
    etag: str | None
    last_modified: str | None
    sha256: str | None
    capture: Capture | None
    was_fetched: bool


@dataclass(frozen=True, slots=True)
class Result:
    """How fetching an address ended. ``outcome``: a word of stats; ``reason``: code and sentence where nothing was
    kept. Validators are those to ask with the next time."""

    outcome: str
    reason: str | None = None
    status: int | None = None
    bytes: int = 0
    fetched_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    capture: Capture | None = None
