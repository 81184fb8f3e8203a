"""What of a build may be offered: its words, zones and titles, and what may not.

Nothing that a mill or a hijacker wrote: a word must stand in reports that nobody tampered with, in two of them unless
it is a word of the field; titles come from whole, honest copies only, and so do names that the tables don't know.
Nothing that finds nothing: all of it stands in the index.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np

from indexer.domain.report import Grade, Report
from indexer.domain.results import UNNAMED, IndexedPassage
from indexer.domain.suggestions import Kind, Listed
from indexer.domain.zones import ZoneStatus
from indexer.pipeline.clean import masks
from indexer.pipeline.extract.hijack import is_spam
from indexer.reference.gazetteer import Gazetteer
from indexer.text.analyser import Analyser
from indexer.text.dictionary_matcher import codes_of
from indexer.text.fold import fold
from indexer.text.word_kinds import binding_words

MOST_WORDS = 50_000  # a dictionary of a language has as many; 11 MB of lists
MOST_TITLES = 20_000
FIELD_WEIGHT = 8  # a passage with a word of the field counts for so many: 招商引资 before 招待, not before 发展
CUT_PASSAGES = 20_000  # that jieba cuts to see what is a word there: all of 100,000 would take 50 s
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
        self._cut: set[str] = set()
        self._latin: Counter[str] = Counter()  # passages
        self._latin_honest: Counter[str] = Counter()  # reports
        self._spelled: dict[str, Counter[str]] = {}
        self._waiting: list[tuple[list[str], bool]] = []  # texts of the passages of a report, and whether it is honest
        self._characters = 0
        self._step = -(-passages // CUT_PASSAGES) or 1
        self._seen = 0

    def add(self, report: Report, passages: Sequence[IndexedPassage]) -> None:
        texts = [f"{fold(one.text)}\0{fold(one.restored or '')}" for one in passages]
        told = honest(report)
        self._waiting.append((texts, told))
        self._characters += sum(map(len, texts))
        if self._characters > _AT_ONCE:
            self._count_waiting()
        latin = [{token.text for token in self._analyser.latin_tokens(text)} for text in texts]
        for tokens in latin:
            self._latin.update(tokens)
        if told:
            self._latin_honest.update(set().union(*latin))
            self._look_at_some(passages)

    def _count_waiting(self) -> None:
        """Chinese words of many reports in one go: report by report, 10,000 of them took 7 s more of 19."""
        texts = [text for of_report, _ in self._waiting for text in of_report]
        report_of = np.repeat(np.arange(len(self._waiting)), [len(of_report) for of_report, _ in self._waiting])
        told = np.array([told for _, told in self._waiting], np.bool_)
        self._waiting, self._characters = [], 0
        if not texts:
            return
        places, words = self._finder.find(codes_of("\0\0".join(texts)))
        starts = np.cumsum([0, *(len(text) + 2 for text in texts[:-1])])
        of_passages = np.searchsorted(starts, places, side="right") - 1
        words, of_passages = np.divmod(np.unique(words.astype(np.int64) * len(texts) + of_passages), len(texts))
        self._having += np.bincount(words, minlength=len(self._having))
        reports = report_of.take(of_passages)
        pairs = words[told[reports]] * len(told) + reports[told[reports]]
        self._honest += np.bincount(np.unique(pairs) // len(told), minlength=len(self._honest))

    def _look_at_some(self, passages: Sequence[IndexedPassage]) -> None:
        """What stands side by side by chance (业发 in 企业发展) is no word anywhere."""
        for passage in passages:
            self._seen += 1
            if self._seen % self._step:
                continue
            self._cut.update(word for word, _ in self._analyser.words(passage.text))
            for token in self._analyser.latin_tokens(fold(passage.text)):
                spelled = passage.text[token.start : token.end]
                self._spelled.setdefault(token.text, Counter())[spelled] += 1

    def listed(self, field_terms: Collection[str]) -> list[Listed]:
        """The best first: frequent ones, those of the field above others; words that hold sentences together last."""
        self._count_waiting()
        field = {fold(term) for term in field_terms}
        binding = binding_words()
        ranked: list[tuple[bool, int, str, int, bool]] = []  # binding, less than others, word, passages, of the field
        for number in np.flatnonzero(self._honest).tolist():
            word = self._finder.words[number]
            ours = word in field
            if (ours or (word in self._cut and self._honest[number] > 1)) and len(word) <= LONGEST_WORD:
                having = int(self._having[number])
                weight = having * (FIELD_WEIGHT if ours else 1)
                ranked.append((word in binding and not ours, -weight, word, having, ours))
        for word, spelled in self._spelled.items():
            if self._latin_honest[word] > 1 and _LATIN_WORD.fullmatch(word):
                having = self._latin[word]
                ranked.append((False, -having, spelled.most_common(1)[0][0], having, False))
        kept = (one for one in sorted(ranked) if not is_spam(one[2]) and not masks.find(one[2]))
        return [Listed(word, Kind.WORD, having, of_the_field=ours) for _, _, word, having, ours in kept][:MOST_WORDS]


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
