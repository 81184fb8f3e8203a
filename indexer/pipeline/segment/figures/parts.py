"""Whether a number of projects is of some of them only: 养老项目建成9个 are no 9 completed projects of the region. And
of what sort of school a number of schools or of their places is.

Of 70 numbers of projects drawn from 160 work reports half were of some: of one trade, one park, one programme.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.pipeline.segment.figures.context import FigureContext
from indexer.pipeline.segment.figures.drafts import Draft

ABOUT_PROJECTS = ("项目建设", "招商引资")  # themes under which a region tells of all its projects
# Of 23 numbers of passages that were less about them, drawn from the same reports, 18 were of some.
LEAST, LEAST_BESIDE_OTHERS = 0.6, 0.9
OTHERS = ("城市建设", "民生", "绿色低碳", "科技创新", "双创与孵化", "人才", "安全与疫情", "体制机制改革", "营商环境")
TRADE = re.compile(
    r"(?:卫生|医疗|教育|学校|文化|文旅|旅游|体育|水利|交通|公路|道路|市政|电网|电力|农业|农田|环保|治污|治理|防治|补短板|灾后重建|恢复重建"
    r"|商贸|流通|物流|扶贫|民生|城建|安置|房地产|基础设施|服务业|生态|景观|养老|节能|改造|援[建藏疆]|工程)类?(?:重[点大])?(?:建设)?项目"
)
SORTS = re.compile("幼儿园|学前教育|学前|公办园|中小学|义务教育|小学|初中|普通高中|高中|中职|高职|职业|特殊教育")
SORT_NAMES = {"学前教育": "幼儿园", "学前": "幼儿园", "公办园": "幼儿园", "普通高中": "高中", "职业": "职业学校"}
MARKS = re.compile("[、，,。；;：:()（）]")
BEHIND = 12  # characters behind a number that may name what is counted: 新建13所幼儿园
PLACES = re.compile(r"学位[^，,。；;、\d]{0,4}\d")
SENTENCE_END = re.compile(r"[。！？；;\n]")
WITH_SOME = re.compile(r"与[^，,。；]{2,30}(?:企业|院所|高校|集团|公司)[^，,。；\d]{0,6}(?:签|合作)")
AT_AN_EVENT = re.compile(
    r"(?:举办|举行|参加|召开|承办)[^。；]{0,40}(?:[^议][大商洽览交进]会|展会|展览|会展|博会|航展|节|[产商]业周|行|论坛)[^。；]{0,40}$|活动[^，,。；集]{0,4}签约"
)


def tells_places_by_sort(text: str, draft: Draft) -> bool:
    """新增幼儿园学位900个、中小学学位1800个: each is of one sort of school."""
    if draft.row is None or draft.row.id != "school-places":
        return False
    end = SENTENCE_END.search(text, draft.quantity.end)
    return len(PLACES.findall(text, draft.sentence, end.start() if end else len(text))) > 1


def sort_of_school(text: str, draft: Draft) -> str | None:
    """What sort of school a number is of, by the words before it in its item or, where they name none, behind it."""
    here = draft.quantity
    before = SORTS.findall(MARKS.split(draft.left)[-1])
    behind = SORTS.search(MARKS.split(text[here.end : here.end + BEHIND])[0])
    named = before[-1] if before else behind.group() if behind else None
    return SORT_NAMES.get(named, named) if named else None


def is_on_projects(themes: Sequence[str], strengths: Sequence[float]) -> bool:
    """By the themes of a passage, the first of which leads."""
    if not themes or themes[0] in ABOUT_PROJECTS:
        return True
    most = max(
        (strength for theme, strength in zip(themes, strengths, strict=True) if theme in ABOUT_PROJECTS), default=0.0
    )
    return most >= (LEAST_BESIDE_OTHERS if themes[0] in OTHERS else LEAST)


def is_of_some(text: str, draft: Draft, context: FigureContext) -> bool:
    """``draft``: of a number of projects."""
    if not context.on_projects:
        return True
    here = draft.quantity
    before = text[draft.sentence : here.start]
    clause = re.split("[，,：:]", before)[-1]
    around = re.split("[，,。；;、]", text[here.end : here.end + 20])[0]
    if TRADE.search(clause) or TRADE.search(around) or WITH_SOME.search(clause):
        return True
    signed = draft.row is not None and draft.row.id == "signed-projects" and "全年" not in clause
    return signed and AT_AN_EVENT.search(before) is not None
