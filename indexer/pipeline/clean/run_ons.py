"""Headings that lost their line: 一、（一）1. 一是 in the middle of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from indexer.domain.edits import Edit
from indexer.pipeline.clean.hard_wraps import breadth
from indexer.pipeline.clean.numerals import value_of

_NUMERAL = "[一二三四五六七八九十]{1,3}"
# 一、二期 and 一、二、三产业 go on counting; 一、2020年 does not
_CHAPTER = re.compile(rf"({_NUMERAL})、(?!{_NUMERAL}(?:、|[期轮批次级类线产号楼等届季方是]))")
_SECTION = re.compile(rf"[（(]({_NUMERAL})[）)](?![、，,和及或至—\-项款条类中])")
_POINT = re.compile(r"(?<![\d.A-Za-z第])(\d{1,2})[.．、](?![\d.])|[（(](\d{1,2})[）)](?![、，,和及或至])")
_ITEM = re.compile(rf"({_NUMERAL})是(?!否)")

_STOP = "。！？；!?;：:…"
_CLOSING = "”’」』》）)"
# A title ends in one of these when the first heading runs directly on: …工作总结一、…
_TITLE_END = re.compile(
    r"(?:总结|思路|打算|报告|汇报|计划|要点|安排|情况|如下|方案|体会|重点|工作|小结|成效|任务|措施)$"
)
_LONGEST_HEADING = 45
# Headings that every report has, and how the sentence begins that a lost stop has run into them:
# 二、存在的主要问题成绩面前… With any other word behind it the heading may go on (存在的主要问题是…, 工作成效显著).
_STANDARD = re.compile(
    r"\s?(?:(?:当前|目前|工作中)?存在的?(?:主要|突出)?(?:问题|困难|不足)(?:(?:和|与|及)(?:问题|困难|不足|短板|原因))?"
    r"|下(?:一步|步|一阶段|阶段|年度)的?(?:主要|重点)?工作?(?:打算|思路|计划|安排|重点|建议)"
    r"|(?:(?:20\d\d|x{2,4})年度?|今年|明年|上半年|下半年)(?:主要|重点)?工作(?:总结|回顾|打算|思路|计划|安排|开展情况|完成情况)"
    r"|(?:主要)?工作(?:成效|做法|回顾|开展情况|完成情况|打算|思路)|基本情况|主要(?:做法|成效|措施))"
    r"(?=今年以来|近年来|一年来|去年|过去|(?:20\d\d|x{2,4})年|上半年|截至|成绩|在(?:肯定|看到|取得|总结|[一-鿿]{2,8}的?领导下)|虽然|尽管|由于|受|对照"
    r"|总的来看|总体|面对|随着|按照|根据|围绕|紧紧围绕|坚持|坚定|认真|全面|深入|我[区市们委]|全区|全市|区[党管]|[高经]?[新开]区|园区|一是|第一[，,是])"
)
_REST_OF_HEADING = 20
_LEAST_RUN_ON = 20  # characters behind a standard heading that are a sentence and none of its words
# A space between characters that no editor would set, or before a year behind a heading's last word
_HEADING_SPACE = re.compile(r"(?<=[^\sA-Za-z0-9]) (?=[^\sA-Za-z0-9（(])|(?<=[路划结务点]) (?=20\d\d ?年)")


@dataclass(frozen=True, slots=True)
class Marker:
    at: int
    end: int
    value: int
    place: str  # line: at its start; stop: after a sentence; semicolon; space; title: run on to a title; inside


def split(text: str, printed_width: int) -> Iterator[Edit]:
    """A newline before each heading inside a line, and after one that a space closes.

    ``printed_width`` is that of a hard-wrapped text, else 0: there a space may also be a line end in a heading.
    """
    accepted = _chapters(text)
    accepted += _sections(text, accepted)
    inner = sorted((m for m in accepted if m.place != "line"), key=lambda m: m.at)
    breaks = {marker.at for marker in inner} | _standard_ends(text, accepted)
    if not breaks:
        return
    for start, end in _lines_of(text, inner):
        breaks |= {
            m.at for rule in (_POINT, _ITEM) for m in _chain(_found(rule, text, start, end)) if m.place != "line"
        }
        breaks |= _heading_ends(text, [m for m in accepted if start <= m.at < end], end, printed_width)
        if not printed_width:
            breaks |= _paragraph_ends(text, start, end)
    for at in sorted(breaks):
        spaces = len(text[:at]) - len(text[max(0, at - 8) : at].rstrip(" ")) - max(0, at - 8)
        yield Edit(at - spaces, " " * spaces, "\n")


def _chapters(text: str) -> list[Marker]:
    return _headings(_chain(_found(_CHAPTER, text, 0, len(text))))


def _headings(markers: list[Marker]) -> list[Marker]:
    """None where most stand behind a semicolon: 八类，为：一、…；二、…；三、… is one sentence that counts."""
    listed = sum(marker.place == "semicolon" for marker in markers)
    return [] if listed > 0.5 * (len(markers) - 1) else markers


def _sections(text: str, chapters: list[Marker]) -> list[Marker]:
    """（一）… counts anew in each chapter."""
    bounds = [0, *(chapter.end for chapter in chapters), len(text)]
    sections: list[Marker] = []
    for start, end in pairwise(bounds):
        sections += _headings(_chain(_found(_SECTION, text, start, end)))
    return sections


def _found(rule: re.Pattern[str], text: str, start: int, end: int) -> list[Marker]:
    found = []
    for match in rule.finditer(text, start, end):
        numeral = next(group for group in match.groups() if group)
        value = value_of(numeral)
        if value and not _counts_on(value, text[match.end() : match.end() + 1]):
            found.append(Marker(match.start(), match.end(), value, _place(text, match.start(), start)))
    return found


def _counts_on(value: int, character: str) -> bool:
    """二、三环路: the next number follows at once. 一、2020年 is a heading all the same."""
    return not character.isascii() and value_of(character) == value + 1


def _place(text: str, at: int, start: int) -> str:
    before = text[max(0, at - 6) : at]
    if not before.rstrip(" ") or before.rstrip(" ").endswith("\n"):
        return "line"
    closed = before.rstrip(" ").rstrip(_CLOSING)
    if closed and closed[-1] in _STOP:
        return "semicolon" if closed[-1] in "；;" else "stop"
    if before.endswith(" "):
        return "space"
    if at - start == 0:  # 一、（一）: right behind its chapter's mark
        return "inside"
    return "title" if _TITLE_END.search(before) else "inside"


def _chain(markers: list[Marker]) -> list[Marker]:
    """Those that count 1, 2, 3 …; a lone 1 is no chain unless it begins a line. Numbers inside a clause are skipped:
    招商第一、工程为王."""
    chains: list[list[Marker]] = []
    for marker in markers:
        if marker.place == "inside":
            continue
        if chains and marker.value == chains[-1][-1].value + 1:
            chains[-1].append(marker)
        elif marker.value == 1 or marker.place == "line":
            if chains and len(chains[-1]) == 1 and chains[-1][0].place != "line":
                chains.pop()
            chains.append([marker])
    if chains and len(chains[-1]) == 1 and chains[-1][0].place != "line":
        chains.pop()
    return [marker for chain in chains for marker in chain]


def _lines_of(text: str, markers: list[Marker]) -> list[tuple[int, int]]:
    """The lines that hold ``markers``."""
    lines: list[tuple[int, int]] = []
    for marker in markers:
        if lines and marker.at < lines[-1][1]:
            continue
        end = text.find("\n", marker.at)
        lines.append((text.rfind("\n", 0, marker.at) + 1, end if end >= 0 else len(text)))
    return lines


def _heading_ends(text: str, headings: list[Marker], line_end: int, printed_width: int) -> set[int]:
    """Where a space closes a heading: 一、工作进展及成效 今年以来…"""
    ends = set()
    for marker in headings:
        longest = min(_LONGEST_HEADING, max(8, printed_width - 2)) if printed_width else _LONGEST_HEADING
        space = _HEADING_SPACE.search(text, marker.end, min(line_end, marker.end + longest))
        if space:
            heading = text[marker.end : space.start()]
            wrapped = printed_width and _is_printed_line_end(text, marker.at, space.start(), printed_width)
            if len(heading) >= 3 and not wrapped and not any(stop in heading for stop in _STOP):
                ends.add(space.end())
    return ends


def _is_printed_line_end(text: str, heading: int, space: int, printed_width: int) -> bool:
    """Whether the printed line that ends at ``space`` began before the heading did, and the heading goes on behind it:
    …的门槛。 （二）扩增量，招商 引资取得新进展。一是…"""
    begun = max(text.rfind(" ", 0, max(0, heading - 1)), text.rfind("\n", 0, heading)) + 1
    if abs(breadth(text[begun:space]) - printed_width) > 2:
        return False
    rest = text[space + 1 : space + 2 + _REST_OF_HEADING]
    return re.match(rf"[^，,{_STOP}\s]{{1,{_REST_OF_HEADING}}}[{_STOP}]", rest) is not None


def _standard_ends(text: str, headings: list[Marker]) -> set[int]:
    ends = set()
    for marker in headings:
        heading = _STANDARD.match(text, marker.end)
        if heading and len(text[heading.end() : heading.end() + 200].partition("\n")[0]) >= _LEAST_RUN_ON:
            ends.add(heading.end())
    return ends


def _paragraph_ends(text: str, start: int, end: int) -> set[int]:
    return {start + gap.end() for gap in re.finditer(r"(?<=[。！？]) +(?=[^\s])", text[start:end])}
