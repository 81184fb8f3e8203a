"""Answers for programs whose user reads another language: names and definitions of the codebooks are told in it.

What programs go by stays as it is in every language: ids, themes, statuses, silences, and all words of a report.
"""

from __future__ import annotations

from typing import Any, TypeVar, cast

from indexer.locale import CHINESE, defined, language, term

Answer = TypeVar("Answer")
_DEFINED = ("definition", "not", "example", "note")


def told(answer: Answer) -> Answer:
    """``answer`` with every ``name`` of a practice or an indicator, and what its codebook says of it, as ``lang``
    asks."""
    return answer if language() == CHINESE else cast("Answer", _told(answer))


def _told(value: Any) -> Any:
    if isinstance(value, list):
        return [_told(one) for one in value]
    if not isinstance(value, dict):
        return value
    row = value.get("id") or value.get("indicator")
    return {key: _text(row, key, one) if isinstance(one, str) else _told(one) for key, one in value.items()}


def _text(row: object, key: str, text: str) -> str:
    if key == "name":
        return term(text)
    return defined(row, key, text) if isinstance(row, str) and key in _DEFINED else text
