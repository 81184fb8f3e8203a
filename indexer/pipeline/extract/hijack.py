"""Pages taken over by gambling and worse: their words in site titles and hidden links, an official text below."""

from __future__ import annotations

import re

# Names of the trade, not its topics: 体育, 彩票 and 棋牌 alone stand in many an honest report (体育彩票公益金).
_SPAM = re.compile(
    r"365体育|体育官网|体育平台|体育投注|体育app|体育直播|亚博|必赢|必发|博彩|威尼斯人|新葡京|葡京|金沙(?:娱乐|官网|平台)|澳门(?:银河|赌|永利|新)|"
    r"百家乐|老虎机|赌场|赌博平台|娱乐城|娱乐平台|真人(?:娱乐|视讯|荷官)|棋牌(?:游戏|平台|下载|娱乐)|彩票(?:平台|网|app|官网|下载|投注)|时时彩|六合彩|北京赛车|"
    r"开云|乐鱼|米兰体育|华体会|爱游戏|万博|bet\d{2,3}|\d{3}bet|龙虎斗|开奖(?:结果|直播)|一肖一码|"
    r"久久(?:精品|综合|热)|国产(?:精品|一区|自拍|亚洲)|一区二区|亚洲(?:精品|无码)|无码|激情|成人(?:视频|网站|电影|在线)|色情|黄色(?:网站|视频)|免费(?:a片|看片)|约炮|"
    r"代开发票|办证刻章",
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
