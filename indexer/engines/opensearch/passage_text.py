"""A passage as its document keeps it to be shown: the JSON list of the embedded engine's index, in true UTF-8."""

from __future__ import annotations

import re

from indexer.domain.results import IndexedPassage
from indexer.engines.evaluation.passage_json import passage_from_json, passage_to_json

_HALF = re.compile(r"[\ud800-\udfff]")


def passage_to_text(passage: IndexedPassage) -> str:
    return _HALF.sub(lambda one: f"\\u{ord(one[0]):04x}", passage_to_json(passage))


def passage_from_text(text: str) -> IndexedPassage:
    return passage_from_json(text)
