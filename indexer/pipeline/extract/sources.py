"""Who a page says it has its text from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.pipeline.extract.hijack import without_spam
from indexer.pipeline.extract.lines import Line
from indexer.pipeline.extract.markup import Head

_STANDARD = ("contentsource",)
_META = ("source", "mediaid", "copyright-source", "site_source")
_LABEL = re.compile(
    r"(?:(?:信息|文章|稿件|新闻|内容|资料|文件|数据|消息|来源)?来\s*源(?:网站|单位|部门|机构|于|自)?|稿源|来自|(?:本文)?来源于|原创|发布(?:机构|单位|部门)|供稿(?:单位)?|发文机关|信息提供)\s*[:：]\s*|本文来源于\s*"
)
_END = re.compile(
    r"\s*(?:[|｜丨]|\s{2,}|[\u00a0\u3000]|\?{2,}|(?:发布|上传|更新|发表)?(?:时间|日期)\s*[:：]|(?:作者|编辑|责编|责任编辑|记者|字体|字号|浏览|点击|阅读|访问|打印|分享|发布|撰稿|摄影)(?:量|次数|人|大小|\s)*[:：]"
    r"|(?:19|20)\d{2}\s*[-/.年]|【|\[|分享到?|扫一扫|打印)"
)
_TRIM = ' \t\u00a0\u3000：:|?？>_-·"“”()（）[]【】'
_NAMED = re.compile(r"media|source|author|origin|account|provider|user", re.IGNORECASE)
_NOT_A_NAME = re.compile(r"关注|评论|粉丝|阅读|收藏|发布|播报|编辑|记者|作者|责|推荐|文章|时间|日期|^来自|\d")
_MOMENT = re.compile(r"(?:19|20)\d{2}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?")
_ASIDE = re.compile(r"(?:来自|发布于|IP属地)\S*|\S*官方账号|(?:更新|发布|发表|星期.|周.|上午|下午)")
_NAME = re.compile(r"[\w\-－·《》()（）]*[一-鿿]{2}[\w\-－·《》()（）]*")
_LONGEST = 40
_SHORT = 60  # a longer line with 来源： in it is a sentence of the text
_BYLINE_LINES = 8  # below a headline


@dataclass(frozen=True, slots=True)
class Source:
    name: str
    origin: str


def from_standard_tag(head: Head) -> Source | None:
    return _from_head(head, _STANDARD)


def from_other_tags(head: Head) -> Source | None:
    return _from_head(head, _META)


def _from_head(head: Head, names: Sequence[str]) -> Source | None:
    for name in names:
        said = head.first(name)
        if said:
            label = _LABEL.match(said[1])
            kept = tidy(said[1][label.end() :] if label else said[1])
            if kept:
                return Source(kept, f"页面标签 {said[0]}")
    return None


def labelled(lines: Sequence[Line], start: int, stop: int) -> Source | None:
    """What follows 来源： and its like on the lines ``[start, stop)``, or on the next where the label stands alone."""
    for index in range(start, stop):
        text = lines[index].text
        if len(text) > _SHORT and not lines[index].is_facts:
            continue
        for match in _LABEL.finditer(text):
            said = text[match.end() :]
            if not said.strip() and index + 1 < stop:
                said = lines[index + 1].text
            kept = tidy(said)
            if kept:
                return Source(kept, f"正文前的“{match.group().strip(_TRIM)}”")
    return None


def byline(lines: Sequence[Line], headline: int) -> Source | None:
    """A name without label below the headline, as news sites print it: on the line of the date, or in an element
    that is named for it."""
    for line in lines[headline + 1 : headline + 1 + _BYLINE_LINES]:
        text = line.text
        if len(text) > _SHORT or (line.is_furniture and not line.is_facts):
            continue
        names = f"{line.node.get('class') or ''} {line.node.get('id') or ''}" if line.node is not None else ""
        if _NAMED.search(names) and len(text) <= 16 and not _NOT_A_NAME.search(text):
            kept = tidy(text)
        elif _MOMENT.search(text) and line.is_facts:
            kept = tidy(_ASIDE.sub(" ", _MOMENT.sub(" ", text)))
        else:
            continue
        if kept and _NAME.fullmatch(kept) and not _NOT_A_NAME.search(kept):
            return Source(kept, "标题下的署名")
    return None


def _trimmed(name: str) -> str:
    name = name.strip(_TRIM)
    if name.startswith("《") and "》" not in name:
        name = name[1:]
    elif "》" in name and "《" not in name:
        name = name.replace("》", "")
    return name


def marked(text: str) -> Source | None:
    """Between JCMS's comments; ``text`` may begin with the label."""
    label = _LABEL.search(text)
    name = tidy(text[label.end() :] if label else text)
    return Source(name, "正文前的“来源”") if name else None


def tidy(said: str) -> str | None:
    """The name at the start of ``said``; None where there is none, or one that advertises."""
    said = said.strip(_TRIM)
    end = _END.search(said)
    name = _trimmed(said[: end.start()] if end else said)
    first = name.split(maxsplit=1)[0] if name else ""
    if len(first) >= 2 and not first.isascii():  # 北京青年报 北京: the place behind a name is none of it
        name = _trimmed(first)
    if not name or len(name) > _LONGEST or name in ("无", "暂无", "未知", "本站", "网络", "互联网", "原创", "null"):
        return None
    return without_spam(name)
