"""A question that nothing answers in full: asked again by part of its words, but of the same places and years."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from indexer.domain.query import Alike, All, Either, Filters, Match, Node, Query, Word
from indexer.locale import say
from indexer.ports import SearchEngine
from indexer.reference.gazetteer import Gazetteer
from indexer.search.match_modes import Leveled, Leveling, with_the_nearest
from indexer.search.question_language import parse
from indexer.text.analyser import Analyser
from indexer.text.fold import fold

# what answers in full is counted so often beside what comes nearest: by words that are near in meaning only
# (负增长: 下降) it earns less than passages that say half of the question to the letter
_FULL_FIRST = 4
FEW = 5  # passages; who finds fewer is shown what comes nearest too

_YEAR = re.compile(r"\d{4}年?")
_A_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}年")


def with_unknown_year(query: Query) -> Query | None:
    """A year that stood in the words, of which nothing is found: passages whose year nobody knows may be of it, and are
    said to be what they are. None where no year was read out of the words."""
    if not query.filters.years or not any(one.parameter == "year" for one in query.understood):
        return None
    told = say("warning.year_unknown", years=query.filters.years_in_words)
    return replace(query, filters=replace(query.filters, years=(), unknown_year=True), warnings=(*query.warnings, told))


def with_any_theme(query: Query) -> Query | None:
    """Without the theme that was asked: which one a passage has is our reading of it, its words are its own. None where
    no theme was asked, or nothing but themes."""
    themes = query.filters.values("theme")
    if not themes or query.node is None:
        return None
    told = say("warning.other_themes", themes=list(themes))
    chosen = tuple((name, values) for name, values in query.filters.chosen if name != "theme")
    return replace(query, filters=replace(query.filters, chosen=chosen), warnings=(*query.warnings, told))


def with_the_theme(query: Query) -> Query | None:
    """Passages on the theme that the words name, where none holds the words: what is said on 科技创新 need not say so.
    Only beside a zone, a province or a status, which says what of it; None where the words name no theme."""
    themes = [value for name, value in query.subjects if name == "theme"]
    if not themes or not isinstance(_bare(query.node), Word):
        return None
    if not any(query.filters.values(name) for name in ("zone", "province", "status")):
        return None
    told = say("warning.on_the_theme", words=query.text.strip(), theme=themes[0])
    chosen = (*query.filters.chosen, ("theme", (themes[0],)))
    filters = Filters.of(
        query.filters.years, query.filters.unknown_year, query.filters.basis, **{name: list(v) for name, v in chosen}
    )
    return replace(query, node=None, filters=filters, warnings=(*query.warnings, told))


def with_the_status_alone(query: Query, place: str | None) -> Query | None:
    """Of a zone, or of the city ``place``, all that it says of the status that was asked for, where nothing of that
    has the words: who asks for the problems of 郑州 in 科创 is shown which problems it tells. None where no status or
    no place is asked."""
    statuses = [one.value for one in query.understood if one.parameter == "status"]
    zones = query.filters.values("zone") or ((place,) if place else ())
    if not statuses or len(zones) != 1 or query.node is None:
        return None
    told = say("warning.status_alone", words=query.text.strip(), status=statuses[0], zone=zones[0])
    filters = query.filters.with_(zone=zones)
    return replace(query, node=None, filters=filters, loosened=False, nearest=None, warnings=(*query.warnings, told))


def zone_of_a_near_name(query: Query, labels: Collection[str], gazetteer: Gazetteer) -> tuple[str, str] | None:
    """A name in the words that is near to that of one zone with reports here (新吴区 to 无锡高新区: one authority, two
    names), and the zone. None where there is none, or another zone is asked for."""
    if query.node is None:
        return None
    asked = query.filters.values("zone")
    near = [
        (name, zone.short)
        for name in gazetteer.near_in(query.text)
        for zone in gazetteer.zones
        if name in zone.related and zone.short in labels and asked in ((), (zone.short,))
    ]
    return near[0] if len(near) == 1 else None


def _bare(node: Node | None) -> Node | None:
    return node.word if isinstance(node, Alike) else node


def with_the_city(query: Query, labels: Collection[str], gazetteer: Gazetteer) -> Query | None:
    """Of a zone that has no report here and is named by its city: what the city's own reports say of such zones.
    淄博综保区 is told of where the reports of 淄博 tell of 综保区. None where the zone has reports, or its city has
    none."""
    zones = query.filters.values("zone")
    zone = gazetteer.resolve(zones[0]) if len(zones) == 1 and zones[0] not in labels else None
    if zone is None or zone.city is None or zone.city not in labels or not zone.short.startswith(zone.city):
        return None
    kind = Word(zone.short.removeprefix(zone.city))
    told = say("warning.of_the_city", zone=zone.short, city=zone.city)
    chosen = tuple((name, (zone.city,) if name == "zone" else values) for name, values in query.filters.chosen)
    node = All((query.node, kind)) if query.node is not None else kind
    return replace(query, node=node, filters=replace(query.filters, chosen=chosen), warnings=(*query.warnings, told))


def with_any_year(query: Query) -> Query | None:
    """The same of other years, where a year stood in the words and nothing is found of it. Not where a zone or region
    is named: of a zone's 2016 nothing of its 2021 is an answer. None where it can't be so."""
    named = {one.parameter for one in query.understood}
    if not query.filters.years or "year" not in named or named & {"zone", "province"}:
        return None
    told = say("warning.other_years", years=query.filters.years_in_words)
    return replace(query, filters=replace(query.filters, years=()), warnings=(*query.warnings, told))


@dataclass(frozen=True, slots=True)
class Loosening:
    """Safe to use from many threads at once."""

    gazetteer: Gazetteer
    leveling: Leveling
    analyser: Analyser

    def looser(self, query: Query, found: Callable[[Query], int]) -> Query | None:
        """Words that no passage holds all of, at the level that is generous. Places and years stay as asked: to be told
        of another city's port is no answer. ``found``: how many passages a query finds. None where nothing is to be
        loosened."""
        leveled = (
            None
            if query.loosened
            else self._leveled(query, found, partial(self.leveling.rather, placed=_placed(query)))
        )
        if leveled is None:
            return None
        word = query.text.strip()
        several = isinstance(query.node, All)
        told = say("warning.not_all_words") if several else say("warning.not_the_words", words=word)
        if several and leveled.missing:
            key = "warning.words_missing_beside" if leveled.beside else "warning.words_missing"
            told = say(key, words=list(leveled.missing), places=list(leveled.beside))
        return _loosened(query, leveled.node, leveled, told)

    def with_places_apart(self, query: Query) -> Query | None:
        """洛阳GDP as 洛阳 and GDP, each of which a passage has in its own way; beside a zone that is set no region need
        be named. None where nothing is to be parted."""
        text = self._places_apart(query.text)
        if _placed(query):
            words = text.split()
            text = " ".join(word for word in words if not self.gazetteer.regions.meant_by(word)) or text
        if text == query.text or query.partly or query.node is None:
            return None
        leveled = self.leveling.at(query.match, parse(text)[0], query.without)
        return replace(query, node=leveled.node, synonyms=leveled.synonyms)

    def with_words_apart(self, query: Query, words: Sequence[str]) -> Query | None:
        """A run of several ``words`` (固定资产投资出现负增长) as these words side by side, all of which a passage must
        hold. None where nothing is to be parted."""
        if query.match is not Match.SYNONYMS or not isinstance(_bare(query.node), Word) or len(words) < 2:
            return None
        words = [*words, *_A_YEAR.findall(fold(query.text))]  # 青岛2015年GDP: of no other year
        leveled = self.leveling.at(query.match, parse(" ".join(words))[0], query.without)
        told = say("warning.words_apart", words=query.text.strip(), parts=list(words))
        return replace(
            query, node=leveled.node, synonyms=leveled.synonyms, warnings=(*query.warnings, told), loosened=False
        )

    def fuller(self, query: Query, total: int, found: Callable[[Query], int]) -> Query | None:
        """A question that ``total`` passages answer, fewer than a reader looks at: they come first, and behind them
        what comes nearest. None where nothing may be added."""
        leveled = self._leveled(query, found, partial(self.leveling.nearest, placed=_placed(query)))
        if leveled is None or leveled.node is None or query.node is None:
            return None
        told = () if query.loosened else (say("warning.few_have_all", n=total),)
        return _loosened(
            query, Either((*(query.node for _ in range(_FULL_FIRST)), leveled.node)), leveled, *told, behind=total
        )

    def _leveled(
        self, query: Query, found: Callable[[Query], int], loosening: Callable[..., Leveled | None]
    ) -> Leveled | None:
        if query.match is not Match.SYNONYMS:
            return None

        def count(node: Node) -> int:
            return found(Query(node=node))

        return loosening(
            parse(self._places_apart(query.text))[0],
            partial(self._fixed, text=query.text, count=count),
            count,
            query.without,
        )

    def _places_apart(self, text: str) -> str:
        """With a place in front of a word parted from it: 芜湖空气质量 asks what a text on 芜湖 says of 空气质量."""
        folded = fold(text)  # of the same length
        words = list(self.analyser.words(folded))
        ends = {at + len(word) for word, at in words}
        zones = [one.span for one in self.gazetteer.find(text)]
        cuts = [
            at + len(name)
            for at, name in self.gazetteer.regions.places_in(folded)
            if (not at or folded[at - 1].isspace()) and at + len(name) in ends and self._place(name)
            if not any(zone.start < at + len(name) < zone.end for zone in zones)
        ]
        apart = "".join(f"{' ' if at in cuts else ''}{character}" for at, character in enumerate(text))
        return " ".join(_A_YEAR.sub(r" \g<0> ", apart).split()) if cuts else apart

    def names_a_place(self, query: Query, found: Callable[[Query], int]) -> bool:
        def count(node: Node) -> int:
            return found(Query(node=node))

        words = self._words(fold(query.text))
        return any(self._place(word) or self._is_county(word, query.text, count) for word in words)

    def missed_places(self, query: Query, engine: SearchEngine) -> Iterator[str]:
        """Of a question that part of its words answers, the places that nothing found speaks of, in sentences for the
        user. They are no condition there, for in a sentence a place may be by the way; but it must not go unsaid."""
        if query.node is None or not query.partly:
            return
        for names in dict.fromkeys(map(self._place, self._words(fold(query.text)))):
            if names:
                there = All((query.node, Either(tuple(map(Word, names)))))
                if not engine.search(replace(query, node=there, limit=1, page=1, facets=())).total:
                    yield say("warning.place_missed", place=names[0])

    def _words(self, folded: str) -> Iterator[str]:
        """The words, and the names of regions that are made of several: 三沙 is none of jieba's, but cut 三 and 沙.
        What begins or ends inside a word is no name: there is no 中山区 in 集中山区资源."""
        words = list(self.analyser.words(folded))
        yield from (word for word, _ in words)
        starts, ends = {at for _, at in words}, {at + len(word) for word, at in words}
        for at, name in self.gazetteer.regions.places_in(folded):
            if at in starts and at + len(name) in ends:
                yield name

    def _fixed(self, word: str, text: str, count: Callable[[Node], int]) -> str | None:
        if _YEAR.fullmatch(word) or self._is_county(word, text, count):
            return word
        return next(iter(self._place(word)), None)

    def _is_county(self, word: str, text: str, count: Callable[[Node], int]) -> bool:
        """Whether ``word`` of ``text`` is the bare name of a county (义乌) that stands nowhere: 和平 and 新城, which
        do, are words of the texts too. Behind its city (杭州滨江) that one is the place."""
        regions = self.gazetteer.regions
        if not regions.is_bare_county(word) or count(Word(word)):
            return False
        return not any(one.city and one.city in text for one in regions.all_named(word))

    def _place(self, word: str) -> tuple[str, ...]:
        """How a place that ``word`` can only mean stands in texts: a zone as asked or by its short name, a region by
        its short name; () for any other word."""
        zone = self.gazetteer.resolve(word)
        if zone is not None:
            return word, zone.short
        region = self.gazetteer.regions.meant_by(word)
        return (region,) if region else ()


def _placed(query: Query) -> bool:
    """Whether a place is set by a filter."""
    return any(query.filters.values(name) for name in ("zone", "province"))


def _loosened(query: Query, node: Node | None, leveled: Leveled, *told: str, behind: int = 0) -> Query:
    warnings = (*query.warnings, *told)
    return with_the_nearest(
        replace(query, node=node, synonyms=leveled.synonyms, loosened=True, warnings=warnings), behind
    )
