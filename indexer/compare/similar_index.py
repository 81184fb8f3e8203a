"""All measures of a build as arrays, so that the ones like a given one are found without reading any row.

Made when the rows of a build are in, a file an array, mapped when it is asked. 9,000 measures take 2 s to make.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.compare.embedding import EmbeddingModel
from indexer.compare.likeness import Floats, PairIndex, PracticeModel
from indexer.compare.measure_vectors import MeasureVectors
from indexer.domain.query import YearRange
from indexer.domain.report import Status
from indexer.domain.rows import MeasureRow
from indexer.stores.array_files import opened, save

# What each signal counts. Chosen on 641 labelled sentences with a practice (docs/similar.md): apart .61 (profile), .39
# (lexical), .46 (practice named by a cue); together .65. A score of 1 says that all of them agree.
PROFILE, LEXICAL, PRACTICE, THEME = 1.0, 0.5, 0.5, 0.3
CERTAIN = 3.0  # log-odds that a practice named by a cue adds to its profile
TELLING = 0.02  # odds in a profile below which a practice is left out of the sum
UNKNOWN = -1
_FULL = 127  # of a byte
_LOOKED_AT = 3000  # of the likest, among which the best of each place is looked for
_PARTS = ("pairs", "weights", "starts", "texts", "lengths")
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A measure that others like it are looked for. ``place``: the column that it stands in, left out of the answer."""

    text: str
    practice: str | None
    theme: str | None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """Of one measure to the wanted one: ``number`` is its row in the catalogue; the signals are 0 to 1."""

    number: int
    score: float
    profile: float
    lexical: float


@dataclass(frozen=True, slots=True)
class SimilarIndex:
    """Measure by measure: ``numbers`` its row in the catalogue; ``practice``, ``theme``, ``place`` numbers among the
    names (UNKNOWN: none); ``year`` 0 where unknown. ``profiles``: a row a practice, a column a measure, in bytes.
    ``vectors``: where an embedding model is configured."""

    model: PracticeModel
    index: PairIndex
    profiles: npt.NDArray[np.int8]
    numbers: npt.NDArray[np.int64]
    practice: npt.NDArray[np.int16]
    theme: npt.NDArray[np.int16]
    place: npt.NDArray[np.int32]
    year: npt.NDArray[np.int16]
    themes: tuple[str, ...]
    places: tuple[str, ...]
    vectors: MeasureVectors | None = None

    @classmethod
    def of(
        cls,
        rows: Iterable[tuple[int, MeasureRow]],
        model: PracticeModel,
        embedded: Callable[[Sequence[str]], MeasureVectors] | None = None,
    ) -> SimilarIndex:
        """``rows``: each with its number in the catalogue. What only names a problem is no measure to learn from.
        ``embedded``: the vectors of texts, where an embedding model is configured."""
        kept = [(number, row) for number, row in rows if row.status is not Status.PROBLEM]
        measures = [row for _, row in kept]
        themes = _names(row.theme for row in measures)
        places = _names(row.source.column for row in measures)
        practices = {name: number for number, name in enumerate(model.practices)}
        named = np.array([practices.get(row.practice or "", UNKNOWN) for row in measures], np.int16)
        texts = [row.text for row in measures]
        return cls(
            model,
            PairIndex.of(texts),
            np.ascontiguousarray(np.round(_profiles(model, texts, named) * _FULL).astype(np.int8).T),
            np.array([number for number, _ in kept], np.int64),
            named,
            np.array([themes.get(row.theme or "", UNKNOWN) for row in measures], np.int16),
            np.array([places[row.source.column] for row in measures], np.int32),
            np.array([row.year or 0 for row in measures], np.int16),
            tuple(themes),
            tuple(places),
            embedded(texts) if embedded is not None else None,
        )

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name in _PARTS:
            save(folder, name, getattr(self.index, name))
        for name in ("profiles", "numbers", "practice", "theme", "place", "year"):
            save(folder, name, getattr(self, name))
        for name in ("themes", "places"):
            save(folder, name, np.array(getattr(self, name), np.str_))
        if self.vectors is not None:
            self.vectors.save(folder)

    @classmethod
    def open(cls, folder: Path, model: PracticeModel, embedding: EmbeddingModel | None = None) -> SimilarIndex:
        """``embedding``: the model that its vectors were made with. Raises OSError where a part is missing."""
        index = PairIndex(*(opened(folder, name) for name in _PARTS))
        arrays = [opened(folder, name) for name in ("profiles", "numbers", "practice", "theme", "place", "year")]
        names = [tuple(map(str, opened(folder, name))) for name in ("themes", "places")]
        made = cls(model, index, *arrays, *names)  # type: ignore[arg-type]
        return made if embedding is None else replace(made, vectors=MeasureVectors.open(folder, embedding))

    def allowed(self, places: Collection[str] | None, years: YearRange | None) -> Mask:
        """The measures of ``places`` (None: of all) that are about ``years``."""
        mask = np.ones(len(self.numbers), np.bool_)
        if places is not None:
            among = np.array([name in places for name in self.places], np.bool_)
            mask &= among[self.place]
        if years is not None:
            known = self.year > 0
            mask &= known & (self.year >= years.first) & (self.year <= years.last)
        return mask

    def find(self, wanted: Wanted, allowed: Mask, limit: int) -> list[Likeness]:
        """The ``limit`` likest, the best of each place before the second of any. Measures that read the same as the
        wanted one, and those of its own place, are left out. Raises BadSetup where an embedding model fails."""
        return self.find_each([wanted], allowed, limit)[0]

    def find_each(self, wanted: Sequence[Wanted], allowed: Mask, limit: int) -> list[list[Likeness]]:
        """As ``find`` of one after the other."""
        if self.vectors is None:
            return [self._find(one, allowed, limit, None) for one in wanted]
        cosines = self.vectors.cosines([one.text for one in wanted])
        return [self._find(one, allowed, limit, own) for one, own in zip(wanted, cosines, strict=True)]

    def _find(self, wanted: Wanted, allowed: Mask, limit: int, embedded: Floats | None) -> list[Likeness]:
        """``embedded``: cosine of its vector and each measure's."""
        profile, lexical = self._profile(wanted), self.index.cosines(wanted.text)
        scores = PROFILE * profile + LEXICAL * lexical
        scores += PRACTICE * self._same(self.practice, self._practice(wanted))
        scores += THEME * self._same(self.theme, _place_of(self.themes, wanted.theme))
        whole = PROFILE + LEXICAL + PRACTICE + THEME
        if self.vectors is not None and embedded is not None:
            scores += self.vectors.model.weight * embedded
            whole += self.vectors.model.weight
        mask = allowed & (lexical < 0.98)
        if wanted.place in self.places:
            mask &= self.place != self.places.index(wanted.place)
        best = _best(np.flatnonzero(mask), scores, max(_LOOKED_AT, limit))
        return [
            Likeness(int(self.numbers[at]), float(scores[at]) / whole, float(profile[at]), float(lexical[at]))
            for at in _one_a_place(best, self.place, limit)
        ]

    def _profile(self, wanted: Wanted) -> Floats:
        """Cosine of the profiles of the wanted measure and each other."""
        named = np.array([self._practice(wanted)], np.int16)
        (profile,) = _profiles(self.model, [wanted.text], named)
        telling = np.flatnonzero(profile >= TELLING)
        return np.asarray(profile[telling] @ self.profiles[telling].astype(np.float32) / _FULL, np.float32)

    def _practice(self, wanted: Wanted) -> int:
        return _place_of(self.model.practices, wanted.practice)

    def _same(self, numbers: npt.NDArray[np.int16], number: int) -> Floats:
        return np.asarray((numbers == number) & (number != UNKNOWN), np.float32)


def _profiles(model: PracticeModel, texts: Sequence[str], named: npt.NDArray[np.int16]) -> Floats:
    """Odds of each practice, a row a text, each of length 1; the one named by a cue counts as nearly certain."""
    odds = model.log_odds(texts)
    known = np.flatnonzero(named != UNKNOWN)
    odds[known, named[known]] += CERTAIN
    chances = 1 / (1 + np.exp(-odds))
    return np.asarray(chances / np.linalg.norm(chances, axis=1, keepdims=True), np.float32)


def _best(allowed: npt.NDArray[np.intp], scores: Floats, most: int) -> npt.NDArray[np.intp]:
    """Of ``allowed`` the ``most`` with the highest scores, highest first; of equal ones the earlier."""
    if len(allowed) > most:
        least = np.partition(scores[allowed], -most)[-most]
        allowed = allowed[scores[allowed] >= least]
    return allowed[np.argsort(-scores[allowed], kind="stable")]


def _one_a_place(best: npt.NDArray[np.intp], place: npt.NDArray[np.int32], limit: int) -> list[int]:
    """``limit`` of ``best``: of each place the first, then the others, both in their order."""
    _, firsts = np.unique(place[best], return_index=True)
    first = np.zeros(len(best), np.bool_)
    first[firsts] = True
    return [*best[first][:limit].tolist(), *best[~first].tolist()][:limit]


def _names(values: Iterable[str | None]) -> dict[str, int]:
    named = dict.fromkeys(value for value in values if value is not None)
    return {name: number for number, name in enumerate(named)}


def _place_of(names: Sequence[str], name: str | None) -> int:
    return names.index(name) if name in names else UNKNOWN
