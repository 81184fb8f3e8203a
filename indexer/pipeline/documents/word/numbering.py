"""The numbers that Word writes before paragraphs by itself: 一、 （一） 第一条 1."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from indexer.pipeline.documents.safety import local_name
from indexer.pipeline.documents.word.shown import child, is_on, number, value
from indexer.pipeline.documents.word.styles import ListPlace, Styles

_DEEPEST = 9  # levels of a list (17.9.6)
_PLACE = re.compile(r"%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. ``text`` holds %1 for the count of the first level, %2 for the second …"""

    start: int
    form: str
    text: str
    restart: int | None  # the level after which it starts anew; None: any above
    legal: bool  # all counts as plain digits
    style: str | None


@dataclass(slots=True)
class Counter:
    counts: list[int | None] = field(default_factory=lambda: [None] * _DEEPEST)


class Numbering:
    """Labels of one document, asked for paragraph by paragraph in the order of the text."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, etree._Element] = {}
        self._numbers: dict[str, etree._Element] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self._counters: dict[str, Counter] = {}
        self._begun: set[str] = set()
        for node in root if root is not None else ():
            if local_name(node) == "abstractNum":
                self._abstract[value(node, "abstractNumId") or ""] = node
            elif local_name(node) == "num":
                self._numbers[value(node, "numId") or ""] = node

    def label(self, place: ListPlace | None) -> str:
        """The next label of the list that a paragraph stands in; "" for bullets and where there is none."""
        if place is None or place.number not in self._numbers:
            return ""
        levels = self._levels_of(place.number)
        depth = place.level
        if depth is None:  # a style names its list; the list's level names the style
            depth = next((at for at, level in levels.items() if level.style and level.style == place.style), 0)
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counted(place.number, levels, depth)
        if level.form in ("bullet", "none"):
            return ""
        return _PLACE.sub(lambda found: _written(int(found[1]) - 1, counts, levels, level.legal), level.text)

    def _counted(self, number_id: str, levels: dict[int, Level], depth: int) -> list[int | None]:
        abstract = self._abstract_of(number_id)
        counter = self._counters.setdefault(abstract or number_id, Counter())
        if number_id not in self._begun:  # the lists made of one pattern count on, but where one says to start anew
            self._begun.add(number_id)
            for node in self._numbers[number_id]:
                at = number(node, "ilvl")
                start = number(child(node, "startOverride"))
                if local_name(node) == "lvlOverride" and start is not None and at is not None and 0 <= at < _DEEPEST:
                    counter.counts[at] = start - 1
        before = counter.counts[depth]
        counter.counts[depth] = levels[depth].start if before is None else before + 1
        for deeper in range(depth + 1, _DEEPEST):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart > 0 and depth < restart):
                counter.counts[deeper] = None
        return counter.counts

    def _abstract_of(self, number_id: str) -> str | None:
        return value(child(self._numbers.get(number_id), "abstractNumId"))

    def _levels_of(self, number_id: str) -> dict[int, Level]:
        if number_id not in self._levels:
            found = self._pattern_levels(self._abstract_of(number_id) or "")
            for node in self._numbers[number_id]:
                at, own = number(node, "ilvl"), child(node, "lvl")
                if local_name(node) == "lvlOverride" and own is not None and at is not None and 0 <= at < _DEEPEST:
                    found[at] = _level(own)
            self._levels[number_id] = found
        return self._levels[number_id]

    def _pattern_levels(self, abstract_id: str, followed: int = 0) -> dict[int, Level]:
        node = self._abstract.get(abstract_id)
        if node is None:
            return {}
        linked = value(child(node, "numStyleLink"))  # the levels stand in the list that a style names
        if linked and followed < 5:
            place = self._styles.list_place(linked)
            other = self._abstract_of(place.number) if place else None
            return self._pattern_levels(other, followed + 1) if other and other != abstract_id else {}
        found = {}
        for one in node:
            at = number(one, "ilvl")
            if local_name(one) == "lvl" and at is not None and 0 <= at < _DEEPEST:
                found[at] = _level(one)
        return found


def _level(node: etree._Element) -> Level:
    form = child(node, "numFmt")
    if form is None:  # a form that only newer programs know stands in AlternateContent; the other one is the last
        form = next((one for one in reversed(list(node.iter())) if local_name(one) == "numFmt"), None)
    start = number(child(node, "start"))
    return Level(
        start=0 if start is None else start,
        form=value(form) or "decimal",
        text=(value(child(node, "lvlText")) or "")[:60],
        restart=number(child(node, "lvlRestart")),
        legal=bool(is_on(child(node, "isLgl"))),
        style=value(child(node, "pStyle")),
    )


def _written(at: int, counts: list[int | None], levels: dict[int, Level], legal: bool) -> str:
    level = levels.get(at)
    if level is None:
        return ""
    count = counts[at]
    return spelled(level.start if count is None else count, "decimal" if legal else level.form)


def spelled(count: int, form: str) -> str:
    """``count`` as Word writes it in one of the number formats of 17.18.59; plain digits for one not known here."""
    write = _FORMS.get(form)
    return write(count) if write and count > 0 else str(count)


def _counting(count: int) -> str:
    """一 … 十 十一 … 二十 … 一百零二; digits beyond 9,999."""
    if count > 9_999:
        return str(count)
    written, zero = "", False
    for unit, name in ((1_000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = count // unit % 10
        if digit:
            written += ("零" if zero and written else "") + _DIGITS[digit] + name
            zero = False
        elif written:
            zero = True
    return written[1:] if written.startswith("一十") else written


def _legal(count: int) -> str:
    plain = _counting(count) if count > 19 or count < 10 else "一" + _counting(count)
    swaps = dict(zip("〇零一二三四五六七八九十百千", "零零" + _LEGAL[1:] + "拾佰仟", strict=True))
    return "".join(swaps.get(character, character) for character in plain)


def _roman(count: int) -> str:
    written = ""
    for worth, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        times = min(count // worth, 20)
        written += letters * times
        count -= worth * times
    return written


def _letter(count: int) -> str:
    return chr(ord("A") + (count - 1) % 26) * min((count - 1) // 26 + 1, 10)


def _among(characters: str) -> Callable[[int], str]:
    return lambda count: characters[count - 1] if count <= len(characters) else str(count)


def _range(first: str, size: int) -> Callable[[int], str]:
    return lambda count: chr(ord(first) + count - 1) if count <= size else str(count)


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02d}",
    "decimalFullWidth": lambda count: "".join(chr(ord("０") + int(digit)) for digit in str(count)),
    "decimalHalfWidth": str,
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda count: _letter(count).lower(),
    "decimalEnclosedCircle": _range("①", 20),
    "decimalEnclosedCircleChinese": _range("①", 20),
    "decimalEnclosedParen": _range("⑴", 20),
    "decimalEnclosedFullstop": _range("⒈", 20),
    "ideographEnclosedCircle": _range("㊀", 10),
    "ideographTraditional": _among("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _among("子丑寅卯辰巳午未申酉戌亥"),
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "ideographDigital": lambda count: "".join(_DIGITS[int(digit)] for digit in str(count)),
    "japaneseDigitalTenThousand": lambda count: "".join(_DIGITS[int(digit)] for digit in str(count)),
    **dict.fromkeys(
        (
            *("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"),
            *("taiwaneseCountingThousand", "koreanCounting"),
        ),
        _counting,
    ),
}
