"""From the facts of one place and year to the clean text of a page, before any damage.

A page says what its facts say and nothing else: no opening, no closing, no sentence between. What is in the facts
decides the shape: results under 主要成效, measures under 主要做法, lacks under 存在问题, the next year's plans under a
heading of that year; within a chapter theme after theme. Every choice of words is drawn from dice seeded by the page's
own name, so that a new fact changes no other page.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from tests.sample_corpus.facts import Fact, zones
from tests.sample_corpus.wording import sentence

GENRES = {"summary": "总结", "half": "汇报", "plan": "计划", "news": "动态", "policy": "政策", "problems": "汇报"}
PERIODS = {"1-3月": "一季度", "上半年": "上半年", "前三季度": "前三季度"}
NUMERALS = "一二三四五六七八九十"
THEMES = (
    *("主导产业", "招商引资", "项目建设", "科技创新", "双创与孵化", "人才", "外贸外资", "体制机制改革", "营商环境"),
    *("土地要素/亩均", "专项债与融资", "城市建设", "绿色低碳", "民生", "安全与疫情"),
)
_HEADED = 4  # facts of a chapter from which on its themes have headings of their own
_PARAGRAPH = 3  # sentences: longer ones of one theme go on in a paragraph of their own


@dataclass(frozen=True)
class Piece:
    """A sentence. ``fact`` is what it states; None only where a damage cut it short."""

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
    plan_year: int | None = None
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


def draft(group: tuple[Fact, ...], year: int, *, part: bool = False) -> Draft:
    """The page of ``group``: facts of one place and ``year``, and plans of the next. ``part``: another page tells the
    rest of that place and year, and this one is named by what it is about."""
    name = group[0].id
    dice = random.Random(name)
    aims = tuple(fact for fact in group if fact.status == "计划")
    kind = _kind(group, dice)
    plan_year = (aims[0].year if aims else None) if kind in ("summary", "half", "plan") else None
    periods = {fact.period for fact in group if fact.status != "计划"}
    period = PERIODS.get(min(periods), min(periods)) if kind == "half" and len(periods) == 1 else None
    label = _label(group[0], dice)
    topic = spoken(max(dict.fromkeys(fact.topic for fact in group), key=[fact.topic for fact in group].count))
    said = phrases()["kind"][kind]
    names = {"zone": label, "year": str(year), "next": str(year + 1), "period": period or "", "topic": topic}
    words = _Words(dice, names)
    titles = said["both"] if kind == "summary" and len(aims) > 2 else said["about"] if part else said["title"]
    if group[0].covers == "region":  # a city's paper begins with its name
        titles = [title for title in titles if not title.startswith("{year}")]
    body = _BODIES[kind](group, words, said)
    lines = _placed(body, label, year, period, said.get("lead", ""))
    return Draft(name, kind, group[0].zone, label, year, period, words.one(titles), lines, group, plan_year)


def _kind(group: tuple[Fact, ...], dice: random.Random) -> str:
    statuses = {fact.status for fact in group}
    periods = {fact.period for fact in group}
    lacks = sum(fact.status == "问题" for fact in group)
    if statuses == {"计划"}:
        return "plan"
    if lacks and 2 * lacks >= len(group) and statuses <= {"问题", "举措", "成效"}:
        return "problems"
    part_of_year = len(periods) == 1 and re.fullmatch(r"1-\d+月|.*季度|上半年", min(periods))
    if part_of_year and (len(group) > 2 or dice.random() < 0.6):
        return "half"
    if len(group) > 2 and not any(
        fact.period == "全年" or "-20" in fact.period for fact in group if fact.status != "计划"
    ):
        return "half"  # of several stretches of the year, which the sentences name
    if statuses == {"举措"} and len(group) <= 3:
        return dice.choice(("policy", "policy", "news"))
    if len(group) <= 2 and "计划" not in statuses:
        return dice.choice(("news", "news", "summary")) if periods == {"全年"} else "news"
    return "summary"


def _label(fact: Fact, dice: random.Random) -> str:
    if fact.covers == "zones":
        return f"{fact.zone}{dice.choice(('各开发区', '开发区', '园区'))}"
    if fact.zone_id and dice.random() < 0.2:
        return zones()[fact.zone_id]["official_name"]
    return fact.zone


def spoken(topic: str) -> str:
    return {
        "土地要素/亩均": "土地要素保障",
        "专项债与融资": "投融资",
        "双创与孵化": "双创孵化",
        "安全与疫情": "安全防控",
        "民生": "民生保障",
    }.get(topic, topic)


class _Words:
    """Draws phrases and fills in the page's names."""

    def __init__(self, dice: random.Random, names: dict[str, str]) -> None:
        self.dice = dice
        self._names = names

    def one(self, choices: list[str]) -> str:
        return self.filled(self.dice.choice(choices))

    def filled(self, phrase: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda match: self._names[match[1]], phrase)


# --- the body -------------------------------------------------------------------------------------------------------


def _by_theme(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in sorted(facts, key=lambda one: (THEMES.index(one.topic), one.id)):
        found.setdefault(fact.topic, []).append(fact)
    return found


def _chapter(facts: list[Fact], words: _Words) -> list[Line]:
    """Theme after theme; each with a heading on its first line where the chapter is long."""
    themes = _by_theme(facts)
    headed = len(facts) >= _HEADED and len(themes) > 1
    brackets = words.dice.choice(("（{}）", "({})"))
    lines = []
    for number, (theme, own) in enumerate(themes.items()):
        for at in range(0, len(own), _PARAGRAPH):
            pieces = tuple(Piece(timed(fact), fact) for fact in own[at : at + _PARAGRAPH])
            if headed and not at:
                lines.append(Line(pieces, brackets.format(_numeral(number)) + spoken(theme), 2))
            else:
                lines.append(Line(pieces))
    return lines


def _numeral(number: int) -> str:
    return NUMERALS[number] if number < 10 else f"十{NUMERALS[number - 10]}"


def _chapters(parts: list[tuple[str, list[Fact]]], words: _Words) -> list[Line]:
    kept = [(title, facts) for title, facts in parts if facts]
    return [
        line
        for number, (title, facts) in enumerate(kept)
        for line in (Line(heading=f"{NUMERALS[number]}、{title}", level=1), *_chapter(facts, words))
    ]


def _of(group: tuple[Fact, ...], status: str) -> list[Fact]:
    return [fact for fact in group if fact.status == status]


def _reviewed(group: tuple[Fact, ...], words: _Words, said: dict[str, Any]) -> list[Line]:
    """A year's summary and a half-year report."""
    chapters = (("成效", "results"), ("举措", "measures"), ("问题", "problems"), ("计划", "goals"))
    return _chapters([(words.one(said[key]), _of(group, status)) for status, key in chapters], words)


def _planned(group: tuple[Fact, ...], words: _Words, said: dict[str, Any]) -> list[Line]:
    return _chapters([(words.one(said["goals"]), list(group))], words)


def _told(group: tuple[Fact, ...], words: _Words, said: dict[str, Any]) -> list[Line]:
    """News has no headings."""
    return [Line((Piece(timed(fact), fact),)) for fact in group]


def _explained(group: tuple[Fact, ...], words: _Words, said: dict[str, Any]) -> list[Line]:
    return _chapters([(words.one(said["measures"]), list(group))], words)


def _faulted(group: tuple[Fact, ...], words: _Words, said: dict[str, Any]) -> list[Line]:
    chapters = (("问题", "problems"), ("举措", "measures"), ("成效", "results"))
    return _chapters([(words.one(said[key]), _of(group, status)) for status, key in chapters], words)


_BODIES: dict[str, Callable[[tuple[Fact, ...], _Words, dict[str, Any]], list[Line]]] = {
    "summary": _reviewed,
    "half": _reviewed,
    "plan": _planned,
    "news": _told,
    "policy": _explained,
    "problems": _faulted,
}

# --- when and where -------------------------------------------------------------------------------------------------

_SAYS_WHEN = re.compile(r"月|季度|半年|年初|年末|年底|去年|上年|当年|五年|20\d\d|全年|前三季|“十[二三四五]五”")
_BEGINS_WITH_WHEN = re.compile(
    r"(?:20\d\d年)?(?:上半年|下半年|前三季度|[一二三四]季度|\d+-\d+月|前\d+个?月|\d+月|全年|年末|年内|当年)?，?"
)


def timed(fact: Fact) -> str:
    """The fact's sentence; one about a part of the year, or about several years, says so."""
    own = sentence(fact)
    if fact.period == "全年" or _SAYS_WHEN.search(own):
        return own
    several = re.fullmatch(r"(20\d\d)-(20\d\d)年", fact.period)
    if several:
        return f"{several[1]}年至{several[2]}年，{own}"
    return f"{PERIODS.get(fact.period, fact.period)}，{own}"


def _placed(lines: list[Line], label: str, year: int, period: str | None, lead: str) -> tuple[Line, ...]:
    """The first sentence says where and when all this was."""
    at = next(number for number, line in enumerate(lines) if line.pieces)
    first, *others = lines[at].pieces
    when = _BEGINS_WITH_WHEN.match(first.text)
    stretch = re.sub(r"20\d\d年|，", "", when[0]) if when else ""
    of_year = first.fact.year if first.fact and first.fact.status == "计划" else year
    rest = first.text[when.end() :] if when else first.text
    rest = rest.removeprefix(label.removesuffix("市")) if label.endswith("市") and label not in rest else rest
    where = "" if label in rest else label
    stated = f"{of_year}年{stretch or period or ''}，{where}{rest}"
    if when and "20" in when[0] and f"{of_year}年" not in when[0]:
        stated = f"{where}{first.text}"
    told = replace(lines[at], pieces=(replace(first, text=lead + stated), *others))
    return (*lines[:at], told, *lines[at + 1 :])
