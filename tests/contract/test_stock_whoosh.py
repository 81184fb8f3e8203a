"""The same index asked through stock Whoosh: its readers, queries and collector have to find what the engine finds."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from whoosh import query as whoosh_query
from whoosh.filedb.filestore import FileStorage
from whoosh.matching import Matcher
from whoosh.scoring import BaseScorer, WeightingModel
from whoosh.searching import Searcher

from indexer.domain.query import Query
from indexer.domain.results import IndexedPassage
from indexer.engines.evaluation.matching import K1, B
from indexer.engines.evaluation.passage_json import passage_from_json
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.search.question_language import parse
from indexer.text.analyser import Analyser
from indexer.text.fold import fold
from tests.contract.worlds import a_passage

WORDS = ("招商", "引资", "专项债", "园区", "企业", "发展", "开展", "的", "服务", "业务", "5G", "AI", "，", "。", "项目")


class OurScores(WeightingModel):  # type: ignore[misc]  # Whoosh has no types
    """BM25 as matching.py has it, written down once more, one passage at a time."""

    def scorer(self, searcher: Searcher, fieldname: str, text: bytes, qf: int = 1) -> BaseScorer:
        reader, whole = searcher.reader(), searcher.get_parent().reader()  # of a segment, of all
        size, having = whole.doc_count_all(), whole.doc_frequency(fieldname, text)
        average = whole.field_length(fieldname) / size
        rarity = math.log(1 + (size - having + 0.5) / (having + 0.5))

        class Scorer(BaseScorer):  # type: ignore[misc]  # likewise
            def score(self, matcher: Matcher) -> float:
                count = matcher.weight()
                length = reader.doc_field_length(matcher.id(), fieldname)
                return float(rarity * (K1 + 1) * count / (count + K1 * (1 - B + B * length / average)))

        return Scorer()


@pytest.fixture(scope="module")
def passages() -> list[IndexedPassage]:
    choose = random.Random(7)
    made = []
    for number in range(400):
        text = "".join(choose.choices(WORDS, k=choose.randint(3, 60)))
        restored = text.replace("开展", "发展") if number % 5 == 0 else None
        made.append(a_passage(f"r{number:03}", text, restored=restored))
    return made


@pytest.fixture(scope="module", params=["one segment", "three segments"])
def opened(
    request: pytest.FixtureRequest,
    analyser: Analyser,
    passages: list[IndexedPassage],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[WhooshEngine, Searcher]:
    folder = tmp_path_factory.mktemp("stock")
    engine = WhooshEngine(folder, analyser)
    if request.param == "one segment":
        engine.replace_all(passages)
    else:
        for some in (passages[::2], passages[1::4], passages[3::4]):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("indexer.engines.whoosh.commits._MUCH_LARGER", 0)
                engine.change(some)
    index = FileStorage(str(folder)).open_index()
    assert len(index.reader().leaf_readers()) == (1 if request.param == "one segment" else 3)
    return engine, index.searcher(weighting=OurScores())


def in_terms(*words: str) -> list[Any]:
    return [whoosh_query.Term("terms", word) for word in words]


def letters(words: str) -> Any:
    return whoosh_query.Phrase("letters", list(fold(words)))


def stock(searcher: Searcher, asked: Any) -> list[tuple[str, float]]:
    """(report, score) of everything found; equal scores by report."""
    hits = searcher.search(asked, limit=None)
    found = [(passage_from_json(hit["passage"]).report, round(hit.score, 3)) for hit in hits]
    return sorted(found, key=lambda hit: (-hit[1], hit[0]))


def ours(engine: WhooshEngine, text: str) -> list[tuple[str, float]]:
    hits = engine.search(Query(text, parse(text)[0], limit=1000)).hits
    return sorted(((hit.passage.report, round(hit.score, 3)) for hit in hits), key=lambda hit: (-hit[1], hit[0]))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("专项债", whoosh_query.Term("terms", "专项债")),
        ("发展", whoosh_query.Term("terms", "发展")),
        ("5g", whoosh_query.Term("terms", "5g")),
        ("招商 园区", whoosh_query.And(in_terms("招商", "园区"))),
        ("招商 ai 业务", whoosh_query.And(in_terms("招商", "ai", "业务"))),
        ("引资 OR 专项债 OR 服务", whoosh_query.Or(in_terms("引资", "专项债", "服务"))),
        ("招商 专项债 OR 服务", whoosh_query.And([*in_terms("招商"), whoosh_query.Or(in_terms("专项债", "服务"))])),
    ],
)
def test_words_find_the_same_in_the_same_order_with_the_same_scores(
    opened: tuple[WhooshEngine, Searcher], text: str, asked: Any
) -> None:
    engine, searcher = opened
    expected = stock(searcher, asked)
    found = ours(engine, text)
    assert expected
    assert {report for report, _ in found} == {report for report, _ in expected}
    assert [score for _, score in found] == pytest.approx([score for _, score in expected], abs=2e-3)


def test_what_is_taken_away_is_the_same(opened: tuple[WhooshEngine, Searcher]) -> None:
    engine, searcher = opened
    wanted, unwanted = in_terms("企业", "项目")
    expected = stock(searcher, whoosh_query.And([wanted, whoosh_query.Not(unwanted)]))  # it scores a Not with 1
    assert {report for report, _ in ours(engine, "企业 -项目")} == {report for report, _ in expected}


@pytest.mark.parametrize("words", ["商引", "债园区", "务业", "展，的", "的的", "5g", "项目项目"])
def test_a_quote_finds_the_passages_that_a_phrase_of_letters_finds(
    opened: tuple[WhooshEngine, Searcher], passages: list[IndexedPassage], words: str
) -> None:
    engine, searcher = opened
    quoted = {report for report, _ in ours(engine, f'"{words}"')}
    assert quoted == {report for report, _ in stock(searcher, letters(words))}
    assert quoted == {passage.report for passage in passages if words in passage.text.lower()}


def test_stock_whoosh_lists_the_terms_in_order(opened: tuple[WhooshEngine, Searcher]) -> None:
    reader = opened[1].reader()
    terms = [text for field, text in reader.all_terms() if field == "terms"]
    assert terms == sorted(terms)
    assert "专项债".encode() in terms
    assert ["专项".encode(), "专项债".encode()] == list(reader.expand_prefix("terms", "专项"))[:2]


def test_stock_whoosh_does_not_find_what_is_deleted(
    analyser: Analyser, passages: list[IndexedPassage], tmp_path: Path
) -> None:
    """The scores differ: it counts what is deleted among those that have a word, the engine doesn't."""
    engine = WhooshEngine(tmp_path, analyser)
    engine.replace_all(passages)
    engine.change([a_passage("new", "专项债服务")], without=[f"r{number:03}" for number in range(0, 100, 3)])
    index = FileStorage(str(tmp_path)).open_index()
    with index.searcher(weighting=OurScores()) as searcher:
        assert [reader.has_deletions() for reader, _ in searcher.reader().leaf_readers()] == [True, False]
        assert searcher.doc_count() == len(passages) - 34 + 1
        for text, asked in (
            ("专项债", whoosh_query.Term("terms", "专项债")),
            ("招商 园区", whoosh_query.And(in_terms("招商", "园区"))),
            ('"务业"', letters("务业")),
        ):
            found = {report for report, _ in ours(engine, text)}
            assert found == {report for report, _ in stock(searcher, asked)}
            assert not {f"r{number:03}" for number in range(0, 100, 3)} & found
    engine.close()


def _weights(matcher: Matcher) -> Iterator[tuple[int, float]]:
    while matcher.is_active():
        yield matcher.id(), matcher.weight()
        matcher.next()


def test_every_posting_stands_where_the_text_holds_the_word(
    opened: tuple[WhooshEngine, Searcher], passages: list[IndexedPassage]
) -> None:
    reader = opened[1].reader()
    stored = (passage_from_json(fields["passage"]) for fields in reader.all_stored_fields())
    texts = [(passage.text, passage.restored or passage.text) for passage in stored]
    assert len(texts) == len(passages)
    for field, text in reader.all_terms():
        word = text.decode()
        if field != "terms" or word.isascii():
            continue
        weights = dict(_weights(reader.postings(field, text)))
        counts = {number: max(both[0].count(word), both[1].count(word)) for number, both in enumerate(texts)}
        assert weights == {n: c for n, c in counts.items() if c}
