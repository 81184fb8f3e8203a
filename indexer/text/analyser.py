"""Text becomes terms here, for indexing and asking alike, so that the two cannot drift apart.

Chinese is cut by a jieba tokenizer of our own with the words of the field (corpus/tables/lexicon.tsv), Latin
letters and numbers by one expression. Nothing is thrown away as a stop word: BM25 gives 的 no weight, and a quote
needs no terms.

HMM is off: it makes words of what happens to stand together (债稳 in 发挥专项债稳投资), and so cuts text and question
differently. Measured on 3,000 paragraphs of government work reports: 1,906 terms of the field are found by their terms
where the text holds them letter for letter in .962 of 12,972 cases with HMM off and in .962 with it on; 400 words that
only HMM knows in .721 and .689. What is missed is found letter for letter (engines/matching.py). Without the lexicon
the terms of the field bring up 9,590 passages that hold them only in pieces, with it 1,952.
"""

from __future__ import annotations

import logging
import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import jieba
import numpy as np
import numpy.typing as npt

from indexer.text.best_path import BestPath
from indexer.text.dictionary_matcher import WordFinder, codes_of
from indexer.text.fold import fold

# A Latin or numeric run with what ties it together (R&D, 1-10, 20.61, Wi-Fi), or a run of other letters: Chinese.
# A number with separators between its thousands is the number: 1,014.5 and 1014.5 find each other.
_GROUPED = r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9a-z,])"
_LATIN = re.compile(rf"{_GROUPED}|[a-z0-9]+(?:[&.+/_-][a-z0-9]+)*")
_ANY_LATIN = re.compile("[a-z0-9]")
_OTHER = re.compile(r"[^\Wa-z0-9_]+")
_NOT_CHINESE = re.compile(rf"{_LATIN.pattern}|[^\Wa-z0-9_\u4e00-\u9fd5]")  # jieba takes such letters one by one
_RUN = re.compile(rf"(?P<latin>{_LATIN.pattern})|(?P<other>{_OTHER.pattern})")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_PIECE = re.compile(
    r"[a-z]{2,}|[0-9]{2,}"
)  # of chatgpt4: chatgpt. One letter or digit alone (the 5 of 5G) says nothing.


@dataclass(frozen=True, slots=True)
class Token:
    """A folded term. ``start`` and ``end`` are offsets into the text as given; ``position`` counts words from 0 without
    gaps, a part of a word stands at the word's own position."""

    text: str
    position: int
    start: int
    end: int


class AskedWord(NamedTuple):
    """A word of a question as it is looked for in a text: letter for letter as ``folded``, unless it is ``latin``;
    else by its ``terms``, all of them."""

    folded: str
    latin: bool
    terms: tuple[tuple[str, bool], ...]  # term, whether it is latin


def parse_lexicon(lines: Iterable[str]) -> tuple[str, ...]:
    """The terms of corpus/tables/lexicon.tsv: first column, ``#`` starts a comment."""
    terms = (line.split("\t", 1)[0].strip() for line in lines if not line.startswith("#"))
    return tuple(term for term in terms if term and term != "term")


@lru_cache(maxsize=1 << 14)  # a page of results asks it of the same few words some 1,200 times
def is_latin(text: str) -> bool:
    """Whether ``text`` is one run of Latin letters and digits. Such a word is never found inside another (MAIN)."""
    return _LATIN.fullmatch(fold(text)) is not None


def _loose(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    """Whether two cut words are single Chinese characters side by side."""
    return len(one[0]) == len(other[0]) == 1 and one[1] + 1 == other[1] and not (one[0] + other[0]).isascii()


def _dictionary(tokenizer: jieba.Tokenizer) -> tuple[dict[str, int], int]:
    """Frequency of each word and of each beginning of one (0), and the sum of all.

    Not by jieba's initialize(): that loads what anybody may have put into the common temporary folder (jieba.cache, a
    marshal file of a fixed name), and takes as long; nor by its gen_pfdict(), which gives the same in .5 s, not .4.
    """
    with tokenizer.get_dict_file() as file:
        words_counts_kinds = file.read().decode("utf-8").split()
    words, counts = words_counts_kinds[0::3], [int(count) for count in words_counts_kinds[1::3]]
    known = {word[:end]: 0 for word in words for end in range(1, len(word))}
    known.update(zip(words, counts, strict=True))
    return known, sum(counts)


class Analyser:
    """Cuts text into terms. Safe to use from many threads at once."""

    def __init__(self, lexicon_terms: Iterable[str]) -> None:
        logging.getLogger("jieba").setLevel(logging.WARNING)  # it reports the loading of its dictionary on stderr
        self._jieba = jieba.Tokenizer()
        self._jieba.FREQ, self._jieba.total = _dictionary(self._jieba)
        self._jieba.initialized = True
        self.lexicon = tuple(sorted({fold(term) for term in lexicon_terms}, key=lambda term: (len(term), term)))
        for term in self.lexicon:
            if len(term) > 1 and _OTHER.fullmatch(term):
                self._jieba.add_word(term)
        self._parts = lru_cache(maxsize=1 << 16)(self._parts_of)
        self._question_terms = lru_cache(maxsize=1 << 12)(self._question_terms_of)
        self.asked_word = lru_cache(maxsize=1 << 12)(self._asked_word_of)  # of 30 passages in turn

    @property
    def word_finder(self) -> WordFinder:
        """Of the Chinese words a question can be cut into, single characters apart. Made when first needed."""
        return self._finder_and_frequencies[0]

    @cached_property
    def best_path(self) -> BestPath:
        """What ``words`` cuts, for many texts at once."""
        finder, frequencies = self._finder_and_frequencies
        return BestPath(finder, frequencies, self._jieba.FREQ, self._jieba.total)

    @cached_property
    def _finder_and_frequencies(self) -> tuple[WordFinder, npt.NDArray[np.int64]]:
        words: list[str] = []
        frequencies = array("q")
        for word, frequency in self._jieba.FREQ.items():
            if frequency and len(word) > 1 and _OTHER.fullmatch(word):
                words.append(word)
                frequencies.append(frequency)
        return WordFinder(words), np.frombuffer(frequencies, np.int64)

    def index_tokens(self, text: str) -> list[Token]:
        """Every word of ``text``, followed by the shorter words inside it.

        Characters that belong to no known word (瑶溪 is cut 瑶, 溪) are also indexed as pairs: 瑶, 瑶溪, 溪.
        """
        tokens: list[Token] = []
        words = list(self._words(text))
        for position, (word, start, end) in enumerate(words):
            tokens.append(Token(word, position, start, end))
            for part, offset in self._parts(word):
                tokens.append(Token(part, position, start + offset, start + offset + len(part)))
            if position + 1 < len(words) and _loose(words[position], words[position + 1]):
                tokens.append(Token(word + words[position + 1][0], position, start, start + 2))
        return tokens

    def latin_tokens(self, folded: str) -> list[Token]:
        """The words of Latin letters and digits of a folded text, each followed by the shorter words inside it."""
        tokens: list[Token] = []
        if _ANY_LATIN.search(folded) is None:  # as in most passages: .3 µs, where the expression looks for 7
            return tokens
        for position, run in enumerate(_LATIN.finditer(folded)):
            word, start = run[0].replace(",", ""), run.start()
            tokens.append(Token(word, position, start, run.end()))
            for part, offset in self._parts(word):
                tokens.append(Token(part, position, start + offset, start + offset + len(part)))
        return tokens

    def question_terms(self, text: str) -> list[str]:
        """The words of ``text``, each once, without their parts: 招商引资 asks for 招商引资, not for 招商 as well.

        Of characters that belong to no known word the pairs are asked for: 瑶 and 溪 far apart are not 瑶溪.
        """
        return list(self._question_terms(text))

    def _asked_word_of(self, word: str) -> AskedWord:
        terms = self._question_terms(word)
        return AskedWord(fold(word), is_latin(word), tuple((term, is_latin(term)) for term in terms))

    def _question_terms_of(self, text: str) -> tuple[str, ...]:
        terms: list[str] = []
        words = list(self._words(text))
        for place, here in enumerate(words):
            joined = place + 1 < len(words) and _loose(here, words[place + 1])
            if joined:
                terms.append(here[0] + words[place + 1][0])
            elif not (place and _loose(words[place - 1], here)):
                terms.append(here[0])
        return tuple(dict.fromkeys(terms))

    def knows(self, word: str) -> bool:
        """Whether a folded word stands in the dictionary or the lexicon."""
        return bool(self._jieba.FREQ.get(word))  # also holds every beginning of a word, with frequency 0

    def words(self, text: str) -> Iterator[tuple[str, int]]:
        """The words of ``text``, folded, and where each starts."""
        return ((word, start) for word, start, _ in self._words(text))

    def word_starts(self, folded: str) -> npt.NDArray[np.bool_]:
        """For each character, whether a word starts there, as ``words`` has them; for many texts in one."""
        codes = codes_of(folded)
        starts = self.best_path.starts(codes, *self.word_finder.find(codes))
        for run in _NOT_CHINESE.finditer(folded):
            starts[run.start()] = True
        return starts

    def _words(self, text: str) -> Iterator[tuple[str, int, int]]:
        """(word, start, end): a number with separators is shorter than the stretch it stands in."""
        for run in _RUN.finditer(fold(text)):
            if run["latin"]:
                yield run["latin"].replace(",", ""), run.start(), run.end()
                continue
            start = run.start()
            for word in self._jieba.cut(run["other"], HMM=False):
                yield word, start, start + len(word)
                start += len(word)

    def _parts_of(self, word: str) -> tuple[tuple[str, int], ...]:
        """(part, offset) of the words inside ``word``, longer than one character."""
        if _LATIN.fullmatch(word):
            if _NUMBER.fullmatch(word):
                return ()
            found = {(piece[0], piece.start()) for piece in re.finditer(r"[a-z0-9]+", word)}
            found |= {(piece[0], piece.start()) for piece in _PIECE.finditer(word)}
            return tuple(sorted((part, at) for part, at in found if part != word))
        known = self._jieba.FREQ  # also holds every beginning of a word, with frequency 0
        spans = ((start, end) for start in range(len(word)) for end in range(start + 2, len(word) + 1))
        return tuple((word[a:b], a) for a, b in spans if b - a < len(word) and known.get(word[a:b]))
