"""Copies of one report（镜像）: found among all of them, the best one chosen, their disagreements told.

One report is found on many mills, masked, laundered, cut short or wrapped in different ways; it shall be one result,
with the best witness shown. Figures in the comments: 1,472 government work reports, and masked, laundered, cut and
re-wrapped copies of 200 of them (tests/evaluation/mirrors.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from indexer.domain.catalogue import Cluster
from indexer.pipeline.duplicates.differing_figures import Place, Printed, agreement, differing_figures, printed_figures
from indexer.pipeline.duplicates.shingles import alike, characters, shared, size
from indexer.pipeline.duplicates.sketch import Sketch, Subject, words_of

SHARED = 0.5  # copies share .72 and more, different reports .32 at most
_SURE = 0.65  # an estimate this high from _MANY samples needs no second look: its error is below .04
_MANY = 150
_DOUBTFUL = 0.35  # estimates below this are never .5 in truth
_SHORT = 200  # characters: below this a template alone makes texts alike, and only exact copies count
_WORDS = 20  # letters and digits: below this even exact equality says nothing (详见附件)
_PART = 0.2  # a copy that holds less than a fifth of the other is a quotation
_REWRITTEN = 0.5  # with more figures than this differing it is next year's report over the same words
_COMPARABLE = 3  # figures: fewer may differ by a slip, or by a corrected version

TextOf = Callable[[str], str]  # id of a report → its text, in simplified script and half-width


def cluster(sketches: Sequence[Sketch], text_of: TextOf) -> tuple[Cluster, ...]:
    """Every group of two or more copies, in the order of its witness. A report without a copy is in none. The texts of
    copies and of what may be one are asked for, and of no others."""
    copies = [_Copy(sketch, text_of) for sketch in sorted(sketches, key=lambda sketch: sketch.id)]
    groups = _Groups(copies)
    for one, other in (*_exact(copies), *_cut_short(copies)):
        groups.join(one, other)
    for one, other in _damaged(copies, groups):
        groups.join(one, other)
    found = [_described([copies[index] for index in group]) for group in groups.of_two_or_more()]
    return tuple(sorted(found, key=lambda one: one.witness))


@dataclass
class _Copy:
    """A report with what is compared of it, each worked out when first asked for."""

    sketch: Sketch
    text_of: TextOf

    @cached_property
    def characters(self) -> str:
        return characters(self.text_of(self.sketch.id))

    @cached_property
    def figures(self) -> dict[Place, Printed]:
        return printed_figures(self.text_of(self.sketch.id))

    @property
    def subject(self) -> Subject:
        return self.sketch.subject

    @property
    def words(self) -> str:
        return words_of(self.text_of(self.sketch.id))


class _Groups:
    """Union-find over copies. Two groups that hold reports of different zones or years over one template never join,
    whatever masked copy stands between them."""

    def __init__(self, copies: Sequence[_Copy]) -> None:
        self._parent = list(range(len(copies)))
        self._of_subject = [{copy.subject: copy} for copy in copies]  # of each group, one copy for each subject

    def join(self, one: int, other: int) -> None:
        here, there = self.of(one), self.of(other)
        if here == there:
            return
        mine, theirs = self._of_subject[here], self._of_subject[there]
        if any(_contradict(a, b) for a in mine.values() for b in theirs.values()):
            return
        self._parent[there] = here
        self._of_subject[here] = theirs | mine
        self._of_subject[there] = {}

    def of(self, index: int) -> int:
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def of_two_or_more(self) -> list[list[int]]:
        groups: dict[int, list[int]] = defaultdict(list)
        for index in range(len(self._parent)):
            groups[self.of(index)].append(index)
        return [group for group in groups.values() if len(group) > 1]


def _contradict(one: _Copy, other: _Copy) -> bool:
    """Reports of different zones, years or periods, unless most of the figures they share are the same: a mill may have
    put another name over a copy, but no two zones print the same figures."""
    return one.subject.differs(other.subject) and not agreement(one.figures, other.figures).mostly


def _exact(copies: Sequence[_Copy]) -> Iterator[tuple[int, int]]:
    known: dict[bytes, list[int]] = defaultdict(list)  # of each text, a copy for each subject
    for index, copy in enumerate(copies):
        if copy.sketch.words < _WORDS:
            continue
        alike = known[copy.sketch.exact]
        for first in alike:
            yield first, index
        if all(copy.subject != copies[first].subject for first in alike):
            alike.append(index)


def _cut_short(copies: Sequence[_Copy]) -> Iterator[tuple[int, int]]:
    """What breaks off and is the beginning of another to the letter: mills show a page of a report and sell the rest.
    Below _SHORT nothing else tells such a copy."""
    alike: dict[bytes, list[int]] = defaultdict(list)
    for index, copy in enumerate(copies):
        if copy.sketch.beginning:
            alike[copy.sketch.beginning].append(index)
    for group in alike.values():
        if len(group) < 2 or not any(copies[index].sketch.truncated for index in group):
            continue
        begun: list[tuple[str, int]] = []  # each the beginning of the next
        for words, index in sorted((copies[index].words, index) for index in group):
            while begun and not words.startswith(begun[-1][0]):
                begun.pop()
            if begun:
                yield begun[-1][1], index
            if copies[index].sketch.truncated:
                begun.append((words, index))


def _damaged(copies: Sequence[_Copy], groups: _Groups) -> Iterator[tuple[int, int]]:
    """Pairs not yet joined that hold the same text. One of each group of exact copies speaks for all."""
    speaking = [i for i in dict.fromkeys(map(groups.of, range(len(copies)))) if copies[i].sketch.length >= _SHORT]
    samples = [copies[index].sketch.sample for index in speaking]
    for estimate, a, b in alike(samples, _DOUBTFUL):
        one, other = speaking[a], speaking[b]
        sure = estimate >= _SURE and min(size(samples[a]), size(samples[b])) >= _MANY
        if groups.of(one) != groups.of(other) and _same_report(copies[one], copies[other], sure):
            yield one, other


def _same_report(one: _Copy, other: _Copy, sure: bool) -> bool:
    """``sure``: that they share enough is already known."""
    short, long = sorted((one.sketch.length, other.sketch.length))
    if short < _PART * long or not (sure or shared(one.characters, other.characters) >= SHARED):
        return False
    figures = agreement(one.figures, other.figures)
    return figures.compared < _COMPARABLE or figures.differing <= _REWRITTEN * figures.compared


def _described(group: Sequence[_Copy]) -> Cluster:
    best = sorted(group, key=_worth)
    differing = differing_figures({copy.sketch.id: copy.figures for copy in best})
    return Cluster(best[0].sketch.id, tuple(copy.sketch.id for copy in best), differing)


def _worth(copy: _Copy) -> tuple[int, int, int, str]:
    """Official before unmasked before complete; the id settles a tie, so that two builds agree."""
    sketch = copy.sketch
    return sketch.trust, sketch.masks, -sketch.length, sketch.id
