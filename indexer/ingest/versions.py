"""What changed from one version of a page to the next, in the text that is read from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from itertools import pairwise

from indexer.domain.catalogue import Version, VersionChange
from indexer.domain.page import RawPage
from indexer.domain.report import Report
from indexer.errors import Skip

_MOST = 6  # versions, the latest; each is read for it
_LONGEST = 5000  # lines of a report; comparing is quadratic in the worst case


def changes(
    versions: Iterable[tuple[Version, RawPage]], read: Callable[[RawPage], Report | Skip]
) -> tuple[VersionChange, ...]:
    """The latest first. Versions whose text is the same (a counter in the page changed) are left out."""
    latest = [(version, read(page)) for version, page in list(versions)[-_MOST:]]
    found = [_change(*older, *newer) for older, newer in pairwise(latest)]
    return tuple(one for one in reversed(found) if one.added or one.removed or one.unreadable)


def _change(older: Version, before: Report | Skip, newer: Version, after: Report | Skip) -> VersionChange:
    if isinstance(after, Skip):
        return VersionChange(older, newer, (), (), after.message)
    old, new = [] if isinstance(before, Skip) else _lines(before), _lines(after)
    removed: list[str] = []
    added: list[str] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            removed += old[old_from:old_to]
            added += new[new_from:new_to]
    return VersionChange(older, newer, tuple(removed), tuple(added))


def _lines(report: Report) -> list[str]:
    return [line for line in (report.title or "", *report.text.split("\n")) if line.strip()][:_LONGEST]
