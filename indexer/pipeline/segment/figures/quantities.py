"""Printed quantities: a number, or what is left of one, with its unit.

``约1014亿元`` ``5900余列`` ``xx.x%`` ``三十余项`` ``十亿元`` ``百分之十二`` ``近三成`` ``翻一番``
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.pipeline.segment.figures.folding import Folded
from indexer.pipeline.segment.figures.not_values import BLOTS, is_part_of_a_name, is_threshold
from indexer.pipeline.segment.wording import any_of, words
from indexer.text.numerals import number_of

# What a unit must not run on into: 5家园, 3项目 (a laundered or clipped word), x位于, 2人才.
BASES = words(
    r"""
    个百分点 百分点 个工作日 工作日 个月 % ‰ 美元 欧元 港元 日元 元 平方公里 平方千米 平方米 平方 ㎡ m2 km² km2 平米
    公顷 亩 公里 千米 km(?![²2\w]) 米(?!尺) 立方米 立方 微克/立方米 毫克/立方米 吨标准?煤/万元 吨标准?煤 吨 公斤
    千克 斤 GWh MWh kWh GW MW kW 千瓦时 千瓦 兆瓦 度(?=电) 标准?箱 TEU 人次 剂次 针次 场次
    人(?!民|才|大|员|均|社|民币|工|口) 名(?!单|称|企|校|园|牌|录|片) 家次 家(?!园|庭|具|电|乡|长|级|居) 户次
    户(?!外|籍|口) 批次 批(?!准|复|发|示) 件次 件(?!套) 项(?!目) 个(?!人|别|体|性|旧|季度|年头) 条(?!件|例|线|块) 栋
    幢 座(?!谈|椅|位) 所(?!属|有|得|以|需|在|示) 台(?!阶|账|商|资|企|湾|胞) 辆 套(?!取|用)
    支(?!持|部|出|付|撑|柱|行) 只(?!要|有|能|是|用) 种(?!植|子|业) 类 宗 处(?!于|理|置|长|级|在) 间(?!接|隔)
    张(?!江|家) 份(?!额) 篇 笔 单(?!位|一|元|独|价|个|体|项) 场(?!景|所|地|馆|次|均) 次(?!日|年|于|全会|会议|党代)
    列(?!入|为|席|全|第|国|车) 班(?!子|列) 片(?!区) 幅 部(?!门|分|署|长|委|属|级|队) 款(?!项) 架 艘 株 床 倍
    起(?!到|来|步|点) 口(?!岸|径|碑) 头 颗 块(?!链) 羽
    分(?!别|布|为|类|区|期|局|成|两|三|四|五|列|管|公司|园|设|子|批|步|配|解|会|享|级|析|流|钟) 分钟 小时(?!候) 秒
    天(?!然|津|河|府) 位(?!于|置|列|居|次|数) P(?![a-zA-Z]) 亿(?!元|万)
    """
)
SCALES = "万亿|千万|百万|十万|亿|万|千(?!米|瓦|克)"
PER = r"(?P<per>/(?:亩|公顷|平方公里|日|年|天|月|人|㎡·月|㎡|平方米|吨))?"
# Persons that no counter stands before: 35万农村居民, 280万本市人民.
PERSONS = (
    r"[^，。；、,;\d的余多\W户人名个件套]{0,6}(?:人民(?!币|政府|法院|检察|医院|调解)|儿女|父老|群众|居民|百姓|职工)"
)
PEOPLE = rf"(?<=万)(?=农[村牧民]|贫困|户籍|市民|人口|常住|[，。；、,;]|增加?[到至]|和\d|{PERSONS})"
UNIT = rf"(?:(?P<scale>{SCALES})(?P<more>[余多])?)?(?P<base>{any_of(BASES)}|{PEOPLE}){PER}"
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
# 1x.x is a blotted number; stars and dashes only by themselves: in **3.5亿元** they are somebody's bold type.
BLOT = r"(?:[\dxX×]{0,4}[xX×][\dxX×]{0,8}(?:\.[\dxX×]{1,4})?|\d{1,6}\.[xX×]{1,4}|[*＊_]{1,6}(?:\.[*＊_]+)?)"
CN = "一二两三四五六七八九十百千"
NUMERAL = (
    rf"(?<![第数几近前{CN}万亿\d.〇零])(?:[{CN}](?=个百分点|倍)|[{CN}零]*[{CN}](?:[万亿][{CN}零]*)+"
    rf"(?=[余多]?(?:元|[家户项件名人亩条场次批吨套]))"
    rf"|[{CN}零]{{2,}}(?=[余多]?(?:[万亿]元|[个家户项件名人亩条场次批])))"
)
LOWER_END = rf"(?:(?P<low>{DIGITS})(?P<lowunit>%|[万亿]?元)?[-–—~～至到](?=\d))?"  # 30 of 30-50亿元
# Not within a name (5G, B2栋), but GDP722亿元; where a digit and a separator stand right before, no tail is a figure.
ALONE = r"(?:(?<![\d.A-Za-z第])(?<!\d[,，])(?<!\d )|(?<=GDP)|(?<=CPI))"
PLAIN = rf"{ALONE}(?P<sign>[-－](?=[\dxX]))?{LOWER_END}(?P<digits>{DIGITS})"
QUANTITY = re.compile(
    rf"(?P<number>{PLAIN}|{ALONE}{BLOT}|{NUMERAL})"
    rf"\s?(?P<about>[余多来])?\s?{UNIT}(?P<after>以上|以下|以内|左右|上下)?"
)
WORDS = re.compile(
    rf"百分之(?P<percent>[{CN}零]+(?:点[{CN}零〇]+)?|\d+(?:\.\d+)?)|(?P<tenths>(?<![{CN}])[一二两三四五六七八九]|(?<!\d)[1-9])成(?P<half>半)?(?![立为就员效熟功果都本品套长分])"
    rf"|(?P<parts>[{CN}])分之(?P<of>[{CN}])|翻(?:了|[近超]|达)?(?P<doublings>[一两二三四五]|\d(?:\.\d+)?)?番"
)
# Without a unit: an index, or what shares the unit of the number after it (分别为12和15家).
BARE = re.compile(
    rf"{ALONE}(?P<digits>\d+(?:\.\d+)?)(?=[和、](?:达到?|为)?(?:{DIGITS})(?:[万亿]?[{'个家户项件名人亩条处套座所%元吨'}]|[万亿]))"
)
# 首次迈过千亿关口: at a gate passed the amount is a value, in 千亿产业 it is a name.
GATE = re.compile(
    r"(?P<digit>[一两二三四五六七八九])?(?P<ten>[百千万])(?P<scale>亿)(?P<base>元)?(?=大关|关口|台阶|门槛|[，,、。；;]|$)"
)
GATES = tuple(ten + scale for ten in "百千万" for scale in "万亿")
GATED = re.compile("(?:突破|迈过|越过|跨过|跨越|迈上|迈入|站上|登上|达到|超过|超|逾|冲破|跃上)[两一]?(?:个)?$")
INDEX = re.compile(r"\d+\.\d+(?![\d.万亿%个家元])")
SHARES = re.compile(r"(?<![\d.:∶：])(\d+(?:\.\d+)?)[:：∶](\d+(?:\.\d+)?)[:：∶](\d+(?:\.\d+)?)(?![\d:：∶])")
# Where a quantity can begin; trying the whole pattern at every character took three times as long.
OPENING = re.compile(r"[-－\dxX×*＊_一二两三四五六七八九十百千万翻]")
DIGIT_RUN = re.compile(r"\d+(?:\.\d+)?")
YEAR = re.compile(r"(?:19|20)\d\d$")
LEADS = (
    "不少于",
    "不低于",
    "不高于",
    "不超过",
    "控制在",
    "超过",
    "突破",
    "至少",
    "将近",
    "接近",
    "大约",
    "约",
    "近",
    "超",
    "逾",
    "过",
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """``value`` in ``unit`` as printed (14.1 万人 stays 14.1 with unit 万人).

    ``start`` and ``end`` are places in the folded text, ``after`` where words such as 以上 behind it end. ``hedge``:
    约, 超, 余, 以上; ``bound``: 下限 or 上限, the end of a range that it is, or 第三产业, the part of a proportion.
    """

    value: float | None
    mask: str | None
    unit: str
    start: int
    end: int
    after: int
    hedge: str | None = None
    bound: str | None = None


_LARGEST = 1e15  # a run of 16 digits and more is a number of something, and 400 of them are no float


def quantities_of(folded: Folded, redated: bool = False) -> list[Quantity]:
    """Quantities in their order.

    Years, dates, ordinals, thresholds (10亿元以上项目), numbers of names (3号路) and of what is only quoted (“12条”)
    are none. With ``redated`` a number that reads as a year is none either (缺口2022亩): it may be a year put over the
    true number. A range has two ends, a proportion (三次产业 7:42:51) three parts.
    """
    text = folded.text
    found: list[Quantity] = []
    here = 0
    for opening in OPENING.finditer(text):
        at = opening.start()
        if at < here:
            continue
        match = QUANTITY.match(text, at)
        if match is not None and match.group("number") not in GATES:
            here = match.end()
            years = redated and any(YEAR.match(part) for part in DIGIT_RUN.findall(match.group("number")))
            quoted = at in folded.quoted or folded.is_within_quotes(at, match.end())
            named = quoted and match.group("base") in ("个", "条", "项", "件")
            if not years and not named and not is_threshold(text, match) and not is_part_of_a_name(text, match):
                found += _quantities(text, match)
            continue
        for quantity in _others(text, at):
            found.append(quantity)
            here = quantity.end
    return [one for one in found if one.value is None or abs(one.value) < _LARGEST]


def _quantities(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    unit = (match.group("scale") or "") + match.group("base") + (match.group("per") or "")
    end = match.end("per") if match.group("per") else match.end("base")
    place = (match.start("number"), end, match.end())
    words = [_lead(text, match.start()), match.group("about") or match.group("more"), match.group("after")]
    hedge = "、".join(word for word in words if word) or None
    digits, low = match.group("digits"), match.group("low")
    if digits is None:
        number = match.group("number")
        if any(c in BLOTS for c in number):
            yield Quantity(None, number, unit, *place, hedge)
        else:
            yield from _written(number, unit, place, hedge)
        return
    amount = _float(digits) * (-1 if _is_negative(text, match) else 1)
    if low is not None and _float(low) < amount:
        yield Quantity(_float(low), None, unit, *place, hedge, "下限")
        yield Quantity(amount, None, unit, *place, hedge, "上限")
    else:
        yield Quantity(amount, None, unit, *place, hedge)


def _written(number: str, unit: str, place: tuple[int, int, int], hedge: str | None) -> Iterator[Quantity]:
    """十亿 of 十亿元 is 10 with unit 亿元; 一万两千 of 一万两千人 is 12000."""
    if number[-1] in "万亿" and not set(number[:-1]) & set("万亿"):
        number, unit = number[:-1], number[-1] + unit
    value = number_of(number)
    if value is not None and (len(number) < 2 or number[-1] in "十百千" or set(number) & set("十百千万亿")):
        yield Quantity(float(value), None, unit, *place, hedge)


def _others(text: str, at: int) -> Iterator[Quantity]:
    """Percentages in words, multiples, parts of a proportion, and numbers that share the unit of the next."""
    match = WORDS.match(text, at)
    if match is not None:
        value, unit = _in_words(match)
        if value is not None:
            yield Quantity(value, None, unit, *match.span(), match.end(), _lead(text, at))
    elif text[at].isdigit():
        yield from _without_unit(text, at)
    elif (gate := GATE.match(text, at)) is not None:
        passed = GATED.search(text, max(0, at - 4), at)
        if passed is not None:
            ten = gate.group("ten")
            amount = number_of((gate.group("digit") or "一") + ("" if ten == "万" else ten)) or 1
            unit = "万亿元" if ten == "万" else "亿元"
            yield Quantity(float(amount), None, unit, *gate.span(), gate.end(), passed.group())


def _without_unit(text: str, at: int) -> Iterator[Quantity]:
    """三次产业 8:47:45, 分别为12和15家, 指数达82.4."""
    shares = SHARES.match(text, at)
    if shares is not None and 99 <= sum(map(float, shares.groups())) <= 101:
        for n, sector in enumerate(("第一产业", "第二产业", "第三产业"), start=1):
            yield Quantity(float(shares.group(n)), None, "%", *shares.span(n), shares.end(n), bound=sector)
        return
    bare = BARE.match(text, at)
    if bare is not None:
        after = QUANTITY.match(text, bare.end() + 1) or QUANTITY.match(text, bare.end() + 2)
        if after is not None and ("." in bare.group("digits") or "分别" in text[max(0, at - 12) : at]):
            unit = (after.group("scale") or "") + after.group("base")
            yield Quantity(float(bare.group("digits")), None, unit, *bare.span(), bare.end())
        return
    index = INDEX.match(text, at)
    if index is not None and text[max(0, at - 3) : at] in ("指数达", "指数为", "得分为", "得分达"):
        yield Quantity(float(index.group()), None, "", *index.span(), index.end())


def _in_words(match: re.Match[str]) -> tuple[float | None, str]:
    if match.group("percent"):
        whole, _, part = match.group("percent").partition("点")
        if whole[0].isdigit():
            return float(whole), "%"
        units = number_of(whole)
        digits = "".join(str(number_of(c)) for c in part)
        return (None if units is None else float(f"{units}.{digits or 0}")), "%"
    if match.group("tenths"):
        tenths = match.group("tenths")
        count = int(tenths) if tenths.isdigit() else number_of(tenths)
        return (None if count is None else count * 10.0 + (5 if match.group("half") else 0)), "%"
    if match.group("parts"):
        parts, of = number_of(match.group("parts")), number_of(match.group("of"))
        return (round(of / parts * 100, 2) if parts and of and of <= parts else None), "%"
    doublings = match.group("doublings")
    if not doublings:
        return 1.0, "番"
    written = number_of(doublings)
    return (float(doublings) if written is None else float(written)), "番"


def _float(digits: str) -> float:
    return float(digits.replace(",", ""))


def _lead(text: str, start: int) -> str | None:
    before = text[max(0, start - 4) : start].rstrip()
    for word in LEADS:
        if before.endswith(word):
            return None if word == "过" and before.endswith(("通过", "经过")) else word
    return None


def _is_negative(text: str, match: re.Match[str]) -> bool:
    """A hyphen is a minus only after a word of change: 增长-3.5%, but 2021-3 and 三号-5 are none."""
    return bool(match.group("sign")) and text[max(0, match.start() - 1) : match.start()] in tuple(
        "长幅速为降到比:：( （"
    )
