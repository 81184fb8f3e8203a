"""Judged questions, and what those nearest to a new one say of its answers.

Near is a question that holds the same rare words, pairs and characters (cosine of evidence × rarity). Its answers speak
for themselves and, more weakly, for their reports: on the questions of the public this is half of what is learned
(docs/relevance.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

import numpy as np
import numpy.typing as npt

from indexer.engines.evaluation.postings import Floats, Numbers

NEAREST = 30  # judged questions that are listened to
LEAST_NEAR = 0.08  # cosine; what is farther shares a character or two
CELLS = 10  # of the judged questions: what is learned of one never rests on its own cell
FOLDS = 5  # groups of cells; a ranking is kept that never saw a fold, to be measured on it

Vector = Mapping[str, float]  # piece → weight
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Near:
    """What the nearest judged questions say. ``passages`` ascending, each once; ``sums``: nearness³ of the questions
    that it answers, ``best``: the nearest of them; ``reports`` ascending with the like ``report_sums``. ``nearest``:
    cosine of the nearest question. ``prior``/``report_prior``: how many judged questions each answers, near or not."""

    passages: Numbers
    sums: Floats
    best: Floats
    reports: Numbers
    report_sums: Floats
    nearest: float
    prior: Counted
    report_prior: Counted


@dataclass(frozen=True, slots=True)
class Counted:
    """How often each of ``numbers`` (ascending)."""

    numbers: Numbers
    counts: Floats

    @classmethod
    def of(cls, numbers: npt.NDArray[np.integer], weights: Floats | None = None) -> Counted:
        distinct, at = np.unique(numbers, return_inverse=True)
        counts = np.bincount(at, weights, minlength=len(distinct)).astype(np.float32)
        return cls(distinct.astype(np.int32), counts)

    def at(self, wanted: Numbers) -> Floats:
        return looked_up(self.numbers, self.counts, wanted)


def looked_up(numbers: Numbers, values: Floats, wanted: npt.NDArray[np.integer]) -> Floats:
    """The value of each of ``wanted``; 0 for those that are not among ``numbers`` (ascending)."""
    if not len(numbers):
        return np.zeros(len(wanted), np.float32)
    at = np.minimum(numbers.searchsorted(wanted), len(numbers) - 1)
    found: Floats = values.take(at) * (numbers.take(at) == wanted)
    return found


@dataclass(frozen=True)
class JudgedQuestions:
    """``texts`` as asked; ``answers``: ids of passages, of each question. ``pieces``: of all questions in order of
    their letters; piece n stands in the questions ``questions[starts[n]:starts[n + 1]]`` with ``weights``, by which
    each question is of length 1."""

    texts: tuple[str, ...]
    answers: tuple[tuple[str, ...], ...]
    cells: Ints
    pieces: tuple[str, ...]
    starts: Ints
    questions: Ints
    weights: Floats

    @classmethod
    def of(cls, judged: Mapping[str, Sequence[str]], vector_of: Callable[[str], Vector]) -> JudgedQuestions:
        """``judged``: question → passages that answer it. Cells are drawn by a fixed seed."""
        vectors = [vector_of(text) for text in judged]
        lengths = [_length(vector) for vector in vectors]
        entries = sorted(
            (piece, number, weight / length)
            for number, (vector, length) in enumerate(zip(vectors, lengths, strict=True))
            for piece, weight in vector.items()
        )
        pieces = tuple(dict.fromkeys(piece for piece, _, _ in entries))
        place = {piece: number for number, piece in enumerate(pieces)}
        sizes = np.bincount(np.array([place[piece] for piece, _, _ in entries], np.intp), minlength=len(pieces))
        cells = np.arange(len(judged)) % CELLS
        np.random.default_rng(1).shuffle(cells)
        return cls(
            tuple(judged),
            tuple(tuple(answers) for answers in judged.values()),
            cells.astype(np.int32),
            pieces,
            np.concatenate(([0], np.cumsum(sizes))).astype(np.int32),
            np.array([number for _, number, _ in entries], np.int32),
            np.array([weight for _, _, weight in entries], np.float32),
        )

    @cached_property
    def number_of(self) -> Mapping[str, int]:
        return {text: number for number, text in enumerate(self.texts)}

    @cached_property
    def _place(self) -> Mapping[str, int]:
        return {piece: number for number, piece in enumerate(self.pieces)}

    def nearness(self, vector: Vector) -> Floats:
        """Cosine of each judged question with one of these words."""
        found = np.zeros(len(self.texts), np.float32)
        for piece, weight in vector.items():
            place = self._place.get(piece)
            if place is not None:
                part = slice(self.starts[place], self.starts[place + 1])
                found[self.questions[part]] += np.float32(weight) * self.weights[part]
        return found / np.float32(_length(vector))


def _length(vector: Vector) -> float:
    return sum(weight * weight for weight in vector.values()) ** 0.5 or 1.0


@dataclass(frozen=True)
class Judgements:
    """Judged questions over one index: ``passages[starts[n]:starts[n + 1]]`` answer question n; what the index no
    longer has is left out. ``report_of``: report of each passage of the index. ``without``: cells not listened to."""

    judged: JudgedQuestions
    passages: Numbers
    starts: Ints
    report_of: Numbers
    without: frozenset[int] = frozenset()
    _kept: dict[frozenset[int], Judgements] = field(default_factory=dict, compare=False)

    @classmethod
    def over(cls, judged: JudgedQuestions, numbers: Mapping[str, int], report_of: Numbers) -> Judgements:
        """``numbers``: of the passages that the index has."""
        found = [[numbers[one] for one in answers if one in numbers] for answers in judged.answers]
        starts = np.concatenate(([0], np.cumsum([len(one) for one in found]))).astype(np.int32)
        return cls(judged, np.fromiter(chain.from_iterable(found), np.int32, int(starts[-1])), starts, report_of)

    def leaving_out(self, cells: frozenset[int]) -> Judgements:
        if cells not in self._kept:
            self._kept[cells] = replace(self, without=cells, _kept={})
        return self._kept[cells]

    def answers(self, question: int) -> Numbers:
        return self.passages[self.starts[question] : self.starts[question + 1]]

    @cached_property
    def _listened_to(self) -> npt.NDArray[np.bool_]:
        return ~np.isin(self.judged.cells, list(self.without))

    @cached_property
    def _prior(self) -> Counted:
        spoken = np.repeat(self._listened_to, np.diff(self.starts))
        return Counted.of(self.passages[spoken])

    @cached_property
    def _report_prior(self) -> Counted:
        return Counted.of(self.report_of.take(self._prior.numbers), self._prior.counts)

    def near(self, vector: Vector) -> Near:
        nearness = np.where(self._listened_to, self.judged.nearness(vector), 0)
        count = min(NEAREST, len(nearness))
        nearest = np.argpartition(-nearness, count - 1)[:count] if count else np.empty(0, np.intp)
        nearest = nearest[nearness[nearest] >= LEAST_NEAR]
        nearest = nearest[np.argsort(-nearness[nearest], kind="stable")]
        answers = [self.answers(int(question)) for question in nearest]
        sizes = np.array([len(one) for one in answers], np.int64)
        passages = np.concatenate(answers) if len(answers) else np.empty(0, np.int32)
        near = np.repeat(nearness[nearest], sizes)
        cubed = near**3
        sums = Counted.of(passages, cubed)
        best = np.zeros(len(sums.numbers), np.float32)
        np.maximum.at(best, sums.numbers.searchsorted(passages), near)
        shares = cubed / np.repeat(np.maximum(sizes, 1), sizes)
        reports = Counted.of(self.report_of.take(passages), shares.astype(np.float32))
        return Near(
            sums.numbers,
            sums.counts,
            best,
            reports.numbers,
            reports.counts,
            float(nearness[nearest[0]]) if len(nearest) else 0.0,
            self._prior,
            self._report_prior,
        )
