"""How much of a passage is fact: figures, a practice of the codebook, things done, or words alone.

Of the first three answers to 30 questions over 370 real reports a fifth were glossary notes, slogans and what leads up
to a matter (docs/relevance.md): a slogan says the word that is asked more densely than any fact does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

FIGURES, DEEDS, A_DEED, WORDS = "figures", "deeds", "deed", "words"

# Somebody sets something up, sends, hires, signs, links … : verbs that need an object, with what came of it
HOW_WORDS = re.compile(
    "成立|组建|设立|建立|搭建|出台|印发|制定|编制|推行|实行|实施|聘请|聘任|选派|派驻|派出|抽调|签订|签约|签署|引进|引入|落户|落地|"
    "举办|召开|开展|走访|对接|委托|授权|下放|取消|压缩|减免|兑现|发放|拨付|收回|盘活|腾退|出让|改造|建成|建设|投用|投产|开工|"
    "上线|开通|开发|采用|通过|依托|围绕|按照|由.{1,12}(?:牵头|负责|包联|领衔)|每(?:周|月|季|年)|一对一|专人|专班"
)
# a number with what it counts, or its mask; not the number of a heading or a year
_FIGURE = re.compile(
    r"(?:[0-9][0-9,.]*|[xX×*＊_□某]+(?:\.[xX×*＊_□]+)?|[一二三四五六七八九十百千]+)\s*"
    r"(?:%|％|个百分点|亿|万|千|余|多|个(?!方面|重大|重点)|家|项|户|平方|公里|名|人|天|件|亩|只|支|条|次|吨|分钟|倍|座|处|所|套|列|位)"
)


def substance(text: str, practices: Sequence[str]) -> str:
    """FIGURES, also for a practice that is told; DEEDS for two and more things done, A_DEED for one; else WORDS."""
    if practices or _FIGURE.search(text):
        return FIGURES
    done = len(HOW_WORDS.findall(text))
    return DEEDS if done > 1 else A_DEED if done else WORDS
