"""How a report, or a sentence of it, is cited.

GB/T 7714—2025: 责任者. 题名[EB/OL]. (发布日期)[引用日期]. 获取路径. What isn't known is left out, never
guessed; a digest made for Duibiao is cited as what it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from indexer.domain.rows import Source
from indexer.locale import CHINESE, say, speaking

# A backslash begins a command, which TeX runs: of a page's words none may. BibTeX counts a brace behind one as well, so
# that \\}} in a title would end it.
_NAMED = {"\\": "backslash", "{": "braceleft", "}": "braceright", "~": "asciitilde", "^": "asciicircum"}
_BIBTEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "%&#_$"} | {sign: f"\\text{name}{{}}" for sign, name in _NAMED.items()}
)
_IN_ADDRESS = str.maketrans({sign: f"%{ord(sign):02X}" for sign in "{}\\^ "})


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation is made of. ``title``: None where the report has none. ``address``: where it was fetched, else
    where we show it. ``author``: who the page says it comes from."""

    id: str
    title: str | None
    author: str | None
    published_on: date | None
    address: str
    sample: bool = False

    @classmethod
    def of(cls, source: Source, here: str, author: str | None = None) -> Cited:
        """``here``: our own address of the report, used where the page has none."""
        return cls(source.id, source.title, author, source.published_on, source.url or here, source.digest)


def quoted(text: str, cited: Cited, place: str) -> str:
    """The sentence with its source, to be pasted into a paper: “……”（《题名》，2022-03-01，网址，第7段）."""
    day = cited.published_on.isoformat() if cited.published_on else say("format.citation.undated")
    note = say("format.citation.digest") if cited.sample else ""
    title = cited.title or say("format.citation.no_title")
    return say("format.citation.quoted", text=text, title=title, day=day, address=cited.address, place=place, note=note)


def gb7714(cited: Cited, today: date) -> str:
    """The form of the Chinese standard: Chinese in every language."""
    author = f"{cited.author}. " if cited.author else ""
    day = f"({cited.published_on.isoformat()})" if cited.published_on else ""
    with speaking(CHINESE):
        title = cited.title or say("format.citation.no_title")
    return f"{author}{title}[EB/OL]. {day}[{today.isoformat()}]. {cited.address}."


def bibtex(cited: Cited, today: date) -> str:
    key = re.sub(r"[^A-Za-z0-9]", "", cited.id) or "report"
    title = cited.title or say("format.citation.no_title")
    fields = {
        "title": f"{{{title.translate(_BIBTEX)}}}",
        "author": f"{{{cited.author.translate(_BIBTEX)}}}" if cited.author else "",
        "year": str(cited.published_on.year) if cited.published_on else "",
        "url": cited.address.translate(_IN_ADDRESS),
        "urldate": today.isoformat(),
        "note": say("format.citation.bibtex_note") if cited.sample else "",
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return "@online{" + ",\n".join([f"duibiao{key}", *lines]) + "\n}"
