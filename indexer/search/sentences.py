"""Whether the collection speaks at all of what a sentence asks.

A sentence is found by any part of its words, so it always finds something. Asked for what no passage tells
(盐湖提锂项目落户在哪里), that something is about 项目 and 落户, and whoever reads it has been told nothing. So two
things are looked at:

- a place that the sentence names: only passages that speak of it, or of one of several, are an answer;
- else words that stand nowhere, in no other wording and not in their parts either: with such a word the rest must be
  held by a passage for a large part, or nothing answers.

Of a collection that knows no places (a law's articles) nothing of this is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from indexer.domain.query import All, Either, Loose, Node, Query, Word
from indexer.domain.report import Status
from indexer.reference.gazetteer import Gazetteer
from indexer.search.match_modes import HALF, LARGE_PART
from indexer.text.analyser import Analyser, is_latin
from indexer.text.evidence import BINDING, asks
from indexer.text.fold import fold

Count = Callable[[Node], int]  # how many passages of the build a node finds

# what a question is put with, beside what evidence.py knows: no passage need hold any of it
_FILLERS = """
现在 目前 如今 最近 近来 以来 期间 时候 那年 当年 去年 今年 前年 明年 一年 几年 每年 历年 一共 总共 合计 大概
大约 左右 分别 各自 同时 一下 比较 对比 到底 究竟 具体 主要 相关 有关 方面 情况 这个 这么 那么 这些 那些 几个
几条 几家 几天 几名 自己 自身 已经 曾经 专门 特别 直接 比如 例如 例子 案例 典型 做法 经验 措施 举措 办法 方法
方式 思路 意思 含义 原因 理由 想要 想知道 了解 介绍 说明 说说 帮忙 帮助 提供 保证 进展 新进展 打算 计划 安排
目标 哪里 哪儿 哪家 多高 多长 起来 出来 下面 上面 里面 大规模 规模 数量 水平 程度 力度 各地 地方 愿意 出现 属于
达到 完成 实现
"""
_ASKED_WITH = frozenset(_FILLERS.split())
_LOOSE_PAIR = 2  # single characters side by side that jieba makes no word of: 提锂, 矿卡, 张江
_LEAST_MISSED = 0.2  # of the words: of five one may be the asker's own (招人)


@dataclass(frozen=True, slots=True)
class Sentences:
    """Safe to use from many threads at once."""

    gazetteer: Gazetteer
    analyser: Analyser

    def of_its_places(self, query: Query, count: Count) -> Query | None:
        """``query`` of one of the places that it names, and where it names a year too, of that year; None where it
        names no place, or one is set by a filter: then another is by the way."""
        filtered = any(query.filters.values(name) for name in ("zone", "province"))
        places = () if filtered else tuple(self.places(query.text, count))
        if not places or query.node is None:
            return None
        there = Either(tuple(dict.fromkeys(Word(name) for names in places for name in names)))
        years = tuple(Word(year) for year in _YEAR.findall(fold(query.text)))
        return replace(query, node=All((self._of_the_matter(query.node), there, *years)))

    def places(self, text: str, count: Count) -> Iterator[tuple[str, ...]]:
        """Each place in ``text`` by the names under which texts have it."""
        folded = fold(text)
        zones = self.gazetteer.find(text)
        for one in zones:
            yield tuple(dict.fromkeys((one.text, one.zone.short)))
        for at, name in self.gazetteer.regions.places_in(folded):
            region = self.gazetteer.regions.meant_by(name)
            inside = any(one.span.start < at + len(name) and at < one.span.end for one in zones)
            if region is not None and not inside and self._is_whole(folded, at, name):
                yield (region,)
        for word in self._words(folded):
            # 和平 and 新城 are counties and words: what stands nowhere is no word of these texts
            if self.gazetteer.regions.is_bare_county(word) and not count(Word(word)):
                yield (word,)

    def _of_the_matter(self, node: Node) -> Node:
        """``node`` without the names of places in its sentence, which are a condition by themselves: what tells of
        哈尔滨 in every line is no better answer to 哈尔滨修了多少公里通村公路."""
        match node:
            case Loose(text):
                folded = fold(text)  # of the same length
                spans = [(one.span.start, one.span.end) for one in self.gazetteer.find(text)]
                spans += [
                    (at, at + len(name))
                    for at, name in self.gazetteer.regions.places_in(folded)
                    if self.gazetteer.regions.meant_by(name) and self._is_whole(folded, at, name)
                ]
                named = {at for start, end in spans for at in range(start, end)}
                rest = "".join(" " if at in named else one for at, one in enumerate(text))
                return replace(node, text=" ".join(rest.split())) if rest.strip() else node
            case All(nodes):
                return All(tuple(map(self._of_the_matter, nodes)))
            case _:
                return node

    def about_its_places(self, query: Query, labels: Collection[str], count: Count) -> Query:
        """``query`` with the places that it names and that have reports here as what it is about: these come before
        what others say of them; the government's report of a province that its words name, before those of its
        cities."""
        named = {name for names in self.places(query.text, count) for name in names}
        named |= {one.value for one in query.understood if one.parameter == "province"}
        named &= set(labels)
        about = (("zone", name) for name in sorted(named))
        return replace(query, subjects=(*query.subjects, *about)) if named else query

    def about_plans(self, query: Query) -> Query:
        """``query``, and where it asks what is intended, plans as what it is about."""
        if not _PLANNED.search(query.text) or query.filters.values("status"):
            return query
        return replace(query, subjects=(*query.subjects, ("status", Status.PLAN.value)))

    def unspoken(self, query: Query, count: Count) -> tuple[Query | None, tuple[str, ...]]:
        """``query`` by half of its words, and those of them that stand nowhere; None where hardly one does."""
        words = tuple(self.telling(query.text))
        nowhere = tuple(word for word in words if not self._stands(word, count))
        return self.by_a_large_part(query, HALF) if len(nowhere) > _LEAST_MISSED * len(words) else None, nowhere

    def by_a_large_part(self, query: Query, part: float = LARGE_PART) -> Query:
        """``query`` where a passage must hold a large part of what it asks for."""
        words = " ".join(self.telling(query.text)) or query.text
        return replace(query, node=Loose(words, _others(query.node), part))

    def telling(self, text: str) -> Iterator[str]:
        """The words of ``text`` that say what is asked for, in order, each once."""
        yield from dict.fromkeys(
            word for word in self._words(fold(text)) if word not in _ASKED_WITH and not _NUMBER.fullmatch(word)
        )

    def _words(self, folded: str) -> Iterator[str]:
        """Words of two characters and more, and pairs of single characters that stand side by side."""
        run, end = "", -1
        for word, at in (*self.analyser.words(folded), ("", -1)):
            if (
                len(word) == 1
                and word not in BINDING
                and not is_latin(word)
                and not word.isdecimal()
                and not asks(word)
            ):
                run, end = (run + word if at == end else word), at + 1
                continue
            if len(run) == _LOOSE_PAIR:
                yield run
            run, end = "", -1
            if len(word) > 1 and word not in BINDING and not asks(word):
                yield word

    def _stands(self, word: str, count: Count) -> bool:
        """By itself, or two characters of a longer word: who asks for 招工难 is answered by 招工."""
        if len(word) <= _LOOSE_PAIR or is_latin(word):
            return count(Word(word)) > 0
        return any(count(Word(word[at : at + 2])) for at in range(len(word) - 1))

    def _is_whole(self, folded: str, at: int, name: str) -> bool:
        """Whether words begin and end where the name does: there is no 中山 in 集中山区."""
        words = list(self.analyser.words(folded))
        return at in {start for _, start in words} and at + len(name) in {start + len(word) for word, start in words}


# 计划 alone is part of names (人才计划, 三年行动计划)
_PLANNED = re.compile(
    "(?:计划|打算|准备|拟)(?=再?(?:新增|新建|新上|建|引|安排|上|培育|完成|投|做|搞|办|要|干|达到))"
    r"|目标(?:是|定|多少|[?？\s]|$)|要达到"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}年?(?!\d)")
_NUMBER = re.compile(r"[\d.,%]+")


def _others(node: Node | None) -> tuple[tuple[str, float], ...]:
    match node:
        case Loose():
            return node.others
        case All(nodes):
            return tuple(pair for one in nodes for pair in _others(one))
        case _:
            return ()
