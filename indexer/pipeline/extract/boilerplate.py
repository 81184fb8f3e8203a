"""Lines that belong to the site, not to the report. Matched on folded text: Traditional pages need no second list."""

from __future__ import annotations

import re

from indexer.text.fold import fold

_PHONETIC = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}\)")
_SPACES = re.compile(r"[\s\u00a0\u200b]+")
_LONGEST_FACTS = 120
_CLAUSES = re.compile(r"[。！;]|[，,].*[，,]")
_NOT_LETTERS = re.compile(r"[\W_]+")
_LONGEST = 160  # longer lines are text, whatever they begin with

# A line that begins like this says nothing of the report. 60 of the 95 real pages have at least one of them.
_BOILERPLATE = re.compile(
    r"^[\[【(<\-|·•*]*(?:"
    r"(?:一键)?分享(?:到|至|本文|给|让|$)|扫一扫|扫码|微信扫|用微信|打开微信|长按(?:识别|二维码)|打印(?:本页|此页|本文|$|】|\])|关闭(?:窗口|本页|$|】|\])"
    r"|字体[:\s大中小]|字号[:\s大中小]|(?:浏览|点击|阅读|访问)(?:量|数|次数|人次)[:\s]*|返回(?:顶部|首页|列表|上一页)|回到?顶部|收藏(?:$|\s|本|分享)|举报(?:$|\s)|点赞(?:$|\s)"
    r"|(?:上|下)一?(?:篇|条|页|章|则|主题)[:\s<>《]|(?:上|下)一(?:篇|条|页|章)$|(?:首页|尾页|末页)$"
    r"|(?:责任|本文|文字|网页|网络|图片|视频|值班)?(?:编辑|责编|美编|校对|审核|编审|监制|统筹|主编|排版|终审)[:/|丨]"
    r"|责(?:任编辑)?[:]|责编$|作者[:].{2,12}$|.{2,4}\s?编辑[)\]]$|已有\d+人|发布于[:]|版权(?:所有|声明|说明|申明)|copyright|©|.{0,8}ICP[备证]|.{0,6}公网安备|网站标识码|经营许可证|技术支持[:]|主办(?:单位)?[:]|承办(?:单位)?[:]"
    r"|您?(?:当前|现在|目前)?(?:所在)?(?:的)?位置[:]|您(?:现在)?(?:所在)?的?位置|首页\s*(?:>|/|»|›|-)"
    r"|本文(?:标题|链接|地址|网址|来自|转自)[:]?|链接地址[:]|原文(?:链接|地址)[:]|转载请|未经.{0,12}(?:许可|授权|允许).{0,10}(?:转载|使用|复制)"
    r"|(?:特别)?(?:免责)?(?:声明|申明)[:]|(?:申|声)明敬告|免责(?:声明|条款)|(?:更多|热门|最新|精彩|精选)(?:推荐|评论|文章|新闻|内容|资讯|精彩)|我要(?:评论|纠错|举报|分享)|(?:发表|网友|全部|最新|查看|写)评论|登录(?:后|$|/|\s)|注册(?:$|\s)"
    r"|展开(?:阅读)?全文|点击(?:展开|查看|阅读|加载)|查看更多|阅读全文|加载(?:中|更多)|继续(?:免费)?阅读|进入(?:老年|长辈|关怀)模式|退出(?:老年|长辈|关怀)模式|无障碍(?:浏览|阅读)"
    r"|(?:下载|相关|举报|复制|打印|大|中|小|关闭)(?:\s(?:下载|相关|举报|复制|打印|大|中|小|关闭))*$"
    r"|附件(?:下载)?[:【]|文档(?:简介|介绍|编号|描述)$|资源描述$|内容(?:摘要|简介)$|正文$|声明$"
    r"|(?:音频|视频|时长)?\s?\d{1,2}:\d{2}(?:\s?/\s?\d{1,2}:\d{2})?$|\d{1,2}\s?分钟$|.{0,20}网站?\s*(?:https?://)?www\.[\w.]+/?$"
    r"|第?\d+页?\s*/\s*共?\d+页?$|第\d+页,?\s*共\d+页$|(?:此|该|亲|您).{0,20}(?:文档|预览)|\d+次?浏览$|已阅读\d+页"
    r")",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"^[\[【<\-|·•*]*(?:"
    r"(?:相关|延伸|推荐|热门|精彩|更多|热点|最新|猜你|您可能|你可能|大家(?:都)?在|为您|为你|同类|今日|编辑)(?:的|想)?"
    r"(?:阅读|文章|新闻|资源|推荐|链接|文档|搜索|喜欢|感兴趣|关注|专题|内容|下载|资讯|报道|信息|看|视频|精选|话题|词条|评论|热点|头条|主题|解读).{0,12}"
    r"|(?:您|你)可能(?:还|也)?(?:想|会|喜欢|感兴趣|关注|错过).{0,6}|(?:其他人|大家|他们|网友|别人)(?:都|也|还)*在(?:看|搜|读|聊).{0,4}|更多关于.{0,20}"
    r"|(?:其他|更多|今日|本日|本周|热门|娱乐|图片|视频|独家|精彩|财经|国内|国际).{0,6}(?:新闻|热点|排行|策划|要闻|资讯|推荐|文章|内容|图集)(?:榜|排行)?"
    r"|本文标题[:].*|展开阅读全文|(?:网友|最新|热门|全部|精彩)?(?:评论|跟帖|留言)(?:区|列表)?(?:[(\[]?\d*[)\]]?)$|网友评论.{0,12}|打赏.{0,6}|免责(?:声明|条款).{0,4}"
    r")$"
)
_DISCLAIMER = re.compile(
    r"不代表(?:本|该)?(?:网|站|报|刊|平台|社)|凡(?:本网|注明|转载)|版权(?:归|相关)|文责自负|(?:未经|谢绝).{0,10}(?:授权|许可|允许)|(?:请勿|不得|禁止|欢迎)转载"
    r"|仅提供信息(?:存储|发布)|(?:侵权|版权|内容)(?:问题)?.{0,14}(?:联系|删除)|(?:facebook|google\s?(?:plus|\+)).{0,20}(?:专页|page|账号|帐号)"
    r"|关注.{0,20}(?:公众号|微博|微信)"
)
_TRUNCATED = re.compile(
    r"超出免费(?:预览|阅读)|还剩\d+页|剩余\d+页|(?:免费)?(?:预览|试读)(?:已|到此)?结束|付费(?:后)?(?:可)?(?:阅读|查看)(?:全文|剩余)"
    r"|下载后?(?:可)?(?:查看|阅读)(?:全文|完整)|(?:以下|剩余|余下)内容.{0,12}(?:付费|登录|下载|隐藏)|仅(?:展示|显示)(?:部分|前\d+页)"
)
_PAGE_MARK = re.compile(r"\s*第\s*\d+\s*页\s*[,/]?\s*共\s*\d+\s*页\s*$")
_FACT = re.compile(
    r"(?:来源|作者|记者|编辑|发布机构|发布单位|信息来源|稿源|索引号|文号|上传人|文档编号|格式|页数|大小|浏览\w{0,3}|点击\w{0,3}|阅读\w{0,3}|字体|字号"
    r"|(?:发布|上传|发表|更新|成文|生成)?(?:时间|日期))\s*[:】]|(?:19|20)\d{2}[-/年.]\s?\d{1,2}[-/月.]\s?\d{1,2}日?(?:\s?\d{1,2}:\d{2})?"
)
_CLOCK = re.compile(r"\d{1,2}日?\s?\d{1,2}:\d{2}")  # behind a day
_LONGEST_NAMES = 60  # characters of host, paper, author around a moment
_SAYS_SOMETHING = re.compile(r"[，,。；;！!？?、]")
_INFO_ROW = re.compile(  # the header table of 信息公开 pages
    r"(?:信息)?(?:索\s?引\s?号|发文机关|发布机构|发文字号|文\s*号|主题分类|分\s*类|主\s?题\s?词|成文日期|生成日期|发文日期|发布日期|公开日期|公开方式|公开范围|有\s?效\s?性|是否有效|体裁分类|组配分类|名\s+称|标\s+题)"
    r"\s*[:|]"
)
_TITLE_SPLICE = re.compile(r"》出自[:]")


def plainly(text: str) -> str:
    """``text`` folded, without inserted phonetics and without repeated blanks: for matching, never for keeping."""
    folded = fold(text)
    if "(" in folded:
        folded = _PHONETIC.sub("", folded)
    return _SPACES.sub(" ", folded).strip()


def letters(text: str) -> str:
    """``text`` reduced to what two spellings of one line have in common."""
    return letters_of(plainly(text))


def letters_of(plain: str) -> str:
    return _NOT_LETTERS.sub("", plain)


# The judgements below take text that went through ``plainly``.


def is_boilerplate(plain: str) -> bool:
    if len(plain) > _LONGEST:
        return False
    return bool(_BOILERPLATE.match(plain)) or bool(_TITLE_SPLICE.search(plain)) or is_truncation_notice(plain)


def is_facts(plain: str) -> bool:
    """A line about the text rather than of it: 发布时间：2022-08-05 来源：示范区 浏览次数：36."""
    if _INFO_ROW.match(plain) and len(plain) <= 2 * _LONGEST_FACTS:
        return True
    if len(plain) > _LONGEST_FACTS:
        return False
    found = _FACT.findall(plain)
    if not found:
        return False
    rest = _FACT.sub("", plain)
    if len(rest) <= _LONGEST_NAMES and len(_CLOCK.findall(plain)) == 1 and not _SAYS_SOMETHING.search(rest):
        return True  # WWW.EXAMPLE.COM 2003年11月12日16:36 某某网—某某报
    return len(rest) <= 8 + 12 * len(found) and not _CLAUSES.search(rest)


def ends_the_report(plain: str) -> bool:
    """Headings such as 相关阅读: what follows is another text's title, another reader's word."""
    return len(plain) <= 30 and bool(_STOP.match(plain.rstrip(": >»")))


def is_disclaimer(plain: str) -> bool:
    """What sites say below a text about rights. Only to be asked at the end of a body."""
    return len(plain) <= 2 * _LONGEST and bool(_DISCLAIMER.search(plain))


def is_truncation_notice(plain: str) -> bool:
    return len(plain) <= _LONGEST and bool(_TRUNCATED.search(plain))


def without_page_mark(text: str) -> str:
    """``text`` without the 第7页 共7页 that a converter left at its end."""
    return _PAGE_MARK.sub("", text)
