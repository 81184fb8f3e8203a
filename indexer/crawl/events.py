"""What a crawl tells while it runs: a line of JSON a request in ``crawl.log``, and how far each site is."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

_FILE_BYTES = 10_000_000
_FILES = 5


@dataclass(frozen=True, slots=True)
class SiteProgress:
    """Of a site in the crawl that runs. ``seconds``: since this process began with it."""

    site: str
    fetched: int
    kept: int  # new pages and new versions
    errors: int
    waiting: int
    bytes: int
    seconds: float
    finished: str | None  # the reason, once it is

    @property
    def per_minute(self) -> float:
        return self.fetched / self.seconds * 60 if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """By the rate so far; None where nothing was fetched yet."""
        return self.waiting * self.seconds / self.fetched if self.fetched else None


class EventLog:
    """``crawl.log``, turned over by size. Times are UTC."""

    def __init__(self, file: Path) -> None:
        self._handler = RotatingFileHandler(file, maxBytes=_FILE_BYTES, backupCount=_FILES, encoding="utf-8")
        self._handler.setFormatter(logging.Formatter("%(message)s"))

        # A full disk ends the crawl anyway, with a sentence; the log has nothing to add to it.
        self._handler.handleError = lambda record: None  # type: ignore[method-assign]

    def write(self, event: str, **fields: object) -> None:
        """``fields`` that are None are left out."""
        line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event}
        known = {name: value for name, value in fields.items() if value is not None}
        text = json.dumps(line | known, ensure_ascii=False)
        self._handler.handle(logging.makeLogRecord({"msg": text, "levelno": logging.INFO}))

    def close(self) -> None:
        self._handler.close()
