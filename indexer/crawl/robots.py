"""robots.txt (RFC 9309), asked before the first request to an origin and again when it is old.

A file with a byte order mark, which Windows editors of county portals write, keeps its first rule. Where none is there
(4xx) everything may be fetched; where nobody can say (5xx, no answer, 429) nothing, unless an older one is known.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from protego import Protego

from indexer.crawl.addresses import normalised
from indexer.crawl.fetcher import Response
from indexer.crawl.guard import Refused, target_of
from indexer.errors import FetchFailed

MAX_BYTES = 512_000  # RFC 9309, 2.5: at least 500 KiB are to be read
_REDIRECTS = 5  # RFC 9309, 2.3.1.2
_KEPT = timedelta(days=30)  # how long an old copy speaks for a server that doesn't answer
_AGAIN = timedelta(minutes=10)  # until a server that didn't answer is asked again
_LONGEST_DELAY = 600.0  # seconds; a Crawl-delay above it is a slip of the pen


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """What an origin answered. ``body``: None where the answer forbids everything for now."""

    fetched_at: datetime
    status: int | None
    body: str | None


class RobotsStore(Protocol):
    def robots(self, origin: str) -> RobotsFile | None: ...

    def keep_robots(self, origin: str, file: RobotsFile) -> None: ...


@dataclass(frozen=True, slots=True)
class Verdict:
    allowed: bool
    delay: float | None  # Crawl-delay or Request-rate, seconds
    unreachable: bool = False  # nobody could say: to be asked again another time


class Robots:
    """The verdicts for one crawl. ``ask``: makes one polite request and records it. Safe from several threads."""

    def __init__(
        self, store: RobotsStore, ask: Callable[[str, int], Response], user_agent: str, max_age: timedelta
    ) -> None:
        self._store = store
        self._ask = ask
        self._agent = user_agent.split("/")[0].split()[0]  # RFC 9309, 2.2.1: the product token
        self._max_age = max_age
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._parsed: dict[str, tuple[RobotsFile, Protego | None]] = {}

    def verdict(self, url: str) -> Verdict:
        """Whether ``url`` (normalised) may be asked for. May make requests first."""
        origin = target_of(url).origin
        with self._lock:
            lock = self._locks.setdefault(origin, threading.Lock())
        with lock:
            file, rules = self._current(origin)
        if file.body is None:
            return Verdict(False, None, unreachable=True)
        if rules is None:
            return Verdict(True, None)
        return Verdict(bool(rules.can_fetch(url, self._agent)), self._delay(rules))

    def sitemaps(self, url: str) -> list[str]:
        """Those that the file of the origin of ``url`` names."""
        _, rules = self._current(target_of(url).origin)
        return list(rules.sitemaps) if rules else []

    def _delay(self, rules: Protego) -> float | None:
        delay = rules.crawl_delay(self._agent)
        rate = rules.request_rate(self._agent)
        per_request = rate.seconds / rate.requests if rate and rate.requests else None
        found = max((float(one) for one in (delay, per_request) if one is not None), default=None)
        return None if found is None else min(found, _LONGEST_DELAY)

    def _current(self, origin: str) -> tuple[RobotsFile, Protego | None]:
        known = self._parsed.get(origin)
        file = known[0] if known else self._store.robots(origin)
        now = datetime.now(UTC)
        if file is None or now - file.fetched_at > (self._max_age if file.body is not None else _AGAIN):
            before = file
            file = self._fetched(origin)
            if file.body is None and before and before.body is not None and now - before.fetched_at < _KEPT:
                file = RobotsFile(now - self._max_age + _AGAIN, before.status, before.body)
            else:
                self._store.keep_robots(origin, file)
        elif known:
            return known
        rules = Protego.parse(file.body) if file.body else None
        self._parsed[origin] = file, rules
        return file, rules

    def _fetched(self, origin: str) -> RobotsFile:
        now = datetime.now(UTC)
        here = f"{origin}/robots.txt"
        for _ in range(_REDIRECTS + 1):
            try:
                response = self._ask(here, MAX_BYTES)
                if response.location is None:
                    return RobotsFile(now, response.status, _rules_of(response))
                here = normalised(response.location, here)
            except Refused:
                return RobotsFile(now, None, "")  # leads nowhere one may go: as good as none
            except FetchFailed as error:
                too_large = getattr(error, "code", "") == "too_large"
                return RobotsFile(now, None, "User-agent: *\nDisallow: /" if too_large else None)
        return RobotsFile(now, None, "")


def _rules_of(response: Response) -> str | None:
    if response.status == 200:
        return response.body.decode("utf-8-sig", "replace")
    if response.status == 429 or response.status >= 500:
        return None
    return ""
