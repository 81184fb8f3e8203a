"""The truth of the quote on real texts: every engine finds what a plain scan finds."""

from __future__ import annotations

import gzip
import json
import random
from itertools import islice
from pathlib import Path

import pytest

from indexer.domain.query import Phrase, Query
from indexer.domain.results import IndexedPassage
from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.search.question_language import parse
from indexer.text.analyser import Analyser, parse_lexicon
from indexer.text.fold import fold
from tests.shared import shared_dir

PASSAGE = 200  # characters
LEXICON = Path(__file__).resolve().parents[2] / "corpus" / "tables" / "lexicon.tsv"


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    with LEXICON.open(encoding="utf-8") as lines:
        return Analyser(parse_lexicon(lines))


@pytest.fixture(scope="module")
def passages() -> list[IndexedPassage]:
    """The seeds and the beginnings of 60 government work reports, cut at every 200th character."""
    shared = shared_dir()
    texts = [path.read_text(encoding="utf-8") for path in sorted((shared / "seeds").glob("*.txt"))]
    with gzip.open(shared / "reports" / "government_work_reports.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts += [json.loads(line)["text"][:2000] for line in islice(lines, 0, 600, 10)]
    return [
        IndexedPassage(f"t{number}", seq, text[start : start + PASSAGE])
        for number, text in enumerate(texts)
        for seq, start in enumerate(range(0, len(text), PASSAGE))
    ]


@pytest.fixture(scope="module")
def engines(
    analyser: Analyser, passages: list[IndexedPassage], tmp_path_factory: pytest.TempPathFactory
) -> list[MemoryEngine | WhooshEngine]:
    made: list[MemoryEngine | WhooshEngine] = [
        MemoryEngine(analyser),
        WhooshEngine(tmp_path_factory.mktemp("index"), analyser),
    ]
    for engine in made:
        engine.replace_all(passages)
    return made


@pytest.mark.slow
def test_a_random_stretch_is_found_exactly_where_it_stands(
    engines: list[MemoryEngine | WhooshEngine], passages: list[IndexedPassage]
) -> None:
    dice = random.Random(42)
    for _ in range(200):
        text = dice.choice(passages).text
        start = dice.randrange(len(text))
        piece = text[start : start + dice.choice([1, 2, 2, 3, 4, 6, 9, 14])].strip()
        if not piece:
            continue
        expected = {passage.id for passage in passages if fold(piece) in fold(passage.text)}
        for engine in engines:
            page = engine.search(Query(piece, Phrase(piece), limit=len(passages)))
            assert {hit.passage.id for hit in page.hits} == expected


@pytest.mark.parametrize("word", ["专项债", "招商引资", "营商环境", "项目", "投资", "双创"])
def test_a_word_is_found_wherever_it_stands_and_alone_it_is_marked(
    engines: list[MemoryEngine | WhooshEngine], passages: list[IndexedPassage], word: str
) -> None:
    expected = {passage.id for passage in passages if word in fold(passage.text)}
    assert expected
    for engine in engines:
        page = engine.search(Query(word, parse(word)[0], limit=len(passages)))
        assert {hit.passage.id for hit in page.hits} == expected
        assert {mark.of(hit.snippet) for hit in page.hits for mark in hit.marks} == {word}
