"""One writer at a time, between processes. The kernel frees the lock of one that was killed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.errors import Busy


@contextmanager
def held(file: Path, busy: Busy) -> Iterator[None]:
    """Holds the lock ``file`` within the block. Raises ``busy`` at once where somebody else does, OSError where it
    can't be written."""
    lock = FileLock(file, timeout=0, thread_local=False)  # WARC files are opened by one thread and closed by another
    try:
        lock.acquire()
    except Timeout as error:
        raise busy from error
    try:
        yield
    finally:
        lock.release()
