"""evaluate: figures that can be worked out by hand."""

from __future__ import annotations

import gzip
import json
import math
from pathlib import Path

import pytest

from indexer.domain.query import Query
from indexer.domain.results import ResultPage
from indexer.engines.memory import MemoryEngine
from indexer.errors import BadInput
from indexer.search.evaluation import Figures, collection, judged_questions, kept_answers, measured
from indexer.search.question_language import parse
from indexer.text.analyser import Analyser

ARTICLES = ["光伏补贴", "光伏补贴补贴", "人才公寓", "绿化"]


def ask(text: str) -> Query:
    return Query(text, parse(text)[0], limit=100)


def files(folder: Path, *, qrels: str) -> tuple[Path, Path, Path]:
    corpus = folder / "corpus.jsonl.gz"
    lines = [json.dumps({"id": n, "name": f"园区办法第{n}条", "content": text}) for n, text in enumerate(ARTICLES)]
    corpus.write_bytes(gzip.compress("\n".join(lines).encode()))
    (folder / "queries.tsv").write_text("7\t补贴\n8\t公寓\n9\t没有判断\n", encoding="utf-8")
    (folder / "qrels.tsv").write_text(qrels, encoding="utf-8")
    return corpus, folder / "queries.tsv", folder / "qrels.tsv"


def evaluate(engine: MemoryEngine, files: tuple[Path, Path, Path], *, apart: bool = False) -> Figures:
    corpus, queries, qrels = files
    judged, asked = judged_questions(queries, qrels), collection(corpus, apart=apart)
    engine.replace_all(asked.passages)
    return measured(lambda text: engine.search(ask(text)), judged, asked.documents)


def figures(folder: Path, *, qrels: str) -> Figures:
    return evaluate(MemoryEngine(Analyser(["光伏"])), files(folder, qrels=qrels))


def test_the_figures_are_means_over_the_questions_with_a_judgement(tmp_path: Path) -> None:
    # question 7 finds article 1, then 0: the relevant one stands second, another one is never found
    found = figures(tmp_path, qrels="7\t0\t0\t1\n7\t0\t3\t1\n8\t0\t2\t1\n")
    assert found.queries == 2
    assert found.recall_at_10 == found.recall_at_100 == pytest.approx((0.5 + 1) / 2)
    assert found.mrr_at_10 == pytest.approx((0.5 + 1) / 2)
    ideal = 1 + 1 / math.log2(3)
    assert found.ndcg_at_10 == pytest.approx((1 / math.log2(3) / ideal + 1) / 2)
    assert found.ms_per_query > 0


def test_articles_of_a_law_are_one_report_or_each_its_own(tmp_path: Path) -> None:
    """At the end of a sentence's page stands how many reports it found: the question itself sees the grouping."""
    seen: list[int] = []

    class Counting(MemoryEngine):
        def search(self, query: Query) -> ResultPage:
            page = super().search(query)
            seen.append(page.reports)
            return page

    for apart in (False, True):
        evaluate(Counting(Analyser(["光伏"])), files(tmp_path, qrels="7\t0\t0\t1\n"), apart=apart)
    assert seen == [0, 1, 0, 2]  # 开发区 to warm up, then 补贴


def test_a_judgement_of_zero_is_none(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="没有一条判断"):
        figures(tmp_path, qrels="7 0 1 0\n")


def test_a_line_in_another_form_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="第 2 行"):
        figures(tmp_path, qrels="7 0 1 1\n7 1\n")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    corpus, queries, _ = files(tmp_path, qrels="")
    with pytest.raises(BadInput, match=r"none\.tsv"):
        evaluate(MemoryEngine(Analyser([])), (corpus, queries, tmp_path / "none.tsv"))


def test_kept_answers_are_questions_and_passages_with_a_tab_between(tmp_path: Path) -> None:
    kept = tmp_path / "kept.tsv"
    kept.write_text("# 二月核对过\n哪里有补贴\tr1:3\n哪里有补贴\tr2:0\n公寓在哪\tr1:4\n", encoding="utf-8")
    assert {one.text: one.documents for one in kept_answers(kept)} == {
        "哪里有补贴": frozenset({"r1:3", "r2:0"}),
        "公寓在哪": frozenset({"r1:4"}),
    }


def test_a_kept_answer_that_names_no_passage_is_refused_by_its_line(tmp_path: Path) -> None:
    kept = tmp_path / "kept.tsv"
    kept.write_text("哪里有补贴\tr1:3\n公寓在哪\t第四段\n", encoding="utf-8")
    with pytest.raises(BadInput, match="第 2 行"):
        kept_answers(kept)
