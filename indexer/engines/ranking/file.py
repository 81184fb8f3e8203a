"""A ranking as one file: arrays, and the texts as JSON beside them; nothing in it is code."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from indexer.engines.ranking.features import NAMES
from indexer.engines.ranking.judged import FOLDS, JudgedQuestions
from indexer.engines.ranking.ranking import Ranking
from indexer.engines.ranking.trees import Trees
from indexer.errors import Damaged, OtherVersion

_FORM = 1


def save(ranking: Ranking, path: Path) -> None:
    """Put in place whole, or not at all."""
    judged = ranking.judged
    texts = {
        "form": _FORM,
        "features": NAMES,
        "texts": judged.texts,
        "answers": judged.answers,
        "pieces": judged.pieces,
        "importance": ranking.importance,
    }
    arrays: dict[str, Any] = {
        "json": np.frombuffer(json.dumps(texts, ensure_ascii=False).encode(), np.uint8),
        "cells": judged.cells,
        "starts": judged.starts,
        "questions": judged.questions,
        "weights": judged.weights,
    }
    for name, trees in zip(_names(), (ranking.trees, *ranking.of_folds), strict=True):
        arrays |= {f"{name}_{part}": array for part, array in trees.arrays().items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".part")
    with half.open("wb") as file:
        np.savez_compressed(file, **arrays)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)


def opened(path: Path) -> Ranking:
    """Raises FileNotFoundError, Damaged, OtherVersion (learned by another version: other features)."""
    try:
        with path.open("rb") as kept, np.load(kept, allow_pickle=False) as arrays:
            texts = json.loads(arrays["json"].tobytes())
            if texts["form"] != _FORM or tuple(texts["features"]) != NAMES:
                raise OtherVersion("learn.other_version", file=path.name)
            judged = JudgedQuestions(
                tuple(texts["texts"]),
                tuple(map(tuple, texts["answers"])),
                arrays["cells"],
                tuple(texts["pieces"]),
                arrays["starts"],
                arrays["questions"],
                arrays["weights"],
            )
            trees = [Trees(**{part: arrays[f"{name}_{part}"] for part in Trees.__slots__}) for name in _names()]
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise Damaged("learn.damaged", file=path.name) from error
    return Ranking(judged, trees[0], tuple(trees[1:]), {str(k): float(v) for k, v in texts["importance"].items()})


def _names() -> list[str]:
    return ["all", *(f"fold{fold}" for fold in range(FOLDS))]
