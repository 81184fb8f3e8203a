"""What is asked in words: questions, results, suggestions, reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from indexer.compare.report_rows import source_of
from indexer.domain.cards import ReportCard
from indexer.domain.catalogue import Latest, PageHistory, StoredReport, TakenIn
from indexer.domain.query import Filters, Node, Query, Sort
from indexer.domain.results import Hit, NewReport, ResultPage
from indexer.domain.rows import Source
from indexer.domain.spans import Span
from indexer.domain.suggestions import Offer, Suggestion
from indexer.errors import NoIndex, NotFound, Skip
from indexer.ingest.versions import changes
from indexer.library.finding import Finding
from indexer.open_build import OpenBuild
from indexer.pipeline.decode import decode
from indexer.search.parameters import listed_params, query_params
from indexer.search.question_language import parse
from indexer.search.suggest.did_you_mean import offers
from indexer.search.suggest.type_ahead import suggestions
from indexer.text.highlight import marks

_LOOKED_AT = 1_000  # reports that answer a feed's question; all of them in a library of today
_SUGGESTED = 8  # while one types: what fits under the box of a phone, above its keyboard


# Of a sentence that is answered by part of its words: what the further passages of a report must have of the score of
# its best. Of 130 passages that three long questions showed of the sample, 32 had less, most of them by a word such as
# 取得 alone.
_NEAR = 0.6


class Searching(Finding):
    """Any number of threads may ask at once."""

    def search(self, query: Query) -> ResultPage:
        """Raises NoIndex."""
        with self._live.now() as build:
            return self._answered(query, build)

    def search_reports(self, query: Query) -> tuple[ResultPage, dict[str, ReportCard]]:
        """A page that counts reports, and the card of each report on it, both out of one build. Raises NoIndex."""
        with self._live.now() as build:
            page = self._answered(replace(query, by_report=True), build)
            if page.partly and query.sort is Sort.RELEVANCE:
                page = replace(page, hits=_near_the_best(page.hits))
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
                return self._counting(build, listed_params(query_params(query)))(text, zone)

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

    def practice_name(self, practice: str) -> str:
        known = self._tables.practices.get(practice)
        return known.name if known else practice

    def indicator_name(self, indicator: str) -> str:
        known = self._tables.indicators.get(indicator)
        return known.name if known else indicator


def _near_the_best(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Without those that have less than _NEAR of the best of their report, which stands before them."""
    best: dict[str, float] = {}
    for hit in hits:
        best.setdefault(hit.passage.report, hit.score)
    return tuple(hit for hit in hits if hit.score >= _NEAR * best[hit.passage.report])
