"""A crawl: addresses leased from the frontier, asked for politely, kept, and what they lead to put in line."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from indexer.crawl.events import EventLog, SiteProgress
from indexer.crawl.follow import kind_now, seeds
from indexer.crawl.frontier import Frontier
from indexer.crawl.leases import Lease, Result
from indexer.crawl.politeness import LONGEST, Politeness
from indexer.crawl.sites import Site
from indexer.crawl.step import PageStore, Step, Steps
from indexer.errors import DuibiaoError
from indexer.settings import Settings
from indexer.stores.warc import WarcWriter

_TICK = 0.5  # seconds between two looks where nothing happens


@dataclass(slots=True)
class _SiteRun:
    site: Site
    steps: Steps
    hosts: set[str]
    asked: int  # pages of this crawl, those before it was interrupted too
    received: int
    began: float = field(default_factory=time.monotonic)
    fetched: int = 0  # by this process
    kept: int = 0
    errors: int = 0
    running: int = 0
    left_alone: bool = False  # a host that failed, or asked to be left alone
    finished: str | None = None

    def over(self) -> str | None:
        """The budget that is spent, as the reason to end."""
        if self.asked >= self.site.max_pages:
            return "max_pages"
        if self.received >= self.site.max_total_bytes:
            return "max_total_bytes"
        if time.monotonic() - self.began >= self.site.max_seconds:
            return "max_seconds"
        return None


class Crawler:
    """Of some sites into one data folder. ``stop`` may be called from a signal handler."""

    def __init__(
        self,
        settings: Settings,
        frontier: Frontier,
        warc: WarcWriter,
        store: PageStore,
        log: EventLog,
        progress: Callable[[Sequence[SiteProgress]], None] = lambda _: None,
    ) -> None:
        self._settings = settings
        self._frontier = frontier
        self._warc = warc
        self._store = store
        self._log = log
        self._progress = progress
        self._politeness = Politeness()
        self._wake = threading.Event()
        self._stopping = False
        self._running: dict[Future[Step], tuple[_SiteRun, Lease]] = {}
        self._runs: list[_SiteRun] = []

    def stop(self) -> None:
        """What is being fetched is ended in order, the rest stays for the next time."""
        self._stopping = True
        self._wake.set()

    def run(self, sites: Sequence[Site]) -> list[SiteProgress]:
        """Until all of ``sites`` are done, spent, or ``stop``. Raises NoIndex where nothing can be written any more."""
        self._frontier.resume()
        self._runs = [self._begun(site) for site in sites]
        try:
            with ThreadPoolExecutor(self._settings.crawl.connections, "crawl") as pool:
                self._work(pool)
        finally:
            for run in self._runs:
                run.steps.close()
        return [self._progress_of(run) for run in self._runs]

    def _begun(self, site: Site) -> _SiteRun:
        recheck_before = datetime.now(UTC) - timedelta(days=site.recheck_days)
        resumed = self._frontier.begin(
            site.name, patterns_of(site), seeds(site), recheck_before, lambda url, kind: kind_now(site, url, kind)
        )
        asked, received = self._frontier.fetched(site.name) if resumed else (0, 0)
        self._log.write("begin", site=site.name, resumed=resumed, asked=asked)
        steps = Steps(self._settings, site, self._frontier, self._warc, self._store, self._politeness)
        run = _SiteRun(site, steps, set(), asked, received)
        self._know(run, self._frontier.hosts(site.name))
        return run

    def _know(self, run: _SiteRun, hosts: set[str]) -> None:
        for host in hosts - run.hosts:
            run.steps.know(host)
        run.hosts |= hosts

    def _work(self, pool: ThreadPoolExecutor) -> None:
        shown = 0.0
        while True:
            self._wake.clear()
            self._collect()
            wait = None if self._stopping else self._dispatch(pool)
            if time.monotonic() - shown >= 1.0:
                self._progress([self._progress_of(run) for run in self._runs])
                shown = time.monotonic()
            if wait is None and not self._running:
                break
            self._wake.wait(min(wait if wait is not None else _TICK, _TICK))
        self._progress([self._progress_of(run) for run in self._runs])

    def _dispatch(self, pool: ThreadPoolExecutor) -> float | None:
        """Starts what may start. Returns the seconds until more may; None where all sites are finished."""
        waits: list[float] = []
        for run in self._runs:
            if run.finished:
                continue
            if run.over() is None:
                waits += [wait for host in sorted(run.hosts) if (wait := self._start(pool, run, host)) is not None]
            reason = run.over()
            if not run.running and (reason or not run.hosts):
                self._finish(run, reason)
            else:
                waits.append(_TICK)
        return min(waits, default=None)

    def _start(self, pool: ThreadPoolExecutor, run: _SiteRun, host: str) -> float | None:
        """Starts requests to ``host`` as long as it may be asked. Returns the seconds until it may again; None where
        something else is to be waited for."""
        while len(self._running) < self._settings.crawl.connections and run.over() is None:
            wait = self._politeness.wait(host)
            if wait is None:
                return None
            if self._politeness.is_given_up(host) or wait > LONGEST:
                run.hosts.discard(host)
                run.left_alone = True
                return None
            if wait > 0:
                return wait
            lease = self._frontier.lease(run.site.name, host, time.time())
            if lease is None:
                return self._idle(run, host)
            if not self._politeness.start(host):
                self._frontier.give_back(lease)
                return _TICK
            run.asked += 1
            run.running += 1
            future = pool.submit(run.steps.take, lease)
            self._running[future] = run, lease
            future.add_done_callback(lambda _: self._wake.set())
        return None

    def _idle(self, run: _SiteRun, host: str) -> float | None:
        """Nothing of ``host`` may be fetched now: seconds until a retry, or it is done with."""
        at = self._frontier.next_time(run.site.name, host)
        if at is None:
            run.hosts.discard(host)
            return None
        return max(0.01, at - time.time())

    def _collect(self) -> None:
        for future in [future for future in self._running if future.done()]:
            run, lease = self._running.pop(future)
            run.running -= 1
            self._politeness.finish(lease.host)
            error = future.exception()
            if isinstance(error, DuibiaoError) or (error is not None and not isinstance(error, Exception)):
                self._stopping = True  # the disk is full, or gone: nothing would be kept
                raise error
            if error is not None:  # of a library, over one page: the crawl goes on
                result = Result("error", f"internal: {type(error).__name__}: {error}"[:300])
                self._frontier.done(lease, result)
                step = Step(result)
            else:
                step = future.result()
            self._count(run, lease, step)

    def _count(self, run: _SiteRun, lease: Lease, step: Step) -> None:
        result = step.result
        run.fetched += 1
        run.received += result.bytes
        run.kept += result.outcome in ("added", "new_version")
        run.errors += result.outcome in ("error", "retry", "challenge")
        self._know(run, step.hosts | {lease.host})  # its own host too: the page may wait for another try
        self._log.write(
            "fetch",
            site=run.site.name,
            url=lease.url,
            kind=lease.kind,
            outcome=result.outcome,
            status=result.status,
            bytes=result.bytes,
            ms=round(step.seconds * 1000),
            links=step.links,
            attempt=lease.attempts,
            reason=result.reason,
        )

    def _finish(self, run: _SiteRun, spent: str | None) -> None:
        reason = spent or ("unreachable" if run.left_alone else "complete")
        run.finished = reason
        self._frontier.finish(run.site.name, reason)
        self._log.write("end", site=run.site.name, reason=reason, fetched=run.fetched, kept=run.kept, errors=run.errors)

    def _progress_of(self, run: _SiteRun) -> SiteProgress:
        return SiteProgress(
            run.site.name,
            run.fetched,
            run.kept,
            run.errors,
            self._frontier.waiting(run.site.name),
            run.received,
            time.monotonic() - run.began,
            run.finished,
        )


def patterns_of(site: Site) -> str:
    """What decides which links of a page are followed: where it changes, pages that didn't are read again."""
    lists = (site.allow, site.deny, site.reports)
    return repr([[pattern.pattern for pattern in patterns] for patterns in lists] + [list(site.start)])
