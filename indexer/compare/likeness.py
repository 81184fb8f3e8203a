"""How alike the texts of measures are, by two signals: what characters they share, and which practice they are like.

*Lexical*: cosine of TF-IDF over pairs of characters. *Latent*: what a linear model over runs of characters thinks of
each practice, as a profile; two texts without a word in common can share it. The model is learned (``make learn``) from
the work reports. Directions of the texts themselves (LSA) were measured and left out (docs/similar.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.errors import BadRow
from indexer.pipeline.segment.ngrams import Vocabulary, plain
from indexer.pipeline.segment.practice_cues import compact

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
_AT_ONCE = 2000  # texts whose weights are gathered at a time


@dataclass(frozen=True, slots=True)
class PracticeModel:
    """Log-odds of practices for a text. ``practices`` names the columns of ``weights`` (a row a run) and ``bias``."""

    practices: tuple[str, ...]
    words: Vocabulary
    weights: Floats
    bias: Floats

    @classmethod
    def load(cls, file: Path) -> PracticeModel:
        """Raises ValueError where the file isn't one that ``make learn`` wrote, OSError where it can't be read."""
        with np.load(file, allow_pickle=False) as arrays:
            missing = {"practices", "keys", "weights", "scales", "bias"} - set(arrays.files)
            if missing:
                raise BadRow("table.arrays_missing", file=file.name, names=sorted(missing))
            weights = arrays["weights"].astype(np.float32) * arrays["scales"]
            practices = tuple(str(name) for name in arrays["practices"])
            return cls(practices, Vocabulary(arrays["keys"]), weights, arrays["bias"].astype(np.float32))

    def log_odds(self, texts: Sequence[str]) -> Floats:
        """A row a text, a column a practice."""
        ready = [plain(compact(text)) for text in texts]
        parts = [
            self.words.scores(ready[start : start + _AT_ONCE], self.weights) for start in range(0, len(ready), _AT_ONCE)
        ]
        return np.concatenate([*parts, np.zeros((0, len(self.practices)), np.float32)]) + self.bias


@dataclass(frozen=True, slots=True)
class PairIndex:
    """Texts by the pairs of letters in them, in the order they were given.

    ``pairs``: codes, ascending; ``weights``: idf of each. The texts that hold pair n are
    ``texts[starts[n]:starts[n + 1]]``. ``lengths``: of each text's vector.
    """

    pairs: npt.NDArray[np.uint32]
    weights: Floats
    starts: Numbers
    texts: npt.NDArray[np.int32]
    lengths: Floats

    @classmethod
    def of(cls, texts: Sequence[str]) -> PairIndex:
        codes = [pairs_of(text) for text in texts]
        owners = np.repeat(np.arange(len(codes), dtype=np.int32), [len(one) for one in codes])
        every = np.concatenate([*codes, np.empty(0, np.uint32)])
        order = np.argsort(every, kind="stable")
        pairs, first, counts = np.unique(every[order], return_index=True, return_counts=True)
        weights = (np.log((1 + len(texts)) / (1 + counts)) + 1).astype(np.float32)
        holders = owners[order]
        squares = np.bincount(holders, np.repeat(weights.astype(np.float64) ** 2, counts), len(texts))
        starts = np.append(first, len(every)).astype(np.int64)
        return cls(pairs, weights, starts, holders, np.sqrt(squares).astype(np.float32))

    def cosines(self, text: str) -> Floats:
        """With each text, 0 to 1."""
        known = self._numbers(pairs_of(text))
        scores = np.zeros(len(self.lengths), np.float32)
        for number in known:
            scores[self.texts[self.starts[number] : self.starts[number + 1]]] += self.weights[number] ** 2
        length = float(np.sqrt(np.sum(self.weights[known] ** 2)))
        return np.asarray(scores / np.maximum(self.lengths * length, 1e-9), np.float32)

    def weight(self, pair: int) -> float:
        """How telling a pair is; of one that no text holds, as if one did."""
        known = self._numbers(np.array([pair], np.uint32))
        return float(self.weights[known[0]]) if len(known) else float(np.log((1 + len(self.lengths)) / 2)) + 1

    def _numbers(self, codes: npt.NDArray[np.uint32]) -> Numbers:
        if not len(self.pairs):
            return np.empty(0, np.int64)
        at = np.minimum(np.searchsorted(self.pairs, codes), len(self.pairs) - 1)
        return np.asarray(at[self.pairs[at] == codes], np.int64)


def pairs_of(text: str) -> npt.NDArray[np.uint32]:
    """Codes of the different pairs of neighbouring letters; any digit is 0, a sign parts its neighbours."""
    letters = "".join(_letter(character) for character in compact(text))
    codes = np.frombuffer(letters.encode("utf-16-le", "surrogatepass"), "<u2").astype(np.uint32)
    if len(codes) < 2:
        return np.empty(0, np.uint32)
    inside = (codes[:-1] != _GAP) & (codes[1:] != _GAP)
    return np.unique(((codes[:-1] << np.uint32(16)) | codes[1:])[inside])


_GAP = ord(" ")
_EDGES = " 年月日的了和与及等在对为以是有个家项户次名亿万元"  # that a stretch happens to begin or end with


def _letter(character: str) -> str:
    if character.isdecimal():
        return "0"
    return character if character.isalnum() else " "


def shared_terms(text: str, other: str, index: PairIndex, most: int = 3) -> tuple[str, ...]:
    """The most telling stretches of two letters or more that both texts hold, without figures."""
    mine, theirs = ("".join(_letter(c) for c in compact(one)).replace("0", " ") for one in (text, other))
    found: dict[str, float] = {}
    start = 0
    while start < len(mine) - 1:
        end = start + 1
        while end < len(mine) and mine[end] != " " and mine[start : end + 1] in theirs and mine[start] != " ":
            end += 1
        stretch = mine[start:end].strip(_EDGES)
        if len(stretch) >= 2:
            found[stretch] = sum(index.weight(int(code)) for code in pairs_of(stretch))
        start = max(end, start + 1)
    return tuple(sorted(found, key=lambda word: (-found[word], word))[:most])
