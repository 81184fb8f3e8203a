"""Places in a ranking: 居全市第一, 排全国高新区第28位, 全省前三."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.text.numerals import number_of

VERB = (
    "提升至|提升到|上升至|上升到|前移至|前移到|跻身|保持|位居|位列|列居|排名|排在|排|名列|稳居|跃居|升至|升到|跃升至|居于|居"
    "|(?<![班专系])列|进入|进至|荣获|获得|获(?!批)|并列"
)
FIELD = r"(?:[^\d，,。；;、：:（）()“”\s第前]|“[^”]{1,8}”|[A-Z]类){0,14}?"
NUMERAL = "[一二三四五六七八九十]{1,3}"
PLACE = (
    rf"(?:第(?P<nth>{NUMERAL}|\d{{1,3}})(?P<suffix>位|名)?|(?P<bare>\d{{1,3}})位"
    rf"|前(?P<top>{NUMERAL}|\d{{1,3}})(?:位|名|强)?|(?P<head>榜首|首位|前列|第一方阵))"
)
AREA = "全国|全省|全疆|全盟|全旗|西南|西北|东北|全市|全区|全州|全县|省内|市内|国家级?|全自治区|西部|中部|同类"
RANK = re.compile(
    rf"(?P<verb>{VERB})(?P<field>(?:(?:19|20)\d\d年?度?)?{FIELD}){PLACE}"
    rf"|(?P<area>(?:{AREA})[^\d，,。；;、：:\s第]{{0,14}}?){PLACE.replace('?P<', '?P<a')}"
    r"|(?P<only>第\d{1,3}[位名])"
)
NOT_PLACES = re.compile(r"[批期届次轮条章季号个家年代产]")
# 由全省第9位上升到第4位: the place that was left.
LEFT = re.compile("[位名]?(?:攀升|上升|跃升|提升|提高|前移|晋升|升|进)[到至为]")
# 全省第二大城市 says which is meant; where one becomes that, it is a place.
LARGE, BECOMES = re.compile("大"), re.compile("成为[^，。；]{0,6}$")


@dataclass(frozen=True, slots=True)
class Rank:
    """``words`` without its verb (全市第一); ``place`` None for 前列 and the like; ``of`` what was ranked, or 排名.

    ``top``: 前三 says no more than at best the third. ``start`` and ``end`` are places in the text.
    """

    words: str
    place: int | None
    of: str
    verb: bool
    top: bool
    start: int
    end: int


def ranks_of(text: str) -> Iterator[Rank]:
    for match in RANK.finditer(text):
        groups = match.groupdict()
        if LEFT.match(text, match.end()):
            continue
        top = groups["top"] or groups["atop"]
        nth = groups["nth"] or groups["anth"] or groups["bare"] or groups["abare"] or top
        if NOT_PLACES.match(text, match.end()) and not (groups["suffix"] or groups["asuffix"]):
            continue
        if LARGE.match(text, match.end()) and not BECOMES.search(text[max(0, match.start() - 8) : match.start()]):
            continue
        only = groups["only"]
        if only:
            nth = only[1:-1]
        place = None if nth is None else int(nth) if nth.isdigit() else number_of(nth)
        if groups["head"] in ("榜首", "首位") or groups["ahead"] in ("榜首", "首位"):
            place = 1
        verb = groups["verb"]
        words = match.group()[len(verb) if verb else 0 :]
        yield Rank(
            words,
            place,
            _ranked(text, match.start()),
            verb is not None or bool(groups["area"]),
            bool(top),
            *match.span(),
        )


def _ranked(text: str, start: int) -> str:
    """What was ranked, where a word for it stands before the verb: 国家级经开区综合考核 in …综合考核列第九."""
    before = re.search(
        r"[^\d，,。；;、：:（）()\s]{0,12}(?:考核|考评|评价|评估|排名|榜单|测评|指标|绩效|水平)$",
        text[max(0, start - 16) : start],
    )
    return before.group().lstrip("在从以于") if before else "排名"
