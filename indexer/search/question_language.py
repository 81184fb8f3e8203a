"""The question language: what people type, as a tree of our own (domain/query.py).

======================  ===================================================================
专项债 招商             both words (also separated by 、，； or AND)
"发展专项债"            exactly this, letter for letter; “ ” 「 」 『 』 and full width work as well
-5.2%                   a number, not an exclusion, with a warning; -"5.2%" excludes it
-招商  -"招商"          without it, as NOT 招商; -(招商 招引) without both together
招商 OR 招引            one of the two, ``|`` does the same; binds closer than the space
(招商 园区) OR 招引     brackets hold together
标题:总结               in the report's title, letter for letter
全文:双碳               anywhere in the report, not only in this passage
同段(双碳 光伏)         all in one passage, no title standing in for a word
园区:光谷               of that zone, as the filter of that name
年份:2020-2022          of these years, as the filter of that name; 年份:不明
======================  ===================================================================

Width and script are folded before the signs are looked for. Nothing here is an error: what cannot be understood is read
as plain words, with a warning that says so. Written by hand: a grammar's generator gives up where this must go on, and
the whole of it is 20 lines of descent over one expression for the signs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from indexer.domain.query import All, Either, Node, Not, Phrase, Scope, Within, Word
from indexer.locale import say
from indexer.text.fold import fold

# Signs are looked for in the folded text, where every quotation mark is " and every dash is -.
_SIGN = re.compile(
    r"""(?P<quote>")
      | (?P<either>\|+)
      | (?P<negative>(?<![^\s"|、,;。!?()\[\]{}【】《》〈〉])-(?=\d+(?:\.\d+)?%|\d+\.\d))
      | (?P<minus>(?<![^\s"|、,;。!?()\[\]{}【】《》〈〉])-+(?=[^\s-]))
      | (?P<field>(?<!\w)(?:标题|题名|全文|园区|年份):\s*|(?<!\w)同段:?(?=\())
      | (?P<open>\()
      | (?P<close>\))
      | (?P<gap>[\s、;。!?\[\]{}【】《》〈〉]+|,(?!\d)|(?<!\d),)
      | (?P<word>(?:[^\s"|、,;。!?()\[\]{}【】《》〈〉]|(?<=\d),(?=\d))+)""",
    re.VERBOSE,
)
_VALUE = re.compile(r"\d+(?:\.\d+)?%?")
_LONG_DASH = frozenset("—―─━")  # 破折号 is punctuation, nobody excludes with it
_EDGES = ":：·．.…~～"  # of a word, not part of it; inside (20.5) they are
_SCOPES = {"标题": Scope.TITLE, "题名": Scope.TITLE, "全文": Scope.REPORT, "同段": Scope.PASSAGE}
_DEEPEST = 8  # brackets in brackets; deeper ones hold nothing together


@dataclass(frozen=True, slots=True)
class Question:
    """``node``: what the text asks for, None where there is nothing to look for. ``zones`` and ``years`` as they were
    typed after 园区: and 年份:, to be read as the filters of these names; ``rest``: the text without them."""

    node: Node | None
    rest: str = ""
    zones: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Or:
    pass


def read(text: str) -> Question:
    """The question that ``text`` asks, with warnings for whoever asked it."""
    return _Reading(text).question()


def parse(text: str) -> tuple[Node | None, tuple[str, ...]]:
    """The tree of a question and the warnings."""
    question = read(text)
    return question.node, question.warnings


@dataclass
class _Reading:
    """One pass over a text. ``_here`` only moves on, so every input comes to an end."""

    text: str
    _here: int = 0
    _zones: list[str] = field(default_factory=list)
    _years: list[str] = field(default_factory=list)
    _taken: list[tuple[int, int]] = field(default_factory=list)  # what the filters took of the text
    _warnings: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._folded = fold(self.text)

    def question(self) -> Question:
        nodes = self._nodes(depth=0)
        rest, here = "", 0
        for start, end in self._taken:
            rest, here = rest + self.text[here:start], end
        rest = (rest + self.text[here:]).strip()
        if not nodes and not self._taken and self.text.strip():
            self._warn(say("warning.no_words"))
        warnings = tuple(dict.fromkeys(self._warnings))
        return Question(_joined(nodes), rest, tuple(self._zones), tuple(self._years), warnings)

    def _nodes(self, depth: int) -> list[Node]:
        """What stands up to the bracket that closes, or the end."""
        pieces: list[Node | _Or] = []
        excluded = False
        scope: Scope | None = None
        while sign := _SIGN.match(self._folded, self._here):
            self._here = sign.end()
            kind, typed = sign.lastgroup, self.text[sign.start() : sign.end()]
            if kind == "close":
                if depth:
                    break
                continue
            if kind == "negative":  # nobody excludes 5.2%, but many look for a fall of 5.2%
                number = _VALUE.match(self._folded, self._here)
                self._warn(say("warning.negative_number", number=number[0] if number else ""))
                continue
            if kind == "minus" or typed == "NOT":
                excluded = not _LONG_DASH.intersection(typed)
                continue
            if kind == "field":
                name = sign[0].rstrip().rstrip(":")
                if name in ("园区", "年份"):
                    self._filter(name, sign.start(), in_brackets=depth > 0, excluded=excluded)
                    excluded = False
                else:
                    scope = _SCOPES[name]
                continue
            piece = self._piece(kind, typed, depth)
            if piece is None:
                continue
            if isinstance(piece, _Or) and scope:
                self._warn(say("warning.nothing_after", name=scope.value))
            if not isinstance(piece, _Or):
                piece = Within(scope, piece) if scope else piece
                piece = Not(piece) if excluded else piece
            pieces.append(piece)
            excluded, scope = False, None
        else:
            if depth:
                self._warn(say("warning.open_bracket"))
        if scope:
            self._warn(say("warning.nothing_after", name=scope.value))
        return self._grouped(pieces)

    def _piece(self, kind: str | None, typed: str, depth: int) -> Node | _Or | None:
        if kind == "quote":
            return self._quoted()
        if kind == "open":
            return _joined(self._nodes(depth + 1)) if depth < _DEEPEST else None
        if kind == "either" or (kind == "word" and typed in ("OR", "ＯＲ")):
            return _Or()
        if kind == "word" and typed != "AND" and any(character.isalnum() or character in "*×_□" for character in typed):
            return Word(typed.strip(_EDGES))
        return None

    def _quoted(self) -> Node | None:
        start, close = self._here - 1, self._folded.find('"', self._here)
        if close < 0:
            self._warn(say("warning.open_quote"))
            return None
        inside = self.text[self._here : close].strip()
        self._here = close + 1
        around = self._folded[max(start - 1, 0) : start] + self._folded[self._here : self._here + 1]
        return Phrase(inside, glued=any(map(str.isalnum, around))) if inside else None

    def _filter(self, name: str, start: int, *, in_brackets: bool, excluded: bool) -> None:
        """A zone or years after the colon, in quotes or up to the next sign."""
        if (sign := _SIGN.match(self._folded, self._here)) is None or sign.lastgroup not in ("quote", "word"):
            self._warn(say("warning.nothing_after", name=name))
            self._taken.append((start, self._here))
            return
        self._here = sign.end()
        typed = self.text[sign.start() : sign.end()]
        if sign.lastgroup == "quote":
            quoted = self._quoted()
            typed = quoted.text if isinstance(quoted, Phrase) else ""
        if typed and not excluded:
            (self._zones if name == "园区" else self._years).append(typed)
        self._taken.append((start, self._here))
        if excluded:
            self._warn(say("warning.minus_before_field", name=name))
        elif in_brackets:
            self._warn(say("warning.field_in_brackets", name=name))

    def _grouped(self, pieces: list[Node | _Or]) -> list[Node]:
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
                self._warn(say("warning.or_alone"))
        return nodes

    def _warn(self, sentence: str) -> None:
        self._warnings.append(sentence)


def _joined(nodes: list[Node]) -> Node | None:
    """All of them as one; brackets that hold words together with words around them hold nothing."""
    flat: list[Node] = []
    for node in nodes:
        flat += node.nodes if isinstance(node, All) else (node,)
    if not flat:
        return None
    return flat[0] if len(flat) == 1 else All(tuple(flat))
