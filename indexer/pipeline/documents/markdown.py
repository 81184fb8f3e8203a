"""Markdown, as people keep their own notes of a report: headings and tables count, emphasis doesn't."""

from __future__ import annotations

import re

from indexer.domain.page import Block, BlockKind, Extracted, RawPage
from indexer.pipeline.decode import decode

HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
TABLE_RULE = re.compile(r"\|?[\s:|-]+\|[\s:|-]*")
# ** before a unit, and __ anywhere, are masks in this field (增长**%, __高新区) and stay
EMPHASIS = re.compile(r"\*\*(?=[^\s*])([^*\n]{1,300}?)(?<=\S)\*\*(?![%％亿万年月个家户])|`([^`\n]+)`")
# Bounded, and with no bracket inside: 200 KB of [ took over a minute
LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,2000}(?:\s{1,9}\"[^\"\n]{0,300}\")?\)")
BULLET = re.compile(r"(?:[-*+]|\d+[.)])\s+")


def read(page: RawPage) -> Extracted:
    """The first ``#`` heading is the title."""
    title: str | None = None
    blocks: list[Block] = []
    paragraph: list[str] = []

    def close() -> None:
        if paragraph:
            blocks.append(Block(BlockKind.PARAGRAPH, _plain("".join(paragraph))))
            paragraph.clear()

    for raw in decode(page).text.splitlines():
        line = raw.strip()
        if not line or TABLE_RULE.fullmatch(line):
            close()
        elif heading := HEADING.match(line):
            close()
            if title is None and len(heading[1]) == 1:
                title = _plain(heading[2])
            else:
                blocks.append(Block(BlockKind.HEADING, _plain(heading[2])))
        elif line.startswith("|"):
            close()
            blocks.append(Block(BlockKind.ROW, " | ".join(_plain(cell.strip()) for cell in line.strip("|").split("|"))))
        else:
            if BULLET.match(line):
                close()
                line = BULLET.sub("", line, count=1) if line[0] in "-*+" else line
            paragraph.append(line)
    close()
    return Extracted(
        family="markdown",
        title=title,
        published_on=None,
        source=None,
        blocks=tuple(blocks),
        origins={"title": "一级标题"} if title else {},
        url=page.url,
    )


def _plain(text: str) -> str:
    text = LINK.sub(r"\1", text)
    return EMPHASIS.sub(lambda match: match[1] or match[2], text)
