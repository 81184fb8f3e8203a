"""Passages: whole sentences, nothing lost, nothing twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.report import Passage, Section
from tests.segmenting import segmented

SENTENCE = "园区今年把闲置的厂房改成了小型车间，周边村民在家门口就能上班。"


def cut(text: str) -> tuple[tuple[Section, ...], tuple[Passage, ...]]:
    return segmented(text)


def passages(text: str) -> list[str]:
    return [passage.text for passage in cut(text)[1]]


WORDS = st.text(
    alphabet=st.sampled_from("一二三四、（）().。；，：“”0123456789x%亿元个项目招商年月第是\n |　 aX*居全市第一增长"),
    max_size=300,
)


@given(st.one_of(st.text(max_size=200), WORDS))
def test_any_text_is_covered_once_and_every_span_points_at_its_text(text: str) -> None:
    sections, found = cut(text)
    here = 0
    for seq, passage in enumerate(found):
        assert passage.seq == seq
        assert passage.span.of(text) == passage.text
        assert not text[here : passage.span.start].strip()
        here = passage.span.end
        for figure in passage.figures:
            assert passage.span.contains(figure.span)
            assert (figure.value is None) == (figure.mask is not None)
            assert figure.mask is None or figure.mask in figure.span.of(text)
    assert not text[here:].strip()
    for section in sections:
        assert section.span.of(text).startswith(section.heading)


@given(st.one_of(st.text(max_size=200), WORDS))
def test_the_section_of_a_passage_holds_its_end(text: str) -> None:
    sections, found = cut(text)
    for passage in found:
        if passage.section is not None:
            assert sections[passage.section].span.start < passage.span.end <= sections[passage.section].span.end


def test_a_long_paragraph_is_cut_between_sentences_into_pieces_of_about_the_same_size() -> None:
    found = passages(SENTENCE * 20)
    assert "".join(found) == SENTENCE * 20
    assert all(80 <= len(piece) <= 300 and piece.endswith("。") for piece in found)


def test_a_heading_on_its_own_line_opens_the_passage_below_it() -> None:
    assert passages(f"一、招商有了新办法\n{SENTENCE}")[0] == f"一、招商有了新办法\n{SENTENCE}"


def test_a_passage_never_crosses_into_the_next_section() -> None:
    found = passages(f"（一）厂房翻新。{SENTENCE}\n（二）道路通车。{SENTENCE}")
    assert [piece[:3] for piece in found] == ["（一）", "（二）"]


def test_long_paragraphs_stay_apart_and_tiny_ones_join() -> None:
    assert len(passages(f"{SENTENCE * 3}\n{SENTENCE * 3}")) == 2
    assert passages("各位代表：\n现在报告工作。") == ["各位代表：\n现在报告工作。"]


def test_table_rows_go_together_and_apart_from_prose() -> None:
    rows = "指标 | 数值\n产值 | 12亿元\n税收 | 3亿元"
    assert passages(f"{SENTENCE * 3}\n{rows}\n{SENTENCE * 3}")[1] == rows


def test_a_sentence_over_five_hundred_characters_is_cut_at_its_commas() -> None:
    found = passages("村企共建带动就业，" * 80 + "。")
    assert all(len(piece) <= 500 for piece in found)
    assert all(piece.endswith(("，", "。")) for piece in found)


def test_a_closing_quote_stays_with_its_sentence() -> None:
    found = passages(("他说：“我们把车间搬到了楼上。”" + SENTENCE) * 8)
    assert not any(piece.startswith("”") for piece in found)


def test_a_caption_is_never_joined_to_what_is_told() -> None:
    text = "▲资料图：产业园一角。\n年初以来，管委会把招商摆在第一位，逐家走访链上企业。"
    assert passages(text) == text.split("\n")


def test_an_item_that_is_one_sentence_is_content_and_never_joins_the_next_chapter() -> None:
    text = (
        "一、主要进展\n（一）完成技改投资36.4亿元。\n（二）引进项目25个。\n二、存在困难\n（一）建设用地指标不足。\n"
        "三、下步打算\n（一）组建两支驻外招商队伍。"
    )
    found = passages(text)
    for one, other in (("36.4亿元", "用地指标"), ("用地指标", "驻外招商")):
        assert not any(one in piece and other in piece for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())
