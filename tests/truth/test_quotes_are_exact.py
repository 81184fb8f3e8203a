"""A quoted question finds exactly the passages whose text contains it, with filters and OR, against a plain scan."""

from __future__ import annotations

import gzip
import json
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.domain.query import Filters, Query, YearRange
from indexer.domain.results import IndexedPassage
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.search.question_language import parse
from indexer.text.analyser import Analyser, parse_lexicon
from indexer.text.fold import fold
from tests.shared import IN_CI, shared_dir

PASSAGE = 200  # characters
REPORTS = 200 if IN_CI else 50
PROVINCES = ("湖南", "浙江", "吉林")
LEXICON = Path(__file__).resolve().parents[2] / "corpus" / "tables" / "lexicon.tsv"


@pytest.fixture(scope="module")
def passages() -> list[IndexedPassage]:
    """The seeds, and government work reports with their years, cut at every 200th character."""
    shared = shared_dir()
    texts: list[tuple[str, int | None]] = [
        (path.read_text(encoding="utf-8"), None) for path in sorted((shared / "seeds").glob("*.txt"))
    ]
    with gzip.open(shared / "reports" / "government_work_reports.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in islice(lines, 0, REPORTS * 7, 7):
            report = json.loads(line)
            texts.append((report["text"], int(report["year"])))
    return [
        IndexedPassage(f"t{n}", seq, text[at : at + PASSAGE], year=year, province=PROVINCES[n % len(PROVINCES)])
        for n, (text, year) in enumerate(texts)
        for seq, at in enumerate(range(0, len(text), PASSAGE))
    ]


@pytest.fixture(scope="module")
def engine(passages: list[IndexedPassage], tmp_path_factory: pytest.TempPathFactory) -> WhooshEngine:
    with LEXICON.open(encoding="utf-8") as lines:
        made = WhooshEngine(tmp_path_factory.mktemp("index"), Analyser(parse_lexicon(lines)))
    made.replace_all(passages)
    return made


@pytest.fixture(scope="module")
def folded(passages: list[IndexedPassage]) -> list[str]:
    return [fold(passage.text) for passage in passages]


@settings(max_examples=150 if IN_CI else 50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_quote_is_found_where_a_plain_scan_finds_it(
    engine: WhooshEngine, passages: list[IndexedPassage], folded: list[str], data: st.DataObject
) -> None:
    quotes = [
        quote
        for _ in range(data.draw(st.integers(1, 2)))
        if (quote := _stretch(data.draw(st.sampled_from(passages)).text, data))
    ]
    years = data.draw(st.none() | st.integers(2003, 2023).map(lambda year: YearRange(year, min(year + 3, 2023))))
    province = data.draw(st.none() | st.sampled_from(PROVINCES))
    text = " OR ".join(f'"{quote}"' for quote in quotes)
    node, warnings = parse(text)
    if not quotes:
        assert node is None
        return
    assert warnings == ()
    expected = {
        passage.id
        for passage, letters in zip(passages, folded, strict=True)
        if any(fold(quote) in letters for quote in quotes)
        and (years is None or passage.year in years)
        and province in (None, passage.province)
    }
    filters = Filters.of(years=(years,) if years else (), province=(province,) if province else ())
    page = engine.search(Query(text, node, filters, limit=len(passages)))
    assert {hit.passage.id for hit in page.hits} == expected
    assert page.total == len(page.hits)
    assert sum(count.passages for count in page.facets["province"]) >= page.total


def _stretch(text: str, data: st.DataObject) -> str:
    """Any stretch of a text that can stand between quotation marks."""
    start = data.draw(st.integers(0, max(0, len(text) - 1)))
    piece = text[start : start + data.draw(st.integers(2, 24))]
    letters = fold(piece)
    end = letters.find('"')
    return (piece if end < 0 else piece[:end]).strip()
