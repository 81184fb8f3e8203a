"""What a question in a sentence is found by: its words, its pairs of characters, its characters, each with a weight.

Words alone miss what the text says in other words (收回承包地 and 承包地被收回), pairs find the half of a word, single
characters the abbreviation (农户 for 农村承包经营户). Measured on 1,235 questions of the public over 55,347 articles
of law (docs/relevance.md), recall@10 on both halves: words .468 .480, pairs alone .460 .482, words and pairs .477 .486,
with characters .482 .501. Nothing is thrown away as a stop word: rarity weighs them down by itself (.478 .493 without).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from indexer.text.analyser import Analyser, is_latin
from indexer.text.fold import fold

WORD = 1.0
SINGLE = 0.5  # a word of one character
PAIR = 0.6
CHARACTER = 0.5
LOOSE = 0.8  # a pair of which the dictionary makes no word, beside what it is worth as a pair
MOST = 1.6  # for one piece of evidence, however often the question says it

_CHINESE = re.compile(r"[^\Wa-z0-9_]+")


def evidence(text: str, analyser: Analyser) -> dict[str, float]:
    """Folded piece → weight. A word of two characters is a pair as well and gets both weights."""
    folded = fold(text)
    weights: defaultdict[str, float] = defaultdict(float)
    for word, _ in analyser.words(folded):
        weights[word] += WORD if len(word) > 1 or is_latin(word) else SINGLE
    for run in _CHINESE.findall(folded):
        for at in range(len(run) - 1):
            weights[run[at : at + 2]] += PAIR
    kept = {piece: min(weight, MOST) for piece, weight in weights.items()}
    for character in set("".join(_CHINESE.findall(folded))):
        kept[character] = kept.get(character, 0.0) + CHARACTER
    return kept


def loose_pairs(text: str, analyser: Analyser) -> Iterator[str]:
    """Folded single characters side by side of which the dictionary makes no word: they mostly are one that it doesn't
    know (长吉图, 普九). They may be a slip as well (招尚 in 招尚引资), so that they lift and are not missed."""
    before, end = "", -1
    for word, at in analyser.words(fold(text)):
        single = word if len(word) == 1 and _CHINESE.fullmatch(word) and word not in BINDING and not asks(word) else ""
        if before and single and at == end:
            yield before + single
        before, end = single, at + len(word)


# Words that make a sentence a question, or hold it together: looked for like others, not worth marking.
_ASKING_WORDS = """
谁 吗 呢 什么 怎么 怎样 怎么样 怎么办 如何 为何 为什么 哪 多少 多久 多大 多高 是否 能否 可否
有没有 能不能 是不是 会不会 要不要 可不可
"""
_BINDING_WORDS = """
可以 应当 应该 需要 能 会 有 的 了 是 在 和 与 及 或 或者 就 都 也 还 被 把 对 由 从 向 时 后 不 要 我 你 他 我们 其
这 那 以及 如果 进行 没有 关于 对于 等 等等
"""
ASKING = frozenset(_ASKING_WORDS.split())
BINDING = frozenset(_BINDING_WORDS.split())


def asks(text: str) -> bool:
    """Whether ``text`` has a word that makes a sentence a question."""
    return any(word in text for word in ASKING)


@lru_cache(maxsize=1 << 8)  # each hit of a page asks for those of the question: a third of what such a page costs
def telling_words(text: str, analyser: Analyser) -> tuple[str, ...]:
    """The words of a sentence that say what it is about, in order, each once."""
    words = (word for word, _ in analyser.words(text))
    kept = (word for word in words if (len(word) > 1 or word.isdecimal()) and word not in BINDING and not asks(word))
    return tuple(dict.fromkeys(kept))
