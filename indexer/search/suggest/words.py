"""The words of a build that may be offered, and how many passages hold each.

Counted in arrays, many reports in one go: report by report, 10,000 of them took 7 s more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt

from indexer.domain.report import Report
from indexer.domain.results import IndexedPassage
from indexer.domain.suggestions import Kind, Listed
from indexer.pipeline.clean import masks
from indexer.pipeline.extract.hijack import is_spam
from indexer.search.suggest.candidates import honest
from indexer.search.suggest.collector import collector_paused
from indexer.search.suggest.joined_texts import Flags, Ints, JoinedTexts
from indexer.search.suggest.latin_words import LatinWords
from indexer.text.analyser import Analyser
from indexer.text.dictionary_matcher import Codes, Places
from indexer.text.fold import fold
from indexer.text.word_kinds import binding_words

MOST_WORDS = 50_000  # a dictionary of a language has as many; 11 MB of lists
FIELD_WEIGHT = 8  # a passage with a word of the field counts for so many: 招商引资 before 招待, not before 发展
CUT_PASSAGES = 20_000  # that are cut to see what is a word there
LONGEST_WORD = 12  # characters
_AT_ONCE = 1 << 19  # characters
_TOGETHER = 32  # words looked through for what isn't offered

_Numbers = npt.NDArray[np.int32]  # of words
_Ranked = tuple[int, str, int, bool]  # less than others, word, passages, of the field


class Words:
    """Counts the words of a build, report by report. ``passages``: how many there are in all."""

    def __init__(self, analyser: Analyser, passages: int) -> None:
        self._finder = analyser.word_finder
        self._having = np.zeros(len(self._finder.words), np.int64)  # passages
        self._honest = np.zeros(len(self._finder.words), np.int64)  # reports
        self._cut = _Cut(analyser)
        self._latin = LatinWords(analyser)
        self._step = -(-passages // CUT_PASSAGES) or 1
        self._seen = 0
        self._waiting = _Waiting()

    def add(self, report: Report, passages: Sequence[IndexedPassage]) -> None:
        told = honest(report)
        self._waiting.add(passages, told, [told and self._is_looked_at() for _ in passages])
        if self._waiting.characters > _AT_ONCE:
            self._count_waiting()

    def _is_looked_at(self) -> bool:
        self._seen += 1
        return self._seen % self._step == 0

    def _count_waiting(self) -> None:
        joined, self._waiting = self._waiting.joined(), _Waiting()
        self._latin.add(joined)
        places, words = self._finder.find(joined.codes)
        parts = joined.part_of.take(places)
        self._cut.add(joined, places, words, parts)
        bits = len(joined.looked_at).bit_length()
        pairs = np.sort((words.astype(np.int64) << bits) | (parts >> 1))  # faster than np.unique, which hashes
        pairs = pairs.compress(_new(pairs))
        words_of_pairs = pairs >> bits
        self._having += np.bincount(words_of_pairs, minlength=len(self._having))
        reports = joined.report_of.take(pairs & ((1 << bits) - 1))
        told = joined.honest.take(reports)
        words_of_pairs, reports = words_of_pairs.compress(told), reports.compress(told)
        new = _new(words_of_pairs) | _new(reports)  # as those of a word come in the order of passages
        self._honest += np.bincount(words_of_pairs.compress(new), minlength=len(self._honest))

    @collector_paused()
    def listed(self, field_terms: Collection[str]) -> list[Listed]:
        """The best first: frequent ones, those of the field above others; words that hold sentences together last."""
        self._count_waiting()
        field = {fold(term) for term in field_terms}
        binding = binding_words()
        whole = self._cut.used() & (self._honest > 1)
        numbers = np.flatnonzero(self._honest)
        ranked: list[_Ranked] = []
        last: list[_Ranked] = []
        rows = zip(numbers.tolist(), self._having.take(numbers).tolist(), whole.take(numbers).tolist(), strict=True)
        for number, having, is_word in rows:
            word = self._finder.words[number]
            ours = word in field
            if (ours or is_word) and len(word) <= LONGEST_WORD:
                weight = having * (FIELD_WEIGHT if ours else 1)
                (last if word in binding and not ours else ranked).append((-weight, word, having, ours))
        ranked += [(-having, word, having, False) for word, having in self._latin.listed()]
        best = islice(_offered([*sorted(ranked), *sorted(last)]), MOST_WORDS)
        return [Listed(word, Kind.WORD, having, of_the_field=ours) for _, word, having, ours in best]


class _Waiting:
    """Reports that will be counted together."""

    def __init__(self) -> None:
        self.characters = 0
        self._parts: list[str] = []
        self._passages: list[int] = []  # of each report
        self._honest: list[bool] = []
        self._looked_at: list[bool] = []

    def add(self, passages: Sequence[IndexedPassage], honest: bool, looked_at: list[bool]) -> None:
        parts = [part for one in passages for part in (one.text, one.restored or "")]
        self._parts += parts
        self._passages.append(len(passages))
        self._honest.append(honest)
        self._looked_at += looked_at
        self.characters += sum(map(len, parts))

    def joined(self) -> JoinedTexts:
        report_of = np.repeat(np.arange(len(self._passages)), self._passages)
        return JoinedTexts(
            self._parts, report_of, np.array(self._honest, np.bool_), np.array(self._looked_at, np.bool_)
        )


class _Cut:
    """The words that some of the passages are cut into: what stands side by side by chance (业发 in 企业发展) is no
    word anywhere. Cut are as many passages at once as are read for it: their sentences walk together."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self._used = np.zeros(len(analyser.word_finder.words), np.bool_)
        self._waiting: list[tuple[Codes, Places, _Numbers]] = []
        self._characters = 0

    def add(self, joined: JoinedTexts, places: Places, words: _Numbers, parts: npt.NDArray[np.int32]) -> None:
        """``parts``: of ``joined``, in which each of the words stands."""
        shown = np.flatnonzero(joined.shown)
        ends, lengths = joined.ends.take(shown), joined.lengths.take(shown)
        moved = np.zeros(len(joined.ends), np.int64)
        moved[shown] = self._characters + lengths.cumsum() - ends
        there = joined.shown.take(parts)
        places = places.compress(there) + moved.take(parts.compress(there))
        codes = joined.codes.compress(np.repeat(joined.shown, joined.lengths))
        self._waiting.append((codes, places, words.compress(there)))
        self._characters += len(codes)
        if self._characters > _AT_ONCE:
            self._cut_waiting()

    def _cut_waiting(self) -> None:
        if self._waiting:
            codes, places, words = map(np.concatenate, zip(*self._waiting, strict=True))
            self._used |= self._analyser.best_path.used(codes, places, words)
        self._waiting, self._characters = [], 0

    def used(self) -> Flags:
        self._cut_waiting()
        return self._used


def _new(values: Ints) -> Flags:
    """Which of them differ from the one before."""
    new = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return new


def _offered(ranked: Sequence[_Ranked]) -> Iterator[_Ranked]:
    """Without masks and advertising. Most have nothing that might be one, and are seen to have none together."""
    for start in range(0, len(ranked), _TOGETHER):
        some = ranked[start : start + _TOGETHER]
        together = "\n".join([word for _, word, _, _ in some])
        if masks.may_stand_in(together) or is_spam(together):
            some = [one for one in some if not is_spam(one[1]) and not masks.find(one[1])]
        yield from some
