"""The address of a page as a value: what is asked, with a filter more or less, every other one kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from werkzeug.datastructures import MultiDict

from indexer.domain.facets import FACETS

FILTERS = tuple(facet.parameter for facet in FACETS)
NAMES = ("q", *FILTERS, "basis", "match", "without", "sort", "limit", "page", "plain")
_OTHER = re.compile(r"[^\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e]+")  # than Chinese characters and their marks
LONGEST = 500  # characters of one value that a link of ours carries on; a longer one is refused anyway


@dataclass(frozen=True, slots=True)
class Address:
    """Parameters in the order of NAMES, blank ones left out. Changing anything but the page goes back to page 1."""

    path: str
    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, path: str, args: MultiDict[str, str], names: Iterable[str] = NAMES) -> Address:
        pairs = ((name, value.strip()) for name in names for value in args.getlist(name))
        return cls(path, tuple(dict.fromkeys(pair for pair in pairs if pair[1])))

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.pairs if key == name]

    def value(self, name: str) -> str:
        """The last one given, "" where there is none."""
        return (self.values(name) or [""])[-1]

    def params(self) -> dict[str, list[str]]:
        return {name: self.values(name) for name, _ in self.pairs}

    def adding(self, name: str, value: str) -> Address:
        return Address(self.path, (*self._but(page=True), (name, value)))

    def without(self, name: str, value: str | None = None) -> Address:
        kept = (pair for pair in self._but(page=True) if pair[0] != name or (value is not None and pair[1] != value))
        return Address(self.path, tuple(kept))

    def replacing(self, name: str, value: str) -> Address:
        return self.without(name).adding(name, value)

    def with_values(self, name: str, values: Iterable[str]) -> Address:
        """``values`` in place of those it has of ``name``, the others as they are."""
        return Address(self.path, (*self.without(name).pairs, *((name, value) for value in values)))

    def before(self, name: str) -> str:
        """``str(self.adding(name, value))`` up to ``quoted(value)``: a facet of 200 zones has as many links."""
        return f"{self.at_page(1)}{'&' if self._but(page=True) else '?'}{name}="

    def at_page(self, page: int) -> Address:
        kept = self._but(page=True)
        return Address(self.path, (*kept, ("page", str(page))) if page > 1 else kept)

    def as_file(self, format: str) -> str:
        """The same as a table to take home: /compare.xlsx?…"""
        return str(Address(f"{self.path}.{format}", self.pairs))

    def active(self) -> list[tuple[str, str]]:
        return [pair for pair in self.pairs if pair[0] in FILTERS]

    def _but(self, page: bool) -> tuple[tuple[str, str], ...]:
        return tuple(pair for pair in self.pairs if not (page and pair[0] == "page"))

    def __str__(self) -> str:
        asked = "&".join(f"{name}={quoted(value)}" for name, value in self.pairs)
        return f"{self.path}?{asked}" if asked else self.path


def link(path: str, **params: object) -> str:
    """An address of ours; parameters that are None or blank are left out, a list is repeated."""
    asked: list[str] = []
    for name, value in params.items():
        many = value if isinstance(value, list | tuple) else (value,)
        asked += [f"{name}={quoted(str(one))}" for one in many if one is not None and one != ""]
    return f"{path}?{'&'.join(asked)}" if asked else path


@lru_cache(maxsize=1 << 12)
def quoted(value: str) -> str:
    """As an address holds it, but Chinese as it stands, 3 bytes a character instead of 9: browsers quote it themselves.
    A long question stands in each of the 350 links of its page, which had 333 KB so and has 150. What isn't read by a
    browser needs ``iri_to_uri`` around its addresses."""
    return _OTHER.sub(lambda found: quote(found[0], safe=""), value[:LONGEST])
