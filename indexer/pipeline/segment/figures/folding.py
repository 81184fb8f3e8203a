"""Text as figures are looked for in it: half-width, without quotes and blanks, numbers in one piece.

``１，０１４.５亿元`` → ``1014.5亿元``, ``3. 5`` → ``3.5``, ``“四上”企业`` → ``四上企业``; every place leads back to the
text as it was.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from indexer.domain.spans import Span

_WIDE = {ord(wide): ord(wide) - 0xFEE0 for wide in "０１２３４５６７８９．（）％＋－／＆Ａ"}
_WIDE |= {0xFF21 + n: 0x41 + n for n in range(26)} | {0xFF41 + n: 0x61 + n for n in range(26)}
_WIDE |= {ord("〔"): ord("("), ord("〕"): ord(")"), ord("["): ord("("), ord("]"): ord(")"), ord("﹪"): ord("%")}
_WIDES = re.compile("[" + "".join(re.escape(chr(code)) for code in _WIDE) + "]")
_MAY_DROP = re.compile('[“”‘’"「」『』\u200b\ufeff \t\u3000\xa0]|\\d[,，]\\d{3}')
_UNIT = (
    "(?=(?:\\.\\d+)?[ \u3000]?(?:[余多万亿]|[%‰]|个百|[元美欧港人名家户件项个亩吨套条公平千立台座次辆处所场])|\\.\\d)"
)
_DROPPED = re.compile(
    r"(?=[“”‘’\"「」『』\u200b\ufeff,， \t\u3000\xa0])(?:"  # most characters are none of these
    r"[“”‘’\"「」『』\u200b\ufeff]+"
    # groups of three behind one to three digits belong together if a unit follows: 1，014.5亿元
    rf"|(?<=\d)[,， \u3000](?=\d{{3}}(?:[,， ]\d{{3}})*{_UNIT})(?<!\d{{4}}.)(?<![.\d]\d{{3}}.)"
    r"|(?<=[^\n。.\d]\d\.)[ \u3000]+(?=\d)|(?<=\d\d\.)[ \u3000]+(?=\d)|(?<=\d)[ \u3000]+(?=\.\d)"  # 3. 5亿元
    r"|(?<!\d)[ \t\u3000\xa0]+|(?<=\d)[ \t\u3000\xa0]+(?!\d)"
    r")"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """``places``: (place in ``text``, how far the original runs ahead from there on)."""

    text: str
    places: tuple[int, ...]
    ahead: tuple[int, ...]
    quoted: frozenset[int]  # places right behind an opening quote
    closed: frozenset[int] = frozenset()  # places right before a closing one

    def is_within_quotes(self, start: int, end: int) -> bool:
        """Whether a short quotation holds the stretch: “惠台55条措施”."""
        return any(start - n in self.quoted for n in range(8)) and any(end + n in self.closed for n in range(4))

    def original(self, start: int, end: int) -> Span:
        return Span(self._at(start), self._at(end - 1) + 1)

    def _at(self, place: int) -> int:
        step = bisect_right(self.places, place) - 1
        return place + (self.ahead[step] if step >= 0 else 0)


def fold(text: str) -> Folded:
    if _WIDES.search(text):
        text = text.translate(_WIDE)
    if not _MAY_DROP.search(text):
        return Folded(text, (), (), frozenset())
    parts: list[str] = []
    places: list[int] = []
    ahead: list[int] = []
    quoted: set[int] = set()
    closed: set[int] = set()
    here = length = dropped = 0
    for match in _DROPPED.finditer(text):
        parts.append(text[here : match.start()])
        length += match.start() - here
        here = match.end()
        dropped += match.end() - match.start()
        places.append(length)
        ahead.append(dropped)
        if match.group()[-1] in "“‘「":
            quoted.add(length)
        elif match.group()[0] in "”’」":
            closed.add(length)
    parts.append(text[here:])
    return Folded("".join(parts), tuple(places), tuple(ahead), frozenset(quoted), frozenset(closed))
