"""How a question is answered: as it is asked, and where nothing answers in other words, each of which is told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from indexer import learning
from indexer.domain.query import Filters, Match, Node, Query
from indexer.domain.results import Hit, ResultPage
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.errors import NoIndex
from indexer.library.parts import Parts
from indexer.locale import say
from indexer.open_build import OpenBuild
from indexer.search.explanation import why
from indexer.search.inner_marks import with_inner_marks
from indexer.search.match_modes import MOST_OF_IT
from indexer.search.own_reports import Held
from indexer.search.parameters import Known, listed_params, query_params, read_query
from indexer.search.relaxation import (
    FEW,
    with_any_theme,
    with_any_year,
    with_the_city,
    with_the_status_alone,
    with_the_theme,
    with_unknown_year,
    zone_of_a_near_name,
)
from indexer.search.understanding import Understanding

# Passages: of fewer, a word that stands nowhere tells of the collection rather than of the question. A dozen pages
# without the word 抓好 had no answer to 怎么样抓好项目建设.
_MUCH = 1_000
_NAMED = 3  # words that stand nowhere


class _Again(NamedTuple):
    """Another way to ask. ``whole``: with all that a question is given, other ways of its own among it. ``told``: what
    a reader must know of it, where its query doesn't say so itself."""

    query: Query
    whole: bool = False
    told: str = ""


class Finding(Parts):
    """Reads questions and finds what answers."""

    def question(self, params: Mapping[str, Sequence[str]]) -> Query:
        """The query that an address or the options of a command ask: names as in asking.read_query. Raises
        BadQuery with what to do instead."""
        limits = self.settings.search
        labels, values = self._known()
        return read_query(
            params,
            self._tables.gazetteer,
            Known(
                zones=labels,
                values={
                    **values,
                    "province": self._tables.provinces,
                    "theme": self.themes(),
                    "practice": self.practice_names(),
                },
            ),
            self._tables.leveling,
            understanding=self._understanding,
            subjects=self._tables.subjects.of,
            longest_question=limits.max_question_characters,
            most_per_page=limits.max_limit,
            per_page=limits.page_size,
        )

    @property
    def _understanding(self) -> Understanding:
        tables = self._tables
        names = tables.indicators.folded_names
        return Understanding(
            tables.gazetteer, tables.provinces, self._newest_year, lambda: self._known()[0], names, tables.romanised
        )

    def _newest_year(self) -> int | None:
        try:
            with self._live.now() as build:
                return max((year for year, _ in build.stats.years if year is not None), default=None)
        except NoIndex:
            return None

    def _answered(self, query: Query, build: OpenBuild) -> ResultPage:
        """As _found, with what is lacking of the place that the question is about."""
        page = self._found(query, build)
        if query.node is None or query.match is not Match.SYNONYMS or page.partial:
            return page
        if query.filters.values("zone") or (query.intent and query.intent.name == "compare"):
            return page
        own = self._tables.own_reports
        place = own.subject(query.text) if build.labels else None
        there = [hit.passage for hit in page.hits if place in (hit.passage.zone, hit.passage.city)]
        if place is None or any(one.zone == place for one in there) or (there and page.partly):
            return page
        held = _held(build)
        told = own.missing(query, place, held) or ("" if page.partly else own.silent(query, place, held))
        if not told:
            return page
        mentioned = (say("own.mentioned", place=place),) if page.total and not page.partly else ()
        return replace(page, warnings=(told, *mentioned, *page.warnings))

    def _found(self, query: Query, build: OpenBuild) -> ResultPage:
        self._use_what_was_learned(build)
        sentences, labels = self._tables.sentences, self._known()[0]
        sentence = query.loosened and bool(labels)  # articles of law are of no place, and tell stories
        placed = sentences.of_its_places(query, _holding(build)) if sentence else None
        query = placed or query
        if query.node is not None and query.match is Match.SYNONYMS:
            query = sentences.about_plans(query)
        if query.node is not None and query.match is Match.SYNONYMS and not query.filters.values("zone"):
            query = sentences.about_its_places(query, labels, _holding(build))
        page = build.engine.search(query)
        if page.partial:  # what isn't found may stand in the part that is silent: nothing is asked in other words
            self.on_partial()
            return self._explained(page, query)
        free = not placed and not query.filters.values("zone")
        if sentence and page.total and free and build.stats.passages >= _MUCH:
            page, query = self._spoken_of(query, page, build)
        for again in () if page.total else self._other_ways(query, build, sentence=sentence):
            found = self._found(again.query, build) if again.whole else build.engine.search(again.query)
            if found.total and again.whole:
                return replace(found, warnings=(again.told, *found.warnings)) if again.told else found
            if found.total:
                page, query = found, again.query
                break
        page, query = self._with_the_nearest(page, query, build)
        return self._explained(self._honest(page, query, build, placed=placed is not None), query)

    def _other_ways(self, query: Query, build: OpenBuild, *, sentence: bool) -> Iterator[_Again]:
        """The nearest to what was asked first. Made one by one: some count passages to be made."""
        sentences, loosening, labels = self._tables.sentences, self._tables.loosening, self._known()[0]
        if marked := with_inner_marks(query, lambda asked: _texts(build.engine.search(asked))):
            yield _Again(marked)
        if undated := with_unknown_year(query):
            yield _Again(sentences.by_a_large_part(undated, MOST_OF_IT) if sentence else undated)
        if of_the_city := with_the_city(query, labels, self._tables.gazetteer):
            yield _Again(of_the_city, whole=True)
        if near := zone_of_a_near_name(query, labels, self._tables.gazetteer):
            name, zone = near
            asked = self._anew(query, query.text.replace(name, " "), zone=[zone])
            yield _Again(asked, whole=True, told=say("warning.near_zone", place=name, zone=zone))
        if apart := loosening.with_places_apart(query):
            yield _Again(apart)
        telling = tuple(sentences.telling(query.text)) if labels else ()
        if in_words := loosening.with_words_apart(query, telling):
            yield _Again(in_words)
        if looser := loosening.looser(query, build.engine.count):
            yield _Again(looser)
        if not loosening.names_a_place(query, build.engine.count) and (other_years := with_any_year(query)):
            yield _Again(other_years, whole=True)
        if of_any_theme := with_any_theme(query):
            yield _Again(of_any_theme, whole=True)
        if on_the_theme := with_the_theme(query):
            yield _Again(on_the_theme)
        place = self._tables.own_reports.subject(query.text)
        if of_that_status := with_the_status_alone(query, place if place in labels else None):
            yield _Again(of_that_status)
        if query.understood:
            read = {(one.parameter, one.value) for one in query.understood}
            as_words = self._anew(query, query.asked, without=read)
            yield _Again(as_words, whole=True, told=say("warning.filters_dropped"))

    def _with_the_nearest(self, page: ResultPage, query: Query, build: OpenBuild) -> tuple[ResultPage, Query]:
        """Where few answer, with what comes nearest behind them."""
        fuller = self._tables.loosening.fuller(query, page.total, build.engine.count) if 0 < page.total < FEW else None
        if fuller is None:
            return page, query
        found = build.engine.search(fuller)
        if found.total <= page.total:
            return page, query
        return replace(found, loosened=page.loosened, full=None if page.loosened else page.total), fuller

    def _honest(self, page: ResultPage, query: Query, build: OpenBuild, *, placed: bool) -> ResultPage:
        """With the places that nobody speaks of. ``placed``: whether places of a sentence were a condition."""
        if page.total:
            return replace(page, warnings=(*page.warnings, *self._tables.loosening.missed_places(query, build.engine)))
        places = [names[0] for names in self._tables.sentences.places(query.text, _holding(build))] if placed else []
        told = (say("warning.place_nowhere", places=places),) if placed else ()
        # nothing was loosened that the user could see
        return replace(page, warnings=(*page.warnings, *told), loosened=False)

    def _spoken_of(self, query: Query, page: ResultPage, build: OpenBuild) -> tuple[ResultPage, Query]:
        """Of a sentence with words that stand nowhere: what holds a large part of it, if anything does; else nothing,
        and what is missing."""
        strict, nowhere = self._tables.sentences.unspoken(query, _holding(build))
        found = build.engine.search(strict) if strict is not None else page
        if found.total or strict is None:
            named = [say("warning.words_missing", words=list(nowhere[:_NAMED]))] if nowhere else []
            return replace(page, warnings=(*page.warnings, *named)), query
        told = say("warning.unspoken", words=list(nowhere[:_NAMED]))
        return replace(found, warnings=(*found.warnings, told)), strict

    def _anew(
        self, query: Query, text: str, *, without: Collection[tuple[str, str]] = (), **more: Sequence[str]
    ) -> Query:
        """``text`` as it stands under the filters of ``query``, but for those ``without``, and under ``more``."""
        kept = [pair for pair in query_params(query) if pair[0] not in ("q", "page") and pair not in without]
        asked = {**listed_params(kept), **more, "q": [text], "plain": ["1"], "limit": [str(query.limit)]}
        return replace(self.question(asked), page=query.page, by_report=query.by_report, facets=query.facets)

    def _explained(self, page: ResultPage, query: Query) -> ResultPage:
        """With what of the question was found where."""
        analyser = self._tables.analyser
        explained = [
            # by hand: ``replace`` takes three times as long
            Hit(hit.passage, hit.score, hit.snippet, hit.marks, why(hit.passage, query.node, analyser))
            for hit in page.hits
        ]
        return replace(page, hits=tuple(explained))

    def _use_what_was_learned(self, build: OpenBuild) -> None:
        """The order that ``duibiao learn`` left, as soon as it is there. One that can't be read is no reason not to
        search: ``check`` tells."""
        stamp = learning.stamp(learning.ranking_file(self.settings.data_folder))
        if stamp == build.learned or not isinstance(build.engine, WhooshEngine):
            return
        try:
            build.engine.use(learning.opened(learning.ranking_file(self.settings.data_folder)))
        except NoIndex:
            build.engine.use(None)
        build.learned = stamp


def _texts(page: ResultPage) -> Iterator[str]:
    return (hit.passage.text for hit in page.hits)


def _held(build: OpenBuild) -> Held:
    def years(label: str) -> list[int]:
        page = build.engine.search(Query(filters=Filters.of(zone=(label,)), limit=1, facets=("year",)))
        return [int(one.value) for one in page.facets["year"] if one.value is not None]

    def zones_in(city: str) -> list[str]:
        return [label for label, zone, _ in build.zones if zone is not None and zone.city == city]

    return Held(build.labels, zones_in, build.engine.count, years)


def _holding(build: OpenBuild) -> Callable[[Node], int]:
    """How many passages of the whole build a node finds."""
    return lambda node: build.engine.count(Query(node=node))
