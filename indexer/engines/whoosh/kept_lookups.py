"""What an index found for words asked before: the same few dozen words and their synonyms are in most questions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable

from indexer.engines.evaluation.postings import Occurrences

_MOST_BYTES = 1 << 24  # of all that is kept; each process has its own
_SHARES = 16  # what takes more than one of so many parts of it isn't kept: it would push all others out
_OVERHEAD = 500  # bytes of the arrays themselves


class KeptLookups:
    """Of an index that never changes. What was found first goes first. Safe to ask from many threads at once."""

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most = most_bytes
        self._lock = threading.Lock()
        self._found: dict[Hashable, Occurrences] = {}
        self.bytes = 0

    def get(self, key: Hashable, look_up: Callable[[], Occurrences]) -> Occurrences:
        """What ``look_up`` finds, or found before for ``key``."""
        known = self._found.get(key)
        if known is None:
            known = look_up()
            self._keep(key, known)
        return known

    def _keep(self, key: Hashable, found: Occurrences) -> None:
        size = _size(found)
        if size * _SHARES > self._most:
            return
        with self._lock:
            if key in self._found:
                return
            self._found[key] = found
            self.bytes += size
            while self.bytes > self._most:
                first = next(iter(self._found))
                self.bytes -= _size(self._found.pop(first))


def _size(found: Occurrences) -> int:
    spread = found.spread.nbytes if found.spread is not None else 0
    return found.passages.nbytes + found.counts.nbytes + spread + _OVERHEAD
