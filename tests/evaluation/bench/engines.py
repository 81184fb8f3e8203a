"""Our engine and its peers behind one shape: build from ready words, open, answer a question."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

from indexer.domain.query import All, Either, Filters, Node, Phrase, Sort, Word
from indexer.engines.evaluation.facets import narrowed
from indexer.engines.evaluation.matching import matches
from indexer.engines.evaluation.ordering import best_passages
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.engines.whoosh.open_index import open_generation
from indexer.text.analyser import Analyser
from indexer.text.highlight import marks, snippet
from tests.evaluation.bench.corpus import MadePassage, Question, vocabulary

LIMIT = 10
PAGE_50 = 490  # passages before it


def before_of(question: Question) -> int:
    return PAGE_50 if question.kind == "page 50" else 0


class Asked(Protocol):
    """An engine opened on an index."""

    def ask(self, question: Question) -> int:
        """Does all that the kind of question asks for, and gives how many passages match."""
        ...


class Ours:
    """The Whoosh index as the program itself uses it, without HTTP and pages."""

    def __init__(self, folder: Path, analyser: Analyser | None = None) -> None:
        self.analyser = analyser or our_analyser()
        self._index = open_generation(folder).index

    def ask(self, question: Question) -> int:
        found = matches(node_of(question), self._index, self.analyser)
        columns = self._index.columns
        facets = ("zone", "year") if question.kind == "facets" else ()
        found, _ = narrowed(found, filters_of(question), columns, facets)
        best = best_passages(found, columns, Sort.RELEVANCE, before_of(question), LIMIT)
        if question.kind == "ten snippets":
            for number in found.at(best).passages.tolist():
                text = self._index.passage(number).text
                snippet(text, marks(text, node_of(question), self.analyser))
        return len(found)

    @staticmethod
    def build(folder: Path, passages: Iterable[MadePassage]) -> None:
        WhooshEngine(folder, our_analyser()).replace_all(passage.indexed() for passage in passages)


def our_analyser() -> Analyser:
    return Analyser(vocabulary())


def node_of(question: Question) -> Node:
    if question.kind == "phrase":
        return Phrase("".join(question.words))
    words = tuple(Word(word) for word in question.words)
    if question.kind == "OR of three":
        return Either(words)
    return words[0] if len(words) == 1 else All(words)


def filters_of(question: Question) -> Filters:
    return Filters.of(zone=(question.zone,) if question.zone else (), years=(question.years,) if question.years else ())


class Tantivy:
    def __init__(self, folder: Path) -> None:
        import tantivy

        self._q = tantivy.Query
        self._occur = tantivy.Occur
        self._snippets = tantivy.SnippetGenerator
        self._schema = self._made_schema()
        self._searcher = tantivy.Index(self._schema, str(folder)).searcher()

    def ask(self, question: Question) -> int:
        query = self._query(question)
        found = self._searcher.search(query, LIMIT, count=True, offset=before_of(question))
        if question.kind == "facets":
            terms = {field: {"terms": {"field": field, "size": 300}} for field in ("zone", "year")}
            self._searcher.aggregate(query, terms)
        elif question.kind == "ten snippets":
            make = self._snippets.create(self._searcher, query, self._schema, "body")
            for _, address in found.hits:
                make.snippet_from_doc(self._searcher.doc(address)).to_html()
        return int(found.count)

    def _query(self, question: Question) -> Any:
        if question.kind == "phrase":
            return self._q.phrase_query(self._schema, "body", list(question.words))
        kind = self._occur.Should if question.kind == "OR of three" else self._occur.Must
        parts = [(kind, self._q.term_query(self._schema, "body", word)) for word in question.words]
        if question.zone:
            parts.append((self._occur.Must, self._q.term_query(self._schema, "zone", question.zone)))
        if years := question.years:
            import tantivy

            of_years = self._q.range_query(self._schema, "year", tantivy.FieldType.Integer, years.first, years.last)
            parts.append((self._occur.Must, of_years))
        return parts[0][1] if len(parts) == 1 else self._q.boolean_query(parts)

    @staticmethod
    def _made_schema() -> Any:
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_text_field("body", stored=True, tokenizer_name="whitespace", index_option="position")
        schema.add_text_field("zone", stored=True, tokenizer_name="raw", fast=True, index_option="basic")
        schema.add_integer_field("year", stored=True, indexed=True, fast=True)
        return schema.build()

    @classmethod
    def build(cls, folder: Path, passages: Iterable[MadePassage]) -> None:
        import tantivy

        writer = tantivy.Index(cls._made_schema(), str(folder)).writer(256_000_000, num_threads=1)
        for passage in passages:
            document = tantivy.Document(body=" ".join(passage.words), zone=passage.zone, year=passage.year)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()


class Fts5:
    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "fts5.sqlite")

    def ask(self, question: Question) -> int:
        match = (" OR " if question.kind == "OR of three" else " ").join(f'"{word}"' for word in question.words)
        if question.kind == "phrase":
            match = f'"{" ".join(question.words)}"'
        # "+" and CROSS JOIN keep SQLite from starting at the facts, which takes seconds
        source, where, values = "passages", "passages MATCH ?", [match]
        if question.zone or question.kind == "facets":
            source = "passages CROSS JOIN facts ON facts.number = passages.rowid"
        if question.zone:
            where += " AND +zone = ?"
            values.append(question.zone)
        if years := question.years:
            where += f" AND +year BETWEEN {years.first} AND {years.last}"
        what = "snippet(passages, 0, '<b>', '</b>', '…', 40)" if question.kind == "ten snippets" else "passages.rowid"
        page = f"ORDER BY rank LIMIT {LIMIT} OFFSET {before_of(question)}"
        self._db.execute(f"SELECT {what} FROM {source} WHERE {where} {page}", values).fetchall()
        if question.kind == "facets":
            for field in ("zone", "year"):
                sql = f"SELECT {field}, count(*) FROM {source} WHERE {where} GROUP BY {field}"
                self._db.execute(sql, values).fetchall()
        return int(self._db.execute(f"SELECT count(*) FROM {source} WHERE {where}", values).fetchone()[0])

    @staticmethod
    def build(folder: Path, passages: Iterable[MadePassage]) -> None:
        db = sqlite3.connect(folder / "fts5.sqlite")
        db.execute("CREATE VIRTUAL TABLE passages USING fts5(body)")
        db.execute("CREATE TABLE facts (number INTEGER PRIMARY KEY, zone TEXT, year INTEGER)")
        for passage in passages:
            db.execute("INSERT INTO passages(rowid, body) VALUES (?, ?)", (passage.number, " ".join(passage.words)))
            db.execute("INSERT INTO facts VALUES (?, ?, ?)", (passage.number, passage.zone, passage.year))
        db.execute("INSERT INTO passages(passages) VALUES ('optimize')")
        db.execute("CREATE INDEX zones ON facts (zone, year)")
        db.commit()
        db.close()


class Xapian:
    _ZONE, _YEAR = 0, 1  # slots of values

    def __init__(self, folder: Path) -> None:
        import xapian

        self._x = xapian
        self._db = xapian.Database(str(folder / "xapian"))

    def ask(self, question: Question) -> int:
        x = self._x
        operator = {"phrase": x.Query.OP_PHRASE, "OR of three": x.Query.OP_OR}.get(question.kind, x.Query.OP_AND)
        query = x.Query(operator, list(question.words))
        if question.zone:
            query = x.Query(x.Query.OP_FILTER, query, x.Query(f"X{question.zone}"))
        if years := question.years:
            ends = map(x.sortable_serialise, (years.first, years.last))
            query = x.Query(x.Query.OP_FILTER, query, x.Query(x.Query.OP_VALUE_RANGE, self._YEAR, *ends))
        enquire = x.Enquire(self._db)
        enquire.set_query(query)
        if question.kind == "facets":
            for slot in (self._ZONE, self._YEAR):
                enquire.add_matchspy(x.ValueCountMatchSpy(slot))
        found = enquire.get_mset(before_of(question), LIMIT, self._db.get_doccount())  # counted, not estimated
        if question.kind == "ten snippets":
            for hit in found:
                found.snippet(hit.document.get_data().decode(), 200)
        return int(found.get_matches_estimated())

    @classmethod
    def build(cls, folder: Path, passages: Iterable[MadePassage]) -> None:
        import xapian

        db = xapian.WritableDatabase(str(folder / "xapian"), xapian.DB_CREATE_OR_OVERWRITE)
        for passage in passages:
            document = xapian.Document()
            document.set_data(" ".join(passage.words))
            for place, word in enumerate(passage.words):
                document.add_posting(word, place)
            document.add_boolean_term(f"X{passage.zone}")
            document.add_value(cls._ZONE, passage.zone)
            document.add_value(cls._YEAR, xapian.sortable_serialise(passage.year))
            db.add_document(document)
        db.commit()
        db.close()


def versions() -> dict[str, str]:
    """Engines that can be run here, with their versions."""
    import numpy
    import whoosh

    found = {"ours": f"whoosh {whoosh.versionstring()}, numpy {numpy.__version__}"}
    try:
        import tantivy

        found["tantivy"] = tantivy.__version__
    except ImportError:
        pass
    found["fts5"] = f"SQLite {sqlite3.sqlite_version}"
    try:
        import xapian

        found["xapian"] = xapian.version_string()
    except ImportError:
        pass
    return found


OPENED: dict[str, Callable[[Path], Asked]] = {"ours": Ours, "tantivy": Tantivy, "fts5": Fts5, "xapian": Xapian}
BUILT: dict[str, Callable[[Path, Iterable[MadePassage]], None]] = {
    "ours": Ours.build,
    "tantivy": Tantivy.build,
    "fts5": Fts5.build,
    "xapian": Xapian.build,
}
