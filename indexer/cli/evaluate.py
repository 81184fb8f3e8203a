"""evaluate: how well questions are answered whose answers are known."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.cli import terminal
from indexer.cli.common import json_flag, put_json, with_library
from indexer.cli.help import command, option
from indexer.library import Library
from indexer.locale import say


@command()
@option("--corpus", type=click.Path(path_type=Path), required=True)
@option("--queries", type=click.Path(path_type=Path), required=True)
@option("--qrels", type=click.Path(path_type=Path), required=True)
@option("--apart", is_flag=True)
@json_flag
@with_library
def evaluate(library: Library, corpus: Path, queries: Path, qrels: Path, apart: bool, as_json: bool) -> None:
    """recall@10, recall@100, mrr@10 and ndcg@10 over questions with known answers."""
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
    asked = (say("command.evaluate.questions"), str(found.queries))
    took = (say("command.evaluate.each"), say("command.evaluate.ms", ms=f"{found.ms_per_query:.1f}"))
    terminal.pairs([asked, *lines, took])


COMMANDS = (evaluate,)
