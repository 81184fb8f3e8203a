"""An order learned from judged questions: what it is told by, and what it does to what was found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from indexer.domain.query import Filters, Query, Sort
from indexer.domain.results import IndexedPassage
from indexer.engines.memory import MemoryEngine
from indexer.engines.ranking import file
from indexer.engines.ranking.features import NAMES
from indexer.engines.ranking.judged import CELLS, FOLDS, JudgedQuestions, Judgements, Vector
from indexer.engines.ranking.order import LearnedOrder
from indexer.engines.ranking.ranking import Ranking, cells_of, numbers_of
from indexer.engines.ranking.trees import Trees
from indexer.errors import BadInput, Damaged
from indexer.learning import learned
from indexer.reference.synonyms import Synonyms
from indexer.search.evaluation import Collection, JudgedQuestion
from indexer.search.match_modes import Leveling
from indexer.search.question_language import parse
from indexer.text.analyser import Analyser

ANALYSER = Analyser(["企业", "补贴", "公寓", "申请", "人才"])
PASSAGES = [
    IndexedPassage("a", 1, "企业申请补贴，企业再申请补贴。", zone="东山高新区"),
    IndexedPassage("a", 2, "人才住进公寓。", zone="东山高新区"),
    IndexedPassage("b", 1, "奖补资金由窗口受理。", zone="西山高新区"),
    IndexedPassage("b", 3, "补贴到账以后，企业回访。", zone="西山高新区"),
]
QUESTION = "企业怎么申请补贴"


def leaf(value: float) -> dict[str, float]:
    return {"leaf_value": value}


def split(name: str, threshold: float, left: object, right: object) -> dict[str, object]:
    return {
        "split_feature": NAMES.index(name),
        "threshold": threshold,
        "left_child": left,
        "right_child": right,
    }


def trees(*roots: object) -> Trees:
    return Trees.of([{"tree_structure": root} for root in roots])


LIKED = trees(split("near_best", 0.0, leaf(0), leaf(1)))  # what near questions were answered by comes first
NOTHING = trees()


def words(text: str) -> Vector:
    return dict.fromkeys(text, 1.0)


def ranking(judged: dict[str, list[str]], of_all: Trees = LIKED, of_folds: Trees = NOTHING) -> Ranking:
    return Ranking(JudgedQuestions.of(judged, words), of_all, (of_folds,) * FOLDS, {"rank": 1.0})


def sentence(text: str, **more: Any) -> Query:
    leveled = Leveling(Synonyms([]), ANALYSER).at(Query().match, parse(text)[0])
    return Query(text, leveled.node, loosened=leveled.loosened, **more)


def found(question: Query, used: Ranking | None) -> list[str]:
    engine = MemoryEngine(ANALYSER)
    engine.replace_all(PASSAGES)
    index = engine._index
    assert index is not None
    page = LearnedOrder(used).search(question, index, index.passages.__getitem__, ANALYSER, 0.0)
    return [hit.passage.id for hit in page.hits]


def test_trees_give_a_row_what_its_leaves_say_together() -> None:
    both = trees(
        split("rank", 1.5, split("length", 10, leaf(1), leaf(2)), leaf(4)),
        split("prior", 0.0, leaf(0.25), leaf(0.5)),
    )
    rows = np.zeros((4, len(NAMES)), np.float32)
    rows[:, NAMES.index("rank")] = [1.5, 1, 2, 9]
    rows[:, NAMES.index("length")] = [10, 11, 0, 50]
    rows[:, NAMES.index("prior")] = [0, 3, 0, 1]
    assert both.scores(rows).tolist() == [1.25, 2.5, 4.25, 4.5]


def test_a_tree_with_more_leaves_than_bits_is_refused() -> None:
    tall: object = leaf(0)
    for _ in range(16):
        tall = split("rank", 1, tall, leaf(1))
    with pytest.raises(ValueError, match="leaves"):
        trees(tall)


def test_near_questions_vouch_for_their_answers_and_the_reports_of_these() -> None:
    judged = JudgedQuestions.of({"补贴申请": ["a:1"], "补贴到账": ["b:3", "b:1"], "绿化": ["a:2"]}, words)
    over = Judgements.over(judged, {"a:1": 0, "a:2": 1, "b:1": 2, "b:3": 3}, np.array([0, 0, 1, 1], np.int32))
    near = over.near(words("申请补贴"))
    assert near.passages.tolist() == [0, 2, 3]
    assert near.nearest == pytest.approx(1)
    assert near.best.tolist() == pytest.approx([1, 0.5, 0.5])
    assert near.reports.tolist() == [0, 1]
    assert near.prior.at(np.array([1, 5], np.int32)).tolist() == [1, 0]


def test_what_is_left_out_is_not_heard() -> None:
    judged = JudgedQuestions.of({f"问题{n}": ["a:1"] for n in range(2 * CELLS)}, words)
    over = Judgements.over(judged, {"a:1": 0}, np.array([0], np.int32))
    first = np.zeros(1, np.int32)
    assert over.near(words("问题")).prior.at(first) == [2 * CELLS]
    assert over.leaving_out(cells_of(0)).near(words("问题")).prior.at(first) == [2 * CELLS * (1 - 1 / FOLDS)]


def test_an_answer_of_a_near_question_is_found_though_it_has_none_of_the_words() -> None:
    assert "b:1" not in found(sentence(QUESTION), None)
    assert found(sentence(QUESTION), ranking({"企业如何申请补贴": ["b:1"]}))[0] == "b:1"


def test_filters_hold_for_the_answers_of_near_questions() -> None:
    asked = sentence(QUESTION, filters=Filters.of(zone=("东山高新区",)))
    assert found(asked, ranking({"企业如何申请补贴": ["b:1"]})) == found(asked, None)


def test_words_that_all_must_stand_there_find_what_they_find_in_another_order() -> None:
    asked = sentence("企业 补贴")
    usual = found(asked, None)
    assert usual == ["a:1", "b:3"]
    assert found(asked, ranking({"企业的补贴": ["b:3", "b:1"]})) == ["b:3", "a:1"]


def test_by_date_nothing_is_reordered() -> None:
    asked = sentence("企业 补贴", sort=Sort.DATE)
    assert found(asked, ranking({"企业的补贴": ["b:3"]})) == found(asked, None)


def test_to_measure_a_judged_question_is_answered_by_what_never_saw_it() -> None:
    seen = ranking({QUESTION: ["b:1"]})
    assert found(sentence(QUESTION), seen)[0] == "b:1"
    assert "b:1" not in found(sentence(QUESTION), seen.measuring())


def test_passages_that_the_index_has_no_more_are_left_out() -> None:
    report_of = np.array([0, 0, 1, 1], np.int32)
    wanted = {"a:2", "b:2", "b:3", "c:1", "0:1", "nothing"}
    assert numbers_of(wanted, report_of, PASSAGES.__getitem__) == {"a:2": 1, "b:3": 3}


def test_a_ranking_comes_back_from_its_file_as_it_was(tmp_path: Path) -> None:
    kept = ranking({"企业如何申请补贴": ["b:1"], "人才公寓": ["a:2"]}, of_folds=LIKED)
    file.save(kept, tmp_path / "ranking.npz")
    assert [one.name for one in tmp_path.iterdir()] == ["ranking.npz"]
    opened = file.opened(tmp_path / "ranking.npz")
    assert opened.judged.texts == kept.judged.texts
    assert opened.importance == kept.importance
    assert found(sentence(QUESTION), opened) == found(sentence(QUESTION), kept)


def test_a_cut_file_is_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "ranking.npz"
    file.save(ranking({"企业如何申请补贴": ["b:1"]}), path)
    path.write_bytes(path.read_bytes()[:-300])
    with pytest.raises(Damaged):
        file.opened(path)


def test_a_handful_of_judgements_is_not_tried(tmp_path: Path) -> None:
    judged = [JudgedQuestion(QUESTION, frozenset({"a:1"}))]
    with pytest.raises(BadInput, match="至少要 50 个"):
        learned(None, sentence, judged, Collection((), {}), tmp_path / "x", lambda *_: None)  # type: ignore[arg-type]  # refused before a library is asked
