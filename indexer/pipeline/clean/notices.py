"""Notices of the site inside the body: who put it together, how to quote it, where to download it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.domain.edits import Edit

_EDGE = 6  # lines; signatures of editors stand before the first or after the last sentence, never between
_LONGEST = 160  # characters of a line that is a notice and nothing else

# A whole line anywhere in the text.
_LINE = re.compile(
    r"(?:"
    r"[》”]?(?:本文|本文档|本资料|该文档|本篇文章)(?:由|来自|来源于|转自|摘自|出自).{0,60}"
    r"|[^。！？；]{0,60}》?(?:出自|来源于?)[:：].{0,12}(?:文库|文档|范文网?|论文网|驿站|资料网|文秘网)"
    r"|(?:本文|文章|文档|原文|本页|转载)?(?:标题|链接|地址|网址|链接地址|原文地址)[:：].{0,120}"
    r"|[^。！？；]{0,40}(?:转载|引用|摘编)(?:本文)?(?:时)?(?:请|须|需|务必)(?:注明|保留|标明|联系).{0,40}"
    r"|[^。！？；]{0,20}未经.{0,24}(?:许可|授权|同意|允许).{0,8}(?:不得|禁止|严禁|请勿|谢绝|不准).{0,10}(?:转载|镜像|摘编|复制|转发).{0,60}"
    r"|(?:申明敬告|特别声明|特别说明|版权声明|版权说明|版权归属|免责声明|温馨提示|声明|提示)[:：].{0,60}(?:本站|上传|侵权|下载|转载|用户).{0,120}"
    r"|(?:展开阅读全文|查看更多|查看全文|收起全文|猜你喜欢|返回顶部|返回首页|关闭窗口|打印本页|我要纠错|文档介绍|资源描述|文档简介)[:：]?"
    r"|(?:您|你)可能(?:还)?(?:关注|感兴趣|喜欢)的?.{0,6}"
    r"|(?:相关|推荐|热门|最新|更多|最近)(?:文章|阅读|资源|搜索|推荐|链接|新闻|文档|专题|更新|下载|信息)[:：]?"
    r"|扫一扫.{0,20}|(?:一键)?分享到?[:：]?(?:微信|微博|QQ|朋友圈|\s)*"
    r"|【?(?:打印|关闭|字号|字体|字体大小)(?:[:：\s|【】]*(?:大|中|小|打印|关闭|本页|窗口))*】?"
    r"|[-—–]\s*\d{1,3}\s*[-—–]"
    r"|第\s*\d{1,3}\s*页"
    r")",
)
# A whole line among the first or the last few.
_EDGE_LINE = re.compile(
    r"(?:[（(【\[]?\s*(?:责任编辑|责编|编辑|编审|审核|校对|初审|复审|终审|一审|二审|三审|排版|录入|上传人?)\s*[:：].{0,40}"
    r"|.{0,24}(?:浏览|阅读|点击|访问)(?:次数|量|率|数)\s*[:：]?\s*\d*\s*次?.{0,8})"
)
# Inside a line: what a printer put under every sheet.
_SHEET = re.compile(
    r"第\s*\d{1,3}\s*页\s*[/／,，]?\s*共\s*\d{1,3}\s*页|共\s*\d{1,3}\s*页\s*[/／,，]?\s*第\s*\d{1,3}\s*页"
)
# At the end of a line, after the last sentence.
_TAIL = re.compile(
    r"(?<=[。！!])\s*(?:(?:本文|本文档)(?:由|来自|来源于|转自)[^。]{0,60}|转载请(?:注明|保留)[^。]{0,40})[。！!]?$"
)
# The copy stops here, and says so.
_CUT = re.compile(
    r"^.{0,30}?(?:亲[,，]?该文档.{0,4}共.{0,6}页.{0,12}(?:超出|预览).{0,40}|(?:已阅读|已閱讀).{0,8}页?.{0,4}还剩.{0,6}页.{0,20}"
    r"|还(?:剩|有).{0,6}页未读.{0,20}|剩余.{0,12}(?:下载|购买|付费|登录|开通).{0,10}(?:查看|阅读|继续).{0,10}"
    r"|(?:试读|预览|免费阅读)(?:已)?(?:结束|到此为止).{0,30}|(?:下载|购买|登录|注册|开通会员).{0,6}(?:后|可|即可|以)(?:查看|阅读)(?:全文|完整|剩余|更多).{0,12}"
    r"|(?:点击|请)(?:下载|购买)(?:查看|阅读)?(?:全文|完整版|完整文档).{0,12}|该文档超出免费预览.{0,30})$",
    re.MULTILINE,
)


def says_it_is_cut(text: str) -> bool:
    return any(len(cut.group()) <= _LONGEST for cut in _CUT.finditer(text))


def drop(text: str) -> Iterator[Edit]:
    """Notices go; what is left of an emptied line is for the layout."""
    lines = text.split("\n")
    written = [index for index, line in enumerate(lines) if line.strip()]
    edges = {*written[:_EDGE], *written[-_EDGE:]}
    at = 0
    for index, line in enumerate(lines):
        yield from _of_line(line, at, index in edges)
        at += len(line) + 1


def _of_line(line: str, at: int, edge: bool) -> Iterator[Edit]:
    stripped = line.strip()
    if len(stripped) <= _LONGEST and (
        _LINE.fullmatch(stripped) or _CUT.fullmatch(stripped) or (edge and _EDGE_LINE.fullmatch(stripped))
    ):
        yield Edit(at, line, "")
        return
    tail = _TAIL.search(line) if "本文" in line or "转载" in line else None
    if tail:
        yield Edit(at + tail.start(), tail.group(), "")
    for sheet in _SHEET.finditer(line, 0, tail.start() if tail else len(line)):
        yield Edit(at + sheet.start(), sheet.group(), "")
