"""Elements whose content is no mark-up (script, textarea …), found in a page's source in one pass over it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPENS = re.compile(r"<(script|noscript|textarea|template)\b([^>]{0,2000})>", re.IGNORECASE)
_CLOSES = {
    name: re.compile(f"</{name}[^>]{{0,20}}>", re.IGNORECASE) for name in ("script", "noscript", "textarea", "template")
}


@dataclass(frozen=True, slots=True)
class RawElement:
    name: str
    attributes: str
    content: str
    start: int
    end: int


def raw_elements(raw: str, *names: str) -> Iterator[RawElement]:
    """Those called one of ``names``, first to last; one that nobody closed is none. Takes time linear in ``raw``: an
    expression with ``.*?`` looks for the end of each unclosed one anew."""
    here = 0
    unclosed: set[str] = set()
    for opened in _OPENS.finditer(raw):
        name = opened[1].lower()
        if opened.start() < here or name not in names or name in unclosed:
            continue
        closed = _CLOSES[name].search(raw, opened.end())
        if closed is None:
            unclosed.add(name)
            continue
        here = closed.end()
        yield RawElement(name, opened[2], raw[opened.end() : closed.start()], opened.start(), here)
