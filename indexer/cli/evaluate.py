"""evaluate: how well questions are answered whose answers are known."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.cli import terminal
from indexer.cli.common import json_flag, put_json, with_library
from indexer.library import Library


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path), required=True, help="语料，一行一条 {id, name, content}")
@click.option("--queries", type=click.Path(path_type=Path), required=True, help="问题，一行一条：编号⇥问题")
@click.option("--qrels", type=click.Path(path_type=Path), required=True, help="判断，一行一条：问题 0 条文 1")
@click.option("--apart", is_flag=True, help="每条自成一篇；不写则名称只差条号的归为一篇")
@json_flag
@with_library
def evaluate(library: Library, corpus: Path, queries: Path, qrels: Path, apart: bool, as_json: bool) -> None:
    """用有标准答案的问题考一考检索：recall@10、recall@100、mrr@10、ndcg@10。.gz 直接读；不动数据目录。"""
    found = library.evaluate(corpus, queries, qrels, apart=apart)
    figures = {
        "recall@10": found.recall_at_10,
        "recall@100": found.recall_at_100,
        "mrr@10": found.mrr_at_10,
        "ndcg@10": found.ndcg_at_10,
    }
    if as_json:
        rounded = {name: round(value, 4) for name, value in figures.items()}
        put_json({"queries": found.queries, **rounded, "ms_per_query": round(found.ms_per_query, 2)})
        return
    lines = [(name, f"{value:.3f}") for name, value in figures.items()]
    terminal.pairs([("问题", str(found.queries)), *lines, ("每问", f"{found.ms_per_query:.1f} 毫秒")])


COMMANDS = (evaluate,)
