"""The doc values of a segment in files (stores/array_files.py)."""

from __future__ import annotations

import json
from pathlib import Path

from indexer.engines.evaluation.doc_values import Column, Columns
from indexer.stores.array_files import opened, save

_COLUMNS = ("report", "day", "among_equals", "length")
_FACETS = "facets.json"


def save_columns(folder: Path, columns: Columns) -> None:
    for name in _COLUMNS:
        save(folder, name, getattr(columns, name))
    for name, column in columns.facets.items():
        save(folder, f"facet_{name}", column.codes)
    values = {name: column.values for name, column in columns.facets.items()}
    told = json.dumps(values, ensure_ascii=False)
    (folder / _FACETS).write_text(told, encoding="utf-8", errors="surrogatepass")


def opened_columns(folder: Path) -> Columns:
    values = json.loads((folder / _FACETS).read_text(encoding="utf-8", errors="surrogatepass"))
    return Columns(
        **{name: opened(folder, name) for name in _COLUMNS},
        facets={
            name: Column(opened(folder, f"facet_{name}"), tuple(map(tuple, of_codes)))
            for name, of_codes in values.items()
        },
    )
