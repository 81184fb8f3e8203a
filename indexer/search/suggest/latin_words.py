"""The words of Latin letters in a build: which passages and honest reports hold them, and how they are spelt there."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from indexer.search.suggest.joined_texts import JoinedTexts
from indexer.text.analyser import Analyser, Token

_TIES = "&.+/_,-"  # stand inside a word or a number
_A, _Z = ord("a"), ord("z")
OFFERED = re.compile(r"(?!(?:x+|https?|www|com|cn|html?|gov|org|net)$)(?=.*[a-z])[a-z0-9][a-z0-9&.+/_-]{1,19}")


class LatinWords:
    def __init__(self, analyser: Analyser) -> None:
        self._having: Counter[str] = Counter()  # passages
        self._honest: Counter[str] = Counter()  # reports
        self._spelled: dict[str, Counter[str]] = {}
        self._tokens = lru_cache(maxsize=1 << 14)(analyser.latin_tokens)

    def add(self, joined: JoinedTexts) -> None:
        of_passage: defaultdict[int, set[str]] = defaultdict(set)
        for run, start in _runs(joined):
            part = int(joined.part_of[start])
            tokens = self._tokens(run)
            of_passage[part // 2].update(token.text for token in tokens)
            if joined.shown[part]:
                self._note_spellings(joined.text[start : start + len(run)], tokens)
        of_report: defaultdict[int, set[str]] = defaultdict(set)
        for passage, words in of_passage.items():
            self._having.update(words)
            report = int(joined.report_of[passage])
            if joined.honest[report]:
                of_report[report] |= words
        for words in of_report.values():
            self._honest.update(words)

    def _note_spellings(self, printed: str, tokens: list[Token]) -> None:
        for token in tokens:
            self._spelled.setdefault(token.text, Counter())[printed[token.start : token.end]] += 1

    def listed(self) -> Iterator[tuple[str, int]]:
        """Each as most of the passages looked at spell it, with its passages: those in two honest reports."""
        for word, spelled in self._spelled.items():
            if self._honest[word] > 1 and OFFERED.fullmatch(word):
                yield spelled.most_common(1)[0][0], self._having[word]


def _runs(joined: JoinedTexts) -> Iterator[tuple[str, int]]:
    """Each run of what Latin words are made of that has a letter in it, folded, and where it starts: a word is the same
    whether it is looked for there or in the whole text. Most passages have none."""
    ascii_at = np.flatnonzero(joined.codes < 128)
    characters = joined.codes.take(ascii_at).astype(np.uint8)
    tied = _MADE_OF.take(characters)
    at, characters = ascii_at.compress(tied), characters.compress(tied)
    if not len(at):
        return
    firsts = np.flatnonzero(np.diff(at, prepend=-2) > 1)
    ends = np.append(firsts[1:], len(at))
    lettered = np.logical_or.reduceat((characters >= _A) & (characters <= _Z), firsts)
    spelled = characters.tobytes().decode("ascii")
    firsts, ends = firsts.compress(lettered), ends.compress(lettered)
    for first, end, start in zip(firsts.tolist(), ends.tolist(), at.take(firsts).tolist(), strict=True):
        yield spelled[first:end], start


_MADE_OF = np.array([chr(code).islower() or chr(code).isdigit() or chr(code) in _TIES for code in range(128)], np.bool_)
