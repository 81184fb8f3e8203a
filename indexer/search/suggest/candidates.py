"""What of a build may be offered: its words, zones and titles, and what may not.

Nothing that a mill or a hijacker wrote: a word must stand in reports that nobody tampered with, in two of them unless
it is a word of the field; titles come from whole, honest copies only, and so do names that the tables don't know.
Nothing that finds nothing: all of it stands in the index.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.domain.report import Grade, Report
from indexer.domain.results import UNNAMED, IndexedPassage
from indexer.domain.suggestions import Kind, Listed
from indexer.domain.zones import ZoneStatus
from indexer.pipeline.clean import masks
from indexer.pipeline.extract.hijack import is_spam
from indexer.reference.gazetteer import Gazetteer
from indexer.text.analyser import Analyser
from indexer.text.dictionary_matcher import Codes, Places, codes_of
from indexer.text.fold import fold
from indexer.text.word_kinds import binding_words

MOST_WORDS = 50_000  # a dictionary of a language has as many; 11 MB of lists
MOST_TITLES = 20_000
FIELD_WEIGHT = 8  # a passage with a word of the field counts for so many: 招商引资 before 招待, not before 发展
CUT_PASSAGES = 20_000  # that are cut to see what is a word there
_AT_ONCE = 1 << 19  # characters
LONGEST_WORD = 12  # characters
_TITLE = range(4, 61)  # characters
_LATIN_WORD = re.compile(r"(?!(?:x+|https?|www|com|cn|html?|gov|org|net)$)(?=.*[a-z])[a-z0-9][a-z0-9&.+/_-]{1,19}")
_SPOILT = frozenset({"laundered", "redated", "hijacked"})


def honest(report: Report) -> bool:
    """Whether its words are those of its writer."""
    return report.quality.grade is not Grade.TAMPERED and not _SPOILT.intersection(report.quality.flags)


def presentable(report: Report) -> bool:
    """Whether its title and the names in it can be shown to somebody who hasn't asked for them."""
    return (
        report.quality.grade in (Grade.OFFICIAL, Grade.COPY) and honest(report) and "masked" not in report.quality.flags
    )


class Words:
    """Counts the words of a build, report by report. ``passages``: how many there are in all."""

    def __init__(self, analyser: Analyser, passages: int) -> None:
        self._analyser = analyser
        self._finder = analyser.word_finder
        self._having = np.zeros(len(self._finder.words), np.int64)  # passages
        self._honest = np.zeros(len(self._finder.words), np.int64)  # reports
        self._cut = np.zeros(len(self._finder.words), np.bool_)
        self._latin: Counter[str] = Counter()  # passages
        self._latin_honest: Counter[str] = Counter()  # reports
        self._spelled: dict[str, Counter[str]] = {}
        self._waiting: list[_Waiting] = []
        self._characters = 0
        self._step = -(-passages // CUT_PASSAGES) or 1
        self._seen = 0

    def add(self, report: Report, passages: Sequence[IndexedPassage]) -> None:
        texts = [(fold(one.text), fold(one.restored or "")) for one in passages]
        told = honest(report)
        looked_at = [told and self._is_looked_at() for _ in passages]
        self._waiting.append(_Waiting(texts, looked_at, told))
        self._characters += sum(len(text) + len(restored) for text, restored in texts)
        if self._characters > _AT_ONCE:
            self._count_waiting()
        latin = [{token.text for token in self._analyser.latin_tokens("\0".join(both))} for both in texts]
        for tokens in latin:
            self._latin.update(tokens)
        if told:
            self._latin_honest.update(set().union(*latin))
            for passage, (text, _), looked in zip(passages, texts, looked_at, strict=True):
                if looked:
                    self._note_spellings(passage.text, text)

    def _is_looked_at(self) -> bool:
        self._seen += 1
        return self._seen % self._step == 0

    def _note_spellings(self, text: str, folded: str) -> None:
        for token in self._analyser.latin_tokens(folded):
            self._spelled.setdefault(token.text, Counter())[text[token.start : token.end]] += 1

    def _count_waiting(self) -> None:
        """Chinese words of many reports in one go: report by report, 10,000 of them took 7 s more of 19."""
        texts = [both for one in self._waiting for both in one.texts]
        report_of = np.repeat(np.arange(len(self._waiting)), [len(one.texts) for one in self._waiting])
        told = np.array([one.honest for one in self._waiting], np.bool_)
        looked_at = [looked for one in self._waiting for looked in one.looked_at]
        self._waiting, self._characters = [], 0
        if not texts:
            return
        codes = codes_of("".join([f"{text}\0{restored}\0\0" for text, restored in texts]))
        lengths = np.array([(len(text), len(restored) + 3) for text, restored in texts], np.int64)
        places, words = self._finder.find(codes)
        self._cut |= self._cut_of(codes, lengths, np.array(looked_at, np.bool_), places, words)
        passage_of = np.repeat(np.arange(len(texts)), lengths.sum(axis=1))
        pairs = _distinct(words.astype(np.int64) * len(texts) + passage_of.take(places))
        words, of_passages = np.divmod(pairs, len(texts))
        self._having += np.bincount(words, minlength=len(self._having))
        reports = report_of.take(of_passages)
        pairs = words[told[reports]] * len(told) + reports[told[reports]]
        self._honest += np.bincount(_distinct(pairs) // len(told), minlength=len(self._honest))

    def _cut_of(
        self,
        codes: Codes,
        lengths: npt.NDArray[np.int64],
        looked_at: npt.NDArray[np.bool_],
        places: Places,
        words: npt.NDArray[np.int32],
    ) -> npt.NDArray[np.bool_]:
        """The words that some of the passages are cut into: what stands side by side by chance (业发 in 企业发展) is no
        word anywhere. ``lengths``: of each text, and of what stands behind it, its restored text for one."""
        shown = np.repeat(np.stack((looked_at, looked_at & False), axis=1).ravel(), lengths.ravel())
        there = shown.take(places)
        path = self._analyser.best_path
        return path.used(np.where(shown, codes, 0), places.compress(there), words.compress(there))

    def listed(self, field_terms: Collection[str]) -> list[Listed]:
        """The best first: frequent ones, those of the field above others; words that hold sentences together last."""
        self._count_waiting()
        field = {fold(term) for term in field_terms}
        binding = binding_words()
        ranked: list[tuple[bool, int, str, int, bool]] = []  # binding, less than others, word, passages, of the field
        for number in np.flatnonzero(self._honest).tolist():
            word = self._finder.words[number]
            ours = word in field
            if (ours or (self._cut[number] and self._honest[number] > 1)) and len(word) <= LONGEST_WORD:
                having = int(self._having[number])
                weight = having * (FIELD_WEIGHT if ours else 1)
                ranked.append((word in binding and not ours, -weight, word, having, ours))
        for word, spelled in self._spelled.items():
            if self._latin_honest[word] > 1 and _LATIN_WORD.fullmatch(word):
                having = self._latin[word]
                ranked.append((False, -having, spelled.most_common(1)[0][0], having, False))
        kept = (one for one in sorted(ranked) if not is_spam(one[2]) and not masks.find(one[2]))
        best = islice(kept, MOST_WORDS)
        return [Listed(word, Kind.WORD, having, of_the_field=ours) for _, _, word, having, ours in best]


def _distinct(keys: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """``np.unique``, which hashes, in a third of its time."""
    keys = np.sort(keys)
    new = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=new[1:])
    return keys.compress(new)


class _Waiting(NamedTuple):
    """Of a report: each passage folded with its restored text, whether that passage is cut, whether it is honest."""

    texts: list[tuple[str, str]]
    looked_at: list[bool]
    honest: bool


def zones(
    counts: Iterable[tuple[str, int]], told: Collection[str], gazetteer: Gazetteer, provinces: Collection[str]
) -> Iterator[Listed]:
    """``counts``: labels of the build with their reports; ``told``: those that a presentable report has."""
    for label, reports in counts:
        zone = gazetteer.resolve(label)
        if zone is not None and zone.short == label:
            for name in dict.fromkeys((label, zone.name, *zone.aliases)):
                yield Listed(label, Kind.ZONE, reports, label, name if name != label else None)
        elif gazetteer.regions.all_named(label) or label in provinces:
            yield Listed(label, Kind.REGION, reports, label)
        elif label.startswith(UNNAMED) or (label in told and not masks.find(label) and not is_spam(label)):
            yield Listed(label, Kind.ZONE, reports, label)


class Titles:
    def __init__(self) -> None:
        self._reports: dict[str, list[str]] = {}

    def add(self, report: Report, number: str) -> None:
        title = " ".join((report.title or "").split())
        if report.zone.status is ZoneStatus.NONE:
            return  # a page of something else, as crawls bring them along
        if presentable(report) and len(title) in _TITLE and not masks.find(title) and not is_spam(title):
            self._reports.setdefault(title, []).append(number)

    def listed(self) -> list[Listed]:
        """The longest last: a short title that fits is nearer to what was typed."""
        titles = sorted(self._reports.items(), key=lambda one: (-len(one[1]), len(one[0]), one[0]))[:MOST_TITLES]
        return [
            Listed(title, Kind.REPORT, len(reports), reports[0] if len(reports) == 1 else None)
            for title, reports in titles
        ]
