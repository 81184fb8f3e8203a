"""Pages that hold no report, each with the reason that its reader is told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.errors import Skip
from indexer.pipeline.extract.body import is_prose
from indexer.pipeline.extract.lines import Line
from indexer.pipeline.extract.markup import Markup

_SHORT = 300  # characters of prose; an error page has less, a report more
_GONE = re.compile(
    r"(?:页面|网页|内容|文章|信息|文件|文档|资源|链接|地址).{0,12}(?:不存在|未找到|找不到|已(?:经)?(?:被)?(?:删除|失效|下线|移除|过期)|没有找到)"
    r"|(?:404|not\s+found|page\s+not\s+found)|无法(?:找到|访问)(?:该|此|您)?.{0,6}(?:页|内容)|您访问的.{0,12}(?:不存在|出错|丢失)",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"(?:开启|启用|打开|允许|enable).{0,10}(?:javascript|cookie)|javascript.{0,12}(?:disabled|required|开启|启用)"
    r"|checking your browser|just a moment"
    r"|安全(?:验证|检查|校验)|人机(?:验证|识别)|请完成(?:验证|滑块)|访问(?:验证|过于频繁)|正在(?:验证|检测|跳转)|(?:访问|请求).{0,6}(?:已)?被(?:拦截|阻断|拒绝)|造成安全威胁",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:19|20)\d{2}[-/.年]\s*\d{1,2}[-/.月]\s*\d{1,2}|\d{2}-\d{2}")
_LIST_LINKS = 6  # linked lines a list page has at least
_TITLE_LENGTH = 8  # characters a linked title has at least; names of columns are shorter
_BELOW = 6  # lines between a headline and its date
_PAGER = re.compile(r"上一页|下一页|尾页|末页|共\s*\d+\s*(?:条|页)")


def refuse(markup: Markup, prose: int, headlines: Sequence[int]) -> None:
    """Raises Skip where the page is an error page, a challenge or a list.

    ``prose``: characters of its body; ``headlines``: indices of the lines that repeat its title.
    """
    text = markup.text
    if prose < _SHORT:
        _refuse_error_page(markup, text)
        _refuse_challenge(markup, text)
    if not markup.head.first("articletitle") and not _has_facts_below(markup.lines, headlines):
        _refuse_list(markup, prose)


def _refuse_error_page(markup: Markup, text: str) -> None:
    said = _GONE.search(markup.head.title) or (_GONE.search(text[:600]) if len(text) < 2 * _SHORT else None)
    if said:
        raise Skip("soft_404", f"页面写着“{said.group()}”，原文已不在这里")


def _refuse_challenge(markup: Markup, text: str) -> None:
    if len(text) >= _SHORT:
        return
    said = _CHALLENGE.search(markup.head.title) or _CHALLENGE.search(text) or _CHALLENGE.search(markup.raw[:20_000])
    if said:
        raise Skip("js_challenge", f"只收到一张浏览器验证页（“{said.group()[:30]}”），没有正文")
    if not text.strip() and "<script" in markup.raw.lower():
        raise Skip("js_challenge", "页面只有脚本，没有文字，需要浏览器运行后才有内容")


def _refuse_list(markup: Markup, prose: int) -> None:
    entries = [index for index, line in enumerate(markup.lines) if _is_entry(markup.lines, index)]
    linked = sum(len(markup.lines[index].text) for index in entries)
    titles = sum(line.links >= _TITLE_LENGTH and line.link_share > 0.8 for line in markup.lines)
    if not prose and titles >= 2 * _LIST_LINKS:
        raise Skip("list_page", f"这是栏目列表页：{titles} 条链接，没有正文")
    if len(entries) >= _LIST_LINKS and linked > 2 * prose:
        pager = "，有翻页" if _PAGER.search(markup.text) else ""
        raise Skip("list_page", f"这是栏目列表页：{len(entries)} 条带日期的链接{pager}，没有正文")


def _is_entry(lines: Sequence[Line], index: int) -> bool:
    """A linked title with a date on its line or the next."""
    line = lines[index]
    if line.links < 6 or (is_prose(line) and line.link_share < 0.3):
        return False
    following = lines[index + 1].text if index + 1 < len(lines) else ""
    return bool(_DATE.search(line.text) or (len(following) <= 20 and _DATE.search(following)))


def _has_facts_below(lines: Sequence[Line], headlines: Sequence[int]) -> bool:
    """A headline with its date or source below is an article's, however short, whatever lists stand around it."""
    below = (line for at in headlines for line in lines[at + 1 : at + 1 + _BELOW])
    return any(line.link_share < 0.5 and line.is_facts for line in below)


def no_body(markup: Markup) -> Skip:
    if markup.cut:
        return Skip("too_deep", "网页的标签一层套一层，超过 2,048 层，里面的内容读不出来")
    seen = " ".join(markup.text.split())[:40]
    return Skip("no_body", f"页面上没有找到成段的正文（只见到“{seen}”）" if seen else "页面上没有任何文字")
