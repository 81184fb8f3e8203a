"""Printed quantities: a number, or what is left of one, with its unit.

``约1014亿元`` ``5900余列`` ``xx.x%`` ``三十余项``
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.domain.spans import Span
from indexer.pipeline.segment.numerals import number_of
from indexer.pipeline.segment.wording import any_of, words

# What a unit must not run on into: 5家园, 3项目 (a laundered or clipped word), x位于, 2人才.
BASES = words(
    r"""
    个百分点 百分点 个工作日 个月 %|％ ‰ 美元 欧元 港元 日元 元 平方公里 平方千米 平方米 平方 ㎡ m2 平米 公顷 亩
    公里 千米 米(?!尺) 立方米 吨标准?煤 吨 千瓦时 千瓦 兆瓦 度(?=电) 标准?箱 TEU 人次
    人(?!民|才|大|员|均|社|民币|工) 名(?!单|称|企|校|园|牌|录|片) 家次 家(?!园|庭|具|电|乡|长|级|居) 户次
    户(?!外|籍|口) 批次 批(?!准|复|发|示) 件次 件(?!套) 项(?!目) 个(?!人|别|体|性|旧) 条(?!件|例|线|块) 栋 幢
    座(?!谈|椅|位) 所(?!属|有|得|以|需|在|示) 台(?!阶|账|商|资|企|湾|胞) 辆 套(?!取|用) 支(?!持|部|出|付|撑|柱|行)
    只(?!要|有|能|是|用) 种(?!植|子|业) 类 宗 处(?!于|理|置|长|级|在) 间(?!接|隔) 张(?!江|家) 份(?!额) 篇 笔
    单(?!位|一|元|独|价|个|体|项) 场(?!景|所|地|馆|次|均) 次(?!日|年|于) 列(?!入|为|席|全|第|国|车) 班(?!子|列)
    片(?!区) 幅 部(?!门|分|署|长|委|属|级) 款(?!项) 架 艘 株 床 倍
    分(?!别|布|为|类|区|期|局|成|两|三|四|五|列|管|公司|园|设|子|批|步|配|解|会|享|级|析|流|钟) 分钟 小时(?!候) 秒
    天(?!然|津|河|府) 位(?!于|置|列|居|次|数) P(?![a-zA-Z]) 亿(?!元|万)
    """
)
SCALES = "万亿|千万|百万|十万|亿|万|千(?!米|瓦|克)"
UNIT = (
    rf"(?:(?P<scale>{SCALES})(?P<more>[余多])?)?(?P<base>{any_of(BASES)})"
    r"(?P<per>/(?:亩|公顷|平方公里|日|年|天|月|人|㎡·月|㎡|平方米|吨))?"
)
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
# 1x.x is a blotted number; stars and dashes only by themselves: in **3.5亿元** they are somebody's bold type.
BLOT = r"(?:[\dxX×]{0,4}[xX×][\dxX×]{0,8}(?:\.[\dxX×]{1,4})?|\d{1,6}\.[xX×]{1,4}|[*＊_]{1,6}(?:\.[*＊_]+)?)"
NUMERAL = (
    r"(?<![第数几一二三四五六七八九十百千万亿\d.])[一二两三四五六七八九十百千]{2,}"
    r"(?=[余多]?(?:[万亿]元|[个家户项件名人亩条场次批]))"
)
LOWER_END = rf"(?:(?P<low>{DIGITS})(?P<lowunit>%|[万亿]?元)?[-–—~～至到](?=\d))?"  # 30 of 30-50亿元
ALONE = r"(?:(?<![\d.A-Za-z第])|(?<=GDP))"  # not within a name (5G, B2栋), but GDP722亿元
PLAIN = rf"{ALONE}(?P<sign>[-－](?=[\dxX]))?{LOWER_END}(?P<digits>{DIGITS})"
QUANTITY = re.compile(
    rf"(?P<number>{PLAIN}|{ALONE}{BLOT}|{NUMERAL})"
    rf"\s?(?P<about>[余多来])?\s?{UNIT}(?P<after>以上|以下|以内|左右|上下)?"
)
# Where a quantity can begin; trying the whole pattern at every character took three times as long.
OPENING = re.compile(r"[-－\dxX×*＊_一二两三四五六七八九十百千]")
DIGIT_RUN = re.compile(r"\d+(?:\.\d+)?")
YEAR = re.compile(r"(?:19|20)\d\d$")
CIRCLE = re.compile("[^，,。；;、]{0,8}圈")  # 15分钟便民生活圈
BLOTS = "xX×*＊_"
BLOTTED_BASES = frozenset(
    words(
        """
        个百分点 百分点 % ％ ‰ 美元 欧元 港元 元 平方公里 平方千米 平方米 平方 ㎡ 平米 公顷 亩 公里 千米 米 吨 人次
        家次 批次 件次 人 名 家 户 项 件 个 条 栋 座 所 台 辆 套 宗 次 倍 亿
        """
    )
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """``value`` in ``unit`` as printed (14.1 万人 stays 14.1 with unit 万人).

    ``qualifier``: 约, 超, 余, 以上, 下限 …
    """

    value: float | None
    mask: str | None
    unit: str
    span: Span
    qualifier: str | None = None


def quantities_of(text: str, redated: bool = False) -> Iterator[Quantity]:
    """Quantities of ``text`` in its order.

    Years, dates, ordinals, thresholds (10亿元以上项目) and numbers of names (3号路) are none. With ``redated`` a number
    that reads as a year is none either (缺口2022亩): it may be a year put over the true number. A range has two ends.
    """
    here = 0
    for opening in OPENING.finditer(text):
        if opening.start() < here or (match := QUANTITY.match(text, opening.start())) is None:
            continue
        here = match.end()
        years = redated and any(YEAR.match(part) for part in DIGIT_RUN.findall(match.group("number")))
        if not years and not _is_threshold(text, match) and not _is_part_of_a_name(text, match):
            yield from _quantities(text, match)


def _quantities(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    unit = (match.group("scale") or "") + match.group("base").replace("％", "%") + (match.group("per") or "")
    end = match.end("per") if match.group("per") else match.end("base")
    span = Span(match.start("number"), end)
    words = [_lead(text, match.start()), match.group("about") or match.group("more"), match.group("after")]
    qualifier = "、".join(word for word in words if word) or None
    digits, low = match.group("digits"), match.group("low")
    if digits is None:
        number = match.group("number")
        if any(c in BLOTS for c in number):
            yield Quantity(None, number, unit, span, qualifier)
        elif (value := number_of(number)) is not None and any(c in "十百千" for c in number):
            yield Quantity(float(value), None, unit, span, qualifier)
        return
    amount = _float(digits) * (-1 if _is_negative(text, match) else 1)
    if low is not None and _float(low) < amount:
        yield Quantity(_float(low), None, unit, span, "下限")
        yield Quantity(amount, None, unit, span, "上限")
    else:
        yield Quantity(amount, None, unit, span, qualifier)


def _float(digits: str) -> float:
    return float(digits.replace(",", ""))


def _lead(text: str, start: int) -> str | None:
    before = text[max(0, start - 4) : start].rstrip()
    for word in ("不少于", "不低于", "超过", "突破", "至少", "约", "近", "超", "逾", "过"):
        if before.endswith(word):
            return None if word == "过" and before.endswith(("通过", "经过")) else word
    return None


def _is_negative(text: str, match: re.Match[str]) -> bool:
    """A hyphen is a minus only after a word of change: 增长-3.5%, but 2021-3 and 三号-5 are none."""
    return bool(match.group("sign")) and text[max(0, match.start() - 1) : match.start()] in tuple(
        "长幅速为降到比:：( （"
    )


THRESHOLD_UNITS = ("元", "亩", "平方米", "人")
THRESHOLD_AFTER = re.compile(
    r"(?:以上|及以上|以下)(?:的)?(?:[有在]|(?=\d)|[^，,。；;、\d]{0,8}(?:项目|企业|产业|工程|客商|岗位))|级|(?:企业|项目)(?=\d|达|有)"
)
OVER = ("过", "超", "上", "达", "破")


def _is_threshold(text: str, match: re.Match[str]) -> bool:
    if not match.group("base").endswith(THRESHOLD_UNITS):
        return False
    end = match.start("after") if match.group("after") else match.end()
    found = THRESHOLD_AFTER.match(text, end)
    if found is None:
        return False
    if found.group() in ("企业", "项目"):
        return text[max(0, match.start() - 1) : match.start()] in OVER
    return True


def _is_part_of_a_name(text: str, match: re.Match[str]) -> bool:
    """第28, 前11个月 and 7×24小时 count nothing; a blot before a doubtful counter (xx部, xx场) is rather a name."""
    if text[max(0, match.start() - 1) : match.start()] in ("第", "×", "前"):
        return True
    if match.group("base") in ("分钟", "小时", "公里") and CIRCLE.match(text, match.end()):
        return True
    blotted = match.group("digits") is None and any(c in BLOTS for c in match.group("number"))
    return blotted and not match.group("scale") and match.group("base") not in BLOTTED_BASES
