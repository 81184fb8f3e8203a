"""From the facts of one zone and year to the clean text of a page, before any damage.

What is said of the zone comes from facts; what stands between comes from ``phrases.toml`` and says nothing that could
be checked. Every choice is drawn from dice seeded by the page's own name, so that a new fact changes no other page.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from tests.sample_corpus.facts import Fact, zones
from tests.sample_corpus.wording import sentence

GENRES = {"summary": "总结", "half": "汇报", "plan": "计划", "news": "动态", "policy": "政策", "problems": "汇报"}
PERIODS = {"1-3月": "一季度", "上半年": "上半年", "前三季度": "前三季度"}
NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Piece:
    """A few sentences. ``fact`` is what they state; without one they state nothing."""

    text: str
    fact: Fact | None = None


@dataclass(frozen=True)
class Line:
    """A paragraph. A heading stands before its pieces, on the same line, or alone where there are none."""

    pieces: tuple[Piece, ...] = ()
    heading: str = ""
    level: int = 0

    @property
    def text(self) -> str:
        stop = "。" if self.heading and self.pieces else ""
        return self.heading + stop + "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Draft:
    """A page that is written but not yet dressed. ``label`` is what the text calls the zone."""

    name: str
    kind: str
    zone: str
    label: str
    year: int
    period: str | None
    title: str
    lines: tuple[Line, ...]
    facts: tuple[Fact, ...]
    copy_of: str | None = None
    damages: tuple[str, ...] = ()
    truth: dict[str, Any] = field(default_factory=dict)  # what a damage makes the right reading be

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    def changed(self, change: Callable[[str], str], *, title: bool = True) -> Draft:
        lines = tuple(
            replace(
                line,
                heading=change(line.heading),
                pieces=tuple(replace(piece, text=change(piece.text)) for piece in line.pieces),
            )
            for line in self.lines
        )
        return replace(self, title=change(self.title) if title else self.title, lines=lines)


@cache
def phrases() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("phrases.toml").read_text("utf-8"))


def draft(group: tuple[Fact, ...], attempt: int = 0) -> Draft:
    name = group[0].id
    dice = random.Random(f"{name}{attempt or ''}")
    year = group[0].year
    assert year is not None
    kind = _kind(group, dice)
    period = PERIODS.get(group[0].period, group[0].period) if kind == "half" else None
    label = _label(group[0], dice)
    words = _Words(dice, {"zone": label, "year": str(year), "period": period or "", "topic": _spoken(group[0].topic)})
    said = phrases()["kind"][kind]
    lines = [Line((Piece(words.one(said["openings"])),)), *_BODIES[kind](group, words, said)]
    lines.append(Line((Piece(words.one(said["closings"])),)))
    title = words.one(said["title"])
    return Draft(name, kind, group[0].zone, label, year, period, title, tuple(lines), group)


def lengthened(written: Draft, dice: random.Random, *, washable: bool) -> Draft:
    """The same with five more paragraphs before its last, which state nothing; ``washable``: of the washable words."""
    words = _Words(dice, {})
    own = {fact.topic for fact in written.facts}
    others = dice.sample([topic for topic in phrases()["topic"] if topic not in own], 5)
    washed = phrases()["washable"]["sayings"]
    texts = [
        "".join(words.one(washed) for _ in range(dice.choice((1, 2)))) + words.sayings(topic, 4)
        if washable
        else words.sayings(topic, 4)
        for topic in others
    ]
    return replace(written, lines=(*written.lines[:-1], *(Line((Piece(text),)) for text in texts), written.lines[-1]))


def _kind(group: tuple[Fact, ...], dice: random.Random) -> str:
    statuses = {fact.status for fact in group}
    periods = {fact.period for fact in group}
    if (
        "问题" in statuses
        and statuses <= {"问题", "举措", "成效"}
        and not (statuses == {"问题", "成效"} and len(group) > 3)
    ):
        return "problems"
    if statuses == {"计划"}:
        return "plan"
    part_of_year = (
        len(periods) == 1 and not periods & {"全年", "下半年"} and re.search(r"1-\d|季度|上半年", min(periods))
    )
    if part_of_year and (len(group) > 1 or dice.random() < 0.6):
        return "half"
    if statuses == {"举措"}:
        return dice.choice(("policy", "policy", "news"))
    if periods != {"全年"} or len(group) == 1:
        return dice.choice(("news", "news", "summary")) if periods == {"全年"} else "news"
    return "summary"


def _label(fact: Fact, dice: random.Random) -> str:
    if fact.zone_status == "region":
        return f"{fact.zone}{dice.choice(('各开发区', '开发区', '园区'))}"
    if fact.zone_id and dice.random() < 0.2:
        return zones()[fact.zone_id]["official_name"]
    return fact.zone


def _spoken(topic: str) -> str:
    return {
        "土地要素/亩均": "土地要素保障",
        "专项债与融资": "投融资",
        "双创与孵化": "双创孵化",
        "安全与疫情": "安全防控",
    }.get(topic, topic)


class _Words:
    """Draws phrases; none twice on a page."""

    def __init__(self, dice: random.Random, names: dict[str, str]) -> None:
        self.dice = dice
        self._names = names
        self._used: set[str] = set()

    def one(self, choices: list[str]) -> str:
        fresh = [choice for choice in choices if choice not in self._used] or choices
        chosen = self.dice.choice(fresh)
        self._used.add(chosen)
        return self.filled(chosen)

    def filled(self, phrase: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda match: self._names[match[1]], phrase)

    def sayings(self, topic: str, count: int, status: str = "成效") -> str:
        """What should be done (要, 将) is not said beside what was done: nobody could tell what the passage is."""
        choices = phrases()["topic"][topic]["sayings"]
        if status != "计划":
            choices = [choice for choice in choices if not re.search("要(?!紧|素)|将|先", choice)]
        return "".join(self.one(choices) for _ in range(count))

    def heading(self, topic: str) -> str:
        return self.one(phrases()["topic"][topic]["headings"])

    def stated(self, fact: Fact, *, before: int, after: int = 0) -> tuple[Piece, ...]:
        """A fact's sentence, mostly first in its paragraph: what stands first sets the key of a passage."""
        if before and self.dice.random() < 0.7:
            before, after = 0, max(after, 1)
        lead = self.one(phrases()["status"][fact.status]["leads"])
        pieces = [Piece(self.sayings(fact.topic, before, fact.status))] if before else []
        pieces.append(Piece(lead + sentence(fact), fact))
        if after:
            pieces.append(Piece(self.sayings(fact.topic, after, fact.status)))
        return tuple(pieces)


def _by_topic(group: tuple[Fact, ...], *statuses: str) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in group:
        if fact.status in statuses:
            found.setdefault(fact.topic, []).append(fact)
    return found


def _numbered(titles: list[str], dice: random.Random) -> list[str]:
    brackets = dice.choice(("（{}）", "({})"))
    return [brackets.format(NUMERALS[n]) + title for n, title in enumerate(titles)]


def _topics(topics: dict[str, list[Fact]], words: _Words) -> list[Line]:
    """A numbered point for each topic, or plain paragraphs where there is but one."""
    if len(topics) == 1:
        topic = next(iter(topics))
        lines = [Line(words.stated(fact, before=1, after=1)) for fact in topics[topic]]
        return [*lines, Line((Piece(words.sayings(topic, 2)),))]
    lines = []
    headings = _numbered([words.heading(topic) for topic in topics], words.dice)
    for heading, own in zip(headings, topics.values(), strict=True):
        first, *others = own
        lines.append(Line(words.stated(first, before=words.dice.choice((1, 1, 2)), after=1), heading, 2))
        lines += [Line(words.stated(fact, before=0, after=1)) for fact in others]
    return lines


def _parts(parts: list[tuple[str, list[Line]]]) -> list[Line]:
    """一、…, 二、… for every part that has lines; a part alone needs no number of its own but keeps its heading."""
    kept = [(title, lines) for title, lines in parts if lines]
    return [
        line
        for n, (title, lines) in enumerate(kept)
        for line in (Line(heading=f"{NUMERALS[n]}、{title}", level=1), *lines)
    ]


def _reviewed(group: tuple[Fact, ...], words: _Words, said: dict[str, Any]) -> list[Line]:
    """A year's summary and a half-year report."""
    done = _by_topic(group, "成效", "举措")
    aims = _by_topic(group, "计划")
    lacks = _by_topic(group, "问题")
    return _parts(
        [
            (words.filled(said["review"]), _topics(done, words) if done else []),
            (
                words.one(said["problems"]),
                [Line(words.stated(f, before=0, after=1)) for own in lacks.values() for f in own],
            ),
            (words.one(said["goals"]), [Line(words.stated(f, before=1)) for own in aims.values() for f in own]),
        ]
    )


def _planned(group: tuple[Fact, ...], words: _Words, said: dict[str, Any]) -> list[Line]:
    aims = _by_topic(group, "计划")
    return _parts([(words.one(said["goals"]), _topics(aims, words))])


def _told(group: tuple[Fact, ...], words: _Words, said: dict[str, Any]) -> list[Line]:
    """News has no headings."""
    lines = [Line(words.stated(fact, before=words.dice.choice((1, 2)), after=1)) for fact in group]
    return [*lines, Line((Piece(words.sayings(group[0].topic, 2)),))]


def _explained(group: tuple[Fact, ...], words: _Words, said: dict[str, Any]) -> list[Line]:
    why, what, how = said["parts"]
    return _parts(
        [
            (why, [Line((Piece(words.one(said["why"])), Piece(words.sayings(group[0].topic, 1))))]),
            (what, [Line(words.stated(fact, before=0, after=1)) for fact in group]),
            (how, [Line((Piece(words.sayings(group[0].topic, 2)),))]),
        ]
    )


def _faulted(group: tuple[Fact, ...], words: _Words, said: dict[str, Any]) -> list[Line]:
    lacks = [fact for fact in group if fact.status == "问题"]
    steps = [fact for fact in group if fact.status == "举措"]
    done = [fact for fact in group if fact.status == "成效"]
    return _parts(
        [
            (
                words.one(said["problems"]),
                [*(Line(words.stated(f, before=0)) for f in lacks), Line((Piece(words.one(said["causes"])),))],
            ),
            (words.one(said["measures"]), [Line(words.stated(fact, before=0, after=1)) for fact in steps]),
            (said["review"], [Line(words.stated(fact, before=1)) for fact in done]),
        ]
    )


_BODIES: dict[str, Callable[[tuple[Fact, ...], _Words, dict[str, Any]], list[Line]]] = {
    "summary": _reviewed,
    "half": _reviewed,
    "plan": _planned,
    "news": _told,
    "policy": _explained,
    "problems": _faulted,
}
