"""What is asked in words: questions, results, suggestions, reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from indexer import learning
from indexer.compare.report_rows import source_of
from indexer.domain.cards import ReportCard
from indexer.domain.catalogue import Latest, PageHistory, StoredReport, TakenIn
from indexer.domain.query import Filters, Match, Node, Query, Sort
from indexer.domain.results import Hit, NewReport, ResultPage
from indexer.domain.rows import Source
from indexer.domain.spans import Span
from indexer.domain.suggestions import Offer, Suggestion
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.errors import NoIndex, NotFound, Skip
from indexer.ingest.versions import changes
from indexer.library.parts import Parts
from indexer.locale import say
from indexer.open_build import OpenBuild
from indexer.pipeline.decode import decode
from indexer.search.explanation import why
from indexer.search.match_modes import MOST_OF_IT
from indexer.search.parameters import Known, query_params, read_query
from indexer.search.question_language import parse
from indexer.search.relaxation import (
    FEW,
    with_any_theme,
    with_any_year,
    with_the_city,
    with_the_theme,
    with_unknown_year,
)
from indexer.search.suggest.did_you_mean import offers
from indexer.search.suggest.type_ahead import suggestions
from indexer.search.understanding import Understanding
from indexer.text.highlight import marks

_LOOKED_AT = 1_000  # reports that answer a feed's question; all of them in a library of today
# Passages: of fewer, a word that stands nowhere tells of the collection rather than of the question. A dozen pages
# without the word 抓好 had no answer to 怎么样抓好项目建设.
_MUCH = 1_000
_NAMED = 3  # words that stand nowhere
_SUGGESTED = 8  # while one types: what fits under the box of a phone, above its keyboard


class Searching(Parts):
    """Any number of threads may ask at once."""

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

    def search(self, query: Query) -> ResultPage:
        """Raises NoIndex."""
        with self._live.now() as build:
            return self._found(query, build)

    def search_reports(self, query: Query) -> tuple[ResultPage, dict[str, ReportCard]]:
        """A page that counts reports, and the card of each report on it, both out of one build. Raises NoIndex."""
        with self._live.now() as build:
            page = self._found(replace(query, by_report=True), build)
            seqs: dict[str, list[int]] = {}
            for hit in page.hits:
                seqs.setdefault(hit.passage.report, []).append(hit.passage.seq)
            return page, build.catalogue.cards(seqs)

    def new_reports(self, query: Query, most: int) -> tuple[NewReport, ...]:
        """The reports that answer ``query``, those taken in last first, ``most`` at most. Of more than _LOOKED_AT that
        answer, those that were published last are looked at. Raises NoIndex."""
        with self._live.now() as build:
            wanted = replace(query, by_report=True, sort=Sort.DATE, page=1, limit=_LOOKED_AT, facets=())
            hits: dict[str, list[Hit]] = {}
            for hit in build.engine.search(wanted).hits:
                hits.setdefault(hit.passage.report, []).append(hit)
            known = build.taken_in
            newest = sorted(hits.keys() & known.keys(), key=lambda one: (known[one].first, one), reverse=True)[:most]
            return tuple(NewReport(build.catalogue.get(one), known[one], tuple(hits[one])) for one in newest)

    def taken_in(self) -> Mapping[str, TakenIn]:
        """Every canonical copy, and when it was taken in. Raises NoIndex."""
        with self._live.now() as build:
            return build.taken_in

    def newest(self, limit: int) -> tuple[Latest, ...]:
        """The reports that were taken in last; of one day, those that were published last. Raises NoIndex."""
        with self._live.now() as build:
            return build.catalogue.newest(limit)

    def _found(self, query: Query, build: OpenBuild) -> ResultPage:
        self._use_what_was_learned(build)
        sentences, labels = self._tables.sentences, self._known()[0]
        sentence = query.loosened and bool(labels)  # articles of law are of no place, and tell stories
        placed = sentences.of_its_places(query, _holding(build)) if sentence else None
        query = placed or query
        if query.node is not None and query.match is Match.SYNONYMS and not query.filters.values("zone"):
            query = sentences.about_its_places(query, labels, _holding(build))
        page = build.engine.search(query)
        if page.partial:  # what isn't found may stand in the part that is silent: nothing is asked in other words
            self.on_partial()
            return self._explained(page, query)
        if sentence and page.total and not placed and not query.filters.values("zone"):
            page, query = self._spoken_of(query, page, build) if _tells_much(build) else (page, query)
        if not page.total and (undated := with_unknown_year(query)):
            undated = sentences.by_a_large_part(undated, MOST_OF_IT) if sentence else undated
            found = build.engine.search(undated)
            if found.total:
                page, query = found, undated
        if not page.total and (of_the_city := with_the_city(query, labels, self._tables.gazetteer)):
            found = self._found(of_the_city, build)
            if found.total:
                return found
        if not page.total and (apart := self._tables.loosening.with_places_apart(query)):
            found = build.engine.search(apart)
            if found.total:
                page, query = found, apart
        telling = () if page.total or not labels else tuple(sentences.telling(query.text))
        if not page.total and (in_words := self._tables.loosening.with_words_apart(query, telling)):
            found = build.engine.search(in_words)
            if found.total:
                page, query = found, in_words
        if not page.total and (looser := self._tables.loosening.looser(query, build.engine.count)):
            loosely = build.engine.search(looser)
            if loosely.total:  # else nothing was loosened that the user could see
                page, query = loosely, looser
        loosening = self._tables.loosening
        if 0 < page.total < FEW and (fuller := loosening.fuller(query, page.total, build.engine.count)):
            found = build.engine.search(fuller)
            if found.total > page.total:
                full = None if page.loosened else page.total
                page, query = replace(found, loosened=page.loosened, full=full), fuller
        if not page.total and not loosening.names_a_place(query) and (other_years := with_any_year(query)):
            found = self._found(other_years, build)
            if found.total:
                return found
        if not page.total and (of_any_theme := with_any_theme(query)):
            found = self._found(of_any_theme, build)
            if found.total:
                return found
        if not page.total and (on_the_theme := with_the_theme(query)):
            found = build.engine.search(on_the_theme)
            if found.total:
                page, query = found, on_the_theme
        if not page.total and query.understood:
            plain = self.question(self._as_typed(query))
            as_words = replace(plain, page=query.page, by_report=query.by_report, facets=query.facets)
            found = self._found(as_words, build)
            if found.total:
                told = say("warning.filters_dropped")
                return replace(found, warnings=(told, *found.warnings))
        if placed and not page.total:
            places = [names[0] for names in sentences.places(query.text, _holding(build))]
            page = replace(page, warnings=(*page.warnings, say("warning.place_nowhere", places=places)))
        if not page.total:  # nothing was loosened that the user could see
            page = replace(page, loosened=False)
        missed = self._tables.loosening.missed_places(query, build.engine) if page.total else ()
        return self._explained(replace(page, warnings=(*page.warnings, *missed)), query)

    def _spoken_of(self, query: Query, page: ResultPage, build: OpenBuild) -> tuple[ResultPage, Query]:
        """Of a sentence with words that stand nowhere: what holds a large part of it, if anything does; else nothing,
        and what is missing."""
        unspoken = self._tables.sentences.unspoken(query, _holding(build))
        if unspoken is None:
            return page, query
        strict, nowhere = unspoken
        found = build.engine.search(strict)
        if found.total:
            return page, query
        told = say("warning.unspoken", words=list(nowhere[:_NAMED]))
        return replace(found, warnings=(*found.warnings, told)), strict

    def _as_typed(self, query: Query) -> dict[str, list[str]]:
        """The parameters of ``query`` with its words as they were typed, under the filters that the user set."""
        read = {(one.parameter, one.value) for one in query.understood}
        params: dict[str, list[str]] = {}
        for name, value in query_params(query):
            if name not in ("q", "page") and (name, value) not in read:
                params.setdefault(name, []).append(value)
        return {**params, "q": [query.asked], "plain": ["1"], "limit": [str(query.limit)]}

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

    def suggest(self, params: Mapping[str, Sequence[str]]) -> tuple[Suggestion, ...]:
        """What ``q`` of ``params`` may become, under the other parameters; parameters as in ``question``. Empty too for
        a build of a time before there were lists. Raises BadQuery, NoIndex."""
        typed = " ".join(params.get("q", ()))[-self.settings.search.max_question_characters :]
        others = {name: values for name, values in params.items() if name not in ("q", "page", "limit", "sort")}
        filtered = self.question(others).filters != Filters()  # a filter that can't be read is an error, q or no q
        with self._live.now() as build:
            if build.lists is None or not typed.strip():
                return ()
            return suggestions(build.lists, typed, _SUGGESTED, self._counting(build, others), filtered=filtered)

    def meant(self, query: Query, page: ResultPage) -> tuple[Offer, ...]:
        """Questions that find something, for one that found (``page``) next to nothing. None where the lists are
        damaged: `check` tells, a search goes on without."""
        if not query.text or query.page > 1:
            return ()
        try:
            return self._meant(query, page)
        except NoIndex:
            return ()

    def _meant(self, query: Query, page: ResultPage) -> tuple[Offer, ...]:
        with self._live.now() as build:
            lists = build.lists
            if lists is None:
                return ()

            def found(node: Node) -> int:
                return build.count(Query(node=node))

            def is_name(word: str) -> bool:
                gazetteer = self._tables.gazetteer
                return gazetteer.resolve(word) is not None or bool(gazetteer.regions.all_named(word))

            def asked(text: str, zone: str | None) -> int:
                others: dict[str, list[str]] = {}
                for name, value in query_params(query):
                    others.setdefault(name, []).append(value)
                return self._counting(build, others)(text, zone)

            return offers(
                query,
                parse(query.text)[0],
                page,
                lists=lists,
                analyser=self._tables.analyser,
                is_name=is_name,
                found=found,
                asked=asked,
            )

    def _counting(self, build: OpenBuild, others: Mapping[str, Sequence[str]]) -> Callable[[str, str | None], int]:
        """Tells how many passages a text finds under the parameters ``others``, in a zone where one is given."""

        def count(text: str, zone: str | None) -> int:
            return build.count(self.question({**others, "q": [text]} | ({"zone": [zone]} if zone else {})))

        return count

    def marks(self, text: str, query: Query, restored: str | None = None) -> tuple[Span, ...]:
        """Where ``text`` (of a report, a passage) holds what ``query`` asks, marked as in the results. ``restored``:
        the same with its laundered words put back."""
        return marks(text, query.node, self._tables.analyser, restored)

    def source(self, stored: StoredReport) -> Source:
        """A report as what is compared rests on it."""
        return source_of(stored)

    def report(self, report: str) -> StoredReport:
        """Raises NotFound, NoIndex."""
        with self._live.now() as build:
            return build.catalogue.get(report)

    def raw(self, report: str) -> tuple[bytes, str]:
        """The bytes as they came and the charset they were read in; ``binary`` for a PDF or a Word file.
        Raises NotFound."""
        if not self._archive_file.is_file():
            raise NotFound("library.no_report", report=report)
        page = self._open_archive().of_report(report).page
        try:
            return page.data, decode(page, self.settings.reading.max_bytes).encoding
        except Skip:
            return page.data, "binary"

    def history(self, report: str) -> PageHistory:
        """What became of the page of ``report`` since it was first kept. Raises NoIndex."""
        if not self._archive_file.is_file():
            return PageHistory()
        archive = self._open_archive()
        try:
            versions = archive.versions(report)
            refused = archive.refused(archive.of_report(report).key)
        except NotFound:  # of a build of another archive
            return PageHistory()
        vanished = refused.message if refused and refused.code in ("vanished", "soft_404") else None
        return PageHistory(vanished, changes(versions, self._intake.read_page) if len(versions) > 1 else ())

    def practice_names(self) -> Mapping[str, str]:
        """Id → name of the codebook."""
        return self._tables.practices.names

    def practice_name(self, practice: str) -> str:
        known = self._tables.practices.get(practice)
        return known.name if known else practice

    def indicator_name(self, indicator: str) -> str:
        known = self._tables.indicators.get(indicator)
        return known.name if known else indicator


def _holding(build: OpenBuild) -> Callable[[Node], int]:
    """How many passages of the whole build a node finds."""
    return lambda node: build.engine.count(Query(node=node))


def _tells_much(build: OpenBuild) -> bool:
    return build.stats.passages >= _MUCH
