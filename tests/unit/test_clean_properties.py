"""What holds for every text that is cleaned."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from indexer.domain.edits import original_of, original_span
from indexer.domain.page import Block, BlockKind, Cleaned, Extracted
from indexer.domain.spans import Span
from indexer.pipeline.clean import LaunderingTable, clean

TABLE = LaunderingTable.parse(
    [
        "开展\t发展\tno\t.449",
        "经济社会开展\t经济社会发展\tyes\t.002",
        "效劳\t服务\tyes\t.024",
        "假设干\t若干\tyes\t.002",
    ]
)
PIECES = st.sampled_from(
    [
        *"一二三四、（）(). \n\u3000\xa0\u200b\r\t?xX×*_某｜|123９％．。！；：，“”第页共#-",
        "一、工作总结",
        "（二）抓招商。",
        "一是引项目。",
        "第3页 共9页",
        "標(biāo)準(zhǔn)",
        "經濟發展",
        "xx.x%",
        "高XX县区",
        "20xx年",
        "经济社会开展",
        "效劳",
        "**小标题**",
        "????",
        "责任编辑：甲",
        "转载请注明出处",
        "园区建设 有序推进",
        " 今年",
        "\n1、",
        "\n2、",
        "\n3、",
        "R&D 经费",
        "全区上下齐心协力把项目建设往前推" * 6,
    ]
)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=80),
    st.lists(PIECES, max_size=40).map("".join),
)


def read(text: str, title: str | None = None) -> Cleaned:
    blocks = tuple(Block(BlockKind.PARAGRAPH, line) for line in text.split("\n"))
    return clean(Extracted("test", title, None, None, blocks), TABLE)


def in_page_script(cleaned: Cleaned) -> str:
    """The text that the history leads to: of a page written in Traditional, its own."""
    return cleaned.in_own_script[1] if cleaned.in_own_script else cleaned.text


@given(TEXTS, TEXTS)
@example("一、甲\n二、乙", "一、甲")
@example("㶆濟", "")
def test_the_original_can_always_be_rebuilt(text: str, title: str) -> None:
    cleaned = read(text, title)
    assert original_of(in_page_script(cleaned), cleaned.history) == text


@given(TEXTS, TEXTS)
def test_cleaning_twice_equals_once(text: str, title: str) -> None:
    once = read(text, title)
    twice = read(once.text, once.title)
    assert twice.history == ()
    assert (twice.title, twice.text, twice.masks) == (once.title, once.text, once.masks)


@given(TEXTS)
def test_every_span_points_at_its_text(text: str) -> None:
    cleaned = read(text)
    for mask in cleaned.masks:
        assert mask.span.of(cleaned.text)
        assert mask.span.end <= len(cleaned.text)
    for restoration in cleaned.restorations:
        assert restoration.span.of(cleaned.text) in {pair.laundered[-2:] for pair in TABLE.pairs} | {"假设干"}
    for at in range(len(cleaned.text)):
        assert original_span(Span(at, at + 1), cleaned.history).end <= len(text)


@given(TEXTS)
def test_text_is_paragraphs_without_blank_lines_or_edges(text: str) -> None:
    cleaned = read(text).text
    assert cleaned == cleaned.strip(" \n")
    assert not any(wrong in cleaned for wrong in ("\n\n", " \n", "\n ", "  ", "\r", "\xa0", "\u3000", "\u200b"))


@given(TEXTS)
def test_no_character_of_a_sentence_is_lost_or_made_up(text: str) -> None:
    """Whatever the rules drop is listed as an edit: what remains unedited is the original's."""
    cleaned = read(text)
    for step in cleaned.history:
        for edit in step.edits:
            assert edit.removed or edit.inserted == "\n"
