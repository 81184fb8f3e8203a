"""The question language: what people type, as a tree of our own (domain/query.py).

==================  ===================================================================
专项债 招商         both words (also separated by 、，；)
"发展专项债"        exactly this, letter for letter; “ ” 「 」 『 』 and full width work as well
-招商  -"招商"      without it
招商 OR 招引        one of the two, ``|`` does the same; binds closer than the space
==================  ===================================================================

Width is folded before the signs are looked for. Nothing here is an error: what cannot be understood is read as plain
words, with a warning that says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.domain.query import All, Either, Node, Not, Phrase, Word
from indexer.text.fold import fold

# Signs are looked for in the folded text, where every quotation mark is " and every dash is -.
_SIGN = re.compile(
    r"""(?P<quote>")
      | (?P<either>\|+)
      | (?P<minus>(?<![^\s"|、,;。!?()\[\]{}【】《》〈〉])-+(?=[^\s-]))
      | (?P<gap>[\s、;。!?()\[\]{}【】《》〈〉]+|,(?!\d)|(?<!\d),)
      | (?P<word>(?:[^\s"|、,;。!?()\[\]{}【】《》〈〉]|(?<=\d),(?=\d))+)""",
    re.VERBOSE,
)

_LONG_DASH = frozenset("—―─━")  # 破折号 is punctuation, nobody excludes with it
_EDGES = ":：·．.…~～"  # of a word, not part of it; inside (20.5) they are


@dataclass(frozen=True, slots=True)
class _Or:
    pass


def parse(text: str) -> tuple[Node | None, tuple[str, ...]]:
    """The tree of a question and the warnings for whoever asked it. None where there is nothing to look for."""
    warnings: list[str] = []
    nodes = _grouped(_pieces(text, warnings), warnings)
    if not nodes:
        return None, tuple(warnings)
    return nodes[0] if len(nodes) == 1 else All(tuple(nodes)), tuple(warnings)


def _pieces(text: str, warnings: list[str]) -> list[Node | _Or]:
    """Words, phrases, exclusions and ORs, in order."""
    folded = fold(text)
    pieces: list[Node | _Or] = []
    excluded = False
    here = 0
    while sign := _SIGN.match(folded, here):
        here = sign.end()
        if sign["minus"]:
            excluded = not _LONG_DASH.intersection(text[sign.start() : sign.end()])
            continue
        piece: Node | _Or | None = None
        if sign["quote"]:
            close = folded.find('"', here)
            if close < 0:
                warnings.append("引号没有成对，已按普通词查找；要查原文，请把词句放在一对引号里。")
            else:
                inside = text[here:close].strip()
                piece = Phrase(inside) if inside else None
                here = close + 1
        elif sign["either"] or (sign["word"] == "or" and _narrow_upper(text[sign.start() : sign.end()])):
            piece = _Or()
        elif sign["word"] and any(character.isalnum() or character in "*×_□" for character in sign["word"]):
            piece = Word(text[sign.start() : sign.end()].strip(_EDGES))
        if piece is not None:
            pieces.append(Not(piece) if excluded and not isinstance(piece, _Or) else piece)
            excluded = False
    return pieces


def _narrow_upper(word: str) -> bool:
    return word in ("OR", "ＯＲ")


def _grouped(pieces: list[Node | _Or], warnings: list[str]) -> list[Node]:
    """OR joins its two neighbours; one that lacks a neighbour is left out and said to be."""
    nodes: list[Node] = []
    joining = False
    for place, piece in enumerate(pieces):
        if not isinstance(piece, _Or):
            if joining:
                before = nodes.pop()
                nodes.append(Either((*(before.nodes if isinstance(before, Either) else (before,)), piece)))
            else:
                nodes.append(piece)
            joining = False
        elif nodes and place + 1 < len(pieces):
            joining = True
        else:
            warnings.append("OR 的两边都要有词，已忽略多出来的 OR。")
    return nodes
