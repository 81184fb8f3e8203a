"""Laundering is told from the whole text; a word is restored only where its first form is certain."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.domain.page import Block, BlockKind, Cleaned, Extracted
from indexer.errors import BadSetup
from indexer.pipeline.clean import LaunderingTable, clean

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
HONEST = (
    "全区开展招商引资活动，推进高新技术产业发展，服务企业，完善基础设施，加快重点工程建设。"
    "研究中心开展联合攻关，缺乏人才的局部短板得到补齐，方案如期实施，根本面貌得到改变。"
)
WASHED = (
    "全区经济社会开展稳中向好，高质量开展步伐加快，产业开展提质。完善根底设施，优化效劳，签约工程增多，"
    "出台假设干政策，助力企业开展。开展招商活动，开展战略合作，缺乏人才。"
)


@pytest.fixture(scope="module")
def table() -> LaunderingTable:
    with (CORPUS / "tables" / "laundering.tsv").open(encoding="utf-8") as lines:
        return LaunderingTable.parse(lines)


def read(text: str, table: LaunderingTable) -> Cleaned:
    return clean(Extracted("test", None, None, None, (Block(BlockKind.PARAGRAPH, text),)), table)


def restored(cleaned: Cleaned) -> list[tuple[str, str]]:
    return [(restoration.span.of(cleaned.text), restoration.restored) for restoration in cleaned.restorations]


def test_a_laundered_text_is_flagged_and_its_certain_words_restored(table: LaunderingTable) -> None:
    cleaned = read(WASHED, table)
    assert "laundered" in cleaned.flags
    assert cleaned.text == WASHED
    assert restored(cleaned) == [
        ("开展", "发展"),
        ("开展", "发展"),
        ("开展", "发展"),
        ("根底", "基础"),
        ("效劳", "服务"),
        ("工程", "项目"),
        ("假设干", "若干"),
        ("开展", "发展"),
    ]


def test_what_may_be_genuine_is_never_restored(table: LaunderingTable) -> None:
    cleaned = read(WASHED, table)
    for genuine in ("开展招商", "开展战略合作", "缺乏人才"):
        start = cleaned.text.index(genuine)
        assert all(not start <= r.span.start < start + len(genuine) for r in cleaned.restorations)


def test_an_honest_text_stays_as_it_is(table: LaunderingTable) -> None:
    cleaned = read(HONEST, table)
    assert cleaned.flags == frozenset()
    assert cleaned.restorations == ()


@pytest.mark.parametrize(
    "text",
    [
        "经济社会开展稳中向好。" + HONEST,  # one slip of the pen
        "为民效劳，为国效劳。",
        "这门手艺传了三代，手艺人追求完美，踊跃参加展演，晋升为大师，从不片面求快。" * 3,
        "开展环境整治，开展质量提升行动，统筹协调开展督查，企业开展自查。" * 5,
        "",
    ],
)
def test_a_few_suspicious_words_do_not_make_a_laundered_text(text: str, table: LaunderingTable) -> None:
    assert "laundered" not in read(text, table).flags


def test_a_partly_laundered_text_is_flagged_too(table: LaunderingTable) -> None:
    text = (
        "经济社会发展稳中向好，产业发展提质，经济社会开展环境优化。公共服务提升，公共效劳均等。基础扎实，根底上再发力。"
    )
    assert "laundered" in read(text, table).flags


def test_another_vocabulary_is_told_as_well(table: LaunderingTable) -> None:
    text = (
        "坚持科学进展观，融合进展提速。健全完美机制，开工建立一批设施建立工程，踊跃推进，手艺创新见效，重点范畴突破。"
    )
    assert "laundered" in read(text, table).flags


def test_a_word_is_restored_before_a_stop_only_where_it_could_go_on(table: LaunderingTable) -> None:
    cleaned = read(WASHED + "企业开展技术改造，支持企业开展。", table)
    assert restored(cleaned)[-1] == ("开展", "发展")
    assert len(restored(cleaned)) == 9


def test_a_longer_form_counts_once(table: LaunderingTable) -> None:
    assert "社会开展" not in table.evidence("经济社会开展")


def test_the_table_holds_no_form_twice(table: LaunderingTable) -> None:
    pairs = [(pair.laundered, pair.original) for pair in table.pairs]
    assert len(pairs) == len(set(pairs))
    assert all(pair.laundered != pair.original for pair in table.pairs)


@pytest.mark.parametrize("line", ["开展", "开展\t发展\tperhaps", "开展\t发展\tno\tmany", "开展\t发展\tno\t1.5"])
def test_a_wrong_line_of_the_table_is_named(line: str) -> None:
    with pytest.raises(BadSetup, match="第 2 行"):
        LaunderingTable.parse(["# comment", line])
