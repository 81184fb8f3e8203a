"""Who a page says it has its text from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.locale.remarks import remark
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
_NOT_A_NAME = re.compile(
    r"关注|评论|粉丝|阅读|收藏|发布|播报|编辑|編輯|记者|作者|责|責|查看|旧版|楼层|楼主|字体|字号|放大|推荐|文章|时间|日期|^来自|\d"
)
_MOMENT = re.compile(r"(?:19|20)\d{2}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?")
_ASIDE = re.compile(
    r"(?:来自|发布于|IP属地)\S*|\S*官方账号|(?:更新|发布|发表|星期.|周[一二三四五六日](?!刊)|上午|下午)"
)
_NAME = re.compile(r"[\w\-－·《》()（）]*[一-鿿]{2}[\w\-－·《》()（）]*")
# Whose text it is, in its words: 某通讯社某地11月30日电, 某某网讯, （某某日报记者 张三）. 本报 and 本网 name nobody.
_AGENCY = (
    r"(?P<name>(?!本|据|该|一家)[一-鿿A-Za-z0-9]{1,10}?"
    r"(?:通讯社|社|网|[日晚早时周商]报|报|电视台|广播电台|客户端))"
)
_TELEGRAM = re.compile(
    rf"[（(【\[]?\s*{_AGENCY}(?:[一-鿿·]{{1,8}})?\s*(?:\d{{1,2}}月)?\d{{1,2}}日(?:电|讯|消息)"
    rf"|[（(【\[]?\s*{_AGENCY.replace('name', 'brief')}讯(?=[\s（(：:]|记者)"
)
_REPORTER = re.compile(rf"[（(【\[]?\s*{_AGENCY}(?:全媒体|特约|见习|首席|驻[一-鿿]{{2,6}})?(?:记者|通讯员)[\s:：/]?")
_IN_FOOT = re.compile(
    r"[（(【\[]?\s*(?:(?:信息|文章|稿件|新闻|内容|资料)?来源|稿源|转自|摘自|原载)(?:于|自)?\s*[:：]"
    r"\s*(?P<name>[^（）()【】]{2,40}?)\s*[）)】\]]?$"
)
_OWN = re.compile(
    r"本(?:网|站|报|刊|台)(?:站|讯|原创|综合)*|(?:www\.)?[\w-]+(?:\.[\w-]+)+|https?:.*", re.IGNORECASE
)  # the host itself
_FOOT_LINES = 3  # at the end of a body
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
                return Source(kept, remark("origin_tag", name=said[0]))
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
                return Source(kept, remark("origin_before", words=match.group().strip(_TRIM)))
    return None


def byline(lines: Sequence[Line], headline: int) -> Source | None:
    """A name without label below the headline, as news sites print it: on the line of the date, or in an element
    that is named for it."""
    for line in lines[headline + 1 : headline + 1 + _BYLINE_LINES]:
        text = line.text
        if len(text) > _SHORT or (line.is_boilerplate and not line.is_facts):
            continue
        names = f"{line.node.get('class') or ''} {line.node.get('id') or ''}" if line.node is not None else ""
        if _NAMED.search(names) and len(text) <= 16 and not _NOT_A_NAME.search(text):
            kept = tidy(text)
        elif (moment := _MOMENT.search(text)) and line.is_facts:
            behind = tidy(_ASIDE.sub(" ", text[moment.end() :]))  # WWW.EXAMPLE.COM 2003年11月12日16:36 某某晚报
            kept = behind or tidy(_ASIDE.sub(" ", _MOMENT.sub(" ", text)))
        else:
            continue
        if kept and _NAME.fullmatch(kept) and not _NOT_A_NAME.search(kept):
            return Source(kept, "标题下的署名")
    return None


def in_the_text(lines: Sequence[Line]) -> Source | None:
    """Whom a body itself names: 来源 on its last lines, the agency of its telegram, the paper of its reporter.
    ``lines``: of the body."""
    for line in reversed(lines[-_FOOT_LINES:]):
        found = _IN_FOOT.search(line.text) if len(line.text) <= _SHORT else None
        name = tidy(found["name"]) if found else None
        if name:
            return Source(name, "文末的“来源”")
    for line in lines[:2]:
        found = _TELEGRAM.match(line.text)
        name = tidy(found["name"] or found["brief"] or "") if found else None
        if name:
            return Source(name, "文首的电头")
    for line in (*lines[:1], *lines[-_FOOT_LINES:]):
        found = _REPORTER.match(line.text) if len(line.text) <= _SHORT else None
        name = tidy(found["name"]) if found else None
        if name:
            return Source(name, "记者署名")
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
    return Source(name, remark("origin_before", words="来源")) if name else None


def tidy(said: str) -> str | None:
    """The name at the start of ``said``; None where there is none, or one that advertises."""
    said = said.strip(_TRIM)
    end = _END.search(said)
    name = _trimmed(said[: end.start()] if end else said)
    first = name.split(maxsplit=1)[0] if name else ""
    if len(first) >= 2 and not first.isascii():  # 北京青年报 北京: the place behind a name is none of it
        name = _trimmed(first)
    if (
        not name
        or len(name) > _LONGEST
        or name in ("无", "暂无", "未知", "本站", "网络", "互联网", "原创", "null")
        or _OWN.fullmatch(name)
    ):
        return None
    return without_spam(name)
