"""Arrays in files, one ``.npy`` each: opened without being read, and shared by all processes that have them open."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.engines.columns import Column, Columns

_COLUMNS = ("report", "day", "among_equals", "length")
_FACETS = "facets.json"


def save(folder: Path, name: str, array: npt.NDArray[Any]) -> None:
    np.save(folder / f"{name}.npy", array, allow_pickle=False)


def opened(folder: Path, name: str) -> npt.NDArray[Any]:
    """Mapped, not read: what of it is looked at comes from the file as it is needed. Read-only."""
    path = folder / f"{name}.npy"
    try:
        return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))  # not a memmap: indexing those is slow
    except ValueError:  # an empty array cannot be mapped
        return np.load(path, allow_pickle=False)  # type: ignore[no-any-return]


def save_columns(folder: Path, columns: Columns) -> None:
    for name in _COLUMNS:
        save(folder, name, getattr(columns, name))
    for name, column in columns.facets.items():
        save(folder, f"facet_{name}", column.codes)
    values = {name: column.values for name, column in columns.facets.items()}
    (folder / _FACETS).write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")


def opened_columns(folder: Path) -> Columns:
    values = json.loads((folder / _FACETS).read_text(encoding="utf-8"))
    return Columns(
        **{name: opened(folder, name) for name in _COLUMNS},
        facets={
            name: Column(opened(folder, f"facet_{name}"), tuple(map(tuple, of_codes)))
            for name, of_codes in values.items()
        },
    )
