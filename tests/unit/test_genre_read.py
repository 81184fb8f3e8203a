"""What kind of paper a page is."""

from __future__ import annotations

import pytest

from indexer.domain.report import Genre
from indexer.pipeline.describe.genre import genre_of


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("综保区2018年工作总结和2019年工作计划", Genre.SUMMARY),
        ("2022年以来园区建设发展总结（高新区）", Genre.SUMMARY),
        ("高新区上半年经济运行情况", Genre.SUMMARY),
        ("2023年高新区安全生产工作情况汇报", Genre.BRIEFING),
        ("关于高新区招商引资情况的报告", Genre.BRIEFING),
        ("示例市2022年政府工作报告", Genre.BRIEFING),
        ("高新区2023年工作要点", Genre.PLAN),
        ("开发区下一步工作思路", Genre.PLAN),
        ("关于印发高新区2023年招商工作方案的通知", Genre.POLICY),
        ("高新区支持科技创新若干政策", Genre.POLICY),
        ("示例高新区人才工作政策解读", Genre.POLICY),
        ("关于示例市用地若干措施的问答", Genre.POLICY),
        ("《高新区产业基金管理办法》解读", Genre.POLICY),
        ("一图读懂高新区惠企十条", Genre.POLICY),
        ("图解｜示例开发区高质量发展规划", Genre.POLICY),
        ("高新区开展政策宣传解读工作总结", Genre.SUMMARY),
        ("示例高新区上半年经济数据解读", Genre.OTHER),
        ("综保区问答大赛总结", Genre.SUMMARY),
        ("在政策解读会上的讲话", Genre.SPEECH),
        ("在高新区招商大会上的讲话", Genre.SPEECH),
        ("党工委书记在总结大会上的讲话", Genre.SPEECH),
    ],
)
def test_the_title_says_the_kind(title: str, genre: Genre) -> None:
    assert genre_of(title, "全区上下同心协力。") is genre


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("本报讯（记者 某某）6月3日，高新区举行集中签约。", Genre.NEWS),
        ("为此，记者梳理了上半年的亮点。", Genre.NEWS),
        ("现将有关工作情况汇报如下：一是抓项目。", Genre.BRIEFING),
        ("第一条 为规范招商行为，根据有关规定，制定本办法。", Genre.POLICY),
        ("同志们：今天我们开会。", Genre.SPEECH),
        ("先把米泡上半个时辰。", Genre.OTHER),
    ],
)
def test_without_a_telling_title_the_frame_of_the_text_does(text: str, genre: Genre) -> None:
    assert genre_of("双创激发动力", text) is genre
    assert genre_of(None, text) is genre


def test_a_report_to_the_peoples_congress_is_a_briefing_whatever_its_title() -> None:
    text = (
        "——2022年1月8日在示例市第九届人民代表大会第一次会议上\n各位代表：\n我代表市人民政府向大会报告工作，请予审议。"
    )
    assert genre_of(None, text) is Genre.BRIEFING
