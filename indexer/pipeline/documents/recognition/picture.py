"""A report that is a picture: PNG, JPEG, TIFF, BMP, WebP, a page or one long strip of them."""

from __future__ import annotations

from indexer.domain.page import Extracted, RawPage
from indexer.errors import Skip
from indexer.pipeline.documents.layout import title_and_blocks
from indexer.pipeline.documents.recognition import is_available, recognise, refuse, told
from indexer.pipeline.documents.safety import Limits

_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")


def is_picture(data: bytes) -> bool:
    if data.startswith(_SIGNATURES):
        return True
    bitmap = data[:2] == b"BM" and data[6:10] == b"\0\0\0\0" and data[14:18] in (b"\x28\0\0\0", b"\x7c\0\0\0")
    return bitmap or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def read(page: RawPage, limits: Limits) -> Extracted:
    """Raises Skip: damaged, no_text, too_large, too_many_pages, too_slow."""
    if not is_available():
        raise refuse("picture")
    from indexer.pipeline.documents.recognition.image import pictures_of

    sheets = recognise(pictures_of(page.data, limits), limits)
    title, blocks = title_and_blocks([sheet.rows for sheet in sheets])
    if not blocks:
        raise Skip("no_text", "recognised")
    origins = {"body": told(sheets)}
    return Extracted(
        family="picture",
        title=title,
        published_on=None,
        source=None,
        blocks=blocks,
        origins=origins | ({"title": "首页大号字"} if title else {}),
        url=page.url,
        flags=frozenset({"recognised"}),
    )
