"""Copies of one report, found among all of them.

First light: exact copies only, letter for letter once everything but the words is set aside.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from indexer.domain.catalogue import Cluster, StoredReport
from indexer.domain.report import Grade

_TRUST = {Grade.OFFICIAL: 0, Grade.COPY: 1, Grade.MASKED: 2, Grade.TAMPERED: 3}


def cluster(reports: Sequence[StoredReport]) -> tuple[Cluster, ...]:
    """Every group of two or more copies, in the order of its witness. A report without a copy is in none."""
    groups: dict[str, list[StoredReport]] = defaultdict(list)
    for stored in reports:
        words = _words(stored.report.text)
        if words:
            groups[words].append(stored)
    found = [_described(group) for group in groups.values() if len({stored.id for stored in group}) > 1]
    return tuple(sorted(found, key=lambda one: one.witness))


def _words(text: str) -> str:
    """Letters and digits alone: spacing, wraps, width and punctuation differ between copies of one text."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def _described(group: list[StoredReport]) -> Cluster:
    best = sorted(group, key=_worth)
    return Cluster(witness=best[0].id, reports=tuple(dict.fromkeys(stored.id for stored in best)))


def _worth(stored: StoredReport) -> tuple[int, int, int, str]:
    """Official before unmasked before complete; the id settles a tie, so that two builds agree."""
    report = stored.report
    return _TRUST[report.quality.grade], sum(report.quality.masks.values()), -len(report.text), stored.id
