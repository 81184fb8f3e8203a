"""The lists of a build are made when everything else of it is there, out of its catalogue."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from indexer.domain.catalogue import StoredReport
from indexer.domain.results import IndexedPassage
from indexer.domain.rows import zone_label
from indexer.reference.gazetteer import Gazetteer
from indexer.reference.pinyin import Readings
from indexer.search.suggest.candidates import Titles, presentable, zones
from indexer.search.suggest.suggestion_index import write_lists
from indexer.search.suggest.words import Words
from indexer.text.analyser import Analyser


def make_lists(
    folder: Path,
    reports: Iterable[tuple[StoredReport, Sequence[IndexedPassage]]],
    passages: int,
    counts: Sequence[tuple[str, int]],
    *,
    analyser: Analyser,
    field_terms: Collection[str],
    gazetteer: Gazetteer,
    provinces: Collection[str],
    readings: Readings,
) -> None:
    """``reports``: those that are indexed, each with its passages; ``passages``: how many about there are in all;
    ``counts``: label of every zone and region with the number of its reports."""
    words, titles = Words(analyser, passages), Titles()
    told: set[str] = set()
    for stored, of_report in reports:
        words.add(stored.report, of_report)
        titles.add(stored.report, stored.id)
        label = zone_label(stored.report.zone)
        if label and presentable(stored.report):
            told.add(label)
    listed = [*words.listed(field_terms), *zones(counts, told, gazetteer, provinces), *titles.listed()]
    write_lists(folder, listed, readings, analyser)
