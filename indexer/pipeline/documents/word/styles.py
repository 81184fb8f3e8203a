"""Styles of a Word document, as far as they decide what is shown and what it is: hidden, heading, title, list."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from indexer.pipeline.documents.safety import local_name
from indexer.pipeline.documents.word.shown import child, is_on, number, value

_LONGEST_CHAIN = 20  # styles based on styles; Word itself allows about eleven


@dataclass(frozen=True, slots=True)
class ListPlace:
    """List ``number`` of numbering.xml and the level in it; a style may leave the level to the list (None)."""

    number: str
    level: int | None
    style: str | None = None


class Styles:
    def __init__(self, root: etree._Element | None) -> None:
        self._nodes: dict[str, etree._Element] = {}
        self._default: str | None = None
        self._chains: dict[str, list[etree._Element]] = {}
        self._places: dict[str, ListPlace | None] = {}
        for node in root if root is not None else ():
            if local_name(node) == "style":
                name = value(node, "styleId") or ""
                self._nodes[name] = node
                if value(node, "type") == "paragraph" and value(node, "default") in ("1", "true", "on"):
                    self._default = name

    def name(self, style: str | None) -> str:
        """As Word shows it, in lower case: "heading 1", "title", "toc 2"."""
        node = self._nodes.get(style or self._default or "")
        return (value(child(node, "name")) or style or "").lower()

    def is_hidden(self, style: str | None) -> bool:
        return self._first_on(style, "vanish")

    def is_struck(self, style: str | None) -> bool:
        return self._first_on(style, "strike") or self._first_on(style, "dstrike")

    def outline(self, style: str | None) -> int | None:
        """0 for a heading of the first level; 9 is body text."""
        found = (number(child(node, "pPr", "outlineLvl")) for node in self._chain(style))
        return next((level for level in found if level is not None), None)

    def alignment(self, style: str | None) -> str | None:
        found = (value(child(node, "pPr", "jc")) for node in self._chain(style))
        return next((one for one in found if one), None)

    def size(self, style: str | None) -> int | None:
        """In half points."""
        found = (number(child(node, "rPr", "sz")) for node in self._chain(style))
        return next((size for size in found if size), None)

    def list_place(self, style: str | None) -> ListPlace | None:
        key = style or self._default or ""
        if key not in self._places:
            self._places[key] = self._find_place(key)
        return self._places[key]

    def _find_place(self, style: str) -> ListPlace | None:
        level: int | None = None
        for node in self._chain(style):
            found = child(node, "pPr", "numPr")
            if found is None:
                continue
            level = number(child(found, "ilvl")) if level is None else level
            of = value(child(found, "numId"))
            if of is not None:
                return ListPlace(of, level, value(node, "styleId")) if of != "0" else None
        return None

    def _first_on(self, style: str | None, name: str) -> bool:
        found = (is_on(child(node, "rPr", name)) for node in self._chain(style))
        return next((on for on in found if on is not None), False)

    def _chain(self, style: str | None) -> list[etree._Element]:
        """The style and those it is based on."""
        key = style or self._default or ""
        if key not in self._chains:
            chain: list[etree._Element] = []
            node = self._nodes.get(key)
            while node is not None and len(chain) < _LONGEST_CHAIN:
                chain.append(node)
                node = self._nodes.get(value(child(node, "basedOn")) or "")
            self._chains[key] = chain
        return self._chains[key]
