"""How far a text can be trusted."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from indexer.domain.page import Cleaned, Extracted, Mask
from indexer.domain.report import Grade, Quality
from indexer.domain.spans import Span
from indexer.pipeline.describe import describe
from indexer.reference.gazetteer import Gazetteer
from indexer.reference.regions import Regions

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
TITLE = "株洲高新区2021年工作总结"
TEXT = "2021年，全区完成工业投资若干。一年来，株洲高新区抓项目、强服务。"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    zones = (CORPUS / "tables" / "zones.tsv").read_text(encoding="utf-8").splitlines()
    regions = (CORPUS / "tables" / "regions.tsv").read_text(encoding="utf-8").splitlines()
    return Gazetteer.parse(zones, Regions.parse(regions))


def graded(
    gazetteer: Gazetteer,
    *,
    page_flags: frozenset[str] = frozenset(),
    text_flags: frozenset[str] = frozenset(),
    masks: tuple[Mask, ...] = (),
    title: str = TITLE,
    url: str | None = "http://gxq.example.gov.cn/art/1.html",
    family: str = "gov_trs",
    site: str | None = "株洲高新技术产业开发区",
    published: date | None = date(2022, 1, 20),
    origins: dict[str, str] | None = None,
) -> Quality:
    page = Extracted(
        family, title, published, None, (), site_name=site, url=url, flags=page_flags, origins=origins or {}
    )
    text = Cleaned(title, TEXT, (), masks, (), (), text_flags)
    return describe(page, text, gazetteer).quality


def test_a_zones_report_on_its_own_government_site_is_official(gazetteer: Gazetteer) -> None:
    assert graded(gazetteer).grade is Grade.OFFICIAL


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"url": None},
        {"url": "http://gxq.gov.cn.example.com/1.html"},
        {"url": "http://example.com\\.gov.cn/1.html"},
        {"url": "http://example.com/gxq.gov.cn"},
        {"origins": {"url": "页面自称"}},  # a saved copy says itself where it is from
        {"family": "777doc"},
        {"site": "范文之家"},
        {"site": None},
        {"page_flags": frozenset({"hijacked"})},
    ],
)
def test_without_address_mark_up_and_site_agreeing_it_is_a_copy(
    gazetteer: Gazetteer, elsewhere: dict[str, Any]
) -> None:
    assert graded(gazetteer, **elsewhere).grade is Grade.COPY


def test_masks_and_missing_ends_make_a_c_and_masks_are_counted_by_kind(gazetteer: Gazetteer) -> None:
    masks = (Mask("x", Span(0, 1)), Mask("x", Span(2, 3)), Mask("XX县区", Span(4, 6)))
    quality = graded(gazetteer, masks=masks)
    assert (quality.grade, quality.flags, quality.masks) == (Grade.MASKED, ("masked",), {"x": 2, "XX县区": 1})
    for flag in ("truncated", "overprinted", "recognised"):
        assert graded(gazetteer, page_flags=frozenset({flag})).grade is Grade.MASKED


def test_laundering_outweighs_everything(gazetteer: Gazetteer) -> None:
    masks = (Mask("x", Span(0, 1)),)
    assert graded(gazetteer, masks=masks, text_flags=frozenset({"laundered"})).grade is Grade.TAMPERED


def test_flags_come_in_their_fixed_order_from_page_text_and_reading(gazetteer: Gazetteer) -> None:
    quality = graded(
        gazetteer,
        published=None,
        text_flags=frozenset({"traditional", "hard_wrapped"}),
        page_flags=frozenset({"truncated", "hijacked"}),
    )
    assert quality.flags == ("hijacked", "truncated", "hard_wrapped", "traditional", "undated")


def test_conflicts_are_flagged(gazetteer: Gazetteer) -> None:
    quality = graded(gazetteer, title="株洲高新区2023年工作总结", published=date(2022, 1, 20))
    assert "year_conflict" in quality.flags
