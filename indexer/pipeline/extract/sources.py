"""Who a page says it has its text from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.pipeline.extract.hijack import without_spam
from indexer.pipeline.extract.lines import Line
from indexer.pipeline.extract.markup import Head

_META = ("contentsource", "source", "mediaid", "copyright-source", "article:source", "site_source")
_LABEL = re.compile(
    r"(?:(?:信息|文章|稿件|新闻|内容|资料|文件|数据|消息|来源)?来\s*源(?:网站|单位|部门|机构|于|自)?|稿源|来自|发布(?:机构|单位|部门)|供稿(?:单位)?|发文机关|信息提供)\s*[:：]\s*"
)
_END = re.compile(
    r"\s*(?:[|｜丨]|\s{2,}|[\u00a0\u3000]|\?{2,}|(?:发布|上传|更新|发表)?(?:时间|日期)\s*[:：]|(?:作者|编辑|责编|责任编辑|记者|字体|字号|浏览|点击|阅读|访问|打印|分享|发布|撰稿|摄影)(?:量|次数|人|大小|\s)*[:：]"
    r"|(?:19|20)\d{2}\s*[-/.年]|【|\[|分享到?|扫一扫|打印)"
)
_TRIM = ' \t\u00a0\u3000：:|?？》《>_-·"“”'
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Source:
    name: str
    origin: str


def from_head(head: Head) -> Source | None:
    for name in _META:
        said = head.first(name)
        if said:
            kept = tidy(said[1])
            if kept:
                return Source(kept, f"页面标签 {said[0]}")
    return None


def labelled(lines: Sequence[Line], start: int, stop: int) -> Source | None:
    """What follows 来源： and its like on the lines ``[start, stop)``, or on the next where the label stands alone."""
    for index in range(start, stop):
        text = lines[index].text
        if len(text) > 300:
            continue
        for match in _LABEL.finditer(text):
            said = text[match.end() :]
            if not said.strip() and index + 1 < stop:
                said = lines[index + 1].text
            kept = tidy(said)
            if kept:
                return Source(kept, f"正文前的“{match.group().strip(_TRIM)}”")
    return None


def marked(text: str) -> Source | None:
    """Between JCMS's comments; ``text`` may begin with the label."""
    label = _LABEL.search(text)
    name = tidy(text[label.end() :] if label else text)
    return Source(name, "正文前的“来源”") if name else None


def tidy(said: str) -> str | None:
    """The name at the start of ``said``; None where there is none, or one that advertises."""
    said = said.strip(_TRIM)
    end = _END.search(said)
    name = (said[: end.start()] if end else said).strip(_TRIM)
    if not name or len(name) > _LONGEST or name in ("无", "暂无", "未知", "本站", "网络", "互联网", "原创", "null"):
        return None
    return without_spam(name)
