"""Title, day and source where no field gives them, and none made up."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.domain.page import Extracted, RawPage
from indexer.pipeline.decode import decode
from indexer.pipeline.extract import extract

TITLE = "白鹭洲高新区2022年工作总结"
TEXT = (
    "<p>2022年，白鹭洲高新区完成技改投资36.4亿元，新增规上企业17家，主要指标保持增长。</p>"
    "<p>来年将推动5个专业园区扩容，配套建设人才公寓，力争规上企业达到150家。</p>"
)


def read(inside: str, head: str = f"<title>{TITLE}</title>", url: str | None = None) -> Extracted:
    page = RawPage(f"<html><head>{head}</head><body>{inside}</body></html>".encode(), "page.html", url)
    return extract(page, decode(page))


def day_of(line: str, head: str = "", below: str = "") -> date | None:
    return read(f"<h1>{TITLE}</h1>{line}<div>{TEXT}{below}</div>", f"<title>{TITLE}</title>{head}").published_on


# --- days ------------------------------------------------------------------------------------------------------------

DAY = date(2023, 2, 16)


@pytest.mark.parametrize(
    "line",
    [
        "<p>WWW.EXAMPLE.COM　2023年2月16日08:19　某某晚报</p>",
        "<p>http://www.example.com 2023年02月16日 11:21 某某周刊</p>",
        "<p>连载 2023-02-16 03:01--阅读 · --喜欢</p>",
        "<p>张三 于 2023-02-16 13:08:03 发布</p>",
        "<p>发布于 2023-02-16</p>",
        "<p>发布时间：二〇二三年二月十六日</p>",
        "<p>发布日期：2/16/2023 5:54:13 AM</p>",
        "<p>发布时间：<script>document.write('2023-02-16 09:12'.substr(0,10));</script></p>",
        "<!--[62,3,68306] published at 2023-02-16 11:37:18 from #008 -->",
        "<!--enpproperty <date>2023-02-16 00:00:00:0</date>-->",
    ],
)
def test_a_day_in_an_unlabelled_head_line_or_a_systems_comment_is_read(line: str) -> None:
    assert day_of(line) == DAY


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2023-02-15T22:40:00Z">',
        '<meta name="publishdate" content="2023-02-15T16:40:00+0000">',
        '<meta name="publishdate" content="2023-02-15 16:40:00 +0000">',
        '<meta name="PubDate" content="2023-02-16 00:10:00">',
        '<meta name="PubDate" content="1676505600">',
        '<script type="application/ld+json">{"datePublished":"2023-02-15T18:05:00.000Z"}</script>',
    ],
)
def test_a_moment_of_another_zone_is_told_as_the_day_in_beijing(head: str) -> None:
    assert day_of("", head) == DAY


@pytest.mark.parametrize(
    ("line", "head"),
    [
        ("<p>发布时间：02/03/2023</p>", ""),
        ("<p>发布时间：5天前</p>", ""),
        ("<p>发布时间：23-02-16</p>", ""),
        ("<p>发布时间：2089-02-16</p>", ""),
        ("<p>成文日期：2023年2月16日</p>", ""),
        ("<p>2023年2月16日召开的会议作了部署。</p>", ""),
        (
            "",
            '<script type="application/ld+json">{"datePublished":"2017-04-01","dateModified":"2023-02-16"}</script>',
        ),
    ],
)
def test_no_day_is_made_of_what_is_none(line: str, head: str) -> None:
    assert day_of(line, head) is None


def test_a_newspapers_page_is_of_the_day_of_its_issue() -> None:
    sheets = "".join(f"<a href='../../../html/2023-02/16/node_{n}.htm'>第A{n:02}版</a>" for n in range(1, 5))
    page = f"<div>{sheets}</div><h1>{TITLE}</h1><div>{TEXT}</div>"
    assert read(page).published_on == DAY
    address = "http://paper.example.com/html/2023-02/16/content_1.htm"
    assert read(f"<h1>{TITLE}</h1><div>{TEXT}</div><a href=a.htm>下一版</a>", url=address).published_on == DAY
    other = "http://www.example.com/2023-02/16/report.html"  # of no newspaper
    assert read(f"<h1>{TITLE}</h1><div>{TEXT}</div>", url=other).published_on is None


# --- titles ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("白鹭洲高新区2022年1-9月运行情况_白鹭洲高新区管委会", "白鹭洲高新区2022年1-9月运行情况"),
        ("白鹭洲高新区2020—2022年工作总结-某某政府网", "白鹭洲高新区2020—2022年工作总结"),
        ("建功2023｜白鹭洲高新区：项目跑出加速度_要闻_某某新闻网", "建功2023｜白鹭洲高新区：项目跑出加速度"),
        ("白鹭洲高新区工作总结-2022年度 - 工作动态 - 某某网", "白鹭洲高新区工作总结-2022年度"),
        ("某某市人民政府网站_白鹭洲高新区2022年工作总结和来年安排", "白鹭洲高新区2022年工作总结和来年安排"),
        ("白鹭洲高新区2022年工作总结|工作总结|信息公开", "白鹭洲高新区2022年工作总结"),
        ("【图说】白鹭洲高新区2022年工作总结 - 某某网", "白鹭洲高新区2022年工作总结"),
        ("2022年工作总结_白鹭洲高新区", "2022年工作总结_白鹭洲高新区"),
    ],
)
def test_a_title_loses_its_site_and_its_column_but_not_its_own_dashes(said: str, title: str) -> None:
    assert read(f"<p>发布时间：2023-02-16</p><div>{TEXT}</div>", f"<title>{said}</title>").title == title


# --- sources ---------------------------------------------------------------------------------------------------------


def source_of(line: str, text: str = TEXT) -> str | None:
    return read(f"<h1>{TITLE}</h1>{line}<div>{text}</div>").source


@pytest.mark.parametrize(
    ("line", "text", "source"),
    [
        ("", TEXT + "<p>（来源：白鹭洲日报）</p>", "白鹭洲日报"),
        ("", TEXT + "<p>文章来源：某某发展研究院</p>", "某某发展研究院"),
        ("", TEXT.replace("<p>", "<p>新华社白鹭洲2月16日电 ", 1), "新华社"),
        ("", TEXT.replace("<p>", "<p>（白鹭洲日报记者 张三 通讯员 李四）", 1), None),
        ("", "<p>白鹭洲日报记者 张三</p>" + TEXT, "白鹭洲日报"),
        ("", "<p>本报记者 张三</p>" + TEXT, None),
        ("<p>来源：本站 发布时间：2023-02-16</p>", TEXT, None),
        ("<p>来源：www.example.com 发布时间：2023-02-16</p>", TEXT, None),
        ("<p>WWW.EXAMPLE.COM 2023年2月16日08:19 白鹭洲晚报</p>", TEXT, "白鹭洲晚报"),
    ],
)
def test_a_source_is_whom_the_page_names_never_its_own_host(line: str, text: str, source: str | None) -> None:
    assert source_of(line, text) == source


# --- several postings on one page ------------------------------------------------------------------------------------


def test_of_a_thread_the_first_posting_is_the_body() -> None:
    floors = "".join(
        f"<div><p>第{n}楼 发表于 2023-02-{n + 10} 10:{n}0</p><p>这{n}条我也赞成，希望配套公交先开起来。</p></div>"
        for n in range(2, 6)
    )
    found = read(f"<h1>{TITLE}</h1><div><p>第1楼 发表于 2023-02-11 09:20</p>{TEXT}</div>{floors}")
    assert "150家" in found.original
    assert "配套公交" not in found.original


def test_of_a_month_of_postings_the_first_is_the_body() -> None:
    others = "".join(
        f"<h3>第{n}则随记</h3><p>2023-02-0{n} 08:{n}5:00</p><p>这一天走访了{n}家企业，问题带回来逐条交办。</p>"
        for n in range(2, 7)
    )
    found = read(f"<div><h3>{TITLE}</h3><p>2023-02-16 07:40:00</p>{TEXT}{others}</div>")
    assert "150家" in found.original
    assert "随记" not in found.original
    assert "走访" not in found.original


def test_a_chronicle_is_one_text() -> None:
    days = "".join(f"<p>2022年{n}月{n + 3}日</p><p>园区召开第{n}次调度会，研究用地和用能。</p>" for n in range(1, 9))
    assert read(f"<h1>{TITLE}</h1><p>发布时间：2023-02-16</p><div>{TEXT}{days}</div>").original.count("调度会") == 8


# --- pagers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "script",
    [
        "createPageHTML(3, 0, 't20230216_81', 'html');",
        "createPageHTML('page_div', 3, 0, 't20230216_81', 'html', 40);",
        "var currentPage = 0; var countPage = 3; var nextPage = currentPage + 1;"
        " document.write('<a href=\"' + 't20230216_81_' + nextPage + '.html\">下一页</a>');",
    ],
)
def test_a_pager_that_a_script_writes_leads_to_the_next_page(script: str) -> None:
    pager = read(f"<h1>{TITLE}</h1><div>{TEXT}</div><script>{script}</script>").pager
    assert pager is not None
    assert pager.first
    assert pager.following == "t20230216_81_1.html"


# --- doubt -----------------------------------------------------------------------------------------------------------


def test_a_short_text_among_others_is_doubted_more_than_a_long_one_alone() -> None:
    alone = read(f"<h1>{TITLE}</h1><div>{TEXT * 8}</div>").doubt
    short = "<p>现就有关安排通知如下，请各单位对照办理。</p>"
    others = "".join(f"<div><p>另一则消息说的是第{n}件事，同样写满一行，还带着标点。</p></div>" for n in range(9))
    among = read(f"<h1>{TITLE}</h1><div>{short}</div>{others}").doubt
    assert alone is not None
    assert among is not None
    assert 0 <= alone < among <= 1
