"""The vectors of a build's measures, by an embedding model: made once, mapped when a question is asked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.compare.embedding import EmbeddingModel, Floats
from indexer.stores.array_files import opened, save

_AT_ONCE = 4096  # rows that are widened to 32 bits at a time, 8 MB of 512 numbers
_VECTORS, _KEYS = "vectors", "vector_keys"


@dataclass(frozen=True, slots=True)
class MeasureVectors:
    """``rows``: one a measure, of length 1. ``keys``: of their texts, so that the next build needn't make them."""

    model: EmbeddingModel
    rows: npt.NDArray[np.float16]
    keys: npt.NDArray[np.uint64]

    @classmethod
    def of(
        cls,
        texts: Sequence[str],
        model: EmbeddingModel,
        before: MeasureVectors | None = None,
        told: Callable[[int, int], None] = lambda done, total: None,
    ) -> MeasureVectors:
        """``before``: of the build before, made with the same model; vectors of texts it has are taken over. Raises
        BadSetup."""
        keys = np.array([_key(text) for text in texts], np.uint64)
        rows = np.zeros((len(texts), model.dimension), np.float16)
        known = {} if before is None else {int(key): place for place, key in enumerate(before.keys)}
        first: dict[int, int] = {}  # a sentence that many reports have is made once
        for place, key in enumerate(keys.tolist()):
            if before is not None and key in known:
                rows[place] = before.rows[known[key]]
            else:
                first.setdefault(key, place)
        made = model.vectors([texts[place] for place in first.values()], told).astype(np.float16)
        at = {key: number for number, key in enumerate(first)}
        for place, key in enumerate(keys.tolist()):
            if key in at:
                rows[place] = made[at[key]]
        return cls(model, rows, keys)

    def save(self, folder: Path) -> None:
        save(folder, _VECTORS, self.rows)
        save(folder, _KEYS, self.keys)

    @classmethod
    def open(cls, folder: Path, model: EmbeddingModel) -> MeasureVectors:
        """Raises OSError where there are none."""
        return cls(model, opened(folder, _VECTORS), opened(folder, _KEYS))

    def cosines(self, texts: Sequence[str]) -> Floats:
        """A row a text, a column a measure, 0 to 1; what points away counts as unlike. Texts are asked together because
        widening the rows takes longer than reckoning with them. Raises BadSetup."""
        wanted = self.model.vectors(texts)
        found = np.empty((len(texts), len(self.rows)), np.float32)
        for start in range(0, len(self.rows), _AT_ONCE):
            found[:, start : start + _AT_ONCE] = wanted @ self.rows[start : start + _AT_ONCE].astype(np.float32).T
        return np.clip(found, 0, 1)


def _key(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
