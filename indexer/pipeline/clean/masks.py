"""What somebody blotted out: xx高新区, xx.x%, X亿元, 高XX县区, ____, **, ○○, ××, 某市.

Masks stay in the text as they are; here they are only found. ``xx.x`` counts once: so counted, the seeds give the
numbers of their truth. ``高XX县区`` gives two masks, the word of kind ``XX县区`` (高新区 after 新区 was replaced
everywhere) and inside it the ``XX`` of kind ``x``, as the truth counts both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from indexer.domain.page import Mask
from indexer.domain.spans import Span
from indexer.pipeline.clean.markup import is_markdown

# What a number or a name that is gone stands before.
_COUNTED = re.compile(
    r"\s?(?:[%％‰]|个?百分点|[十百千万亿]|美?元|[年月日个家户人名项件次条亩公平立吨套台辆座所处倍位号期届批只支宗起笔场种类岁天余多]"
    r"|省|市|县|区|州|旗|镇|乡|村|街道|高新|经开|经济|开发|新区|园区|科技城|综保|保税|自贸|大学|学院|中学|公司|集团|同志|局|厅|委)"
)
_UNIT = re.compile(r"(?:km|kW|KW|MW|GW|kV|KV|MPa|mm|cm|nm|m|t|kg|TB|GB|MB|PB|EFLOPS|P)(?:[²³]|h\b)?(?![A-Za-z])")
_LETTER = re.compile(r"\s?(?:射线|光(?![谷电伏明])|轴|染色体|波段|[=+＝＋*/^²])")

_WEB = re.compile(r"(?:https?://|www\.)[!-~]+", re.IGNORECASE)
_X = re.compile(r"(?<![A-Za-z0-9.])(?:[0-9]+\.)?[0-9]{0,4}[xX][0-9xX]*(?:\.[0-9xX]+)?")
_A_LETTER_HERE = re.compile(r"[+＋]X|[0-9]X(?! ?年)|[“\"「]X[”\"」]|X(?:即|为|是指)")
_COUNTY = re.compile(r"高?[xX×]{1,4}县区")
_CROSS = re.compile(r"(?<![A-Za-z0-9.])[×╳✕]+(?:\.[×╳✕]+)?(?![A-Za-z0-9])")
_BLANK = re.compile(r"(?<![A-Za-z0-9_])_{2,}(?:\._+)?(?![A-Za-z_])")
_STARS = re.compile(r"(?<![A-Za-z0-9*])\*+(?:\.\*+)?(?![A-Za-z*])")
_NUMERAL = "〇零一二三四五六七八九十"
_CIRCLES = re.compile(rf"(?<![{_NUMERAL}○])(?:[○◯]{{2,}}|[□]{{2,}}|[■█▇]{{2,}})(?![{_NUMERAL}○])")
_SOMEWHERE = re.compile(
    r"某某(?=[省市县区州旗镇乡村局厅委]|街道|高新|经开|开发|新区|园区|公司|集团|企业|项目|同志|单位|部门)"
    r"|某(?=[省市县州镇](?![场民政级])|高新区|经开区|开发区|新区|园区|科技城|综保区)"
)
_REPLACED = re.compile(r"[（(][^（()）\n]{0,10}替换[）)]")
_ANY = re.compile(r"[xX×╳✕*某○◯□■█▇]|__|替换")
_FEWEST_SOMEWHERE = 2  # 某省某市某县 may be said of any; a masked text says 某市 again and again


def may_stand_in(text: str) -> bool:
    """False where no part of ``text`` holds a mask, whatever stands beside it."""
    return _ANY.search(text) is not None


def find(text: str) -> tuple[Mask, ...]:
    """Every mask of ``text``, first to last, the wider first where two begin together."""
    if not may_stand_in(text):
        return ()
    found = [*_letters(text), *_marks(text), *_places(text)]
    web = [address.span() for address in _WEB.finditer(text)]
    kept = [m for m in found if not any(start <= m.span.start < end for start, end in web)]
    return tuple(sorted(kept, key=lambda mask: (mask.span.start, -mask.span.end)))


def _letters(text: str) -> Iterator[Mask]:
    named = _A_LETTER_HERE.search(text) is not None  # 1+X and then, in its explanation, X个…
    for run in _X.finditer(text):
        end = run.end()
        if named and run.group() == "X":
            continue
        kind = _kind_of(run.group(), text[max(0, run.start() - 2) : run.start()], text[end : end + 8])
        if kind == "xG":
            end += 1
        if kind:
            yield Mask(kind, Span(run.start(), end))
    for word in _COUNTY.finditer(text):
        yield Mask("XX县区", Span(*word.span()))


def _kind_of(run: str, before: str, after: str) -> str | None:
    """The kind of mask that ``run`` is, None where it is a letter, a product or part of a word."""
    if after[:1].isascii() and after[:1].isalpha():
        if after[0] == "G" and not _latin(after[1:2]) and run.strip("x") == "":
            return "xG"  # 5G with its digit gone
        return "x" if len(run) > 1 and run.strip("xX") == "" and _UNIT.match(after) else None
    if re.match(r"\.[A-Za-z0-9]|@", after) or before.endswith(("@", "/")):
        return None  # an address
    if before.rstrip(" ")[-1:] in ("+", "＋", "=") or _LETTER.match(after):
        return None  # 1+X, X射线
    digits = run.strip("xX.")
    if run[0].isdigit() and run[-1].isdigit() and not (len(run) == 4 and after.startswith("年")):
        return None  # 2x35
    letters = re.sub(r"[^xX]", "", run)
    if len(letters) > 1 and not (digits and "X" in letters and not _COUNTED.match(after)):
        return "x"
    if digits or letters == "X":
        return "x" if _COUNTED.match(after) else None  # 415X, “X”
    product = before.rstrip(" ")[-1:].isdigit() and after.lstrip(" ")[:1].isdigit()
    return None if product else "x"


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _marks(text: str) -> Iterator[Mask]:
    """Crosses, blanks, stars, circles. A line of nothing but them is an ornament."""
    rules = [("×", _CROSS), ("_", _BLANK), ("○", _CIRCLES)]
    if "*" in text and not is_markdown(text):
        rules.append(("*", _STARS))
    for kind, rule in rules:
        for run in rule.finditer(text):
            alone_before = run.start() == 0 or text[run.start() - 1] == "\n"
            alone_after = run.end() == len(text) or text[run.end()] == "\n"
            if alone_before and alone_after:
                continue
            single = len(run.group()) == 1
            if single and (alone_before or not _COUNTED.match(text, run.end())):
                continue  # 数据要素×行动, a footnote's star
            yield Mask(kind, Span(*run.span()))


def _places(text: str) -> Iterator[Mask]:
    for name in _REPLACED.finditer(text):
        yield Mask("替换", Span(*name.span()))
    if "某" not in text:
        return
    somewhere = list(_SOMEWHERE.finditer(text))
    named = Counter(text[place.start() : place.end() + 1] for place in somewhere)
    for place in somewhere:
        if len(place.group()) == 2 or max(named.values()) >= _FEWEST_SOMEWHERE:
            yield Mask("某", Span(*place.span()))
