"""Masks are found where something was blotted out, and nowhere else."""

from __future__ import annotations

import pytest

from indexer.pipeline.clean.masks import find


def found(text: str) -> list[tuple[str, str]]:
    return [(mask.kind, mask.span.of(text)) for mask in find(text)]


@pytest.mark.parametrize(
    ("text", "masks"),
    [
        ("xx高新区实现产值x亿元", [("x", "xx"), ("x", "x")]),
        ("同比增长xx.x%，达xxx.xx亿元", [("x", "xx.x"), ("x", "xxx.xx")]),
        ("x至xx月，税收同比下滑x。", [("x", "x"), ("x", "xx"), ("x", "x")]),
        ("全长x.xx公里、x、xx三处", [("x", "x.xx"), ("x", "x"), ("x", "xx")]),
        ("xxxx年建成A-xx地块和B-xx-C-xx地块", [("x", "xxxx"), ("x", "xx"), ("x", "xx"), ("x", "xx")]),
        ("20xx年1-x月", [("x", "20xx"), ("x", "x")]),
        ("202X年，XX市引进X个项目", [("x", "202X"), ("x", "XX"), ("x", "X")]),
        ("装机xxMW", [("x", "xx")]),
        ("某讯xG创新中心", [("xG", "xG")]),
        ("国家级高XX县区", [("XX县区", "高XX县区"), ("x", "XX")]),
        ("今年投资__亿元，新建____个", [("_", "__"), ("_", "____")]),
        ("投资**亿元，***开发区", [("*", "**"), ("*", "***")]),
        ("××市×月", [("×", "××"), ("×", "×")]),
        ("○○县引进□□公司", [("○", "○○"), ("○", "□□")]),
        ("某市高新区与某市大学共建", [("某", "某"), ("某", "某")]),
        ("由某某公司承建，某某局督办", [("某", "某某"), ("某", "某某")]),
        ("（名称替换）管委会", [("替换", "（名称替换）")]),
    ],
)
def test_what_was_blotted_out_is_found(text: str, masks: list[tuple[str, str]]) -> None:
    assert found(text) == masks


@pytest.mark.parametrize(
    "text",
    [
        "采用ppp模式和PPP模式",
        "硅基OLED项目",
        "R&D经费占比3.1%",
        "软X射线装置、X光机、x轴",
        "5G基站、6G试验",
        "2×35万千瓦机组、2x35万千瓦机组、7×24小时服务",
        "“数据要素×”行动、人工智能×制造",
        "“1+X”政策体系、415X产业集群、N+X机制",
        "“9+X”机制：X即下级部门，X个部门协同",
        "Linux和Unix、Excel表格",
        "网址http://www.xxx.com/xx与邮箱xx@example.cn",
        "PM_2.5浓度",
        "二○○八年、一九九○年",
        "某些领域、某种程度、某个项目、某一地区",
        "如果某市愿意试点",
        "填写所属地（某省某市某县）",
        "________\n******\n正文",
        "**小标题**\n正文一。\n**小标题**\n正文二。",
        "",
    ],
)
def test_what_only_looks_like_a_mask_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_masks_come_in_the_order_of_the_text_the_wider_first() -> None:
    masks = find("xx高XX县区有x个园区")
    assert [mask.span.start for mask in masks] == sorted(mask.span.start for mask in masks)
    assert [mask.kind for mask in masks] == ["x", "XX县区", "x", "x"]


def test_a_number_glued_to_its_mask_belongs_to_the_mask() -> None:
    assert found("增长12.xx%") == [("x", "12.xx")]
