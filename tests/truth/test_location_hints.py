"""Hints held to the seeds' truth, and the table of catchphrases to the work reports it was counted in."""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict

import ahocorasick
import pytest

from indexer.domain.page import RawPage
from indexer.errors import Skip
from indexer.pipeline.read import Reader
from indexer.reference.regions import Regions
from indexer.reference.slogans import Slogans
from indexer.settings import load
from indexer.tables import Tables, reader_of
from tests.shared import shared_dir, some

_REPORTS, _SHARE = 4, 0.9


@pytest.fixture(scope="module")
def reader() -> Reader:
    return reader_of(load(None))


@pytest.mark.parametrize("seed", ["000", "001", "002", "003"])
def test_every_leak_of_a_seed_is_hinted_at_and_none_is_filled_in(reader: Reader, seed: str) -> None:
    folder = shared_dir() / "seeds"
    file = next(folder.glob(f"{seed}_*.txt"))
    zone = reader.read(RawPage(file.read_bytes(), file.name)).zone
    leaks = _leaks(json.loads((folder / "truth.json").read_text(encoding="utf-8"))[seed])
    assert leaks
    assert [leak for leak in leaks if leak not in zone.hints] == []
    assert (zone.name, zone.province, zone.city) == (None, None, None)


def _leaks(told: object) -> list[str]:
    if isinstance(told, dict):
        return [leak.strip('"') for leak in told.get("leaks", [])] or [x for v in told.values() for x in _leaks(v)]
    return []


def test_every_catchphrase_is_one_provinces_and_as_often_as_the_table_says() -> None:
    tables = Tables(load(None).corpus_folder)
    slogans: Slogans = tables.gazetteer.slogans
    regions: Regions = tables.gazetteer.regions
    phrases = ahocorasick.Automaton()
    for slogan in slogans:
        phrases.add_word(slogan.phrase, slogan.phrase)
    phrases.make_automaton()
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    with gzip.open(shared_dir() / "reports" / "government_work_reports.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            report = json.loads(line)
            province = regions.all_named(report["region"])[0].province
            for phrase in {phrase for _, phrase in phrases.iter(report["text"])}:
                counted[phrase][province] += 1
    wrong = [
        (slogan, counted[slogan.phrase])
        for slogan in slogans
        if not _as_counted(slogan.here, slogan.elsewhere, slogan.province, counted[slogan.phrase])
    ]
    assert wrong == []
    assert len(list(slogans)) > 200


def _as_counted(here: int, elsewhere: int, province: str, counted: Counter[str]) -> bool:
    total = counted.total()
    return (counted[province], total - counted[province]) == (here, elsewhere) and (
        total >= _REPORTS and here / total >= _SHARE
    )


def test_ordinary_pages_get_no_hints(reader: Reader) -> None:
    hinted: dict[str, tuple[str, ...]] = {}
    for file in some(sorted((shared_dir() / "pages" / "real").glob("*.html")), 3):
        try:
            hints = reader.read(RawPage(file.read_bytes(), file.name)).zone.hints
        except Skip:
            continue
        if hints:
            hinted[file.name] = hints
    assert hinted == {}
