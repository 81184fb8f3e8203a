"""How a report, or a sentence of it, is cited.

GB/T 7714—2025: 责任者. 题名[EB/OL]. (发布日期)[引用日期]. 获取路径. What isn't known is left out, never
guessed; a digest made for Duibiao is cited as what it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from indexer.domain.rows import Source

_NO_TITLE = "无题名报告"
_BIBTEX = str.maketrans({"{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_", "$": r"\$"})


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation is made of. ``address``: where the report was fetched, else where we show it. ``author``: who the
    page says it comes from."""

    id: str
    title: str
    author: str | None
    published_on: date | None
    address: str
    sample: bool = False

    @classmethod
    def of(cls, source: Source, here: str, author: str | None = None) -> Cited:
        """``here``: our own address of the report, used where the page has none."""
        return cls(source.id, source.title or _NO_TITLE, author, source.published_on, source.url or here, source.digest)


def quoted(text: str, cited: Cited, place: str) -> str:
    """The sentence with its source, to be pasted into a paper: “……”（《题名》，2022-03-01，网址，第7段）."""
    day = cited.published_on.isoformat() if cited.published_on else "未标日期"
    note = "，对标示例文摘，非原文" if cited.sample else ""
    return f"“{text}”（《{cited.title}》，{day}，{cited.address}，{place}{note}）"


def gb7714(cited: Cited, today: date) -> str:
    author = f"{cited.author}. " if cited.author else ""
    day = f"({cited.published_on.isoformat()})" if cited.published_on else ""
    return f"{author}{cited.title}[EB/OL]. {day}[{today.isoformat()}]. {cited.address}."


def bibtex(cited: Cited, today: date) -> str:
    key = re.sub(r"[^A-Za-z0-9]", "", cited.id) or "report"
    fields = {
        "title": f"{{{cited.title.translate(_BIBTEX)}}}",
        "author": f"{{{cited.author.translate(_BIBTEX)}}}" if cited.author else "",
        "year": str(cited.published_on.year) if cited.published_on else "",
        "url": cited.address,
        "urldate": today.isoformat(),
        "note": "Digest made for Duibiao, not the official text" if cited.sample else "",
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return "@online{" + ",\n".join([f"duibiao{key}", *lines]) + "\n}"
