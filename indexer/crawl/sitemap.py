"""Sitemaps (sitemaps.org 0.9): an index of them, or addresses; packed with gzip or plain, or a text file.

A reader of our own over lxml, for what a server names a sitemap may be anything: nothing is resolved or loaded, and
what is read is bounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from indexer.crawl.unpack import CannotUnpack, TooLarge, gunzipped
from indexer.errors import Skip

MAX_BYTES = 50_000_000  # sitemaps.org: 50 MB unpacked
MAX_ADDRESSES = 50_000  # sitemaps.org
MAX_LEVELS = 10  # of indexes in indexes


@dataclass(frozen=True, slots=True)
class Sitemap:
    """``sitemaps``: further ones; ``addresses``: (address, lastmod as written or None)."""

    sitemaps: tuple[str, ...] = ()
    addresses: tuple[tuple[str, str | None], ...] = ()


def is_sitemap(data: bytes) -> bool:
    """Whether ``data`` (unpacked) is one, by its beginning."""
    head = data[:2000].lower()
    return b"<urlset" in head or b"<sitemapindex" in head


def read_sitemap(data: bytes) -> Sitemap:
    """Raises Skip: bad_sitemap, too_large."""
    if data[:2] == b"\x1f\x8b":
        try:
            data = gunzipped(data, MAX_BYTES)
        except TooLarge as error:
            raise Skip("too_large", "sitemap_unpacked", most=MAX_BYTES) from error
        except CannotUnpack as error:
            raise Skip("bad_sitemap", "packed") from error
    if len(data) > MAX_BYTES:
        raise Skip("too_large", "sitemap", most=MAX_BYTES)
    if not is_sitemap(data):
        return _text(data)
    try:
        return _xml(data)
    except etree.XMLSyntaxError as error:
        raise Skip("bad_sitemap", "xml", problem=str(error)[:80]) from error


def _xml(data: bytes) -> Sitemap:
    sitemaps: list[str] = []
    addresses: list[tuple[str, str | None]] = []
    # huge_tree stays off and entities unresolved: libxml2's own limits hold against what is nested or multiplied
    events = etree.iterparse(
        BytesIO(data), events=("end",), resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    for _, element in events:
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if name not in ("url", "sitemap"):
            continue
        values = {etree.QName(child).localname: (child.text or "").strip() for child in element if _is_tag(child)}
        if values.get("loc"):
            if name == "sitemap":
                sitemaps.append(values["loc"])
            else:
                addresses.append((values["loc"], values.get("lastmod") or None))
        if len(sitemaps) + len(addresses) >= MAX_ADDRESSES:
            break
        element.clear()
        while element.getprevious() is not None:  # else the root keeps an empty element for each address
            del element.getparent()[0]
    return Sitemap(tuple(sitemaps), tuple(addresses))


def _is_tag(element: etree._Element) -> bool:
    return isinstance(element.tag, str)


def _text(data: bytes) -> Sitemap:
    """An address a line, as sitemaps.org allows too."""
    lines = [line.strip() for line in data.decode("utf-8-sig", "replace").splitlines()[: MAX_ADDRESSES + 1]]
    found = [line for line in lines if line.lower().startswith(("http://", "https://"))]
    if len(found) < len([line for line in lines if line]) or not found:
        raise Skip("bad_sitemap", "other")
    return Sitemap(addresses=tuple((line, None) for line in found[:MAX_ADDRESSES]))
