"""Sections, statuses and figures of the reconstructed pages, read from their bytes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from indexer.domain.page import Cleaned, RawPage
from indexer.domain.report import Genre, Passage, Section, Status, Years
from indexer.pipeline.clean import LaunderingTable, clean
from indexer.pipeline.decode import decode
from indexer.pipeline.extract import extract
from indexer.pipeline.segment import segment
from tests.segmenting import tables
from tests.shared import shared_dir

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@cache
def read(name: str) -> tuple[Cleaned, tuple[Section, ...], tuple[Passage, ...]]:
    page = RawPage((shared_dir() / "pages" / "reconstructed" / name).read_bytes(), name)
    laundering = LaunderingTable.parse((CORPUS / "tables" / "laundering.tsv").read_text(encoding="utf-8").splitlines())
    cleaned = clean(extract(page, decode(page)), laundering)
    return cleaned, *segment(cleaned, Genre.SUMMARY, Years(), tables())


def outline(name: str) -> list[tuple[int, str]]:
    return [(section.level, section.heading) for section in read(name)[1]]


def test_the_run_on_page_has_its_four_headings_and_nothing_of_their_paragraphs() -> None:
    headings = outline("777doc.html")
    assert [level for level, _ in headings] == [1, 1, 1, 1]
    assert all(9 <= len(heading) <= 14 for _, heading in headings)


def test_the_hard_wrapped_page_has_two_parts_of_five_with_three_points_each() -> None:
    assert [level for level, _ in outline("book118_like.html")] == [1, *[2, 4, 4, 4] * 5, 1, *[2, 4, 4, 4] * 5]


def test_what_stands_under_the_plan_is_plan_and_what_stands_before_is_not() -> None:
    _, sections, passages = read("book118_like.html")
    plan = next(section for section in sections if section.level == 1 and section.heading.startswith("二、"))
    assert {p.status for p in passages if plan.span.contains(p.span)} == {Status.PLAN}
    assert Status.PLAN not in {p.status for p in passages if not plan.span.contains(p.span)}


def test_problems_and_what_follows_from_them_are_told_apart_under_one_heading() -> None:
    _, sections, passages = read("wnwk.html")
    part = next(section for section in sections if section.level == 1 and section.heading.startswith("二、"))
    inside = [p for p in passages if part.span.contains(p.span) and p.section is not None]
    points = [p.status for p in inside if sections[p.section or 0].level == 4]
    steps = [p.status for p in inside if sections[p.section or 0].level == 2]
    assert set(points) == {Status.PROBLEM}
    assert set(steps) == {Status.PLAN}


def test_the_news_page_has_its_two_unnumbered_headings() -> None:
    assert [level for level, _ in outline("gov_hijacked_wrongcharset.html")] == [1, 1]


def test_growth_and_rank_of_the_news_page_are_read() -> None:
    _, _, passages = read("gov_hijacked_wrongcharset.html")
    found = {(f.indicator, f.kind.value, f.value, f.change, f.rank) for p in passages for f in p.figures}
    assert ("gdp", "growth", 6.9, 6.9, "全市第一") in found
    assert ("industrial-value-added", "growth", 11.5, 11.5, "全市第二") in found


def test_no_figure_of_the_redated_page_is_a_year() -> None:
    cleaned, _, passages = read("wnwk.html")
    assert "2022亩" in cleaned.text
    assert not [f for p in passages for f in p.figures if f.value in (2022, 2023)]


def test_blotted_numbers_are_figures_without_value() -> None:
    _, _, passages = read("777doc.html")
    figures = [f for p in passages for f in p.figures]
    assert len(figures) >= 50
    assert all(f.value is None and f.mask for f in figures if f.unit != "位")
