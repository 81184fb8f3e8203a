"""Regions a text names, and the one a government's report is about."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from indexer.locale.remarks import remark
from indexer.reference.gazetteer import Gazetteer
from indexer.reference.regions import CITY, COUNTY, PROVINCE, Region, Regions

_NUMBER = r"第?[一二三四五六七八九十]{1,3}届"
_NAME = r"[\u4e00-\u9fff]{2,14}?"
_KIND = r"(?:省|市|自治区|自治州|自治县|地区|州|盟|县|区|旗)"
# Ways in which the head of a report says whose it is, most telling first; and whether they can speak of no other's.
_SAID: tuple[tuple[re.Pattern[str], bool], ...] = (
    (re.compile(rf"(?P<name>{_NAME}{_KIND})\s?{_NUMBER}[\s*]*(?:人民代表大会|人大)"), True),
    (re.compile(rf"我代表(?:中共)?(?P<name>{_NAME}{_KIND})(?:{_NUMBER})?(?:人民政府|革命委员会|政府)"), True),
    (
        re.compile(rf"(?P<name>{_NAME}{_KIND})(?:人民政府)?(?:代|代理)?(?:省长|市长|州长|盟长|县长|区长|旗长|主席)"),
        False,
    ),
    (re.compile(rf"(?P<name>{_NAME}{_KIND})(?:人民政府|国民经济和社会发展|政府工作报告)"), False),
)
_HEAD = 1_500
_OWN_LEVEL = {
    PROVINCE: re.compile(r"全省|我省|省政府|省长|自治区(?:人民政府|主席|党委)|省委"),
    CITY: re.compile(r"全市|我市|市政府|市长|全州|我州|州政府|州长|全盟|盟长|市委|州委"),
    COUNTY: re.compile(r"全县|我县|县政府|县长|全旗|旗长|县委"),
}
# Words that begin like a city
_NO_PLACE = re.compile(
    r"长治久安|朝阳(?:产业|行业|工程|群众)|世界大同|大庆精神|延安精神|遵义会议|井冈山精神|中山(?:大学|装|陵|路)|东方红|安康幸福"
)
_MASKED_PLACE = re.compile(r"(?:[xX×＊*○□_]{1,6}|某{1,2})(?:省|市|自治州|州|县|自治区)")
_NAMED_OFTEN, _CLEARLY = 3, 1.25  # times, and how much more often than the next
_MUNICIPALITIES = ("北京", "上海", "天津", "重庆")


@dataclass(frozen=True, slots=True)
class Government:
    """Whose report it is. ``masked``: its name is blotted out where it should stand."""

    region: Region | None
    masked: bool = False
    conflict: str | None = None


def government_of(text: str, gazetteer: Gazetteer) -> Government:
    """The region whose government speaks: said in the head, or else named most often at the level it speaks of."""
    regions = gazetteer.regions
    level = _level(text)
    said = _said_in(text[:_HEAD], regions, level)
    if said is None and _MASKED_PLACE.search(text[:_HEAD]):
        return Government(None, masked=True)
    if said is not None and text.count(said.short) > text[:_HEAD].count(said.short):
        return Government(said)
    most = _most_named(text, regions, said.level if said else level)
    if said is not None and most is not None and most != said and text.count(said.short) <= 2:
        # 苏州市 in the head of a report that then speaks of 宿州 alone: a slip of who typed the head
        return Government(most, conflict=remark("region", said=said.name, most=most.name))
    return Government(said or most)


def _said_in(head: str, regions: Regions, level: str) -> Region | None:
    for way, of_any_level in _SAID:
        for match in way.finditer(head):
            region = _ending_in(match["name"], regions, level, any_level=of_any_level)
            if region is not None:
                return region
    return None


def _level(text: str) -> str:
    """Whom the speaker calls his own. The head counts first: a city speaks of 省委、省政府 as often."""
    head = text[:700]
    if re.search(
        r"(?<![\u4e00-\u9fff]副)省长|代表(?:[\u4e00-\u9fff]{2,4})?省人民政府|自治区(?:人民政府)?(?:代)?主席|代表[\u4e00-\u9fff]{0,8}自治区人民政府",
        head,
    ):
        return PROVINCE
    if re.search(r"[县旗]长|代表[\u4e00-\u9fff]{0,8}[县旗]人民政府", head):
        return COUNTY
    if re.search(r"[市州盟]长|代表[\u4e00-\u9fff]{0,12}[市州盟](?:人民)?政府", head):
        return CITY
    counted = Counter({level: len(words.findall(text)) for level, words in _OWN_LEVEL.items()})
    own = {
        PROVINCE: len(re.findall("我省|全省", text)),
        CITY: len(re.findall("我市|全市|我州|全州", text)),
        COUNTY: len(re.findall("我县|全县", text)),
    }
    best = max(own, key=lambda key: own[key])
    return best if own[best] else counted.most_common(1)[0][0]


def _ending_in(name: str, regions: Regions, level: str, *, any_level: bool) -> Region | None:
    """The region that ``name`` ends in: 在湖南省衡阳市 → 衡阳市; of ``level``, unless any will do."""
    for start in range(len(name) - 1):
        same = regions.all_named(name[start:])
        fitting = [region for region in same if region.level == level or region.short in _MUNICIPALITIES]
        if fitting or (any_level and same):
            return _of_its_city(fitting or list(same), name[:start])
    return None


def _of_its_city(same: list[Region], before: str) -> Region:
    """Of counties of one name (鼓楼区) the one whose city or province stands in front of it."""
    return next((one for one in same if (one.city or one.province) in before or one.province in before), same[0])


def _most_named(text: str, regions: Regions, level: str) -> Region | None:
    counted: Counter[Region] = Counter()
    for name in regions.named_in(_NO_PLACE.sub("", text)):
        for region in regions.all_named(name):
            if region.level == level or (level == CITY and region.short in _MUNICIPALITIES):
                counted[region] += 1
    ranked = counted.most_common(2)
    if not ranked or ranked[0][1] < _NAMED_OFTEN:
        return None
    runner_up = ranked[1][1] if len(ranked) > 1 else 0
    return ranked[0][0] if ranked[0][1] >= _CLEARLY * runner_up else None


def named_regions(text: str, regions: Regions, limit: int = 8) -> tuple[str, ...]:
    """Provinces, cities and counties named in full (衡阳市, 闽侯县), the most frequent first."""
    counted: Counter[str] = Counter()
    for name in regions.named_in(text):
        if name[-1] in "省市县旗州" and len(name) >= 3 and regions.all_named(name):
            counted[name] += 1
    return tuple(name for name, _ in counted.most_common(limit))


def masks_a_place(text: str) -> bool:
    """Whether a province, city or county is blotted out: xx市, 某县."""
    return _MASKED_PLACE.search(text) is not None


_AFTER_SHORT = re.compile(r"\d|[:：]|上半年|前三季度|[一二三四]季度|人民政府|市委|省委")
_PART_OF_IT = re.compile(r"[\u4e00-\u9fff]{0,10}?(?:园|城|基地|公司|集团|医院|学校|大学|学院|街道|镇|乡|村|港)")
_TITLED = re.compile(r"^(?:关于)?(?P<name>[\u4e00-\u9fff]{2,14})")


def title_region(title: str, regions: Regions) -> Region | None:
    """The region a title begins with: 衡阳市2022年工业经济运行情况. A short name counts before a year or a mark."""
    match = _TITLED.match(title)
    if match is None:
        return None
    run = match["name"]
    best: Region | None = None
    for end in range(2, len(run) + 1):
        candidates = regions.all_named(run[:end])
        if not candidates:
            continue
        full = run[:end] == candidates[0].name
        rest = title[match.start("name") + end :]
        alone = len({(one.province, one.name) for one in candidates if one.level == candidates[0].level}) == 1
        if alone and not _PART_OF_IT.match(rest) and (full or _AFTER_SHORT.match(rest)):
            best = candidates[0]
    return _county_of(best, run, regions) or best if best else None


_TIME_FIRST = re.compile(
    r"^(?:关于|对)?(?:(?:19|20)\d{2}\s?年度?|今年|去年)?(?:以来|[上下]半年|前三季度|[一二三四]季度|1[-—至]\d{1,2}月)?(?=[\u4e00-\u9fff])"
)
_ALL_ITS_ZONES = re.compile(
    r"(?P<all>(?:辖区|境内|全省|全市|全区|全县)?(?:各类?|所有|全部)(?:国家级|省级)?)?"
    r"(?P<zones>产业园区|开发区|园区|(?(all)(?:高新区|经开区|经济开发区|工业园区)|(?!)))"
    r"(?!管委|管理|办|公司|集团|协会|学会|研究会|[分支]局|法院|检察|医院|学校|[小中大]学|街道|税务|消防|公安|人才|建设投资)"
)


def region_of_zones(title: str, regions: Regions) -> Region | None:
    """The region of whose zones in general a title speaks: 某市各开发区…, 某省开发区…, 某县园区….

    园区 behind nothing but a region's name is no zone's name; nor is 开发区 behind a province's. Behind a city's or a
    county's it may well be one (衡阳市开发区): only 各 makes it all of them. A region counts by its full name, 省市县区
    and all; a short one (江苏各开发区) only before 各.
    """
    lead = _TIME_FIRST.match(title)
    begin = lead.end() if lead else 0
    for end in range(min(len(title), begin + 14), begin + 1, -1):
        same = regions.all_named(title[begin:end])
        zones = _ALL_ITS_ZONES.match(title, end) if same else None
        if zones is None or len({(one.province, one.name) for one in same if one.level == same[0].level}) > 1:
            continue  # 鼓楼区 of which city?
        region, full = same[0], title[begin:end] == same[0].name
        a_whole_province = region.level == PROVINCE and region.short not in _MUNICIPALITIES
        if zones["all"] or (full and (a_whole_province or zones["zones"] == "园区")):
            return region
    return None


def _county_of(city: Region, run: str, regions: Regions) -> Region | None:
    """常州市新北区: the county a title goes on to name after its city."""
    rest = run.removeprefix(city.name)
    for end in range(len(rest), 1, -1):
        for region in regions.all_named(rest[:end]):
            if region.level == COUNTY and region.city == city.city and region.name == rest[:end]:
                return region
    return None
