"""Reports that their site cut into pages (下一页)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.domain.page import Attachment, Block, Extracted


def join_pages(pages: Sequence[Extracted]) -> Extracted:
    """One report out of its pages, given in order: facts of the first that knows them, blocks of all.

    Blocks that open every page alike (a repeated headline or notice) are kept once. Raises ValueError for no pages.
    """
    if not pages:
        raise ValueError("no pages to join")
    first = pages[0]
    blocks: list[Block] = list(first.blocks)
    origins: dict[str, str] = {}
    files: dict[str, Attachment] = {}
    for page in pages:
        origins = page.origins | origins
        for file in page.attachments:
            files.setdefault(file.url, file)
    for page in pages[1:]:
        alike = _same_start(first.blocks, page.blocks)
        blocks += page.blocks[alike:]
    return replace(
        first,
        title=next((page.title for page in pages if page.title), None),
        published_on=next((page.published_on for page in pages if page.published_on), None),
        source=next((page.source for page in pages if page.source), None),
        blocks=tuple(blocks),
        attachments=tuple(files.values()),
        origins=origins,
        flags=frozenset().union(*(page.flags for page in pages)),
    )


def _same_start(one: Sequence[Block], other: Sequence[Block]) -> int:
    count = 0
    for first, second in zip(one, other, strict=False):
        if first.text != second.text:
            break
        count += 1
    return count
