"""Words of a text that point to a place without proving it. Shown to the reader, never filled in as a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from indexer.domain.gazetteer import Gazetteer, Occurrence
from indexer.domain.regions import COUNTY, Regions
from indexer.pipeline.describe.places import named_regions

_LIMIT = 12
# Endings are looked for first and the name before them afterwards: 1.2 ms for 10,000 characters became 0.2
_ENDING = re.compile(
    r"大学城|大学|学院|师专|师大|科技园|科创走廊|(?:承接)?产业(?:转移)?集聚区|眼谷|(?:特色)?小镇|街道|大道"
    r"|(?<![城乡村集古])镇(?![压静定痛])"
)
_RUN = re.compile(r"[\u4e00-\u9fff]{2,7}$")
# 皖北, 苏南, 浙南: the province's one-character name with a quarter of it
_QUARTER = re.compile(
    r"(?:皖|苏|浙|鲁|豫|鄂|湘|赣|粤|桂|滇|黔|闽|冀|晋|陕|辽|吉|川|甘|蒙|新疆)[东南西北中](?![\u4e00-\u9fff]?[京海])"
)
# 赣深高铁, 福银高速: a line by the one-character names of the places it joins
_LINE = re.compile(
    r"[京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁深穗汉郑合杭昌武福厦徐沈哈银兰昆]{2}(?:高铁|高速|铁路|城际)"
)
_CUT = re.compile(
    r"[的和与在及了至对于为是将向把从由等或、，]|建设|推进|支持|加快|开展|依托|组织|打造|举办|承办|重点|项目|引进|争取|省大|关于|位于|省内|全国|全市|全区|沿线|赴|首批|完成|实施|联合|推介|支线|横穿|攻克|困扰|加速|提速|壮大|拆除|所属|通过|成功|入选|县区|迎来|[一二两三四五六七八九十]家|喺|取消|内无|[x×X*]+"
)
_COMMON = re.compile(
    r"^(?:人民|高新|创新|创业|科技|产业|工业|特色|乡|城|各|全|本|我|老|新|省|市|国家|两个|多个|几个|中心|重点|美丽|智慧|主干|老年|职业|高等|双一流|所在|沿街|商业|数字|信息|知名|名牌|开放|广播|市委|党校|行政|职工|街|和|第|批|类|创建|打造|所|一|二|三|四|五|六|七|八|九|十)+"
    r"(?:大学城|大学|学院|科技园|小镇|特色小镇|街道|大道|镇|产业集聚区)$"
)


def hints_in(
    text: str, mentioned: Iterable[Occurrence], gazetteer: Gazetteer, without: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """At most a dozen, each once, first those the gazetteer ties to a zone. ``without``: names given as its own."""
    found = [occurrence.text for occurrence in mentioned]
    found += [name for name in gazetteer.near_names if name in text]
    found += named_regions(text, gazetteer.regions, 4)
    found += _named(text, gazetteer.regions)
    found += [match[0] for match in _LINE.finditer(text)]
    found += [match[0] for match in _QUARTER.finditer(text)]
    kept: list[str] = []
    for name in dict.fromkeys(found):
        if name not in without and not any(name in other or other in name for other in kept):
            kept.append(name)
    return tuple(kept[:_LIMIT])


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
