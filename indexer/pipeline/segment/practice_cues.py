"""Which practices a sentence shows by its words: cues of the codebook, letter for letter.

There is no gate by theme: of hits outside the themes of their sentence nine in ten are right. ``；`` parts a sentence,
as a full stop does: what is listed item by item tells one practice an item.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import ahocorasick

from indexer.domain.spans import Span
from indexer.reference.practices import DROPPED, Cue, Practice, Practices
from indexer.text.fold import fold

NEAR = 20  # characters at most between the words of a pair: further apart a third of them are wrong (docs/practices.md)
ITEM_END = re.compile(r"[；;]")
ZONE_WORDS = frozenset({"开发区", "园区", "高新区", "经开区", "开发园区"})
# In a zone's own text the zone needn't be named again beside these words. The others (考核, 整合, 综合评价, 托管) say
# too little alone: cadres are 考核, farmland is 托管, laboratories are 基础设施.
ENOUGH_ALONE = frozenset(
    (
        *("赋权", "放权", "经济管理权限", "管理体制", "社会事务", "社会职能", "社会管理职能", "去行政化"),
        *("聘任制", "聘用制", "全员聘任", "全员聘用", "人员身份", "人事薪酬", "绩效薪酬"),
        *("政企分开", "企业化管理", "市场化运营机制", "市场化运营模式"),
    )
)


@dataclass(frozen=True, slots=True)
class Hit:
    """``span`` covers the cue in the text that was searched, from the first of its words to the last."""

    practice: Practice
    cue: Cue
    span: Span


@dataclass(frozen=True, slots=True)
class _Entry:
    """A cue under the word it is looked up by; ``other`` is its second word."""

    practice: Practice
    cue: Cue
    word: str
    other: str | None
    alone: bool  # whether ``word`` is enough in a zone's own text


class PracticeCues:
    """Looks for the cues of all practices at once. Safe to share: it holds no state between texts."""

    def __init__(self, practices: Practices) -> None:
        self._never = {one.id: tuple(map(compact, one.never)) for one in practices}
        self._bars = {one.id: tuple(map(compact, one.bars)) for one in practices}
        entries: dict[str, list[_Entry]] = defaultdict(list)
        for practice in practices:
            for cue in practice.all_cues:
                entry = _entry(practice, cue)
                entries[entry.word].append(entry)
        self._words = ahocorasick.Automaton()
        for word, of_word in entries.items():
            self._words.add_word(word, (word, tuple(of_word)))
        if entries:
            self._words.make_automaton()

    def find(self, text: str, own_zone: bool = False) -> list[Hit]:
        """Every cue in ``text``, one sentence, in the order of places. ``own_zone``: the text is the zone's own."""
        hits = [hit for start, end in _items(text) for hit in self._in_item(_Compact(text, start, end), own_zone)]
        return sorted(hits, key=lambda hit: (hit.span, hit.practice.id))

    def _in_item(self, item: _Compact, own_zone: bool) -> Iterator[Hit]:
        if len(item.text) < 2 or not self._words:
            return
        for last, (word, entries) in self._words.iter(item.text):
            at = (last - len(word) + 1, last + 1)
            for entry in entries:
                place = self._place(entry, item.text, at, own_zone)
                if place is not None:
                    yield Hit(entry.practice, entry.cue, item.span(*place))

    def _place(self, entry: _Entry, text: str, at: tuple[int, int], own_zone: bool) -> tuple[int, int] | None:
        """Where the cue stands, given its first word at ``at``; None where it is hidden or its second word is far."""
        if any(bar in text for bar in self._bars[entry.practice.id]):
            return None
        hidden = list(_occurrences(self._never[entry.practice.id], text))
        if _covered(at, hidden):
            return None
        if entry.other is None or (own_zone and entry.alone):
            return at
        reach = NEAR + len(entry.other)
        around = (max(0, at[0] - reach), min(len(text), at[1] + reach))
        others = (other for other in _occurrences((entry.other,), text, *around) if not _covered(other, hidden))
        joined = ((min(start, at[0]), max(end, at[1])) for start, end in others)
        return min(joined, key=lambda place: place[1] - place[0], default=None)  # with the nearest of them


def compact(text: str) -> str:
    """Folded, without white space and quotation marks: what cues are compared in."""
    return "".join(character for character in fold(text) if character not in DROPPED)


class _Compact:
    """A stretch of a text in which cues are looked for, and the way back."""

    def __init__(self, text: str, start: int, end: int) -> None:
        folded = fold(text[start:end])
        if DROPPED.isdisjoint(folded):
            self.text, self._places = folded, range(start, end)
        else:
            kept = [place for place, character in enumerate(folded) if character not in DROPPED]
            self.text = "".join(folded[place] for place in kept)
            self._places = [start + place for place in kept]

    _places: range | list[int]

    def span(self, start: int, end: int) -> Span:
        return Span(self._places[start], self._places[end - 1] + 1)


def _entry(practice: Practice, cue: Cue) -> _Entry:
    """A pair is looked up by the word that isn't the zone's, else by the longer one."""
    words = [compact(word) for word in cue.words]
    if len(words) == 1:
        return _Entry(practice, cue, words[0], None, False)
    first, second = sorted(words, key=lambda word: (word in ZONE_WORDS, -len(word)))
    return _Entry(practice, cue, first, second, second in ZONE_WORDS and first in ENOUGH_ALONE)


def _items(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in ITEM_END.finditer(text):
        yield start, end.start()
        start = end.end()
    yield start, len(text)


def _occurrences(words: Iterable[str], text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Where any of ``words`` stands between ``start`` and ``end``, overlaps included."""
    for word in words:
        at = text.find(word, start, end)
        while at >= 0:
            yield at, at + len(word)
            at = text.find(word, at + 1, end)


def _covered(at: tuple[int, int], hidden: list[tuple[int, int]]) -> bool:
    return any(start < at[1] and at[0] < end for start, end in hidden)
