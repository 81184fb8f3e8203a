"""Schemas of what we write for programs, and whether a document is as they say."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"


@cache
def _grammar(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(Path(__file__).parent / f"{name}.rng"))


def checked(document: bytes, name: str) -> etree._Element:
    """``document`` parsed, if it is as ``name``.rng says. Raises lxml.etree.DocumentInvalid with the first wrong line.
    Of a feed also what no grammar says (RFC 4287, 4.1.1, 4.1.2): who wrote it, where it is, that no id stands twice."""
    parsed = etree.fromstring(document)
    _grammar(name).assertValid(parsed)
    if name == "atom":
        _check_feed(parsed)
    return parsed


def _check_feed(feed: etree._Element) -> None:
    entries = feed.findall(f"{ATOM}entry")
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    if len(ids) != len(set(ids)):
        raise etree.DocumentInvalid("an id stands twice")
    if feed.find(f"{ATOM}author") is None and any(one.find(f"{ATOM}author") is None for one in entries):
        raise etree.DocumentInvalid("an entry has no author, and neither has the feed")
    for one in (feed, *entries):
        kinds = [(link.get("type"), link.get("hreflang")) for link in one.findall(f"{ATOM}link[@rel='alternate']")]
        if len(kinds) != len(set(kinds)) or (one is not feed and not kinds):
            raise etree.DocumentInvalid("an entry needs an alternate link, and one of a kind at most")
