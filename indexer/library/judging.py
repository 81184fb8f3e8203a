"""How well questions are answered, and an order learned from that."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer import learning
from indexer.domain.query import Query
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.errors import BadSetup, NoIndex
from indexer.learning import Learned
from indexer.library.searching import Searching
from indexer.search.evaluation import (
    LONGEST_ASKED,
    Collection,
    Evaluation,
    JudgedQuestion,
    collection,
    judged_questions,
)
from indexer.search.parameters import Known, read_query
from indexer.stores.builds import Builds


class Judging(Searching):
    """Judged questions: measured, and learned from."""

    def evaluate(self, corpus: Path | None, queries: Path, qrels: Path, *, apart: bool = False) -> Evaluation:
        """The engine over another corpus, or over the live build where none is given (judgements then name
        ``report:passage``), with questions whose answers are known; as it comes, and as it was learned. Touches nothing
        of the data folder. Raises BadInput, NoIndex."""
        judged = judged_questions(queries, qrels)
        with self._judged_engine(corpus, apart) as (engine, ask, asked):
            ranking = learning.opened(learning.ranking_file(self.settings.data_folder, corpus, apart=apart))
            return learning.evaluated(engine, ask, judged, asked.documents, ranking)

    def learn(
        self,
        corpus: Path | None,
        judged: Sequence[JudgedQuestion],
        told: Callable[[int, int], None],
        *,
        apart: bool = False,
        anyway: bool = False,
    ) -> Learned:
        """An order for the live build, or for ``corpus``, from judged questions. Kept beside the builds if it helps.
        Raises BadInput, BadSetup, NoIndex."""
        with self._judged_engine(corpus, apart) as (engine, ask, asked):
            path = learning.ranking_file(self.settings.data_folder, corpus, apart=apart)
            return learning.learned(engine, ask, judged, asked, path, told, anyway=anyway)

    def version(self) -> Hashable | None:
        """Of what answers now: the build and the order that was learned; None where nothing can be asked. 30 µs."""
        try:
            number = Builds(self.settings.data_folder).current()
        except NoIndex:
            return None
        return number and (number, learning.stamp(learning.ranking_file(self.settings.data_folder)))

    def forget_learned(self, corpus: Path | None = None, *, apart: bool = False) -> bool:
        """The order as it comes again. False where nothing was learned."""
        path = learning.ranking_file(self.settings.data_folder, corpus, apart=apart)
        known = path.is_file()
        path.unlink(missing_ok=True)
        return known

    @contextmanager
    def _judged_engine(
        self, corpus: Path | None, apart: bool
    ) -> Iterator[tuple[WhooshEngine, Callable[[str], Query], Collection]]:
        """An engine of its own over what is judged, how it is asked, and what that is."""
        if corpus is None:
            if self.settings.engine != "whoosh":
                raise BadSetup("learn.embedded_only", engine=self.settings.engine)
            with self._live.now() as build, closing(WhooshEngine(build.folder.index, self._tables.analyser)) as engine:
                yield engine, partial(self._finding, engine), Collection((), {})
            return
        asked = collection(corpus, apart=apart)

        def ask(text: str) -> Query:
            names, leveling = self._tables.gazetteer, self._tables.leveling
            return read_query({"q": [text]}, names, Known(), leveling, longest_question=LONGEST_ASKED)

        with (
            TemporaryDirectory(prefix="duibiao-") as folder,
            closing(WhooshEngine(Path(folder), self._tables.analyser)) as engine,
        ):
            engine.replace_all(asked.passages)
            yield engine, ask, asked

    def _finding(self, engine: WhooshEngine, text: str) -> Query:
        """The query that answers ``text``: loosened where nothing holds all of its words."""
        query = self.question({"q": [text]})
        looser = None if engine.count(query) else self._tables.loosening.looser(query, engine.count)
        return looser or query
