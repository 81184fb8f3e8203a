"""What may be offered, and what never: spoilt reports, masks, spam, words that are none."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.domain.catalogue import StoredReport
from indexer.domain.query import Query, Word
from indexer.domain.report import Grade, Status
from indexer.domain.suggestions import Kind
from indexer.domain.zones import ZoneReading, ZoneStatus
from indexer.ingest.build import indexed_passages
from indexer.library import Library
from indexer.pipeline.clean import masks
from indexer.pipeline.extract.hijack import is_spam
from indexer.search.suggest.candidates import Titles, presentable, zones
from indexer.search.suggest.words import LONGEST_WORD, Words
from indexer.settings import Settings
from indexer.tables import Tables
from indexer.text.fold import fold
from tests.evaluation.suggesting import Bench, right_words, slips
from tests.shared import some
from tests.unit.stored import a_stored

TABLES = Tables(Settings().corpus_folder)
TEXT = "围绕石墨烯产业派出小分队驻点招商，企业发展平稳，5G基站建成开通，发行专项债券。"


def a_report(text: str = TEXT, grade: Grade = Grade.COPY, flags: tuple[str, ...] = (), title: str = "") -> StoredReport:
    stored = a_stored("r", (Status.MEASURE, text, ()), grade=grade, flags=flags)
    return replace(stored, report=replace(stored.report, title=title or stored.report.title))


def words_of(*reports: StoredReport) -> dict[str, int]:
    """Word → passages, of a build of these."""
    words = Words(TABLES.analyser, sum(len(one.report.passages) for one in reports))
    for one in reports:
        words.add(one.report, list(indexed_passages(one)))
    return {one.text: one.count for one in words.listed(TABLES.field_terms)}


def test_words_of_the_field_need_one_report_others_two() -> None:
    once = words_of(a_report())
    assert once["专项债券"] == 1
    assert "平稳" not in once
    assert words_of(a_report(), a_report())["平稳"] == 2


def test_latin_words_are_spelt_as_most_write_them() -> None:
    found = words_of(a_report(), a_report("开通5G应用。"), a_report("试点5g专网。"))
    assert found["5G"] == 3


def test_what_stands_side_by_side_by_chance_is_no_word() -> None:
    found = words_of(a_report("服务业务拓展。"), a_report("服务业务收入。"), a_report("现代服务业发展。"))
    assert "业务" in found, "a word somewhere"
    assert "业发" not in found


@pytest.mark.parametrize(
    ("grade", "flags"),
    [
        (Grade.TAMPERED, ("laundered",)),
        (Grade.COPY, ("hijacked",)),
        (Grade.COPY, ("redated",)),
        (Grade.TAMPERED, ()),
    ],
)
def test_words_that_only_spoilt_reports_have_are_not_offered(grade: Grade, flags: tuple[str, ...]) -> None:
    spoilt = a_report("发行专项债券，全面开展效劳。", grade, flags)
    assert words_of(spoilt, spoilt, spoilt) == {}
    assert words_of(a_report(), spoilt)["专项债券"] == 2, "they are found, so they count where the word is offered"


def counted_one_by_one(reports: Sequence[StoredReport]) -> dict[str, int]:
    """As ``words_of``, passage by passage, each cut by jieba itself; of Chinese words that are none of the field."""
    analyser = TABLES.analyser
    passages = [(at, one.text) for at, report in enumerate(reports) for one in indexed_passages(report)]
    cut = {word for _, text in passages for word, _ in analyser.words(text)}
    having = {word: [at for at, text in passages if word in fold(text)] for word in cut if len(word) > 1}
    return {word: len(where) for word, where in having.items() if len(set(where)) > 1}


@pytest.mark.parametrize("seed", range(3))
def test_words_of_many_reports_are_counted_as_one_by_one(seed: int) -> None:
    chance = random.Random(seed)
    known = sorted(chance.sample(TABLES.analyser.word_finder.words, 60))
    texts = ["".join(chance.choices([*known, "，", "。"], k=30)) for _ in range(40)]
    reports = [a_report(text) for text in texts]
    field = {fold(term) for term in TABLES.field_terms}
    found = {word: count for word, count in words_of(*reports).items() if word not in field}
    expected = counted_one_by_one(reports)
    assert found == {word: count for word, count in expected.items() if word in found}
    assert {word for word in expected if word not in found} == {
        word for word in expected if word in field or len(word) > LONGEST_WORD or is_spam(word) or masks.find(word)
    }


def test_masks_and_advertising_are_no_words() -> None:
    text = "xx高新区引进xxx个项目，新葡京娱乐城登录www网址http，xx.x%。"
    found = words_of(*(a_report(text) for _ in range(4)))
    assert "高新区" in found
    assert [
        one for one in found if masks.find(one) or is_spam(one) or one.lower().startswith(("x", "www", "http"))
    ] == []


@pytest.mark.parametrize(
    ("stored", "offered"),
    [
        (a_report(title="甲高新区2022年工作总结"), True),
        (a_report(title="甲高新区2022年工作总结", grade=Grade.OFFICIAL), True),
        (a_report(title="甲高新区2022年工作总结", grade=Grade.MASKED), False),
        (a_report(title="甲高新区2022年工作总结", flags=("masked",)), False),
        (a_report(title="甲高新区2022年工作总结", flags=("hijacked",)), False),
        (a_report(title="甲高新区2022年工作总结", flags=("laundered",)), False),
        (a_report(title="xx高新区2022年工作总结"), False),
        (a_report(title="某高新区20xx年工作总结"), False),
        (a_report(title="365体育官网 高新区2022年工作总结"), False),
        (a_report(title="总结"), False),
    ],
)
def test_titles_come_from_whole_and_honest_copies_only(stored: StoredReport, offered: bool) -> None:
    titles = Titles()
    titles.add(stored.report, stored.id)
    assert bool(titles.listed()) is offered


def test_a_page_that_speaks_of_no_zone_lends_no_title() -> None:
    stored = a_report(title="短视频与大众文化生产")
    titles = Titles()
    titles.add(replace(stored.report, zone=ZoneReading(ZoneStatus.NONE)), "r")
    assert titles.listed() == []


def test_words_come_by_their_passages_those_of_the_field_sooner_and_binding_ones_last() -> None:
    reports = [a_report("企业产值平稳，以及其他。") for _ in range(9)]
    ordered = list(words_of(*reports, a_report("企业发行专项债券。"), a_report("专项债券。")))
    assert ordered.index("专项债券") < ordered.index("平稳") < ordered.index("以及")


def test_reports_of_one_title_are_one_suggestion() -> None:
    titles = Titles()
    for number in ("r1", "r2"):
        titles.add(a_report(title="甲高新区2022年工作总结").report, number)
    (one,) = titles.listed()
    assert (one.count, one.target) == (2, None)


def test_zones_go_by_every_name_and_unknown_ones_need_a_report_that_can_be_trusted() -> None:
    counts = [("衡阳高新区", 3), ("衡阳市", 2), ("未具名高新区", 4), ("甲示例科技城", 1), ("xx高新区", 1)]
    found = list(zones(counts, set(), TABLES.gazetteer, ()))
    assert {one.text for one in found} == {"衡阳高新区", "衡阳市", "未具名高新区"}
    assert {one.said for one in found if one.text == "衡阳高新区"} >= {"衡阳高新区", "衡阳高新技术产业开发区"}
    assert {one.kind for one in found if one.text == "衡阳市"} == {Kind.REGION}
    assert "甲示例科技城" in {one.text for one in zones(counts, {"甲示例科技城", "xx高新区"}, TABLES.gazetteer, ())}


# --- over the sample corpus ---


@pytest.fixture(scope="module")
def bench(sample_folder: Path) -> Iterator[Bench]:
    with closing(Library.open(data=sample_folder)) as library:
        yield Bench(library)


@pytest.mark.slow
def test_everything_listed_finds_something_and_says_how_much(bench: Bench) -> None:
    wrong = []
    for number in some(range(len(bench.lists)), 5):
        one = bench.lists[number]
        if one.kind is Kind.WORD:
            total = bench.library.search(Query(node=Word(one.text), limit=1, facets=())).total
            if total < one.count or not one.count:
                wrong.append((one, total))
        elif one.kind is not Kind.REPORT:
            query = bench.library.question({"zone": [one.target or ""], "limit": ["1"]})
            if bench.library.search(query).reports != one.count:
                wrong.append((one, 0))
    assert wrong == []


def test_nothing_listed_is_spoilt(bench: Bench) -> None:
    listed = [bench.lists[number] for number in range(len(bench.lists))]
    assert [one.said for one in listed if masks.find(one.said) or is_spam(one.said)] == []
    titles = [one.target for one in listed if one.kind is Kind.REPORT and one.target]
    assert titles
    assert [one for one in titles if not presentable(bench.library.report(one).report)] == []


@pytest.mark.slow
def test_offers_are_right_and_seldom_where_none_is_due(bench: Bench) -> None:
    """The bounds lie below what docs/suggestions.md measured: they are for what breaks, not for what is tuned."""
    for row in slips(bench, each=30):
        assert row.first / row.asked >= (0.6 if "left out" in row.name else 0.8), (row.name, row.wrong)
    for row in right_words(bench, each=30):
        assert row.three / row.asked <= 0.01, (row.name, row.wrong)
