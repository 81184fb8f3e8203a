"""Learning a ranking from judged questions. Needs LightGBM (extra ``learn``); what comes out runs without it.

The features of a question never rest on its own judgements: what near questions say of it is told by other cells than
its own. Trees of a fold have never seen the fold, neither its questions nor its answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.domain.query import Loose, Query
from indexer.domain.results import IndexedPassage
from indexer.engines.evaluation.facets import narrowed
from indexer.engines.evaluation.matching import Postings, matches
from indexer.engines.evaluation.result_page import worth_more
from indexer.engines.ranking.features import NAMES, Asked, Rows, rows
from indexer.engines.ranking.judged import FOLDS, JudgedQuestions, Judgements
from indexer.engines.ranking.ranking import Ranking, Remembering, candidates, cells_of, numbers_of, with_answers
from indexer.engines.ranking.trees import MOST_LEAVES, Trees
from indexer.errors import BadInput, BadSetup
from indexer.text.analyser import Analyser

TREES = 120
_PARAMETERS = {
    "objective": "lambdarank",
    "metric": "None",
    "learning_rate": 0.08,
    "num_leaves": MOST_LEAVES - 1,
    "min_data_in_leaf": 50,
    "lambdarank_truncation_level": 50,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}

Example = tuple[Rows, npt.NDArray[np.int8]]  # the candidates of a question, and which of them answer it
Told = Callable[[int, int], None]  # so many, of so many


def learn(
    judged: Mapping[str, Sequence[str]],
    ask: Callable[[str], Query],
    postings: Postings,
    load: Callable[[int], IndexedPassage],
    analyser: Analyser,
    told: Told = lambda done, total: None,
) -> Ranking:
    """``judged``: question → ids of the passages that answer it. ``told``: of questions looked at. Raises BadSetup
    where LightGBM is missing, BadInput where the index has none of the passages."""
    boosting = _lightgbm()
    looked_up = Remembering(postings)
    questions = JudgedQuestions.of(judged, lambda text: Asked.of(ask(text).text, looked_up, analyser).vector)
    wanted = {answer for answers in questions.answers for answer in answers}
    judgements = Judgements.over(questions, numbers_of(wanted, postings.columns.report, load), postings.columns.report)
    of_all: list[Example] = []
    of_folds: list[list[Example]] = [[] for _ in range(FOLDS)]
    for number, text in enumerate(questions.texts):
        told(number, len(questions.texts))
        if not len(judgements.answers(number)):
            continue
        question = _Question(number, ask(text), Remembering(postings), analyser, judgements)
        own = frozenset((int(questions.cells[number]),))
        of_all += question.example(own)
        for fold in range(FOLDS):
            if not own <= cells_of(fold):
                of_folds[fold] += question.example(own | cells_of(fold))
    if not all((of_all, *of_folds)):
        raise BadInput("learn.nothing_known")
    model = _trained(boosting, of_all)
    gains = model.feature_importance("gain")
    importance = dict(zip(NAMES, (gains / (gains.sum() or 1)).tolist(), strict=True))
    return Ranking(
        questions,
        _trees(model),
        tuple(_trees(_trained(boosting, examples)) for examples in of_folds),
        importance,
    )


class _Question:
    """A judged question, found once, whose candidates are described with different cells left out."""

    def __init__(
        self, number: int, query: Query, postings: Postings, analyser: Analyser, judgements: Judgements
    ) -> None:
        self._number = number
        self._judgements = judgements
        self._postings = postings
        self._partly = isinstance(query.node, Loose) and query.node.least is None
        self._asked = Asked.of(query.text, postings, analyser)
        self._found = matches(query.node, postings, analyser)
        self._filters = query.filters

    def example(self, without: frozenset[int]) -> list[Example]:
        """None where no answer is among the candidates: nothing can be learned from the order of the others."""
        near = self._judgements.leaving_out(without).near(self._asked.vector)
        found = with_answers(self._found, near) if self._partly else self._found
        kept, _ = narrowed(found, self._filters, self._postings.columns, ())
        kept = worth_more(kept, self._postings.columns)
        if len(kept) < 2:
            return []
        chosen = kept.at(candidates(kept, near))
        answers = np.isin(chosen.passages, self._judgements.answers(self._number)).astype(np.int8)
        return [(rows(self._asked, chosen, kept, self._postings, near), answers)] if answers.any() else []


def _trained(boosting: Any, examples: Sequence[Example]) -> Any:
    features = np.concatenate([rows for rows, _ in examples])
    answers = np.concatenate([answers for _, answers in examples])
    data = boosting.Dataset(features, answers, group=[len(answers) for _, answers in examples])
    return boosting.train(_PARAMETERS, data, TREES)


def _trees(model: Any) -> Trees:
    return Trees.of(model.dump_model()["tree_info"])


def _lightgbm() -> Any:
    try:
        import lightgbm  # only here: nobody else needs it
    except ImportError as error:
        raise BadSetup("learn.missing") from error
    return lightgbm
