"""Of what a value is true (全市, 市区, 规上), and how sure it is said to be (约, 预计)."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

# The place that the paper is of is said once for a paragraph.
_OWN = "全市|全区|全县|全州|全盟|全旗|全镇|全域|我市|我区|我县"
_OTHER = (
    "全国|全省|全自治区|我省|市区|城区|主城区|中心城区|市本级|市直|区本级|省本级|县域"
    "|核心区|直管区|主园区|园区|开发区|高新区|经开区|综保区|保税区|新区|自贸区"
)
AREAS = frozenset(f"{_OWN}|{_OTHER}".split("|"))
# 居全省第2, 高于全国: among whom, not of what.
AREA = re.compile(
    rf"(?<![居列占于比较为])(?<!位列|位居|高于|低于|列入|入选|纳入|成为|荣获|获批)(?P<area>{_OWN}|(?<![县省])(?<!在(?=全))(?:{_OTHER}))(?!域|第|前[一二三四五六七八九十\d列]|首|平均|最|排|唯一|先进|水平|各市|建设|管委会|发展|改革|高质量|率先|\d)"
)
# 滨江产业园引进项目20个: whose they are, where a sentence begins with it.
INNER = re.compile(
    r"(?:工业园|工业区|产业园|科技园|集聚区|集中区|启动区|起步区|先行区|示范区|试验区|合作区|科学城|产业城)区?"
    r"(?!区|域|等|[、和及与的]|第|首|建设|管委会|发展|改革|创建|创新|加快|扎实|稳步|获|入选|成功|正式|揭牌|启动|列入|通过|挂牌|\d)"
)
CLAUSE = re.compile("[，,；;：:]")
COUNTED = re.compile(r"[\d几多余][个家座][^，,、；;。]{0,8}$")  # 11个绿色园区: what was counted, not where
LISTED = re.compile("[、和及与]|以及")
ACTING = re.compile(
    "^[扩拓改推加建实提强完支打优新开做抓举持承深大坚统启落围]|^(?:积极|全面|全力|成功|高标准|高质量|获批|创成|争创|确保|力争)"
)  # 改造城区道路40条，建成…
LONGEST_NAME = 14  # characters before 产业园 in the name of one
OPENING = 8  # characters before the area that a sentence is about: 蒙自经济技术开发区…，完成产值…
SORT = re.compile("规上|规模以上|限上|限额以上|全口径|不含农户|四上")
EXPECTED = re.compile("预计|有望|力争|确保|争取|初步统计|快报")


@dataclass(frozen=True, slots=True)
class Areas:
    """The areas that a text names, (place, words) in their order."""

    text: str
    named: tuple[tuple[int, str], ...]

    @classmethod
    def of(cls, text: str) -> Areas:
        found = [(match.start(), match.group("area")) for match in AREA.finditer(text)]
        return cls(text, tuple(sorted(found + [(match.start(), match.group()) for match in INNER.finditer(text)])))

    def scope_of(self, at: int, sentence: int, left: str, *, among: bool) -> str | None:
        """The area that holds at ``at``, with 规上 and the like from the number's own words.

        ``at``: of the number, or of the one that it carries on from; ``sentence``: where that sentence begins.
        ``among``: 其中 makes it a part of something; 进出口90亿元，其中出口60亿元 are the exports, all of them.
        """
        area = self._area_at(at, sentence)
        words = [area] if area else []
        words += SORT.findall(left)[-1:]
        if among and "其中" in re.split("[；;]", left)[-1]:
            words.append("其中")
        return "、".join(words) or None

    def _area_at(self, at: int, sentence: int) -> str | None:
        """The last area before ``at``: the paper's own place (全市) from anywhere in the paragraph, any other only from
        its clause or where its sentence begins with it. Of 26 areas carried on from a sentence before, drawn from 120
        work reports, 24 were wrong, and so were most of those from another clause."""
        paragraph = self.text.rfind("\n", 0, at) + 1
        for place, word in reversed(self.named[: bisect_left(self.named, (at, ""))]):
            if place < paragraph:
                return None
            if word in _OWN.split("|") or self._holds(place, word, at, sentence):
                return word
        return None

    def _holds(self, place: int, word: str, at: int, sentence: int) -> bool:
        if place < sentence or COUNTED.search(self.text[sentence:place]):
            return False
        inner = word not in AREAS
        opens = place - sentence <= (LONGEST_NAME if inner else OPENING) and not CLAUSE.search(
            self.text, sentence, place
        )
        opens = opens and not ACTING.search(self.text[sentence:place])
        if opens and not LISTED.match(self.text, place + len(word)):
            return True
        return not inner and CLAUSE.search(self.text, place, at) is None


def hedge_of(left: str, printed: str | None) -> str | None:
    expected = EXPECTED.findall(left)
    words = ([expected[-1]] if expected else []) + ([printed] if printed else [])
    return "、".join(words) or None
