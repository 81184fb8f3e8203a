"""Headings of a report: by their numbers (一、（一）1. 一是 第一章) and by standing alone on a short line.

Levels: 第一章 / 第一部分 1, 一、 1 (2 under chapters), （一） 2, 1. 3, （1） and 一是 4.
A heading may run in with its paragraph: in ``（一）平台上新。全年……`` it is the first sentence without its stop.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.domain.report import Section
from indexer.domain.spans import Span
from indexer.text.numerals import number_of

NUMERAL = "[一二三四五六七八九十]{1,3}"
CHAPTER, FIRST, SECOND, THIRD, FOURTH, RUN_IN, BARE = range(7)
LEVELS = {CHAPTER: 1, FIRST: 1, SECOND: 2, THIRD: 3, FOURTH: 4, RUN_IN: 4}

# 一、二期 and 二、三轮 count phases; 3.7个百分点 is a number, but 1.2021年… numbers a sentence about a year.
NUMBERED = re.compile(
    rf"(?P<chapter>第{NUMERAL}(?:章|部分|篇)[\s、:：]*)"
    rf"|(?P<first>{NUMERAL}、(?!{NUMERAL}[、期轮批号级类产线区楼标季]))"
    rf"|(?P<second>[（(]{NUMERAL}[）)][、.．]?)"
    r"|(?P<third>\d{1,2}(?:[.．](?!\d)|[.．](?=20\d\d年)|、(?!\d)|、(?=20\d\d年)))"
    r"|(?P<fourth>[（(]\d{1,2}[）)][、.．]?)"
    rf"|(?P<run_in>{NUMERAL}是(?!否|非))"
)
STYLES = {"chapter": CHAPTER, "first": FIRST, "second": SECOND, "third": THIRD, "fourth": FOURTH, "run_in": RUN_IN}
STOP = re.compile(r"[。！？!?]")
AFTER_STOP = re.compile(r"[。！？!?][”’」）)]?\s*")
# Where the body begins when nothing parts it from its heading (seed 000: heading and paragraph on one line).
BODY_STARTS = re.compile(
    r"(?<![，,、；“《])(?:[xX×*]{1,4}(?:高新区|经开区|开发区|科技城|新区|园区|市|区|县)|我[区市县园]|全[区市县]|今年|去年|上半年"
    r"|(?:20\d\d|[xX×]{4})年|截至|一年来)"
    r"|(?<=”)(?:聚焦|坚持|围绕|深入|按照|紧扣|着力|大力|全面|积极|持续|以)"
)
# A paragraph that opens so has left the last of the counted points (六是……) above it.
TURN = re.compile("下一步|下一阶段|下阶段|下步|接下来|今后|明年|总之|各位代表")
ROW_BAR = " | "
NOT_A_HEADING = re.compile(
    r"[。，,；;：:！!？?…]$|^[▲△●■◆★※·—\-*(（\[【]|[:：].*[^”]$|\d{4}[-年/.]\d{1,2}[-月/.]|^(?:附件|附表|来源|作者|编辑|责任编辑"
    r"|记者|相关|上一篇|下一篇|扫一扫|打印|关闭|抄送|印发|特此)|(?:市长|省长|县长|区长|主席|主任|书记)\s"
)
LONGEST_RUN_IN = 50  # characters; of 60 run-in headings read by eye the longest had 38
LONGEST_LINE = 60
LONGEST_BARE = 30


@dataclass(frozen=True, slots=True)
class Heading:
    style: int
    level: int
    span: Span


def paragraphs_of(text: str) -> list[Span]:
    """Lines that hold something, without the blanks around them."""
    spans = []
    here = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = here + line.index(stripped[0])
            spans.append(Span(start, start + len(stripped)))
        here += len(line) + 1
    return spans


def sections_of(text: str, paragraphs: Sequence[Span]) -> tuple[Section, ...]:
    """Sections in the order of the text, each up to the next heading of the same or a higher level.

    The last of the counted points (一是 二是 …) ends before a paragraph that turns to something else.
    """
    headings = _levelled(_alike(text, list(_headings(text, paragraphs))))
    end_of_text = paragraphs[-1].end if paragraphs else 0
    turns = [paragraph.start for paragraph in paragraphs if TURN.match(text, paragraph.start)]
    sections = []
    below: dict[int, int] = {}  # level → where the next heading of it starts
    for heading in reversed(headings):
        end = min((start for level, start in below.items() if level <= heading.level), default=end_of_text)
        below[heading.level] = heading.span.start
        if heading.style == RUN_IN:
            turn = bisect_left(turns, heading.span.end)
            end = turns[turn] if turn < len(turns) and turns[turn] < end else end
        words = heading.span.of(text)
        sections.append(Section(heading.level, words, Span(heading.span.start, max(end, heading.span.end))))
    return tuple(reversed(sections))


class SectionsOver:
    """Which sections a stretch of the text lies in. Looked for all at once: a page of 2 MB has 14,000 of them and as
    many passages, and to ask each took 15 of its 30 seconds."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._starts = np.array([section.span.start for section in sections], dtype=np.int64)
        self._ends = np.array([section.span.end for section in sections], dtype=np.int64)

    def over(self, span: Span) -> list[int]:
        """Places in ``sections``, outermost first."""
        begun = np.searchsorted(self._starts, span.start, side="right")
        found: list[int] = np.flatnonzero(self._ends[:begun] >= span.end).tolist()
        return found


def _headings(text: str, paragraphs: Sequence[Span]) -> Iterator[Heading]:
    last: dict[int, int] = {}  # style → number of its last heading
    for index, paragraph in enumerate(paragraphs):
        if ROW_BAR in paragraph.of(text):
            continue
        found = False
        for start in _places(text, paragraph):
            match = NUMBERED.match(text, start, paragraph.end)
            if match is None or match.lastgroup is None:
                continue
            style = STYLES[match.lastgroup]
            number = _number(match.group())
            runs_on = number == 1 or number == last.get(style, -1) + 1
            at_start = start == paragraph.start
            if not runs_on and not (at_start and style in (CHAPTER, FIRST, SECOND)):
                continue
            end = _heading_end(text, match, style, paragraph.end)
            if end is None:
                continue
            last[style] = number
            for deeper in range(style + 1, BARE):
                last.pop(deeper, None)
            found = True
            yield Heading(style, LEVELS[style], Span(start, end))
        if not found and _stands_alone(text, paragraphs, index):
            yield Heading(BARE, 0, paragraph)


def _places(text: str, paragraph: Span) -> Iterator[int]:
    """Where a number can open a heading: at the start of a paragraph and after a full stop inside it."""
    yield paragraph.start
    for stop in AFTER_STOP.finditer(text, paragraph.start, paragraph.end):
        if stop.end() < paragraph.end:
            yield stop.end()


def _number(mark: str) -> int:
    digits = "".join(c for c in mark if c.isdigit() and c.isascii())
    if digits:
        return int(digits)
    return number_of("".join(c for c in mark if c in "一二三四五六七八九十")) or 0


def _heading_end(text: str, match: re.Match[str], style: int, end: int) -> int | None:
    """Where the heading that ``match`` opens ends; None where it opens a mere item of a list."""
    body = match.end()
    while body < end and text[body].isspace():
        body += 1
    if body >= end:
        return None
    stop = STOP.search(text, body, end)
    if stop is None and end - body <= LONGEST_LINE:
        return _without_colon(text, body, end) if style is not RUN_IN else None
    first = stop.start() if stop else end
    longest = 30 if style == RUN_IN else LONGEST_RUN_IN
    # An item that is a sentence by itself (1.完成产值……。) heads nothing; 一、 and （一） head what stands below them.
    has_body = stop is not None and (stop.end() < end or style in (CHAPTER, FIRST, SECOND))
    listed = style == RUN_IN and "；" in text[body:first].replace(";", "；")
    if first - body <= longest and has_body and not listed and first > body:
        return _before_body(text, body, first) if style in (CHAPTER, FIRST, SECOND) else first
    colon = re.compile(r"[:：]").search(text, body + 2, min(end, body + 40))
    if colon and colon.start() < first and style != RUN_IN:
        return colon.start()
    if style not in (CHAPTER, FIRST, SECOND):
        return None
    return _unparted(text, body, end)


def _before_body(text: str, body: int, first: int) -> int:
    """``first``, or where the paragraph's subject begins, if heading and first sentence ran together."""
    starts = BODY_STARTS.search(text, body + 8, first) if first - body > 20 else None
    return starts.start() if starts and first - starts.start() > 10 else first


def _without_colon(text: str, body: int, end: int) -> int:
    while end > body + 1 and text[end - 1] in "：:":
        end -= 1
    return end


def _unparted(text: str, body: int, end: int) -> int:
    """End of a heading that no stop parts from its paragraph: a blank, the paragraph's subject, or the first comma."""
    limit = min(end, body + 45)
    blank = re.compile(r"\s").search(text, body + 4, limit)
    if blank:
        return blank.start()
    starts = BODY_STARTS.search(text, body + 4, limit)
    if starts:
        return starts.start()
    comma = re.compile("[，,；;。]").search(text, body + 2, limit)
    return comma.start() if comma else limit


def _stands_alone(text: str, paragraphs: Sequence[Span], index: int) -> bool:
    """A short line over a longer paragraph, without a stop at its end."""
    line = paragraphs[index].of(text)
    if not 4 <= len(line) <= LONGEST_BARE or NOT_A_HEADING.search(line) or index + 1 >= len(paragraphs):
        return False
    if sum("\u4e00" <= c <= "\u9fff" for c in line) * 2 < len(line):
        return False
    below = paragraphs[index + 1].of(text)
    return len(below) > len(line) and (STOP.search(below) is not None or NUMBERED.match(below) is not None)


def _alike(text: str, headings: list[Heading]) -> list[Heading]:
    """Headings cut to the shape of their fellows.

    Headings of one level are often written alike, two clauses of four and six characters; one that begins so but runs
    on has swallowed the start of its paragraph (seed 000, where nothing parts them).
    """
    shapes = {style: Counter(_shape(h, text) for h in headings if h.style == style) for style in (FIRST, SECOND)}
    cut = []
    for heading in headings:
        shape, often = max(shapes.get(heading.style, Counter()).items(), key=lambda item: item[1], default=((), 0))
        own = _shape(heading, text)
        if often >= 2 and len(shape) == 2 and len(own) > 2 and own[0] == shape[0] and own[1] > shape[1]:
            words = heading.span.of(text)
            comma = min(words.find(c) for c in "，," if c in words)
            heading = Heading(
                heading.style, heading.level, Span(heading.span.start, heading.span.start + comma + 1 + shape[1])
            )
        cut.append(heading)
    return cut


def _shape(heading: Heading, text: str) -> tuple[int, ...]:
    return tuple(len(clause) for clause in re.split("[，,]", heading.span.of(text)))


def _levelled(headings: list[Heading]) -> list[Heading]:
    """Levels that fit the whole: a step deeper under chapters, bare lines below the number they follow."""
    shift = 1 if any(h.style == CHAPTER for h in headings) else 0
    numbered = any(h.style in (CHAPTER, FIRST) for h in headings)
    levelled: list[Heading] = []
    above = 0
    for heading in headings:
        if heading.style == BARE:
            level = min(above + 1, 4) if numbered else 1
        else:
            level = heading.level + (shift if heading.style != CHAPTER else 0)
            if not numbered and heading.style == THIRD and any(h.style == BARE for h in headings):
                level = 2
            above = level
        levelled.append(Heading(heading.style, level, heading.span))
    return levelled
