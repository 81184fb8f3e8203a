"""What cleaning makes of a text, for the tests of its rules."""

from __future__ import annotations

from indexer.domain.page import Block, BlockKind, Cleaned, Extracted
from indexer.pipeline.clean import LaunderingTable, clean

NO_TABLE = LaunderingTable(())


def read(text: str, title: str | None = None, flags: frozenset[str] = frozenset()) -> Cleaned:
    blocks = tuple(Block(BlockKind.PARAGRAPH, line) for line in text.split("\n"))
    return clean(Extracted("test", title, None, None, blocks, flags=flags), NO_TABLE)


def unchanged(text: str) -> bool:
    return read(text).text == text
