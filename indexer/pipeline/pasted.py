"""A text that somebody pastes, cut into its own measures. It is read as a zone's own text, of no known year."""

from __future__ import annotations

from indexer.domain.page import Cleaned
from indexer.domain.report import Genre, Passage, Years
from indexer.pipeline.segment import SegmentTables, segment


def passages_of(text: str, tables: SegmentTables) -> tuple[Passage, ...]:
    """With their measures; spans are offsets into ``text``."""
    cleaned = Cleaned(None, text, (), (), (), (), frozenset())
    return segment(cleaned, Genre.OTHER, Years(), tables, own_zone=True)[1]
