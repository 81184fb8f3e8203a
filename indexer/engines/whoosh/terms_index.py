"""The terms of a field in order, and for each the passages that have it: plain arrays, looked up by bisection."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.engines.evaluation.postings import NOWHERE, Counts, Numbers, Occurrences
from indexer.stores.array_files import ByteStrings, BytesWriter, Draft, group, opened, opened_bytes, save

_AT_ONCE = 1 << 20  # occurrences sorted in one go
_FREQUENT = 16  # of so many passages one has it: a row for each passage takes no more room than its list
_MOST_SPREAD = 0xFF
_MOST = 0xFFFF  # a count is not told beyond: BM25 gives no more for it


@dataclass(frozen=True, slots=True)
class TermsIndex:
    """``terms``: in UTF-8, in order. The passages of term n stand from ``bounds[n]`` to ``bounds[n + 1]``.

    ``frequent``: the terms, ascending, that a good part of all passages have; ``spread``: a row for each of them, with
    its count for every passage (occurrences.py)."""

    terms: ByteStrings
    bounds: npt.NDArray[np.int64]
    passages: Numbers
    counts: Counts
    frequent: npt.NDArray[np.int64]
    spread: npt.NDArray[np.uint8]

    def at_or_after(self, term: bytes) -> int:
        return bisect_left(self.terms, term)

    def having(self, term: bytes) -> Occurrences:
        at = self.at_or_after(term)
        if at == len(self.terms) or self.terms[at] != term:
            return NOWHERE
        which = slice(self.bounds[at], self.bounds[at + 1])
        row = int(self.frequent.searchsorted(at))
        spread = self.spread[row] if row < len(self.frequent) and self.frequent[row] == at else None
        return Occurrences(self.passages[which], self.counts[which], spread)


def with_spread(found: Occurrences, size: int) -> Occurrences:
    """``found`` with a row for each of ``size`` passages, where it is frequent: as a segment keeps it."""
    if len(found) * _FREQUENT < max(size, 1) or found.counts.max() > _MOST_SPREAD:
        return found
    spread = np.zeros(size, np.uint8)
    spread[found.passages.astype(np.intp)] = found.counts
    return Occurrences(found.passages, found.counts, spread)


def opened_terms(folder: Path, field: str) -> TermsIndex:
    parts = (opened(folder, f"{field}_{part}") for part in ("bounds", "passages", "counts", "frequent", "spread"))
    return TermsIndex(opened_bytes(folder, f"{field}_spelled"), *parts)


class TermsBuilder:
    """Takes occurrences by the number of the term in any numbering, passages in their order."""

    def __init__(self, folder: Path, field: str) -> None:
        self._folder = folder
        self._field = field
        self._terms = Draft(folder / f"{field}_terms.draft", np.uint32)
        self._passages = Draft(folder / f"{field}_passages.draft", np.int32)

    def add(self, terms: npt.NDArray[np.integer], passages: npt.NDArray[np.integer]) -> None:
        """One occurrence each. Those of one term must come in the order of their passages, over all calls."""
        self._terms.extend(terms)
        self._passages.extend(passages)

    def finish(self, spellings: Sequence[str], size: int) -> None:
        """``spellings``: the term each number stands for. Those without occurrences are left out. ``size``: passages
        of the index."""
        counts = np.zeros(len(spellings), np.int64)
        for _, terms in self._terms.pieces(_AT_ONCE):
            counts += np.bincount(terms, minlength=len(counts))
        spelled = {
            number: spellings[number].encode("utf-8", "surrogatepass") for number in np.flatnonzero(counts).tolist()
        }
        in_order = np.array(sorted(spelled, key=spelled.__getitem__), np.int64)
        place = np.zeros(len(spellings), np.uint32)
        place[in_order] = np.arange(len(in_order), dtype=np.uint32)
        starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts[in_order])))
        passages = np.empty(len(self._passages), np.int32)
        both = zip(self._terms.pieces(_AT_ONCE), self._passages.pieces(_AT_ONCE), strict=True)
        group(((place[terms], of_passages) for (_, terms), (_, of_passages) in both), starts, passages)
        firsts = _first_of_equals(passages, starts)
        passages = passages[firsts]
        how_often = np.minimum(np.diff(firsts, append=starts[-1]), _MOST).astype(np.uint16)
        bounds = np.searchsorted(firsts, starts)
        for part, array in (("passages", passages), ("counts", how_often), ("bounds", bounds)):
            save(self._folder, f"{self._field}_{part}", array)
        self._save_spread(passages, how_often, bounds, size)
        ordered = BytesWriter(self._folder, f"{self._field}_spelled")
        for number in in_order.tolist():
            ordered.add(spelled[number])
        ordered.finish()

    def _save_spread(self, passages: Numbers, counts: Counts, bounds: npt.NDArray[np.int64], size: int) -> None:
        frequent = np.flatnonzero(np.diff(bounds) * _FREQUENT >= max(size, 1))
        fitting = [n for n in frequent.tolist() if counts[bounds[n] : bounds[n + 1]].max() <= _MOST_SPREAD]
        spread = np.zeros((len(fitting), size), np.uint8)
        for row, number in enumerate(fitting):
            which = slice(bounds[number], bounds[number + 1])
            spread[row, passages[which]] = counts[which]
        save(self._folder, f"{self._field}_frequent", np.array(fitting, np.int64))
        save(self._folder, f"{self._field}_spread", spread)

    def close(self) -> None:
        self._terms.close()
        self._passages.close()


def _first_of_equals(passages: Numbers, starts: npt.NDArray[np.int64]) -> npt.NDArray[np.intp]:
    """Where each passage is named first for a term; ``starts``: where the terms' occurrences start."""
    new = np.ones(len(passages), np.bool_)
    np.not_equal(passages[1:], passages[:-1], out=new[1:])
    new[starts[:-1]] = True
    return np.flatnonzero(new)
