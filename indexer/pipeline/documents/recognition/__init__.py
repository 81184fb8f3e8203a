"""Text out of pictures of pages, where the extra ``ocr`` is installed (rapidocr with the models in its wheel).

picture → red seals out → turned upright and straight → lines found and read → rows of the layout.
"""

from __future__ import annotations

import importlib.util
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from indexer.errors import Skip
from indexer.pipeline.documents.layout.rows import Row
from indexer.pipeline.documents.safety import Limits

if TYPE_CHECKING:
    from indexer.pipeline.documents.recognition.image import Picture

INSTALL = 'pip install "duibiao[ocr]"'
_DOUBTFUL_LINE = 0.9  # mean confidence of a line's characters; told one by one below it
_MOST_TOLD = 8
_ONE_AT_A_TIME = threading.Lock()  # the models share their buffers


@cache
def is_available() -> bool:
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2", "PIL"))


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line as it was read; ``confidence`` from 0 to 1, the mean over its characters."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Recognised:
    """Rows of one sheet, its lines, and how many numbers were masked for a doubtful digit."""

    rows: list[Row]
    lines: list[Line]
    masked: int


def recognise(pictures: Iterable[Picture], limits: Limits, unit: float = 1.0) -> list[Recognised]:
    """One sheet after the other; distances in the rows are in pixels times ``unit``.

    Raises Skip: too_slow where one takes longer than ``limits.page_seconds``, too_many_pages.
    """
    from indexer.pipeline.documents.recognition.reading import read_sheet

    found: list[Recognised] = []
    with _ONE_AT_A_TIME:
        for picture in pictures:
            if len(found) >= limits.recognised_pages:
                raise Skip("too_many_pages", "recognised", most=limits.recognised_pages)
            found.append(read_sheet(picture, time.monotonic() + limits.page_seconds, unit))
    return found


def told(sheets: Iterable[Recognised]) -> str:
    """What a reader should know of the recognition: how sure it is, and where it isn't."""
    lines = [line for sheet in sheets for line in sheet.lines]
    if not lines:
        return "图像识别（OCR），没有认出文字"
    mean = sum(line.confidence * len(line.text) for line in lines) / sum(len(line.text) for line in lines)
    doubtful = [line for line in lines if line.confidence < _DOUBTFUL_LINE]
    masked = sum(sheet.masked for sheet in sheets)
    parts = [f"图像识别（OCR）{len(lines)} 行，平均置信度 {mean:.2f}"]
    if masked:
        parts.append(f"{masked} 个数字认不准，已遮作 x")
    if doubtful:
        shown = "、".join(f"“{line.text[:12]}”{line.confidence:.2f}" for line in doubtful[:_MOST_TOLD])
        parts.append(f"{len(doubtful)} 行低于 {_DOUBTFUL_LINE}：{shown}")
    return "；".join(parts)


def refuse(what: str) -> Skip:
    """Of what (picture, scan, garbled) nobody can read here, with the command that changes it."""
    return Skip("no_text", what, command=INSTALL)
