"""A page on its way from bytes to clean text: what each stage hands to the next."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from indexer.domain.edits import Edited
from indexer.domain.spans import Span


@dataclass(frozen=True, slots=True)
class RawPage:
    """The bytes as they came. Kept, so that every later stage can be run again."""

    data: bytes
    name: str  # file name or last part of the address; its suffix is a hint, never trusted alone
    url: str | None = None
    charset: str | None = None  # as the HTTP header declared it
    fetched_at: datetime | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def input(self) -> str:
        """sha256 of all that a reading of it goes by."""
        return input_of(self.sha256, self.name, self.url, self.charset, self.fetched_at)


def input_of(sha256: str, name: str, url: str | None, charset: str | None, fetched_at: datetime | None) -> str:
    """RawPage.input of a page whose bytes are known by their ``sha256``."""
    parts = [sha256, name, url, charset, fetched_at.isoformat() if fetched_at else None]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a page. ``replaced`` counts characters that no charset could give."""

    text: str
    encoding: str
    declared: str | None
    replaced: int


class BlockKind(Enum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"  # marked up as one (h1-h6, strong alone on its line)
    ROW = "row"  # a table row, cells joined with " | "
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Block:
    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Pager:
    """Of an article that its site cut into pages: whether this one opens it, and the next one's address as spelled."""

    first: bool
    following: str | None


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a page says, still in its own spelling.

    ``blocks`` joined with newlines is the *original* text that every edit and every span can be followed back to.
    ``origins`` tells for each value where on the page it was found, in words for the reader
    (``{"title": "h1", "published_on": "meta PubDate"}``).
    ``flags`` holds what only the page can show: ``hijacked``, ``truncated``, ``fragmented``.
    """

    family: str
    title: str | None
    published_on: date | None
    source: str | None
    blocks: tuple[Block, ...]
    attachments: tuple[Attachment, ...] = ()
    cited: tuple[Attachment, ...] = ()  # sources that a digest made for Duibiao names; of no other page
    site_name: str | None = None
    url: str | None = None
    origins: dict[str, str] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    doubt: float | None = None  # share of the body that may be wrong, 0 to 1; None where that isn't estimated
    pager: Pager | None = None

    @property
    def original(self) -> str:
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Mask:
    """Characters somebody blotted out: ``x``, ``xx.x``, ``XX县区``, ``__``, ``**``. Never a number, never zero.

    ``xG`` is a kind of its own, not an ``x``: 5G whose digit fell to the mask names a technology, it counts nothing.
    """

    kind: str  # "x", "xG", "XX县区", "_", "*" …
    span: Span  # in the cleaned text


@dataclass(frozen=True, slots=True)
class Restoration:
    """A laundered word whose first form is certain: shown as it stands, found under both."""

    span: Span  # in the cleaned text
    restored: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Text fit to read and search. ``title`` is cleaned by the same rules.

    ``history`` holds one step per rule that changed anything, first to last: the original can be rebuilt from it,
    and a span followed back through it (see domain/edits.py). ``in_own_script``: title and text of a page that was
    written in Traditional script, whose history it then is; ``title`` and ``text`` are simplified, of the same length.
    """

    title: str | None
    text: str
    history: tuple[Edited, ...]
    masks: tuple[Mask, ...]
    title_masks: tuple[str, ...]
    restorations: tuple[Restoration, ...]
    flags: frozenset[str]
    in_own_script: tuple[str, str] | None = None
