"""How often a host is asked: so many requests at once, so long between two, longer where it asks for it or fails."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass

LONGEST = 300.0  # seconds that a crawl waits for a host; a timer will come by again
_FIRST_BACK_OFF = 1.0  # seconds, doubled with each failure in a row
GIVEN_UP_AFTER = 6  # failures in a row, after which a host is left alone until the next crawl


@dataclass(slots=True)
class _Host:
    delay: float
    concurrency: int
    next_at: float = 0.0  # time.monotonic() before which nothing is asked
    running: int = 0
    failures: int = 0


class Politeness:
    """Of one crawl. Safe from several threads."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    def know(self, host: str, delay: float, concurrency: int, rest: float = 0.0) -> None:
        """What config.toml says of ``host``; of two sites on one host the stricter holds. ``rest``: seconds for which
        it asked to be left alone."""
        with self._lock:
            known = self._hosts.setdefault(host, _Host(delay, concurrency))
            known.delay = max(known.delay, delay)
            known.concurrency = min(known.concurrency, concurrency)
            if rest > 0:
                known.next_at = max(known.next_at, time.monotonic() + rest)

    def slow_down(self, host: str, delay: float) -> None:
        """The host asks for ``delay`` seconds between requests (robots.txt)."""
        with self._lock:
            known = self._hosts[host]
            if delay > known.delay:
                known.next_at = max(known.next_at, time.monotonic() + delay)
                known.delay = delay

    def wait(self, host: str) -> float | None:
        """Seconds until a request may start; None where the end of another one is to be waited for."""
        with self._lock:
            known = self._hosts[host]
            if known.running >= known.concurrency:
                return None
            return max(0.0, known.next_at - time.monotonic())

    def start(self, host: str) -> bool:
        """Whether a request may start now; it counts as started then."""
        with self._lock:
            known = self._hosts[host]
            now = time.monotonic()
            if known.running >= known.concurrency or known.next_at > now:
                return False
            known.running += 1
            known.next_at = now + known.delay
            return True

    def another(self, host: str) -> None:
        """Waits for the turn of a further request by who has started one (robots.txt, a redirect)."""
        with self._lock:
            known = self._hosts[host]
            now = time.monotonic()
            at = max(now, known.next_at)
            known.next_at = at + known.delay
        time.sleep(max(0.0, at - now))

    def finish(self, host: str) -> None:
        with self._lock:
            self._hosts[host].running -= 1

    def succeeded(self, host: str) -> None:
        with self._lock:
            self._hosts[host].failures = 0

    def failed(self, host: str, retry_after: float | None) -> float:
        """Seconds for which the host is left alone: what it asks for, else doubling, with jitter so that several
        crawlers that were turned away together don't come back together."""
        with self._lock:
            known = self._hosts[host]
            known.failures += 1
            doubled = max(known.delay, _FIRST_BACK_OFF) * 2 ** (known.failures - 1) * random.uniform(0.5, 1.0)
            wait: float = max(min(LONGEST, doubled), retry_after or 0.0)
            known.next_at = max(known.next_at, time.monotonic() + wait)
            return wait

    def is_given_up(self, host: str) -> bool:
        with self._lock:
            known = self._hosts.get(host)
            return known is not None and known.failures >= GIVEN_UP_AFTER
