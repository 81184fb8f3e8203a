"""Pages that hold no report, each with the reason that its reader is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.errors import Skip
from indexer.pipeline.extract.body import is_prose
from indexer.pipeline.extract.lines import Line
from indexer.pipeline.extract.markup import Markup

_SHORT = 300  # characters of prose; an error page has less, a report more
_BESIDE = 40  # characters of other sentences from which a page says more than that something is gone
# A sentence of an error page: 404 between no digits and counting nothing (2404家, 404个项目), or a page that is gone.
_NUMBER_404 = r"(?<![\d.,，])404(?![\d.]|\s*[一-鿿]*(?:个|家|户|项|万|亿|人|元|名|件|亩|条|次|号|路|公里|平方|米))"
_GONE = re.compile(
    r"(?:页面|网页|内容|文章|信息|文件|文档|资源|链接|地址).{0,12}(?:不存在|未找到|找不到|已(?:经)?(?:被)?(?:删除|失效|下线|移除|过期)|没有找到)"
    r"|not\s+found|无法(?:找到|访问)(?:该|此|您)?.{0,6}(?:页|内容)|您访问的.{0,12}(?:不存在|出错|丢失)"
    rf"|{_NUMBER_404}.{{0,10}}(?:错误|出错|error|找不到|页面)|(?:错误|出错|error|抱歉|oops|http).{{0,10}}{_NUMBER_404}",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"(?:很?抱歉|对不起|sorry|您|你|该|此|本?页面|请|http|系统|\W*404)", re.IGNORECASE)
_TALK = re.compile(
    r"首页|返回|网址|地址|管理员|刷新|浏览器|\d+\s*秒|稍[候后]|重试|联系"
)  # of such pages to their readers
_GONE_ALONE = re.compile(r"[\W_]*(?:404|出错了?|错误|页面(?:不存在|出错)|error)[\W_]*", re.IGNORECASE)
_CHALLENGE = re.compile(
    r"(?:开启|启用|打开|允许|enable).{0,10}(?:javascript|cookie)|javascript.{0,12}(?:disabled|required|开启|启用)"
    r"|checking your browser|just a moment|造成安全威胁"
    r"|人机(?:验证|识别)|请完成(?:验证|滑块|安全)|访问过于频繁"
    r"|(?:您的?|此)?(?:访问|请求).{0,6}(?:已)?被(?:拦截|阻断|拒绝)"
    r"|(?:正在|浏览器|请稍[候后等]|完成|ip).{0,16}(?:安全(?:验证|检查|校验)|访问验证)|(?:安全(?:验证|检查|校验)|访问验证).{0,16}(?:浏览器|请稍[候后等]|完成后|才能)"
    r"|正在(?:验证|检测)(?:您|你|浏览器|是否|访问|身份|环境)|正在(?:验证|检测|跳转)[.。…·]*$",
    re.IGNORECASE,
)
_CHALLENGE_ALONE = re.compile(r"[\W_]*(?:安全(?:验证|检查|校验)|访问验证|人机验证|正在(?:验证|检测|跳转)\w{0,4})[\W_]*")
_MOVED = re.compile(r"跳转|改版|迁移|搬家|新(?:网址|域名|地址|网站)|redirect", re.IGNORECASE)
_REFRESH = re.compile(r"""<meta\b[^>]*http-equiv\s*=\s*["']?refresh["'\s][^>]*""", re.IGNORECASE)
_REFRESH_TO = re.compile(r"""url\s*=\s*["']?\s*([^"'>\s]+)""", re.IGNORECASE)
_SCRIPT_TO = re.compile(r"""(?:location(?:\.href)?\s*=|location\.(?:replace|assign)\s*\()\s*["']([^"']+)["']""")
_SENTENCE_END = re.compile(r"[。！!？?；;\n]+")
_DATE = re.compile(r"(?:19|20)\d{2}[-/.年]\s*\d{1,2}[-/.月]\s*\d{1,2}|\d{2}-\d{2}")
_LIST_LINKS = 6  # linked lines a list page has at least
_TITLE_LENGTH = 8  # characters a linked title has at least; names of columns are shorter
_BELOW = 6  # lines between a headline and its date
_PAGER = re.compile(r"上一页|下一页|尾页|末页|共\s*\d+\s*(?:条|页)")


def refuse(markup: Markup, prose: int, headlines: Sequence[int], *, in_container: bool = False) -> None:
    """Raises Skip where the page is an error page, a challenge or a list.

    ``prose``: characters of its body; ``in_container``: whether that stands in a container of a known system;
    ``headlines``: indices of the lines that repeat its title. What tells an error page is a sentence of its own beside
    which nothing else is said: words like 安全检查 stand in honest reports too.
    """
    is_article = (
        _has_facts_below(markup.lines, headlines)
        or (in_container and prose > 0)
        or markup.head.first("articletitle") is not None
    )
    if prose < _SHORT:
        _refuse_notice(markup, is_article)
        if not is_article and not markup.head.first("pubdate"):
            _refuse_title(markup)
        if not prose:
            _refuse_script(markup)
    if not is_article:
        _refuse_list(markup, prose)


def _refuse_notice(markup: Markup, is_article: bool) -> None:
    """An error page or a challenge says so in a sentence, and little else. Beside an article's headline and day, or in
    its container, the sentence must turn to its reader: 您访问的页面不存在."""
    notices: list[tuple[str, str]] = []
    beside = 0
    for sentence, is_text in _sentences(markup.lines):
        told = not is_article or _ADDRESSED.match(sentence)
        gone = _GONE.search(sentence) if told else None
        challenge = _CHALLENGE.search(sentence) if told else None
        if gone or challenge:
            notices.append(
                ("soft_404", gone.group()) if gone else ("js_challenge", challenge.group() if challenge else "")
            )
        elif _MOVED.search(sentence) and not notices:
            notices.append(("moved", sentence))
        elif is_text and not _TALK.search(sentence):
            beside += len(sentence)
    if not notices or beside >= _BESIDE:
        return
    code, words = notices[0]
    if code == "moved":
        address = _leads_to(markup)
        if address:
            raise Skip("moved", "notice", address=address)
        return
    if code == "soft_404":
        raise Skip(code, "notice", words=words)
    raise Skip(code, "notice", words=words[:30])


def _sentences(lines: Sequence[Line]) -> Iterator[tuple[str, bool]]:
    """(sentence, whether it counts as text of the page rather than a menu or a heading)."""
    for line in lines:
        if line.link_share > 0.5 and not is_prose(line):
            continue
        counts = is_prose(line)
        for sentence in _SENTENCE_END.split(line.text):
            if sentence.strip():
                yield sentence.strip(), counts


def _refuse_title(markup: Markup) -> None:
    titles = [markup.head.title, *(line.text for line in markup.lines[:3] if line.node is not None)]
    for text in titles:
        if _GONE_ALONE.fullmatch(text) or (text is markup.head.title and _GONE.search(text)):
            raise Skip("soft_404", "notice", words=text.strip()[:30])
        if _CHALLENGE_ALONE.fullmatch(text) or (text is markup.head.title and _CHALLENGE.search(text)):
            raise Skip("js_challenge", "notice", words=text.strip()[:30])


def _refuse_script(markup: Markup) -> None:
    """Nothing on the page but what its mark-up says: there a word of the script is enough."""
    text = markup.text.strip()
    if len(text) >= _SHORT:
        return
    address = _leads_to(markup)
    if address and len(text) < _BESIDE:
        raise Skip("moved", "itself", address=address)
    said = _CHALLENGE.search(markup.raw[:20_000])
    if said:
        raise Skip("js_challenge", "notice", words=said.group()[:30])
    if not text and "<frame" in markup.raw.lower() and markup.embedded:
        raise Skip("moved", "frame", address=markup.embedded[-1:])
    if not text and "<script" in markup.raw.lower():
        raise Skip("js_challenge", "script")


def _leads_to(markup: Markup) -> str | None:
    """Where the page sends its reader by itself."""
    for tag in _REFRESH.finditer(markup.raw, 0, 50_000):
        address = _REFRESH_TO.search(tag.group().replace("&quot;", '"').replace("&#39;", "'"))
        if address:
            return address[1].rstrip("'\"")
    scripted = _SCRIPT_TO.search(markup.raw[:20_000])
    return scripted[1] if scripted else None


def _refuse_list(markup: Markup, prose: int) -> None:
    entries = [index for index, line in enumerate(markup.lines) if _is_entry(markup.lines, index)]
    linked = sum(len(markup.lines[index].text) for index in entries)
    titles = sum(line.links >= _TITLE_LENGTH and line.link_share > 0.8 for line in markup.lines)
    if not prose and titles >= 2 * _LIST_LINKS:
        raise Skip("list_page", "titles", n=titles)
    if len(entries) >= _LIST_LINKS and linked > 2 * prose:
        raise Skip("list_page", "pager" if _PAGER.search(markup.text) else "dates", n=len(entries))


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
        return Skip("too_deep", "levels")
    seen = " ".join(markup.text.split())[:40]
    variant = "seen" if seen else "blank"
    values = {"seen": seen} if seen else {}
    if markup.embedded:
        return Skip("no_body", f"{variant}_embedded", address=markup.embedded[0], **values)
    return Skip("no_body", variant, **values)
