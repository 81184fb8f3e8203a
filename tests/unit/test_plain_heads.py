"""The head of a report saved as bare text: title, session, speaker and day are told apart."""

from __future__ import annotations

import pytest

from indexer.domain.page import Extracted, RawPage
from indexer.pipeline.clean import LaunderingTable, clean
from indexer.pipeline.decode import decode
from indexer.pipeline.extract import extract

BODY = (
    "各位代表：",
    "现在，我代表云岭示例市人民政府，向大会报告工作，请予审议，并请列席的同志提出意见。",
    "**一、上一年工作回顾**",
    "全市上下一条心，把项目抓在手上，把企业放在心上，经济运行稳中有进，质量效益同步提升。",
    "**二、新一年工作安排**",
    "坚持项目为王，统筹发展和安全，着力扩内需、优结构、提信心，推动各项工作再上新台阶。",
)
SESSION = "——2031年2月1日在云岭示例市第九届人民代表大会第二次会议上"
SPEAKER = "云岭示例市市长 张三丰"


def read(*head: str) -> Extracted:
    page = RawPage("\n\n".join((*head, *BODY)).encode(), "a.txt")
    return extract(page, decode(page))


@pytest.mark.parametrize(
    "line",
    [
        "**政府工作报告**",
        "## 政府工作报告",
        "> **政府工作报告**",
        "***政府工作报告**",
        "原标题：政府工作报告——",
        "政府工作报告",
    ],
)
def test_a_title_comes_without_its_emphasis(line: str) -> None:
    found = read(line, SESSION, SPEAKER)
    assert found.title == "政府工作报告"
    assert clean(found, LaunderingTable.parse([])).flags == frozenset()


def test_a_masked_title_keeps_its_stars() -> None:
    found = read("**高新区2031年工作总结", "")
    assert found.title == "**高新区2031年工作总结"
    assert "masked" in clean(found, LaunderingTable.parse([])).flags


@pytest.mark.parametrize(
    "line",
    [
        SESSION,
        f"**{SESSION}**",
        "（2031年2月1日在云岭示例市第九届人民代表大会第二次会议上）",
        "2031年2月1日市九届人大二次会议通过",
        SPEAKER,
        "市 长 张三丰",
        "**云岭示例市代市长 张 三**",
        "（二〇三一年二月一日）",
        "（2031年2月1日 张三丰）",
        "──2031年2月1日在云岭示例市第九届人民代表大会第二次会议上市长 张三丰",
        "<!-- 张三丰作报告。记者摄 -->",
    ],
)
def test_session_speaker_day_and_comments_are_no_title(line: str) -> None:
    found = read(line)
    assert found.title is None
    assert found.published_on is None


def test_session_and_speaker_stay_in_the_text_below_the_title() -> None:
    found = read("云岭示例市政府工作报告", SESSION, SPEAKER)
    assert [block.text for block in found.blocks[:3]] == [SESSION, SPEAKER, BODY[0]]


@pytest.mark.parametrize("title", ["高新区市长热线工作总结", "市长办公会议纪要和工作安排", "全市经济工作会议上的讲话"])
def test_words_of_office_in_a_title_do_not_make_it_a_speaker(title: str) -> None:
    assert read(title).title == title


def test_a_title_that_is_printed_again_is_given_once() -> None:
    found = clean(read("云岭示例市政府工作报告", "云岭示例市政府工作报告", SESSION), LaunderingTable.parse([]))
    assert found.title == "云岭示例市政府工作报告"
    assert found.text.startswith(SESSION)
