"""How a zone is written where its name is not in the gazetteer: its type, its mask, the name in front."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from indexer.reference.regions import PROVINCE, Regions

TYPES: tuple[tuple[str, str], ...] = (
    ("综保区", r"综合保税区|综保区|保税港区|保税区|保税物流园区"),
    ("自贸区", r"自由贸易试验区|自贸试验区|自贸区|自由贸易港|自贸港"),
    # 高XX县区: 新区 was masked as if it were a county's name (seed 001)
    ("高新区", r"高新技术产业开发区|高新技术产业示范区|高新技术产业园区|高新技术开发区|高新区|高[xX×]{1,3}县区"),
    ("经开区", r"经济技术开发区|经济技术产业开发区|经济开发区|经开区"),
    ("科技城", r"科技城|科学城"),
    ("工业园区", r"工业园区|产业园区|工业集中区|产业集聚区|工业新区|科技园区|工业园|产业园(?!区)"),
    ("新区", r"(?<!高)(?<!工业)(?<!社)(?<!校)新区"),
    ("其他", r"开发区|合作区|综合试验区|投资区|旅游度假区|示范区"),
)
_FIRST = "综保自高经科工产新开合投旅示"  # looked at first: 0.3 ms for 10,000 characters instead of 1.3
_TYPE = re.compile(
    f"(?=[{_FIRST}])(?:" + "|".join(f"(?P<t{index}>{words})" for index, (_, words) in enumerate(TYPES)) + ")"
)
# The types a report of a zone calls itself by; 产业园 and 示范区 are things a zone has.
OWN_TYPES = ("高新区", "经开区", "综保区", "自贸区", "科技城")
_MASK = r"(?:[xX×＊*○□_]{1,6}|某{1,2})"
_ANY_TYPE = "|".join(words for _, words in TYPES)
# Two masks of six are the longest in front of a type: a megabyte of x took 5 s until longer runs were passed over.
_MASKED_ZONE = re.compile(
    rf"(?=[xX×＊*○□_某高])(?![xX×＊*○□_]{{13}})(?:{_MASK}\s?(?:市|县|区|省|州)?{_MASK}?(?:国家级?|省级)?(?P<type>{_ANY_TYPE})"
    r"|(?P<county>高[xX×]{1,3}县区))"
)
_BEFORE = re.compile(r"[\u4e00-\u9fff]{1,12}$")


def types_in(text: str) -> Iterator[tuple[str, int, int]]:
    """(type, start, end) of every type word."""
    for match in _TYPE.finditer(text):
        assert match.lastgroup is not None
        yield TYPES[int(match.lastgroup[1:])][0], match.start(), match.end()


def type_counts(text: str) -> Counter[str]:
    return Counter(kind for kind, _, _ in types_in(text))


def masked_zones(text: str) -> Iterator[tuple[str, str]]:
    """(type, the words) of every zone whose name is blotted out: xx高新区, 某市经开区, 高XX县区."""
    for match in _MASKED_ZONE.finditer(text):
        kind = next(types_in(match["type"] or match[0]), ("高新区", 0, 0))[0]
        yield kind, match[0]


# Words that may stand in front of a type without being a name.
_NOT_A_NAME = re.compile(
    r"(?:国家级?|省级|市级|国家|全国|全省|全市|全区|各类?|各个|各大|本|我|该|这个|一个|一批|多个|两个|[二三四五六七八九十]个|作为|成为|打造|建设|推进|创建|支持|加快|关于|以及|和|与|及|在|对"
    r"|的|等|为|是|了|把|将|向|从|到|使|让|由|市|县|区|省|州|新|老|大|总结|情况|发展|工作|建成|申报|获批|升级|升级为|管理|服务|促进|特色|省市|跨境|中国|年度|全面|推动|入驻|落户|区内|以来|期间|上半年|下半年|一季度|前三季度)$"
)
# What a title may say first: its time and 关于. Any other word of these in front of a type means that no name is there.
_LEADING = re.compile(r"^(?:关于|对|年度?|度|上半年|下半年|全年|前三季度|第?[一二三四]季度|以来|中共)+")
_NO_NAME_WITH = re.compile(
    r"我|各|全[国省市区州县]|召开|举行|举办|印发|参观|视察|调研|走访|建立|设立|成立|获批|聚焦|助力|服务|深化|强化|优化|提升|做[强大优好]"
    r"|壮大|激活|擦亮|引领|赋能|带动|促进|推[动进介]|探访|走进|全力|奋力|加[快速大强]|打造|建设|支持|学习|借鉴|考察|对标|开展|实施"
    r"|[的在向与和及让把被]|贯彻|落实|总结|情况|发展|工作|管理|改革|创建|申报|升级|迎接|通过|完善|规范|鼓励|扶持|国家|省级|市级|重点|首个|一个"
)


_PLACE_LIKE = re.compile(r"[^本该我全各外市县区赴到从与]{2,6}[市县旗]")  # 示例县工业园区, but not 本县工业园区


def plain_name(title: str, text: str, regions: Regions) -> tuple[str, str] | None:
    """(name, type) of a zone that ``title`` plainly names, listed or not: 示例高新区2023年工作总结 → 示例高新区.

    The words between the last mark or digit and the type are a name if they are two to eight characters long and hold
    nothing that only leads up to a type (国家级高新区, 推动开发区); of a longer run the body has to repeat the end.
    """
    for kind, start, end in types_in(title):
        if kind == "其他" and not title[start:end].endswith("开发区"):
            continue
        before = _BEFORE.search(title[:start])
        run = _LEADING.sub("", before[0]) if before else ""
        if not 2 <= len(run) <= 12 or not _is_name(run, kind, regions):
            continue
        word = title[start:end]
        if len(run) > 4 and run + word not in text and not _region_in_front(run, regions):
            run = next((run[-size:] for size in (2, 3, 4) if text.count(run[-size:] + word) >= 2), run)
        return run + word, kind
    return None


def _is_name(run: str, kind: str, regions: Regions) -> bool:
    """A place and what may follow it, or two to eight characters without any word that only leads up to a type.

    A province alone is no name (湖南省高新区 are all of its zones) but for its 自贸区; a city or a county is one.
    """
    region = _region_in_front(run, regions)
    if region is None:
        unknown_place = _PLACE_LIKE.fullmatch(run) is not None
        return len(run) <= 8 and not _NO_NAME_WITH.search(run) and (unknown_place or not _NOT_A_NAME.search(run))
    rest = run[len(region) :]
    if rest:
        return not _NO_NAME_WITH.search(rest)
    return kind == "自贸区" or regions.all_named(region)[0].level != PROVINCE


def _region_in_front(run: str, regions: Regions) -> str | None:
    return next((run[:end] for end in range(len(run), 1, -1) if regions.all_named(run[:end])), None)


def repeated_name(text: str) -> tuple[str, str] | None:
    """(name, type) of an unlisted zone that a text keeps calling by one name (four times and mostly)."""
    runs: Counter[tuple[str, str, str]] = Counter()
    total: Counter[str] = Counter()
    for kind, start, end in types_in(text):
        if kind not in OWN_TYPES:
            continue
        total[kind] += 1
        for size in (2, 3, 4):
            run = text[max(0, start - size) : start]
            if len(run) == size and re.fullmatch(r"[\u4e00-\u9fff]+", run) and not _NOT_A_NAME.search(run):
                runs[run, text[start:end], kind] += 1
    if not runs:
        return None
    (run, word, kind), times = max(runs.items(), key=lambda item: (item[1], len(item[0][0])))
    if times < 4 or times * 2 < total[kind]:
        return None
    return run + word, kind
