"""The stage of segments with the tables that are shipped, for the tests that give it a text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from indexer.domain.page import Cleaned, Restoration
from indexer.domain.report import Genre, Passage, Section, Years
from indexer.pipeline.segment import SegmentTables, segment
from indexer.tables import Tables

ROOT = Path(__file__).resolve().parents[1]


@cache
def tables() -> SegmentTables:
    return Tables(ROOT / "corpus" / "tables").segmenting


def plain(text: str, restorations: Sequence[Restoration] = (), flags: Sequence[str] = ()) -> Cleaned:
    return Cleaned(None, text, (), (), (), tuple(restorations), frozenset(flags))


def segmented(
    text: str, genre: Genre = Genre.SUMMARY, years: Years | None = None
) -> tuple[tuple[Section, ...], tuple[Passage, ...]]:
    return segment(plain(text), genre, years or Years(), tables())


def passages(text: str, genre: Genre = Genre.SUMMARY, years: Years | None = None) -> tuple[Passage, ...]:
    return segmented(text, genre, years)[1]
