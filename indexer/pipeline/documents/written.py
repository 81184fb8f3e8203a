"""Lines of a document that knows its paragraphs (Word, WPS, OpenDocument, RTF), on their way to title and blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.domain.page import Block, BlockKind, Extracted
from indexer.pipeline.documents.title import HeadLine, find_title


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A paragraph or a table row as it is written; ``prominent`` and ``size`` (0: unknown) as in HeadLine."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    prominent: bool = False
    size: float = 0.0


def extracted_of(family: str, lines: Sequence[WrittenLine], url: str | None) -> Extracted:
    """The title is taken out of the head; everything else is the body, in order."""
    head = [HeadLine(line.text, line.prominent, line.size) for line in lines if line.kind is not BlockKind.ROW]
    places = [at for at, line in enumerate(lines) if line.kind is not BlockKind.ROW]
    first_row = next((at for at, line in enumerate(lines) if line.kind is BlockKind.ROW), len(lines))
    head = head[: sum(place < first_row for place in places)]
    title, taken = find_title(head)
    gone = {places[at] for at in taken}
    blocks = tuple(Block(line.kind, line.text) for at, line in enumerate(lines) if at not in gone)
    return Extracted(
        family=family,
        title=title,
        published_on=None,  # 成文日期 at the end is not 发布日期
        source=None,
        blocks=blocks,
        origins={"title": "文首标题段"} if title else {},
        url=url,
    )
