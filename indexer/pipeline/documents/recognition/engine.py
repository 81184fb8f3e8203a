"""rapidocr, asked for one step at a time: so that a sheet can be turned between them, and a deadline kept."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidocr import RapidOCR
from rapidocr.ch_ppocr_rec import TextRecInput

from indexer.errors import Skip
from indexer.pipeline.documents.recognition.image import Picture

_THREADS = 2  # more take the machine from whoever else works on it
_BATCH = 12  # lines read at once
_MOST_LINES = 1_000  # of a sheet; the densest table seen has 260 cells


@cache
def _models() -> Any:
    return RapidOCR(params={"Global.log_level": "critical", "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS})


def find_lines(picture: Picture) -> list[npt.NDArray[np.float32]]:
    """Four corners of each line, from its upper left one on, clockwise."""
    found = _models()._load_det_model()(picture)
    boxes = found.boxes if found.boxes is not None else []
    return [np.asarray(box, np.float32) for box in boxes][:_MOST_LINES]


def share_upside_down(lines: Sequence[Picture]) -> float:
    """Of ``lines``, those that stand on their head."""
    found = _models()._load_cls_model()(list(lines)).cls_res or []
    return sum("180" in str(label) for label, _ in found) / max(len(found), 1)


def read_lines(lines: Sequence[Picture], deadline: float) -> list[tuple[str, list[float]]]:
    """The text of each line and the confidence of each of its characters. Raises Skip: too_slow."""
    order = sorted(range(len(lines)), key=lambda at: lines[at].shape[1] / lines[at].shape[0])
    found: list[tuple[str, list[float]]] = [("", [])] * len(lines)
    for start in range(0, len(order), _BATCH):
        if time.monotonic() > deadline:
            raise Skip("too_slow", "recognition")
        batch = order[start : start + _BATCH]
        read = _models()._load_rec_model()(TextRecInput(img=[lines[at] for at in batch], return_word_box=True))
        for at, text, word in zip(batch, read.txts or (), read.word_results or (), strict=False):
            confidences = [float(one) for one in getattr(word, "confs", [])]
            found[at] = (str(text), (confidences + [0.0] * len(text))[: len(text)])
    return found
