"""What a reading leaves in a report is stored in Chinese and told in the language of whoever asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from indexer.locale import CHINESE, catalogue, speaking, terms
from indexer.locale.remarks import remark, retold
from indexer.pipeline.describe.events import EVENTS

KEYS = sorted(key.removeprefix("remark.") for key in catalogue(CHINESE) if key.startswith("remark."))
HOLE = re.compile(r"\{(\w+)\}")


@pytest.fixture
def in_english() -> Iterator[None]:
    with speaking("en"):
        yield


def values_of(key: str) -> dict[str, str]:
    """A year for each hole: every template must take it."""
    holes = HOLE.findall(catalogue(CHINESE)[f"remark.{key}"])
    return {name: str(2001 + n) for n, name in enumerate(holes)}


@pytest.mark.parametrize("key", KEYS)
def test_every_remark_is_read_back_as_what_it_was_formed_from(key: str) -> None:
    stored = remark(key, **values_of(key))
    assert retold(stored) == stored.replace("题名", "标题")
    with speaking("en"):
        assert retold(stored) == catalogue("en")[f"remark.{key}"].format(**values_of(key))


def test_people_are_told_of_the_title_as_the_pages_call_it_and_the_words_of_a_report_stay() -> None:
    assert retold("题名写2021年，正文多处写2020年") == "标题写2021年，正文多处写2020年"
    assert retold("正文前的“金榜题名”") == "正文前的“金榜题名”"


@pytest.mark.usefixtures("in_english")
def test_a_stored_remark_is_chinese_whoever_reads() -> None:
    assert remark("plan", titled=2021, plan=2022) == "题名写2021年计划，正文计划的是2022年"


@pytest.mark.usefixtures("in_english")
def test_terms_and_years_in_a_remark_are_english_and_words_of_the_page_are_not() -> None:
    told = retold("题名称“高新区”，正文所述为“经开区”（9处）")
    assert told == "The title says “high-tech zone”, the text speaks of “economic development zone” (9 times)"
    assert "altered to 2021, 2023; what" in retold("题名和正文的年份被改写作2021年、2023年，所述之事为2019年")
    assert retold("正文前的“来源”") == "the line “来源” before the text"


@pytest.mark.usefixtures("in_english")
def test_a_remark_of_several_clauses_is_told_clause_by_clause() -> None:
    told = retold("名称已脱敏；“河畔九条”多见于安徽的报告，仅供参考")
    assert told == "its name is masked; “河畔九条”: mostly in reports of Anhui; a hint only"


@pytest.mark.usefixtures("in_english")
def test_what_no_template_formed_stays_as_it_is() -> None:
    assert retold("某页自己的话，2021年") == "某页自己的话，2021年"
    assert retold("") == ""


def test_every_event_that_dates_a_text_has_an_english_name() -> None:
    assert {event.what for event in EVENTS} <= set(terms("en"))
