"""Small worlds for the scenarios, in our own words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from indexer.domain.query import Query
from indexer.domain.report import Grade, Status
from indexer.domain.results import IndexedPassage, ResultPage
from indexer.search.question_language import parse


def a_passage(name: str, text: str, **more: Any) -> IndexedPassage:
    """``name`` is the report's id, or ``report:seq``."""
    report, _, seq = name.partition(":")
    return IndexedPassage(report, int(seq or 0), text, **{"report_year": more.get("year"), **more})


def ask(text: str, **more: Any) -> Query:
    node, warnings = parse(text)
    return replace(Query(text, node, warnings=warnings), **more)


def found(page: ResultPage) -> list[str]:
    """Reports of the hits, in order; ``report:seq`` where the passage isn't the first."""
    return [hit.passage.report + (f":{hit.passage.seq}" if hit.passage.seq else "") for hit in page.hits]


def counts(page: ResultPage, facet: str) -> dict[str | None, int]:
    return {count.value: count.passages for count in page.facets[facet]}


def two_years_of_three_zones() -> list[IndexedPassage]:
    """云溪 and 石门 in one province with dates, and a zone that hides its name and its year."""
    cloud = {
        "zone": "云溪高新区",
        "zone_type": "高新区",
        "province": "湖南",
        "title": "云溪高新区工作总结",
        "level": "国家级",
        "url": "http://www.yunxi.example/a.html",
    }
    stone = {
        "zone": "石门经开区",
        "zone_type": "经开区",
        "province": "湖南",
        "title": "石门经开区工作汇报",
        "level": "省级",
        "url": "https://Shimen.example:8080/b.html",
    }
    return [
        a_passage("c1:0", "签约项目二十个，招商引资势头不减。", year=2021, status=Status.RESULT,
                  published_on=date(2022, 1, 10), plan_year=2022, themes=("招商引资",), grade=Grade.OFFICIAL, **cloud),
        a_passage("c1:1", "明年继续抓招商，用足专项债。", year=2021, status=Status.PLAN,
                  published_on=date(2022, 1, 10), plan_year=2022, themes=("招商引资", "专项债"),
                  grade=Grade.OFFICIAL, **cloud),
        a_passage("c2", "招商小分队常驻沿海。", year=2022, status=Status.MEASURE,
                  published_on=date(2023, 2, 1), plan_year=2023, themes=("招商引资",), **cloud),
        a_passage("s1", "招商专班每周调度。", year=2022, status=Status.MEASURE,
                  published_on=date(2023, 1, 5), themes=("招商引资",), **stone),
        a_passage("u1", "招商引资到位资金xx亿元。", zone_type="高新区", status=Status.RESULT, grade=Grade.MASKED),
    ]  # fmt: skip
