"""A question as people type it: 衡阳高新区 招商 2022. Names, years and kinds in it become filters, each of which can be
taken off; words that only ask (有哪些, 怎么做) are no condition; what is left is looked for.

Only a plain question is read so: quotes, signs and fields mean what they say. A name that is sure becomes a filter; a
city stays a word, for it may be what is told of. Nothing is changed without being shown (Query.understood).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from indexer.domain.query import Intent, Understood
from indexer.domain.spans import Span
from indexer.reference.gazetteer import ZONE_TYPES, Gazetteer
from indexer.reference.romanised import Romanised
from indexer.text.fold import fold

# a quote, a sign, a field, a bracket: whoever writes these asks in the question language
_SIGNS = re.compile(r"[\"“”「」『』|()（）\[\]]|(?<!\S)-|(?<![A-Za-z])(?:OR|AND|NOT)(?![A-Za-z])|[:：]")
_YEAR = re.compile(
    r"(?<![\d.])(?P<first>(?:19[5-9]|20[0-4])\d)(?:年?[-~—–至到](?P<last>(?:19[5-9]|20[0-4])\d))?"
    r"(?:年度?(?!代)|(?=[^\d.%％亿万元家个亩项户人]|$))"
)
_FIVE_YEARS = {"十二五": (2011, 2015), "十三五": (2016, 2020), "十四五": (2021, 2025), "十五五": (2026, 2030)}
_FIVE = re.compile("(?:“|「)?(?P<plan>十[二三四五]五)(?:”|」)?(?:时期|期间|规划)?")
_RECENT = re.compile(r"(?:最?近|过去)(?P<count>[一两二三四五]|[1-9])年(?:来|间)?")
_COUNTS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
# 国家级经开区 says which zones are meant; 移出国家级经开区序列 and 国家级经开区考核第一 say what befell one
_RANK_GAINED = "升级?为?|晋升为?|升格为?|创建|争创|申报|移出|退出|获批|成为|列入|入列|进入|评为"
_RANK_MATTERS = "(?:序列|名单|行列|资格|称号|牌子|(?:综合)?(?:考核|考评|评价|排名|排位))"
_LEVEL_AND_TYPE = re.compile(
    rf"(?P<gained>{_RANK_GAINED})?(?P<level>国家级|省级)的?(?P<type>{'|'.join(ZONE_TYPES[:6])})(?P<matters>{_RANK_MATTERS})?"
)
# a name by itself that ends as those of zones do: 某某工业集中区 where the build has reports of 某某产业开发区
_LIKE_A_ZONE = re.compile(
    "(?<!\\S)(?P<stem>[\u4e00-\u9fff]{2,6}?)(?:(?:高新技术|经济技术|经济|工业|产业|先进制造业|高新)?"
    "(?:开发区|集中区|集聚区|园区|园)|高新区|经开区)(?!\\S)"
)
_PROVINCE_ENDING = "(?:省|(?<=北京|天津|上海|重庆)市|自治区|壮族自治区|回族自治区|维吾尔自治区)?"  # 吉林市 is a city
# words by which a status is asked for and hardly anything else; 问题, 计划 alone are words of the texts themselves
_STATUS = (
    (
        "问题",
        re.compile(
            "(?:还?存在的?(?:主要)?问题|还?(?:有|存在)(?:哪些|什么)(?:问题|困难|短板|不足)|短板[和与、]?不足)(?:是什么|有哪些)?"
        ),
    ),
    # who ends with 短板 asks what is lacking, who speaks of 补短板 tells a measure
    (
        "问题",
        re.compile(
            "(?<![补齐上破解])(?:短板|弱项|瓶颈|痛点|难点|堵点|不足之处)(?:弱项)?(?:在哪里?|是什么|有哪些)?[?？]?$"
        ),
    ),
    ("计划", re.compile("下一步(?:的?(?:打算|安排|计划|工作))?|打算怎么做|有(?:哪些|什么)打算")),
)
# what only asks: the rest of the question says what is sought
_ASKING = re.compile(
    "(?:都|分别|主要)?(?:有|是)?(?:哪些|哪几|什么样的?|什么|多少|几家|谁家?|如何|怎么|怎样|为什么)(?:园区|地方|城市|单位|做法|举措|措施|办法|经验|情况)?"
    "(?:在?做|办|开展|推进|提高|的)?|的(?:做法|举措|措施|办法|经验|情况)(?=\\s|$)|(?:情况|做法|经验)(?:是|有)?(?:怎么样|如何)|请问|了?[没未]有[?？]?$|[没了]?吗[?？]?$|呢$"
)
_DEFINING = re.compile(
    r"^(?P<word>[^\s,。?]{2,12}?)(?:是什么(?:意思)?|指的?是?什么|什么意思|怎么理解|的(?:定义|含义))\??$"
)
_COMPARING = re.compile(r"对比|比较|对标|相比|[比和与跟同].{2,14}(?:哪个|谁|差别|差距|不同|区别)")
# what hangs on the words that are left once names and years are out: 的招商做法 → 招商, 专项债各园区 → 专项债
_IN_FRONT = re.compile(r"(?<!\S)(?:[的和与跟同及在对把各、]+|各个?)(?=\S{2}|\s|$)")
_BEHIND = re.compile(
    r"(?<=\S\S)(?:方面|各个?(?:园区|地区?|开发区)|的?(?:做法|举措|措施|办法|经验|情况)|[的和与、]+)+(?!\S)"
)
# what kind of thing is sought, where the question doesn't ask in so many words: 固定资产投资下降的城市
_KIND_SOUGHT = re.compile("(?<=..)的(?:城市|园区|地方|地区|开发区|案例|例子)[?？]?$")
_OF_A_FIGURE = re.compile("(?:同比)?(?:增速|增长率|增长|增幅|总量|数量|金额|规模|排名)?(?:各?是?(?:多少|几))?$")
_FIRST_OF_A_RUN = re.compile("(?:^|(?<=\\s)|(?<=[对比和与跟同]))([\u4e00-\u9fff]{2,})")
_BEHIND_A_STEM = re.compile(r"$|[\s的在为怎如有是对把和与跟同近去今十“\d]")  # 两江四岸 is no zone
_OF_A_NEW_AREA = re.compile("新片区|(?<!高)新区|自贸区|航空港区|科学城|科技城|先行区|合作区|示范区")
_MOST_PLACES = 6  # that stand side by side
_ONE_THING = 5  # characters of what a short question is about: 亩均论英雄; 企业用地不够 is half a sentence already


@dataclass(frozen=True, slots=True)
class Reading:
    """``rest``: the words that are looked for. ``zones``, ``years`` … as the parameters of these names take them."""

    rest: str
    understood: tuple[Understood, ...] = ()
    intent: Intent | None = None

    def values(self, parameter: str) -> list[str]:
        return [one.value for one in self.understood if one.parameter == parameter]


@dataclass(frozen=True, slots=True)
class Understanding:
    """Safe to use from many threads at once. ``newest``: the newest year of the build, from which 近三年 is counted.
    ``labels``: zones and cities that the build has reports of. ``indicators``: as they are printed, folded → what they
    are called."""

    gazetteer: Gazetteer
    provinces: Collection[str]
    newest: Callable[[], int | None]
    labels: Callable[[], Collection[str]] = lambda: ()
    indicators: Mapping[str, str] = field(default_factory=dict)
    romanised: Romanised = field(default_factory=Romanised)

    def read(self, text: str, taken: Mapping[str, Collection[str]] | None = None) -> Reading:
        """``taken``: parameters that the user has set already, and to what; nothing in the words stands for them then.
        What the words say once more (光谷 招商 under the filter 武汉东湖高新区) is no further condition."""
        taken = taken or {}
        text = self.romanised.in_chinese(text, self.labels())
        if not text.strip() or _SIGNS.search(text):
            return Reading(text)
        folded = fold(text)  # of the same length
        defined = _DEFINING.match(folded.strip())
        if defined and not any(words.search(folded) for _, words in _STATUS):
            word = defined["word"]
            return Reading(word, intent=Intent("define", (("q", word), ("status", "注释"))))
        found: list[tuple[Span, Understood]] = []
        repeated: list[Span] = []
        for span, one in self._all(text, folded):
            if any(map(span.overlaps, (*(other for other, _ in found), *repeated))):
                continue
            if one.parameter not in taken:
                found.append((span, one))
            elif self._is_among(one, taken[one.parameter]):
                repeated.append(span)
        cities = [(span, city) for span, city in self._cities(folded, found) if not any(map(span.overlaps, repeated))]
        repeated += [span for span, city in cities if self._is_among(Understood("zone", city), taken.get("zone", ()))]
        is_comparing = _COMPARING.search(folded) is not None
        if is_comparing and "zone" not in taken and len(cities) + _zones_of(found) > 1:
            found += [(span, Understood("zone", city)) for span, city in cities if city in self.labels()]
        understood = tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))
        rest = _without(text, [*(span for span, _ in found), *repeated])
        if repeated and not found and not rest.strip():
            return Reading(text)
        bare = _without(text, [*(span for span, _ in (*found, *cities)), *repeated])
        intent = self._intent(is_comparing, understood, [city for _, city in cities], bare)
        if intent is not None and is_comparing:
            rest = _COMPARING.sub(" ", rest)
        is_of_a_status = any(one.parameter == "status" for _, one in found)
        if is_of_a_status and not intent and len(cities) == 1 and not _tidied(bare) and "zone" not in taken:
            # 洛阳存在的问题: nothing is left but a place, which is what its own reports say
            span, city = cities[0]
            if city in self.labels() and not _zones_of(found):
                found.append((span, Understood("zone", city)))
                return Reading("", tuple(one for _, one in sorted(found, key=lambda pair: pair[0])))
        tidied = _tidied(rest) if found or repeated or intent else _asked_for(rest) or text
        return Reading(_KIND_SOUGHT.sub("", tidied), understood, intent)

    def _is_among(self, one: Understood, values: Collection[str]) -> bool:
        """Whether ``values`` of the parameter say what ``one`` does: a zone by another name, a year of a span."""
        if one.parameter == "zone":
            named = (self.gazetteer.resolve(value) for value in values)
            return one.value in {zone.short for zone in named if zone} or one.value in map(_bare, values)
        if one.parameter == "year":
            return any(_span(value) == _span(one.value) for value in values)
        return one.value in map(_bare, values)

    def _all(self, text: str, folded: str) -> Iterator[tuple[Span, Understood]]:
        """Names before years: 十四五 is no number."""
        for occurrence in self.gazetteer.find(text):
            if occurrence.strong or occurrence.text == folded.strip():
                yield occurrence.span, Understood("zone", self._label(occurrence.text, occurrence.zone.short))
        for match in _LIKE_A_ZONE.finditer(folded):
            called = [label for label in self.labels() if _stem(label) == match["stem"]]
            if len(called) == 1 and called[0] != match.group():
                yield Span(match.start(), match.end()), Understood("zone", called[0])
        yield from self._stems(folded)
        for match in _LEVEL_AND_TYPE.finditer(folded):
            if match["gained"] or match["matters"]:
                continue
            level, kind = match["level"], match["type"]
            yield Span(match.start("level"), match.end("level")), Understood("level", level)
            yield Span(match.start("type"), match.end("type")), Understood("type", kind)
        for match in _named_provinces(tuple(self.provinces)).finditer(folded):
            name = next(province for province in self.provinces if match.group().startswith(province))
            if _apart(folded, match.start()):
                yield Span(match.start(), match.end()), Understood("province", name)
        yield from self._years(folded)
        for status, words in _STATUS:
            for match in words.finditer(folded):
                yield Span(match.start(), match.end()), Understood("status", status)

    def _label(self, text: str, short: str) -> str:
        """What a zone is called here: where there is no report of it but one of all zones of its city, by that: what
        is asked of 某市开发区 may be told of them together."""
        together = f"{text.removesuffix('开发区').removesuffix('市')}市开发区"
        labels = self.labels()
        return together if text.endswith("开发区") and short not in labels and together in labels else short

    def _stems(self, folded: str) -> Iterator[tuple[Span, Understood]]:
        """临港 for 临港新片区, at the beginning of a word: where one label of the build has this stem, which is no
        region's name."""
        for match in _FIRST_OF_A_RUN.finditer(folded):
            called = [label for label in self.labels() if (stem := _long_stem(label)) and match[1].startswith(stem)]
            stems = {_long_stem(label) for label in called}
            if len(called) == 1 and not any(map(self.gazetteer.regions.all_named, stems)):
                end = match.start(1) + len(stems.pop())
                if _BEHIND_A_STEM.match(folded, end):
                    yield Span(match.start(1), end), Understood("zone", called[0])

    def _years(self, folded: str) -> Iterator[tuple[Span, Understood]]:
        for match in _FIVE.finditer(folded):
            first, last = _FIVE_YEARS[match["plan"]]
            yield Span(match.start(), match.end()), Understood("year", f"{first}-{last}")
        newest = self.newest()
        for match in _RECENT.finditer(folded):
            count = _COUNTS.get(match["count"]) or int(match["count"])
            if newest is not None:
                yield Span(match.start(), match.end()), Understood("year", f"{newest - count + 1}-{newest}")
        for match in _YEAR.finditer(folded):
            first, last = int(match["first"]), int(match["last"] or match["first"])
            if first <= last:
                value = str(first) if first == last else f"{first}-{last}"
                yield Span(match.start(), match.end()), Understood("year", value)

    def _cities(self, folded: str, found: list[tuple[Span, Understood]]) -> list[tuple[Span, str]]:
        """Cities and provinces that are named beside what was found, by the names they go by."""
        regions = self.gazetteer.regions
        cities = []
        for at, name in regions.places_in(folded):
            span, region = Span(at, at + len(name)), regions.meant_by(name)
            if region is not None and not any(span.overlaps(other) for other, _ in found):
                cities.append((span, region))
        return cities

    def _intent(
        self, is_comparing: bool, understood: tuple[Understood, ...], cities: list[str], bare: str
    ) -> Intent | None:
        """Where the question rather leads: to a comparison of the places that it names, or to an indicator of them.
        ``bare``: the question without names and years."""
        named = [one.value for one in understood if one.parameter == "zone"]
        zones = tuple(("zone", place) for place in dict.fromkeys([*named, *cities]))
        years = _from_to(one.value for one in understood if one.parameter == "year")
        if is_comparing and len(zones) > 1:
            return Intent("compare", (*zones[:_MOST_PLACES], *years))
        if zones and (indicator := self._indicator(bare)):
            return Intent("figures", (("indicator", indicator), *zones[:_MOST_PLACES], *years))
        return None

    def _indicator(self, words: str) -> str:
        """The indicator that the words name, but for what is asked of it (GDP增速, GDP是多少)."""
        bare = "".join(_tidied(words).split())
        asked = (fold(bare), _OF_A_FIGURE.sub("", fold(bare)))
        return next((self.indicators[name] for name in asked if name in self.indicators), "")


@cache
def _named_provinces(provinces: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, provinces))}){_PROVINCE_ENDING}(?=(?:19|20)\d\d|\W|$)")


def _stem(label: str) -> str:
    """What a zone's name says but for its kind; "" for what isn't named as a zone."""
    match = _LIKE_A_ZONE.fullmatch(label)
    return match["stem"] if match else ""


def _long_stem(label: str) -> str:
    """What a new area or a science city is called by: 临港 of 临港新片区, where two characters and more are left.
    Not of 高新区 and 经开区, which go by their city."""
    ending = _OF_A_NEW_AREA.search(label)
    return label[: ending.start()] if ending and ending.end() == len(label) and ending.start() > 1 else ""


def _bare(place: str) -> str:
    """A place without 市 or 省, where something is left."""
    return re.sub(r"(?<=..)(?:省|市|地区)$", "", place)


def _from_to(years: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Of what is compared one span of years can be asked: from the first of ``years`` to the last."""
    named = [year for value in years for year in _span(value)]
    if not named:
        return ()
    first, last = min(named), max(named)
    return (("year", first if first == last else f"{first}-{last}"),)


def _span(years: str) -> list[str]:
    return re.findall(r"\d{4}", years)


def _zones_of(found: list[tuple[Span, Understood]]) -> int:
    return sum(one.parameter == "zone" for _, one in found)


def _without(text: str, taken: list[Span]) -> str:
    rest, at = "", 0
    for span in sorted(taken):
        rest += text[at : span.start] + " "
        at = span.end
    return rest + text[at:]


def _tidied(rest: str) -> str:
    """The words that are left, without what hangs on them."""
    bare = " ".join(_BEHIND.sub("", _IN_FRONT.sub("", " ".join(rest.split()))).split())
    return _asked_for(bare) or bare


def _asked_for(words: str) -> str:
    """亩均论英雄 of 亩均论英雄怎么做, where nothing else is asked; "" else. Of a longer question every part
    counts: it is answered as a sentence (match_modes.py), which finds more than its parts do one by one."""
    asking = [match for match in _ASKING.finditer(words) if not words[match.end() :].strip("?？ ")]
    bare = _BEHIND.sub("", words[: asking[0].start()].strip()) if asking else words  # 怎么用好专项债 asks for all of it
    return bare if bare != words and " " not in bare and 2 <= len(bare) <= _ONE_THING else ""


def _apart(text: str, at: int) -> bool:
    """Whether a word begins at ``at``: the 海南 of 青海南部 is no province."""
    return at == 0 or not ("\u4e00" <= text[at - 1] <= "\u9fff")
