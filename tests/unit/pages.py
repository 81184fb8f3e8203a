"""Pages of our own, small and whole, for the tests that read them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

WORK = (
    "一、主要工作成效",
    "今年以来，全区完成固定资产投资86.5亿元，同比增长7.2%，新签约项目41个，其中十亿元以上项目6个。",
    "二、主要做法",
    "推行链长制招商，由管委会班子成员分别担任六条产业链的链长，每月调度在谈项目，派出四支小分队赴外地驻点招商。",
    "设立规模十亿元的产业引导基金，以基金招商带动上下游企业落户，建成标准厂房12万平方米。",
    "三、存在问题",
    "专项债项目储备不足，部分企业反映融资难，高层次人才仍然短缺。",
    "四、2023年工作打算",
    "2023年，计划新开工项目30个，力争固定资产投资增长8%以上，深化一窗受理改革。",
)

OTHER_WORK = (
    "一、发展成效",
    "全年实现地区生产总值1020亿元，增长4.6%，实际利用外资7.3亿美元，进出口总额保持全省开发区前列。",
    "二、重点举措",
    "深化以商招商，发挥已落户外资企业的作用，在三个国家设立联络处并派专人驻点招商，全年接待客商二百余批次。",
    "压减审批环节，企业开办实现半天办结，新设综合窗口十八个。",
    "三、下一步计划",
    "明年将启动智能制造产业园二期，完善人才公寓配套，推动两所学校开工。",
)


def a_page(title: str, paragraphs: Sequence[str] = WORK, date: str = "2022-12-30") -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<html><head><meta charset="utf-8"><meta name="ArticleTitle" content="{title}">'
        f'<meta name="PubDate" content="{date}"><title>{title}</title></head>'
        f'<body><h1>{title}</h1><div class="TRS_Editor">{body}</div></body></html>'
    ).encode()


def in_folder(folder: Path) -> Path:
    """Two zones' reports of 2022, and a copy of the first."""
    folder.mkdir(parents=True)
    (folder / "hengyang.html").write_bytes(a_page("衡阳高新区2022年工作总结和2023年工作计划"))
    (folder / "kunshan.html").write_bytes(a_page("昆山经开区2022年工作总结和2023年工作计划", OTHER_WORK))
    (folder / "mirror.html").write_bytes(a_page("衡阳高新区2022年工作总结和2023年工作计划", date="2023-02-01"))
    return folder
