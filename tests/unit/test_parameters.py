"""From addresses to queries and back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.facets import UNKNOWN, Basis
from indexer.domain.query import Filters, Phrase, Query, Sort, Word, YearRange, spans
from indexer.domain.report import Grade, Status
from indexer.domain.zones import Zone
from indexer.errors import BadQuery
from indexer.reference.gazetteer import ZONE_TYPES
from indexer.reference.regions import CITY, PROVINCE, Region, Regions
from indexer.search.parameters import Known, query_params, read_query
from indexer.search.question_language import parse


class Names:
    """A gazetteer with one zone, and a city that is called like its province."""

    regions = Regions(
        (Region("吉林省", "吉林", (), PROVINCE, "吉林", None), Region("吉林市", "吉林", (), CITY, "吉林", None))
    )
    zone = Zone("云溪高新区", "云溪高新技术产业开发区", "云溪高新区", ("云谷",), "高新区", "省级", "湖南", None)

    def resolve(self, name: str) -> Zone | None:
        return self.zone if name in (self.zone.short, self.zone.name, *self.zone.aliases) else None

    def suggest(self, name: str) -> tuple[Zone, ...]:
        return (self.zone,) if "云" in name else ()


KNOWN = Known(
    zones=("云溪高新区", "石门市", "澧州"),
    values={
        "province": ("湖南", "广西"),
        "theme": ("招商引资", "专项债"),
        "practice": {"investment/funds": "基金招商"},
        "level": ("国家级", "省级"),
        "site": ("yunxi.example", "shimen.example"),
    },
)


def read(**params: str | list[str]) -> Query:
    listed = {name: [value] if isinstance(value, str) else value for name, value in params.items()}
    return read_query(listed, Names(), KNOWN)


def test_nothing_asked_is_everything() -> None:
    assert read() == Query()
    assert read(q=" ", year="", zone=[], page="") == Query()


def test_marks_that_nobody_sees_are_no_part_of_a_question() -> None:
    assert read(q="招\u200b商\u202e").text == read(q="招商").text == "招商"


def test_a_question_is_read_with_its_warnings() -> None:
    query = read(q='"招商引资"')
    assert (query.text, query.node, query.warnings) == ('"招商引资"', Phrase("招商引资"), ())
    assert read(q='"招商').warnings


def test_every_filter_is_read() -> None:
    query = read(
        q="招商", zone="云谷", type="高新区", province="湖南省", year="2020-2022", basis="published", theme="专项债",
        status="举措", grade="a,B", level="国家级", site="yunxi.example", sort="date", limit="50", page="３",
    )  # fmt: skip
    assert query == Query(
        "招商",
        Word("招商"),
        Filters.of(
            (YearRange(2020, 2022),), basis=Basis.PUBLISHED, zone=["云溪高新区"], zone_type=["高新区"],
            province=["湖南"],
            theme=["专项债"], status=["举措"], grade=["A", "B"], level=["国家级"], site=["yunxi.example"],
        ),
        Sort.DATE,
        3,
        50,
    )  # fmt: skip


def test_values_may_be_repeated_or_stand_with_commas() -> None:
    assert read(status=["举措,成效", "plan", "举措"]).filters.values("status") == ("举措", "成效", "计划")
    assert read(zone=["云谷，石门市", "云溪高新区"]).filters.values("zone") == ("云溪高新区", "石门市")


def test_an_alias_asks_for_its_zone() -> None:
    assert read(zone="云谷").filters.values("zone") == ("云溪高新区",)
    assert read(zone="石门市").filters.values("zone") == ("石门市",)
    assert read(zone="澧州市").filters.values("zone") == ("澧州",), "regions go without 省 and 市"
    assert read(zone="澧州土家族自治州").filters.values("zone") == ("澧州",)
    with pytest.raises(BadQuery):
        read(zone="澧州县")
    assert read(zone="未具名高新区").filters.values("zone") == ("未具名高新区",)


def test_a_part_of_a_zone_is_asked_for_as_that_zone() -> None:
    assert read(zone="云溪高新区东片区").filters.values("zone") == ("云溪高新区",)
    with pytest.raises(BadQuery):
        read(zone="云溪高新区医院")


def test_a_zone_that_no_table_knows_is_asked_by_either_spelling_of_its_type() -> None:
    known = Known(zones=("澧水经济技术开发区", "石门市开发区", "临水高新区", "临水高新技术产业开发区"))
    for asked, label in (("澧水经开区", "澧水经济技术开发区"), ("石门", "石门市开发区"), ("临水高新区", "临水高新区")):
        assert read_query({"zone": [asked]}, Names(), known).filters.values("zone") == (label,)
    with pytest.raises(BadQuery):
        read_query({"zone": ["临水高新技术开发区"]}, Names(), known)  # either may be meant


@pytest.mark.parametrize("typed", ["yunxi.example", "www.YUNXI.example", "http://www.yunxi.example:80/a.html"])
def test_a_site_is_its_host_however_it_is_written(typed: str) -> None:
    assert read(site=typed).filters.values("site") == ("yunxi.example",)


def test_what_is_not_told_can_be_asked_for() -> None:
    filters = read(level="国家级,级别不明", site="没有网址").filters
    assert (filters.values("level"), filters.values("site")) == (("国家级", UNKNOWN), (UNKNOWN,))


@pytest.mark.parametrize(
    ("year", "years", "unknown"),
    [
        ("2022", ["2022"], False),
        ("２０２２年", ["2022"], False),
        ("2020-2022", ["2020-2022"], False),
        ("2020年—2022年", ["2020-2022"], False),
        ("2020至2022", ["2020-2022"], False),
        ("2021,2022", ["2021-2022"], False),
        ("2022,2018", ["2018", "2022"], False),
        ("2015-2017,2017-2018,2022", ["2015-2018", "2022"], False),
        ("不明", [], True),
        ("2022,不明", ["2022"], True),
    ],
)
def test_years_are_read(year: str, years: list[str], unknown: bool) -> None:
    """Any of several, those that follow one another as one span."""
    filters = read(year=year).filters
    assert ([str(span) for span in filters.years], filters.unknown_year) == (years, unknown)


@pytest.mark.parametrize(
    ("params", "says"),
    [
        ({"year": "去年"}, "2020-2022"),
        ({"year": "22"}, "四位数字"),
        ({"year": "2022-2020"}, "先写早的一年"),
        ({"year": "1066"}, "1949"),
        ({"page": "-1"}, "页码"),
        ({"page": "0"}, "页码"),
        ({"page": "一"}, "页码"),
        ({"page": "9" * 30}, "页码"),
        ({"limit": "100000"}, "1 到 100"),
        ({"limit": "1.5"}, "每页条数"),
        ({"zone": "云西高新区"}, "是不是：云溪高新区"),
        ({"zone": "无此地"}, "未具名高新区"),
        ({"zone": "未具名高地"}, "园区"),
        ({"type": "高新"}, "高新区、经开区"),
        ({"province": "火星省"}, "湖南、广西"),
        ({"theme": "航天"}, "招商引资、专项债"),
        ({"status": "好"}, "成效、举措、计划、问题、背景"),
        ({"grade": "E"}, "A"),
        ({"level": "宇宙级"}, "国家级、省级"),
        ({"site": "casino.example"}, "yunxi.example、shimen.example"),
        ({"sort": "random"}, "relevance、date"),
        ({"basis": "阴历"}, "report、published、plan"),
        ({"q": "招" * 201}, "最多 200 个"),
        ({"q": "招商 " * 2000}, "最多 200 个"),
    ],
)
def test_what_cannot_be_understood_says_what_would_be(params: dict[str, str], says: str) -> None:
    with pytest.raises(BadQuery, match=says) as refused:
        read(**params)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("q", "says"),
    [
        ("园区:云西 招商", "是不是：云溪高新区"),
        ("园区:xyz 招商", "没有叫“xyz”的园区"),
        ("年份:去年 招商", "看不懂年份“去年”"),
        ("年份:2022-2020 招商", "先写早的一年"),
    ],
)
def test_a_filter_in_the_question_that_cannot_be_read_is_left_out_with_a_warning(q: str, says: str) -> None:
    query = read(q=q, zone="石门市", year="2021")
    assert (query.node, query.text) == (Word("招商"), "招商")
    assert (query.filters.values("zone"), query.filters.years) == (("石门市",), (YearRange(2021, 2021),))
    assert says in query.warnings[0]
    assert "没有按它筛选" in query.warnings[0]


def test_filters_in_the_question_add_to_those_of_the_parameters() -> None:
    query = read(q="园区:云谷 年份:2020,2022 园区:xyz 招商", zone="石门市", year="2021")
    assert (query.filters.values("zone"), query.filters.years) == (("石门市", "云溪高新区"), (YearRange(2020, 2022),))
    assert len(query.warnings) == 1


def test_limits_are_the_callers() -> None:
    with pytest.raises(BadQuery, match="最多 3 个"):
        read_query({"q": ["招商引资"]}, Names(), KNOWN, longest_question=3)
    with pytest.raises(BadQuery, match="1 到 10"):
        read_query({"limit": ["11"]}, Names(), KNOWN, most_per_page=10)
    assert read_query({}, Names(), KNOWN, per_page=7).limit == 7


def subsets(values: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=3).map(tuple)


filters = st.builds(
    Filters.of,
    zone=subsets(["云溪高新区", "石门市", "未具名经开区"]),
    zone_type=subsets(list(ZONE_TYPES)),
    province=subsets(["湖南", "广西"]),
    years=st.sets(st.integers(1949, 2100), max_size=5).map(spans),
    unknown_year=st.booleans(),
    basis=st.sampled_from(Basis),
    theme=subsets(["招商引资", "专项债"]),
    status=subsets([status.value for status in Status]),
    grade=subsets([grade.value for grade in Grade]),
    level=subsets(["国家级", "省级", UNKNOWN]),
    site=subsets(["yunxi.example", "shimen.example", UNKNOWN]),
)
queries = st.builds(
    Query,
    text=st.text('招商引资"-|5g&，', max_size=20).map(str.strip),
    filters=filters,
    sort=st.sampled_from(Sort),
    page=st.integers(1, 1000),
    limit=st.integers(1, 100),
).map(lambda query: replace(query, node=parse(query.text)[0]))


@given(queries)
def test_an_address_keeps_the_whole_query(query: Query) -> None:
    params: dict[str, list[str]] = defaultdict(list)
    for name, value in query_params(query):
        params[name].append(value)
    assert read_query(params, Names(), KNOWN) == query


def test_defaults_are_left_out_of_the_address() -> None:
    assert query_params(read(q="招商", year="2022", page="2")) == [("q", "招商"), ("year", "2022"), ("page", "2")]


@pytest.mark.parametrize("unwanted", [[f"词{n}" for n in range(21)], ["长" * 31]])
def test_the_words_not_wanted_are_bounded_for_every_link_carries_them(unwanted: list[str]) -> None:
    with pytest.raises(BadQuery, match="最多 20 个"):
        read(without=unwanted)


def test_a_practice_is_asked_for_by_id_or_by_name() -> None:
    assert read(practice="基金招商").filters == read(practice="investment/funds").filters
    with pytest.raises(BadQuery, match="没有“云招商”这个做法，可用：基金招商。"):
        read(practice="云招商")


def test_a_city_is_never_taken_for_the_province_it_is_called_like() -> None:
    known = Known(zones=("吉林",))
    assert read_query({"zone": ["吉林省"]}, Names(), known).filters.values("zone") == ("吉林",)
    with pytest.raises(BadQuery):
        read_query({"zone": ["吉林市"]}, Names(), known)
