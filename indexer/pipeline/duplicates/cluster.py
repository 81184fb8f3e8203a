"""Copies of one report（镜像）: found among all of them, the best one chosen, their disagreements told.

One report is found on many mills, masked, laundered, cut short or wrapped in different ways; it shall be one result,
with the best witness shown. Figures in the comments: 1,472 government work reports, and masked, laundered, cut and
re-wrapped copies of 200 of them (tests/evaluation/mirrors.py).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from indexer.domain.catalogue import Cluster, StoredReport
from indexer.domain.report import Grade
from indexer.pipeline.duplicates.differing_figures import (
    Place,
    Printed,
    differing_figures,
    printed_figures,
    share_of_disagreement,
)
from indexer.pipeline.duplicates.shingles import alike, characters, sample, shared

SHARED = 0.5  # copies share .72 and more, different reports .32 at most
_SURE = 0.65  # an estimate this high from _MANY samples needs no second look: its error is below .04
_MANY = 150
_DOUBTFUL = 0.35  # estimates below this are never .5 in truth
_SHORT = 200  # characters: below this a template alone makes texts alike, and only exact copies count
_WORDS = 20  # letters and digits: below this even exact equality says nothing (详见附件)
_BEGINNING = 100  # letters and digits: two thirds of a cut digest; figures count among them, so no template is as long
_PART = 0.2  # a copy that holds less than a fifth of the other is a quotation
_REWRITTEN = 0.5  # with more figures than this differing it is next year's report over the same words
_COMPARABLE = 8  # figures

_PUNCTUATION = re.compile(r"[\W_]+")

_TRUST = {Grade.OFFICIAL: 0, Grade.COPY: 1, Grade.MASKED: 2, Grade.TAMPERED: 3}


def cluster(reports: Sequence[StoredReport]) -> tuple[Cluster, ...]:
    """Every group of two or more copies, in the order of its witness. A report without a copy is in none."""
    copies = [_Copy(stored) for stored in sorted(reports, key=lambda stored: stored.id)]
    groups = _Groups(len(copies))
    for one, other in (*_exact(copies), *_cut_short(copies)):
        groups.join(one, other)
    for one, other in _damaged(copies, groups):
        groups.join(one, other)
    found = [_described([copies[index] for index in group]) for group in groups.of_two_or_more()]
    return tuple(sorted(found, key=lambda one: one.witness))


@dataclass
class _Copy:
    """A report with what is compared of it, each worked out when first asked for. Its text is already in simplified
    script and half-width (folding 25 million characters once more took 3 of 10 seconds)."""

    stored: StoredReport

    @cached_property
    def characters(self) -> str:
        return characters(self.stored.report.text)

    @cached_property
    def figures(self) -> dict[Place, Printed]:
        return printed_figures(self.stored.report.text)

    @property
    def words(self) -> str:
        """The letters and digits alone: what an exact copy has in common whatever its spacing and punctuation."""
        return _PUNCTUATION.sub("", self.stored.report.text.lower())


class _Groups:
    """Union-find over indices."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def join(self, one: int, other: int) -> None:
        self._parent[self.of(other)] = self.of(one)

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


def _exact(copies: Sequence[_Copy]) -> Iterator[tuple[int, int]]:
    first: dict[bytes, int] = {}
    for index, copy in enumerate(copies):
        words = copy.words
        digest = blake2b(words.encode()).digest()
        if len(words) >= _WORDS and (known := first.setdefault(digest, index)) != index:
            yield known, index


def _cut_short(copies: Sequence[_Copy]) -> Iterator[tuple[int, int]]:
    """What breaks off and is the beginning of another to the letter: mills show a page of a report and sell the rest.
    Below _SHORT nothing else tells such a copy."""
    alike: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for index, copy in enumerate(copies):
        if len(words := copy.words) >= _BEGINNING:
            alike[words[:_BEGINNING]].append((words, index))
    for group in alike.values():
        begun: list[tuple[str, int]] = []  # each the beginning of the next
        for words, index in sorted(group):
            while begun and not words.startswith(begun[-1][0]):
                begun.pop()
            if begun:
                yield begun[-1][1], index
            if "truncated" in copies[index].stored.report.quality.flags:
                begun.append((words, index))


def _damaged(copies: Sequence[_Copy], groups: _Groups) -> Iterator[tuple[int, int]]:
    """Pairs not yet joined that hold the same text. One of each group of exact copies speaks for all."""
    speaking = [i for i in dict.fromkeys(map(groups.of, range(len(copies)))) if len(copies[i].characters) >= _SHORT]
    samples = [sample(copies[index].characters) for index in speaking]
    for estimate, a, b in alike(samples, _DOUBTFUL):
        one, other = speaking[a], speaking[b]
        sure = estimate >= _SURE and min(len(samples[a]), len(samples[b])) >= _MANY
        if groups.of(one) != groups.of(other) and _same_report(copies[one], copies[other], sure):
            yield one, other


def _same_report(one: _Copy, other: _Copy, sure: bool) -> bool:
    """``sure``: that they share enough is already known."""
    short, long = sorted((len(one.characters), len(other.characters)))
    if short < _PART * long or not (sure or shared(one.characters, other.characters) >= SHARED):
        return False
    return share_of_disagreement(one.figures, other.figures, _COMPARABLE) <= _REWRITTEN


def _described(group: Sequence[_Copy]) -> Cluster:
    best = sorted(group, key=_worth)
    differing = differing_figures({copy.stored.id: copy.figures for copy in best})
    return Cluster(best[0].stored.id, tuple(copy.stored.id for copy in best), differing)


def _worth(copy: _Copy) -> tuple[int, int, int, str]:
    """Official before unmasked before complete; the id settles a tie, so that two builds agree."""
    quality = copy.stored.report.quality
    return _TRUST[quality.grade], sum(quality.masks.values()), -len(copy.characters), copy.stored.id
