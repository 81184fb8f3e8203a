"""Words of a text that point to a place without proving it. Shown to the reader, never filled in as a name.

A catchphrase (三重一创) tells the province whose policy it is, a strategy's name the land it is for, a school or a park
its town; 在榕落户 says where by one character, and a city that awards its twentieth 文明单位 is an old hand at it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from indexer.locale.remarks import remark
from indexer.pipeline.describe.location_cues import cut_places, half_masked, honours, strategies
from indexer.pipeline.describe.places import named_regions
from indexer.reference.gazetteer import Gazetteer, Occurrence
from indexer.reference.regions import COUNTY, Regions
from indexer.reference.slogans import Slogan

_LIMIT = 12
_ZONES, _NAMES, _SLOGANS, _REGIONS = 6, 6, 3, 4  # of each kind at most, so that none crowds out the others
# Endings are looked for first and the name before them afterwards: 1.2 ms for 10,000 characters became 0.2
_CAMPUS = "(?:[新老东南西北]?校区)?"
_ENDING = re.compile(  # each begins with its own character, so that the rest of a text is passed over at once
    rf"大学城|大学{_CAMPUS}|学院{_CAMPUS}|师专{_CAMPUS}|师大{_CAMPUS}|科技园|科创走廊|产业集聚区|产业转移集聚区|眼谷|小镇|街道|大道"
    r"|镇(?<![城乡村集古街名强重县市业制态心达界色设范广]镇)(?![压静定痛])"
)
_RUN = re.compile(r"[\u4e00-\u9fff]{2,7}$")
# 皖北, 苏南, 黔东南: the province's one-character name with a quarter of it; but not 江苏南部, 四川中部, 陕西
_QUARTER = re.compile(
    r"[皖苏浙鲁豫鄂湘赣粤桂滇黔闽冀晋陕辽川蒙吉甘](?:东[南北]|西[南北]|[东南西北中])"
    r"(?<![江四银内安苦伊].[东南西北中])(?<!陕西)(?![\u4e00-\u9fff]?[京海])"
)
# 赣深高铁, 福银高速: a line by the one-character names of the places it joins
_LINE = re.compile(
    r"[京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁深穗汉郑合杭昌武福厦徐沈哈银兰昆]{2}(?:高铁|高速|铁路|城际)"
)
_CUT = re.compile(
    r"[的和与在及了至对于为是将向把从由等或、，]|建设|推进|支持|加快|开展|依托|组织|打造|举办|承办|重点|项目|引进|争取|省大|关于|位于|省内|全国|全市|全区|沿线|赴|首批|完成|实施|联合|推介|支线|横穿|攻克|困扰|加速|提速|壮大|拆除|所属|通过|成功|入选|县区|迎来|[一二两三四五六七八九十]家|喺|取消|推[动行]|加[强大]|鼓励|打通|[连贯]通|建成|共建|落实|实现|深化|促进|升格|新增|大力|启动|改造|提升|增设|优化|做强|即以|围绕|依法|确保|[一数几\d]?[个条所座批](?=[\u4e00-\u9fff]{2,})|万名|内无|[x×X*]+"
)
_COMMON = re.compile(
    r"^(?:人民|高新|创新|创业|科技|产业|工业|特色|乡|城|各|全|本|我|老|新|省|市|国家|两个|多个|几个|中心|重点|美丽|智慧|主干|老年|职业|高等|双一流|所在|沿街|全日制|康庄|发展|阳光|幸福|中国|社会科学|师范|理工|医科|农业|财经|技术|专科|引进|千亿|百亿|万亿|千亿级|百亿级|主要|应用型|高水平|技师|一流|多数|沿线|无违建|现代|先进|制造|商业|数字|信息|知名|名牌|开放|广播|市委|党校|行政|职工|街|和|第|批|类|创建|打造|所|一|二|三|四|五|六|七|八|九|十)*"
    r"(?:大学城|大学|学院|(?:大学|学院)[新老东南西北]?校区|科技园|小镇|特色小镇|街道|大道|镇|产业集聚区)$"
)


def hints_in(
    text: str,
    mentioned: Iterable[Occurrence],
    said: Sequence[Slogan],
    gazetteer: Gazetteer,
    without: frozenset[str] = frozenset(),
) -> tuple[str, ...]:
    """At most a dozen, each once, the most telling first.

    ``mentioned`` and ``said`` are the zones and catchphrases found in the text, ``without`` names given as its own.
    A name that stands only inside of a longer one (皖北 in 皖北承接产业转移集聚区) gives way to it.
    """
    whole = (*(_counted(slogan.phrase, text) for slogan in said[:_SLOGANS]), *strategies(text, gazetteer))
    found = [name for name, _ in Counter(occurrence.text for occurrence in mentioned).most_common(_ZONES)]
    found += gazetteer.near_in(text)
    found += whole
    found += half_masked(text)
    found += cut_places(text, gazetteer.regions)
    found += named_regions(text, gazetteer.regions, _REGIONS)
    found += list(_named(text, gazetteer.regions))[:_NAMES]
    found += [match[0] for match in _LINE.finditer(text)]
    found += [match[0] for match in _QUARTER.finditer(text)]
    found += honours(text)
    kept: list[str] = []
    for name in dict.fromkeys(found):
        if name not in without and not _only_inside(name, whole, text) and not _said(name, kept, whole):
            kept.append(name)
    return tuple(kept[:_LIMIT])


def _counted(phrase: str, text: str) -> str:
    """A catchphrase with the number it goes by: 十项 in front of 暖民心行动."""
    number = re.search(rf"[一二三四五六七八九十]{{1,3}}[项大个]{re.escape(phrase)}", text)
    return number[0] if number else phrase


def whose_words(said: Sequence[Slogan]) -> tuple[str, ...]:
    """A sentence per place whose catchphrases are said: “三重一创”“四送一服”多见于安徽的报告，仅供参考."""
    places: dict[str, str] = {}
    for slogan in said[:_SLOGANS]:
        place = slogan.province + (slogan.city or "")
        places[place] = places.get(place, "") + f"“{slogan.phrase}”"
    return tuple(remark("phrases", phrases=phrases, place=place) for place, phrases in places.items())


def _only_inside(name: str, whole: tuple[str, ...], text: str) -> bool:
    longer = [other for other in whole if name in other and name != other]
    return bool(longer) and text.count(name) <= sum(text.count(other) for other in longer)


def _said(name: str, kept: list[str], whole: tuple[str, ...]) -> bool:
    """True where a name of ``kept`` says the same in more or fewer words."""
    return any(name in other or (other in name and name not in whole) for other in kept if other not in whole)


def _named(text: str, regions: Regions) -> Iterator[str]:
    counted: Counter[str] = Counter()
    last = 0
    for ending in _ENDING.finditer(text):
        run = _RUN.search(text[max(last, ending.start() - 7) : ending.start()])
        last = ending.end()
        if run is None:
            continue
        start = ending.start() - len(run[0])
        name = _from_its_start((text[start - 1] if start else "\n") + text[start : ending.end()], regions)
        if name is not None and len(name) >= 4 and not _COMMON.match(name):
            counted[name] += 1
    yield from (name for name, _ in counted.most_common(_LIMIT))


def _from_its_start(words: str, regions: Regions) -> str | None:
    """The name without the words that run into it; None where nothing tells where it starts.

    ``words`` begin one character before what may be the name. 困扰福建师大 starts at its province; a name without a
    place in it must stand behind a mark or a cutting word.
    """
    pieces = _CUT.split(words[1:])
    name = pieces[-1]
    for start in range(len(name) - 3):
        for end in (start + 2, start + 3):
            if any(region.level != COUNTY for region in regions.all_named(name[start:end])):
                return name[start:]
    bounded = len(pieces) > 1 or not re.match(r"[\u4e00-\u9fffA-Za-z]", words)
    return name if bounded and len(name) <= 7 else None
