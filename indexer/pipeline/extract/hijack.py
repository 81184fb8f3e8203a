"""Pages taken over by gambling and worse: their words in site titles and hidden links, an official text below."""

from __future__ import annotations

import re

# Names of the trade with what they sell, never a topic alone: 体育彩票, 打击赌场, 激情创业 and 一区二区 stand in honest
# reports.
_SPAM = re.compile(
    r"365体育|体育(?:官网|投注|app|平台官网|注册)|(?:亚博|必赢|开云|乐鱼|万博|爱游戏|米兰|华体会|金沙|银河|永利|威尼斯人|葡京)"
    r"(?:体育|官网|官方|app|客户端|平台|娱乐|登录|网址|注册|赌)|新葡京|澳门(?:赌|永利|金沙)|\dnet必赢|manbetx|bet365|365bet"
    r"|百家乐|娱乐城|真人(?:视讯|荷官)|博彩(?:网|平台|公司|导航)|棋牌(?:游戏)?(?:下载|官网|平台)|彩票(?:app|官网|投注|下载)|时时彩|北京赛车|一肖一码|开奖(?:结果|直播)"
    r"|久久(?:精品|综合|热)|国产(?:精品|一区|自拍)|一区二区三区(?:在线|视频|精品)|亚洲无码|无码(?:视频|专区|高清)|成人(?:视频|网站|电影|在线)|免费看片|约炮",
    re.IGNORECASE,
)
_SPAM_WORDS_HIDDEN = 2  # one such word in a hidden block can be chance; hijackers hide link farms


def is_spam(text: str) -> bool:
    return bool(_SPAM.search(text))


def without_spam(text: str | None) -> str | None:
    """``text`` unless it advertises: spam never becomes a title, a source or a site's name."""
    return text if text and not is_spam(text) else None


def is_hijacked(site_says: str, hidden: str, headline: str | None) -> bool:
    """``site_says``: the <title>, SiteName and keywords. The headline of an honest page on the topic clears it."""
    if headline and is_spam(headline):
        return False
    return is_spam(site_says) or len(set(_SPAM.findall(hidden))) >= _SPAM_WORDS_HIDDEN
