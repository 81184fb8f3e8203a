"""What of a build may be offered: its words, zones and titles, and what may not.

Nothing that a mill or a hijacker wrote: a word must stand in reports that nobody tampered with, in two of them unless
it is a word of the field; titles come from whole, honest copies only, and so do names that the tables don't know.
Nothing that finds nothing: all of it stands in the index.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from indexer.domain.report import Grade, Report
from indexer.domain.results import UNNAMED
from indexer.domain.suggestions import Kind, Listed
from indexer.domain.zones import ZoneStatus
from indexer.pipeline.clean import masks
from indexer.pipeline.extract.hijack import is_spam
from indexer.reference.gazetteer import Gazetteer

MOST_TITLES = 20_000
_TITLE = range(4, 61)  # characters
_SPOILT = frozenset({"laundered", "redated", "hijacked"})


def honest(report: Report) -> bool:
    """Whether its words are those of its writer."""
    return report.quality.grade is not Grade.TAMPERED and not _SPOILT.intersection(report.quality.flags)


def presentable(report: Report) -> bool:
    """Whether its title and the names in it can be shown to somebody who hasn't asked for them."""
    return (
        report.quality.grade in (Grade.OFFICIAL, Grade.COPY) and honest(report) and "masked" not in report.quality.flags
    )


def zones(
    counts: Iterable[tuple[str, int]], told: Collection[str], gazetteer: Gazetteer, provinces: Collection[str]
) -> Iterator[Listed]:
    """``counts``: labels of the build with their reports; ``told``: those that a presentable report has."""
    for label, reports in counts:
        zone = gazetteer.resolve(label)
        if zone is not None and zone.short == label:
            for name in dict.fromkeys((label, zone.name, *zone.aliases)):
                yield Listed(label, Kind.ZONE, reports, label, name if name != label else None)
        elif gazetteer.regions.all_named(label) or label in provinces:
            yield Listed(label, Kind.REGION, reports, label)
        elif label.startswith(UNNAMED) or (label in told and not masks.find(label) and not is_spam(label)):
            yield Listed(label, Kind.ZONE, reports, label)


class Titles:
    def __init__(self) -> None:
        self._reports: dict[str, list[str]] = {}

    def add(self, report: Report, number: str) -> None:
        title = " ".join((report.title or "").split())
        if report.zone.status is ZoneStatus.NONE:
            return  # a page of something else, as crawls bring them along
        if presentable(report) and len(title) in _TITLE and not masks.find(title) and not is_spam(title):
            self._reports.setdefault(title, []).append(number)

    def listed(self) -> list[Listed]:
        """The longest last: a short title that fits is nearer to what was typed."""
        titles = sorted(self._reports.items(), key=lambda one: (-len(one[1]), len(one[0]), one[0]))[:MOST_TITLES]
        return [
            Listed(title, Kind.REPORT, len(reports), reports[0] if len(reports) == 1 else None)
            for title, reports in titles
        ]
