"""Which of a document's first lines is its title; of an official document, what stands between number and addressee.

GB/T 9704-2012 (党政机关公文格式): the red head (…文件) and the number (发文字号) come first, then the title over one or
more lines, then who it is sent to (主送机关), then the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.text.radicals import plain

MOST_LINES = 16  # looked at; a head with 份号, 密级, 紧急程度, several 发文机关 and 签发人 has ten
LONGEST = 60  # characters of one line; the longest of the field's titles seen has 48
_LONGEST_TITLE = 110  # of all its lines

_NUMBER = re.compile(r"\S{1,16}?\s*[〔\[［﹝(（【]\s*(?:19|20)\d\d\s*[〕\]］﹞)）】]\s*第?\s*[\dxX×]{1,5}\s*号")
_ISSUE = re.compile(
    r"[(（]?\s*(?:(?:19|20)\d\d\s*年\s*)?第\s*[\d一二三四五六七八九十百]{1,4}\s*期(?:\s*[（(]?总第?\s*\d+\s*期[)）]?)?\s*[)）]?$"
)
_MASTHEAD = re.compile(
    r"(?:文\s*件|简\s*报|专\s*报|快\s*报|通\s*报|会\s*议\s*纪\s*要|信\s*息|内\s*参|参\s*阅|动\s*态)$"
)
_ORGAN = re.compile(r"(?:委员会|管委会|党工委|人民政府|办公室|局|厅|委|部|公司|集团|领导小组|指挥部)$")
_KIND = re.compile(
    r"(?:总结|汇报|报告|计划|思路|要点|安排|讲话|方案|意见|规划|通知|情况|体会|亮点|成效|打算|纲要|公报|公告|通报|批复|办法|规定|政策|措施|"
    r"细则|条例|决定|请示|函|清单|说明|材料|发言|致辞|简介|综述|表)(?:的?(?:通知|报告|函|意见|公告))?(?:[（(][^）)]{1,12}[）)])?$"
)
_APART = re.compile(  # in the head, but neither title nor text
    r"签发人|^(?:特急|加急|急件|平急|绝密|机密|秘密|内部资料|内部文件|仅供参考|征求意见稿|讨论稿|审议稿|送审稿)"
    r"|^\d{4,6}$|^[★☆—―─\-_=\s·*]+$|^附件\s*\d*\s*[:：]?$|^[（(]?此件.{0,8}公开|^档号|^份号"
)
_UNDER = re.compile(  # below a title, not of it
    r"^[（(].*[）)]$|^[—―─–-]{1,}|^(?:19|20|二[〇○零0]).{0,14}[年月日]$|^\d{4}[-./]\d{1,2}|^[^，。]{0,24}(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
    r"|^(?:来源|作者|发布|日期|时间|目\s*录|摘\s*要)"
)
_ADDRESSEE = re.compile(r"[:：]$")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节部分条])"
)
_SENTENCE = re.compile(r"[。；！？;]")


@dataclass(frozen=True, slots=True)
class HeadLine:
    """``prominent``: printed like a title (larger, in the middle or in the style of one); ``size`` of its print."""

    text: str
    prominent: bool
    size: float = 0.0


def find_title(lines: Sequence[HeadLine]) -> tuple[str | None, frozenset[int]]:
    """The title, and which of ``lines`` it was printed on."""
    spelled, lines = lines[:MOST_LINES], [replace(line, text=plain(line.text)) for line in lines[:MOST_LINES]]
    number = next((at for at, line in enumerate(lines) if _is_number(line.text)), None)
    if number is not None and not any(_is_title_proper(line) for line in lines[:number]):
        found = _between(lines, number + 1)
        if found:
            return _joined(spelled, found), frozenset(found)
    start = 0
    while start < len(lines) and (_is_apart(lines[start].text) or _is_masthead(lines, start)):
        start += 1
    found = _first_prominent(lines, start)
    return (_joined(spelled, found), frozenset(found)) if found else (None, frozenset())


def _is_number(text: str) -> bool:
    """发文字号, alone or with 签发人 beside it; the number of a bulletin."""
    found = _NUMBER.match(text)
    rest = text[found.end() :].strip(" \u3000|") if found else ""
    if found and (not rest or "签发人" in rest or len(rest) <= 6) and not text.startswith(("（", "(")):
        return True
    return len(text) <= 24 and _ISSUE.match(text) is not None


def _is_title_proper(line: HeadLine) -> bool:
    """A title that stands above its number: 关于…的通知, …工作总结."""
    text = line.text
    return bool(line.prominent and not _MASTHEAD.search(text) and ("关于" in text or _KIND.search(text)))


def _is_masthead(lines: Sequence[HeadLine], at: int) -> bool:
    """…文件 above another line that is printed like a title: 区管委会文件 / 工作总结."""
    return _MASTHEAD.search(lines[at].text) is not None and any(
        line.prominent and not _is_under(line.text) for line in lines[at + 1 : at + 4]
    )


def _is_apart(text: str) -> bool:
    return _APART.search(text) is not None


def _is_under(text: str) -> bool:
    return _UNDER.search(text) is not None


def _is_text(text: str) -> bool:
    return len(text) > LONGEST or bool(
        _ADDRESSEE.search(text) or _NUMBERED.match(text) or _SENTENCE.search(text.rstrip("。"))
    )


def _between(lines: Sequence[HeadLine], start: int) -> list[int]:
    """Lines of the title below a number: as far as the addressee, the text, or what is set differently."""
    while start < len(lines) and (_is_apart(lines[start].text) or _is_number(lines[start].text)):
        start += 1
    found: list[int] = []
    any_prominent = any(line.prominent for line in lines[start : start + 3])
    for at in range(start, len(lines)):
        line = lines[at]
        if _is_text(line.text) or line.text.endswith("。") or (any_prominent and not line.prominent):
            break
        if found and (_is_under(line.text) or (_is_complete(lines, found) and not _runs_on(lines, found, at))):
            break
        found.append(at)
    if not any_prominent:  # set like the text: only what reads like a title
        joined = _joined(lines, found)
        if len(found) > 4 or not _KIND.search(joined):
            return []
    return found


def _first_prominent(lines: Sequence[HeadLine], start: int) -> list[int]:
    found: list[int] = []
    for at in range(start, len(lines)):
        line = lines[at]
        if not line.prominent:
            if found or _is_text(line.text):
                break
            continue
        if _is_text(line.text) or line.text.endswith("。") or len(_joined(lines, [*found, at])) > _LONGEST_TITLE:
            if found:
                break
            continue
        if found and (_is_under(line.text) or not _runs_on(lines, found, at)):
            break
        if not found and (_is_under(line.text) and not _KIND.search(line.text)):
            continue
        found.append(at)
    return found


def _is_complete(lines: Sequence[HeadLine], found: Sequence[int]) -> bool:
    return _KIND.search(_joined(lines, found)) is not None


def _runs_on(lines: Sequence[HeadLine], found: Sequence[int], at: int) -> bool:
    """The line goes on with the title: same print, and the title isn't whole yet or the line can't stand alone."""
    last, line = lines[found[-1]], lines[at]
    if last.size and line.size and abs(last.size - line.size) > 0.15 * max(last.size, line.size):
        # 区管委会 small over 工作总结 large is one title, the name of who reports below it is not
        return not _is_complete(lines, found) and _ORGAN.search(last.text) is not None
    if not _is_complete(lines, found):
        return True
    return _KIND.search(line.text) is not None and not _ORGAN.search(line.text) and _opens_late(line.text)


def _opens_late(text: str) -> bool:
    """A line that no title begins with: 和2024年工作计划, 的报告, 及下一步打算."""
    return text.startswith(("和", "及", "与", "暨", "的", "、", "并", "情况", "工作", "》", "（"))


def _joined(lines: Sequence[HeadLine], found: Sequence[int]) -> str:
    text = ""
    for at in found:
        part = lines[at].text.strip()
        spaced = text[-1:].isascii() and text[-1:].isalnum() and part[:1].isascii() and part[:1].isalpha()
        text += (" " if spaced else "") + part
    return text
