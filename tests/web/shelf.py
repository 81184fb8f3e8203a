"""Seven made-up reports. Zones, sentences and numbers are invented; each stands for one kind of trouble."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from indexer.domain.catalogue import (
    StoredReport,
    Version,
)
from indexer.domain.edits import Edit, apply
from indexer.domain.page import Attachment, Restoration
from indexer.domain.report import (
    Genre,
    Report,
    YearEvidence,
    YearKind,
    Years,
)
from indexer.domain.spans import Span
from indexer.domain.zones import ZoneReading, ZoneStatus
from tests.web.report_lines import dated, head, quality, report, said, seen


def shelf() -> tuple[StoredReport, ...]:
    return (_xiang(), _min(), _unnamed(), _laundered(), _undated(), _attached(), _cut())


def _stored(id: str, report: Report, **values: Any) -> StoredReport:
    versions = (Version("a1" * 32, datetime(2026, 11, 20, 9, 30, tzinfo=UTC)),)
    return StoredReport(id, f"{id}.html", report, "a1" * 32, versions, **{"witness": id, **values})


def _xiang() -> StoredReport:
    """Whole and honest, but its page was hijacked and its lines were hard-wrapped."""
    lines = [
        head("一、主要工作"),
        said(
            "成效",
            "项目建设",
            "今年以来，全区上下抢前争先，1-6月完成工业投资38.6亿元，同比增长12.4%。",
            "工业投资",
            "1-6月",
        ),
        head("（一）产业发展", 2),
        said("举措", "科技创新", "围绕传感器与新材料两条链，牵头组建中试平台，向中小企业开放仪器共享目录。"),
        said("成效", "科技创新", "新增省级以上研发机构6家，技术合同成交额达到9.2亿元。", "省级以上研发机构"),
        head("（二）招商引资", 2),
        said(
            "举措",
            "招商引资",
            "派出三支驻外小组常驻长三角与珠三角，由班子成员轮值，招商专班每周会商一次在谈项目，每月向管委会通报进度。",
            practice="investment/stationed-teams",
        ),
        said(
            "成效",
            "招商引资",
            "半年新签约项目20个，总投资超过70亿元，其中一半来自招商小组驻点的城市。",
            "新签约项目",
            "1-6月",
            practice="investment/stationed-teams",
        ),
        said(
            "举措",
            "招商引资",
            "建立重大项目领导挂钩机制，专班推进、每周会商。",
            practice="investment/task-forces",
        ),
        head("（三）营商环境", 2),
        said(
            "举措",
            "营商环境",
            "上线企业服务“一件事”窗口，审批时限压缩到x个工作日以内；专项债支持标准厂房二期建设。",
            practice="business/one-matter",
        ),
        head("二、存在问题"),
        said("问题", "土地要素/亩均", "部分项目因用地指标不足推进迟缓，人才公寓供给与企业需求之间仍有缺口。"),
        head("三、下一步打算"),
        said(
            "计划",
            "招商引资",
            "下半年引入第三方机构，用大数据画像寻找目标企业，力争再签约项目25个。",
            "签约项目",
            "目标",
            practice="investment/agents",
        ),
    ]
    base = report(
        lines,
        title="上半年工作情况与下半年安排",
        published_on=date(2022, 8, 5),
        source="湘江示例高新区管委会",
        years=Years(2022, 2022, "上半年"),
        zone=ZoneReading(
            ZoneStatus.NAMED,
            "湘江示例高新技术产业开发区",
            "湘江示例高新区",
            "高新区",
            "国家级",
            "湖南",
            "衡阳市",
            basis="题名与正文",
        ),
        quality=quality("B", "masked", "hijacked", "hard_wrapped", x=1),
        origins={"title": "正文标题 h1", "published_on": "meta PubDate", "source": "来源一栏"},
        url="https://www.example.gov.cn/zwgk/202208/t20220805_1.html",
        site_name="博彩示例官网",
        attachments=(Attachment("附件：主要指标表.xlsx", "https://www.example.gov.cn/zwgk/table.xlsx"),),
    )
    wraps = [Edit(at, " ", "") for at in (30, 61, 95)]
    broken = base.text
    for edit in wraps:
        broken = broken[: edit.at] + " " + broken[edit.at :]
    evidence = (
        YearEvidence(YearKind.PUBLISHED, 2022, "2022-08-05", None, True),
        seen(base.text, "1-6月", YearKind.BODY, 2022),
        seen(base.text, "下半年引入", YearKind.PLAN, 2022),
    )
    cleaned = replace(
        base,
        history=(apply("hard_wraps", broken, wraps),),
        years=Years(2022, 2022, "上半年", None, evidence),
    )
    return _stored("r1", cleaned, mirrors=("r1m",))


def _min() -> StoredReport:
    """The year in its title is not the year it reports."""
    lines = [
        head("一、2019年工作回顾"),
        said("成效", "项目建设", "2019年，全区完成规模以上工业产值412亿元，同比增长8.1%。", "规模以上工业产值"),
        said(
            "举措",
            "招商引资",
            "推行全员招商，聘请“招商大使”35名，以商引商、以侨引商并举。",
            "招商大使",
            practice="investment/personal-networks",
        ),
        said("举措", "招商引资", "落实领导挂钩联系重点在谈项目，重大项目专班推进。", practice="investment/task-forces"),
        said("成效", "招商引资", "建区以来累计引进项目468个，总投资约1014亿元。", "引进项目", "累计"),
        said("成效", "项目建设", "全年完成工业投资51.2亿元，比上年多出一成。", "工业投资"),
        said("举措", "营商环境", "设立企业服务专员，开通夜间与周末预约办理。", practice="business/service-officers"),
        head("二、2020年工作打算"),
        said("计划", "项目建设", "力争完成工业投资55亿元，新开工厂房12个。", "工业投资", "目标"),
        said("计划", "科技创新", "2020年计划新增高新技术企业30家，建成科技成果转化驿站。", "新增高新技术企业", "目标"),
    ]
    base = report(
        lines,
        title="闽江示例高新区2020年工作总结及2021年计划",
        published_on=date(2021, 1, 18),
        zone=ZoneReading(
            ZoneStatus.NAMED,
            "闽江示例高新技术产业开发区",
            "闽江示例高新区",
            "高新区",
            "国家级",
            "福建",
            "福州市",
            conflict="题名写高新区，正文第二段写经开区",
            hints=("福州", "侨乡"),
            basis="题名",
        ),
        years=Years(2019, 2020),
        quality=quality("B", "year_conflict", "zone_conflict"),
        origins={"title": "meta ArticleTitle"},
        url="https://docs.example.com/p/88.html",
    )
    evidence = (
        seen(base.title or "", "2020年", YearKind.TITLE, 2020, False),
        seen(base.text, "2019年，全区", YearKind.BODY, 2019),
        seen(base.text, "2020年计划", YearKind.PLAN, 2020),
        YearEvidence(YearKind.SPLICED, 2023, "1-2023月份", None, False),
    )
    evidence = (replace(evidence[0], span=None), *evidence[1:])
    years = Years(2019, 2020, "全年", "题名写 2020 年，正文所述为 2019 年，按正文。", evidence)
    return _stored("r2", dated(replace(base, years=years)))


def _unnamed() -> StoredReport:
    """Names and numbers are blotted out."""
    lines = [
        head("一、经济运行"),
        said(
            "成效",
            "项目建设",
            "20XX年1至x月，xx高新区实现地区生产总值xxx亿元，同比增长xx.x%。",
            "地区生产总值",
            "1-x月",
        ),
        head("二、重点工作"),
        said(
            "举措",
            "招商引资",
            "围绕六条产业链分别成立招商专班，今年以来引进项目xx个，其中亿元以上x个。",
            "新签约项目",
            practice="investment/task-forces",
        ),
        said("举措", "绿色低碳", "实施园区循环化改造，关停燃煤锅炉**台。"),
        said("问题", "土地要素/亩均", "土地与资金缺口较大，平台公司融资能力不足。"),
    ]
    base = report(
        lines,
        title="xx高新区全年经济社会发展情况总结",
        published_on=None,
        zone=ZoneReading(ZoneStatus.ANONYMISED, None, None, "高新区", None, None, None, basis="题名"),
        years=Years(2022, None, "1-x月", None, (YearEvidence(YearKind.GUESS, 2022, "印发时间推断", None, False),)),
        quality=quality("C", "masked", "undated", "fragmented", **{"x": 92, "XX县区": 4, "*": 2}),
        origins={"title": "h1"},
    )
    return _stored("r3", base, mirrors=("r3a", "r3b"))


def _laundered() -> StoredReport:
    """Words were swapped by a spinner; the certain ones are put back."""
    lines = [
        head("一、招商工作"),
        said(
            "举措",
            "招商引资",
            "坚持“问、磨、盯、落”四步跟进在谈工程，成立专班驻点招商，推动开展壮大主导产业。",
            practice="investment/stationed-teams",
        ),
        said("成效", "招商引资", "新签约工程xx个，投资xxx亿元。", "新签约项目"),
        said("问题", "招商引资", "要素保障不足，土地缺口未解决；个别工程落地慢。"),
        said("举措", "营商环境", "为企业供应全程代办效劳。"),
    ]
    base = report(
        lines,
        title="某经开区2020年招商引资工作总结",
        published_on=date(2021, 3, 2),
        zone=ZoneReading(
            ZoneStatus.TYPE_ONLY,
            None,
            None,
            "经开区",
            None,
            "安徽",
            None,
            hints=("皖江",),
            basis="正文",
        ),
        years=Years(2020, None, "全年"),
        quality=quality("D", "masked", "laundered", "redated", x=5),
        url="https://mill.example.com/a/1.html",
    )
    at = [
        (m.start(), m.end(), good)
        for bad, good in (("工程", "项目"), ("效劳", "服务"))
        for m in re.finditer(bad, base.text)
    ]
    restorations = tuple(Restoration(Span(a, b), good) for a, b, good in sorted(at))
    evidence = (YearEvidence(YearKind.TITLE, 2020, "2020年", None, True),)
    return _stored("r4", replace(base, restorations=restorations, years=Years(2020, None, "全年", None, evidence)))


def _undated() -> StoredReport:
    lines = [
        head("一、工作思路"),
        said(
            "计划",
            "招商引资",
            "画好一张招商地图，“一把手”带头跑项目，专班推进重大项目全流程代办。",
            practice="investment/leader-led",
        ),
        said("举措", "人才", "推出青年人才驿站，首次来园求职可免费入住七天。", practice="talent/housing"),
        said(
            "举措",
            "招商引资",
            "-驻点与外出并重，向沿海三市各派一组人员上门拜访。",
            practice="investment/stationed-teams",
        ),
        said("背景", "", "本区位于两江交汇处 <script>alert(1)</script> & 交通便利。"),
    ]
    base = report(
        lines,
        title="年度工作总结及下一步工作思路",
        published_on=date(2022, 3, 9),
        zone=ZoneReading(
            ZoneStatus.NAMED, "示例科技城", "示例科技城", "科技城", "省级", "浙江", "杭州市", basis="正文"
        ),
        years=Years(),
        quality=quality("A"),
        url="https://kjc.example.gov.cn/1.html",
    )
    return _stored("r5", base)


def _attached() -> StoredReport:
    base = Report(
        title="关于印发年度工作要点的通知",
        published_on=date(2023, 2, 1),
        source=None,
        genre=Genre.POLICY,
        years=Years(2023),
        zone=ZoneReading(ZoneStatus.REGION, "示例市", None, None, None, "安徽", "示例市", basis="题名"),
        quality=quality("A"),
        text="",
        sections=(),
        passages=(),
        attachments=(Attachment("年度工作要点.pdf", "https://www.example.gov.cn/a.pdf"),),
        url="https://www.example.gov.cn/2.html",
    )
    return _stored("r6", base)


def _cut() -> StoredReport:
    lines = [
        head("一、开放合作"),
        said("举措", "外贸外资", "依托综保区开行班列，组织外贸企业抱团参展12家次。"),
        said(
            "举措",
            "招商引资",
            "委托商会在境外设立招商联络点3个。",
            "招商联络点",
            practice="investment/personal-networks",
        ),
        said("成效", "项目建设", "全年完成工业投资58.9亿元。", "工业投资"),
    ]
    base = report(
        lines,
        title="闽江示例高新区2021年工作汇报（摘录）",
        published_on=date(2021, 12, 30),
        genre=Genre.BRIEFING,
        zone=ZoneReading(
            ZoneStatus.NAMED,
            "闽江示例高新技术产业开发区",
            "闽江示例高新区",
            "高新区",
            "国家级",
            "福建",
            "福州市",
            basis="题名",
        ),
        years=Years(2021, None, "全年", None, (YearEvidence(YearKind.TITLE, 2021, "2021年", None, True),)),
        quality=quality("C", "truncated"),
    )
    return _stored("r7", base)
