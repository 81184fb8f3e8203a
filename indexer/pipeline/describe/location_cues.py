"""Ways in which a text whose names are blotted out still points somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.reference.gazetteer import Gazetteer
from indexer.reference.regions import COUNTY, Regions

_MASK = r"(?:[xX×＊*○□_]{1,6}|某{1,2})"
_EACH = 3  # of every kind at most

# --- strategies: 环大罗山科创走廊, 皖北承接产业转移集聚区 ---
_STRATEGY = re.compile(r"走廊|(?:集聚|示范)区|(?:经济|城市|示范|产业|创新|文化|旅游)带|城市群|都市圈|经济圈")
# 高新区集聚区 is any one: what it is for must stand in front
_AREA_FOR = re.compile(r"(?:承接产业转移|国家自主创新|一体化|绿色)$")
_BEFORE = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{2,12}$")
_QUARTERS = re.compile(
    r"(?:皖江|[皖苏浙鲁豫鄂湘赣粤桂滇黔闽冀晋陕辽蒙川](?:[东南西北中]))|(?<![循闭良])环(?![保境节评])(?=[\u4e00-\u9fff]{2})"
)

# --- institutions whose town alone is masked: 国科大xx研究院 ---
_SCHOOLS = (
    "国科大|中科大|中科院|哈工大|哈工程|西工大|北理工|南理工|大连理工|华中科大|电子科大|西安电子科大|北航|南航|西电|清华|北大|复旦|同济"
    "|上海交大|西安交大|西南交大|北京交大|交大|浙大|武大|厦大|中大|南大|川大|山大|吉大|兰大|天大|东大|湖大|重大|华科|中南大学|南开"
    "|[\u4e00-\u9fff]{2,6}(?:大学|学院)"
)
_HALF_MASKED = re.compile(
    rf"(?P<school>{_SCHOOLS})[(（]?{_MASK}[)）]?(?:市|省)?"
    r"(?:(?:新型|高等|产业|工业|技术|创新|联合|协同|应用|转化|国际|科技)*(?:研究院|研究所|研究中心|创新中心|创新院|校区|分校|分院|学院|实验室|科技园))"
)
_MASKED_PART = re.compile(rf"(?<=[大院航电华清北旦济开程学理工])[(（]?{_MASK}")
# What may stand in front of a school's name in the same breath
_LEADS = re.compile(
    r"[和与同由在向从让的等所及把为、]|引进|对接|建设|依托|联合|支持|推[动进]|携手|共建|打造|加快|合作|深化|借助|入驻|[省市县区]"
)
# 师范大学xx实验学校 names no school: a kind of school alone, or one whose own name is blotted out as well
_ANY_SCHOOL = re.compile(
    r"^(?:国内|知名|著名|一流|重点|职业|技术|师范|理工|医科|农业|科技|财经|工业|工程|高等|专科|双一流|多所|各)*(?:大学|学院)$"
)

# --- one character for the town: 在榕落户, and 在界设立 where a mask took the rest of the name away ---
_SEATED = re.compile(r"在([\u4e00-\u9fff])(?:设立|落户|布局|设厂|成立|举[办行]|召开|落地|投资|投产)")
_SIGNS = frozenset("沪津渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵黔滇云藏陕秦甘陇青宁新穗深莞榕厦邕甬筑蓉杭汉")
_NO_SIGNS = frozenset("京华港台澳中外内此国全省市区县州上下前后大小东西南北")  # 在京召开 is said of half the meetings

# --- an honour by its count: xx市第二十届文明单位 ---
_HONOUR = re.compile(
    rf"(?<={'[xX×＊*○□_某]'})(?P<said>[省市县区]级?第[一二三四五六七八九十百]{{1,4}}(?:届|批|轮)[\u4e00-\u9fff]{{0,4}}(?:单位|园区|城市|集体|标兵|企业))"
)


def strategies(text: str, gazetteer: Gazetteer) -> list[str]:
    """The whole names of strategies that are for one land: beginning with it, a quarter of a province, or 环."""
    found: list[str] = []
    for ending in _STRATEGY.finditer(text):
        if ending[0][-1] == "区" and not _AREA_FOR.search(text, max(0, ending.start() - 6), ending.start()):
            continue
        before = _BEFORE.search(text[max(0, ending.start() - 12) : ending.start()])
        start = _land_in(before[0], gazetteer) if before else None
        if before is not None and start is not None:
            found.append(before[0][start:] + ending[0])
    return list(dict.fromkeys(found))[:_EACH]


def _land_in(run: str, gazetteer: Gazetteer) -> int | None:
    """Where in ``run`` the name of a land begins; None where there is none, or something else stands behind it.

    Between land and ending there is room for what it is for (承接产业转移), none for a new clause.
    """
    starts = [match.start() for match in _QUARTERS.finditer(run)]
    starts += [
        at
        for at in range(len(run) - 1)
        if any(_names_a_city(run[at:end], gazetteer.regions) for end in (at + 2, at + 3))
    ]
    start = min(starts, default=None)
    if start is None or re.search(
        r"[的和与在及等为是将向把、]|建设|推进|打造|[融纳加列]入|加快|支持|联动|入选|获批|创建|争创|面临|长三角|长江$|丝绸",
        run[start:],
    ):
        return None
    return start


def _names_a_city(word: str, regions: Regions) -> bool:
    return any(region.level != COUNTY for region in regions.all_named(word))


def half_masked(text: str) -> list[str]:
    """Institutions by a name that is whole in front of its mask: 国科大xx研究院."""
    found: list[str] = []
    for mask in _MASKED_PART.finditer(text):  # masks are few: 0.9 ms for 10,000 characters became 0.1
        match = _HALF_MASKED.search(text, max(0, mask.start() - 9), mask.end() + 20)
        if match is None or match.start() >= mask.start():
            continue
        school = _LEADS.split(match["school"])[-1]
        if len(school) >= 2 and not _ANY_SCHOOL.match(school):
            found.append(school + match[0][len(match["school"]) :])
    return list(dict.fromkeys(found))[:_EACH]


def cut_places(text: str, regions: Regions) -> list[str]:
    """在榕落户, 在界设立: one character between 在 and a verb of settling down that a place begins with.

    In the work reports nearly every character found there is the sign or the first of a place's name (tallied, not
    counted).
    """
    return list(dict.fromkeys(match[0] for match in _SEATED.finditer(text) if _is_sign(match[1], regions)))[:_EACH]


def _is_sign(character: str, regions: Regions) -> bool:
    return character not in _NO_SIGNS and (character in _SIGNS or character in regions.first_characters)


def honours(text: str) -> Iterator[str]:
    """市第二十届文明单位, where the city is blotted out: how often it has been awarded tells cities apart."""
    yield from list(dict.fromkeys(match["said"] for match in _HONOUR.finditer(text)))[:1]
