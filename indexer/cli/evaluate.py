"""evaluate, learn: how well questions are answered whose answers are known, and an order that is learned from them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from indexer.cli import terminal
from indexer.cli.common import json_flag, put_json, with_library
from indexer.cli.help import command, option
from indexer.learning import LEAST_JUDGED, Learned
from indexer.library import Library
from indexer.locale import say
from indexer.search.evaluation import Evaluation, Figures, JudgedQuestion, judged_questions, kept_answers

_PATH = click.Path(path_type=Path)
_SHOWN = 8  # features that are named
_NAMES = ("recall@10", "recall@100", "mrr@10", "ndcg@10")


@command()
@option("--corpus", type=_PATH)
@option("--queries", type=_PATH, required=True)
@option("--qrels", type=_PATH, required=True)
@option("--apart", is_flag=True)
@json_flag
@with_library
def evaluate(library: Library, corpus: Path | None, queries: Path, qrels: Path, apart: bool, as_json: bool) -> None:
    """recall@10, recall@100, mrr@10 and ndcg@10 over questions with known answers."""
    found = library.evaluate(corpus, queries, qrels, apart=apart)
    if as_json:
        put_json(_evaluation_json(found))
    else:
        _show(found)


@command(values={"least": LEAST_JUDGED})
@option("--corpus", type=_PATH)
@option("--queries", type=_PATH)
@option("--qrels", type=_PATH)
@option("--apart", is_flag=True)
@option("--kept", type=_PATH)
@option("--anyway", is_flag=True)
@option("--forget", is_flag=True)
@json_flag
@with_library
def learn(
    library: Library,
    corpus: Path | None,
    queries: Path | None,
    qrels: Path | None,
    apart: bool,
    kept: Path | None,
    anyway: bool,
    forget: bool,
    as_json: bool,
) -> None:
    """An order for this collection, out of questions with known answers."""
    if forget:
        known = library.forget_learned(corpus, apart=apart)
        click.echo(say("learn.forgotten" if known else "learn.nothing_to_forget"))
        return
    judged: list[JudgedQuestion] = []
    if queries and qrels:
        judged += judged_questions(queries, qrels)
    if kept:
        judged += kept_answers(kept)
    if not judged or bool(queries) != bool(qrels):
        raise click.UsageError(say("learn.no_judgements"))
    found = library.learn(corpus, _once(judged), _progress, apart=apart, anyway=anyway)
    if as_json:
        put_json(_learned_json(found))
        return
    _show(found.evaluation)
    words = [f"{say(f'learn.feature.{name}')} {share:.0%}" for name, share in found.importance[:_SHOWN]]
    terminal.pairs([(say("learn.learned_from"), words)])
    told = (
        say("learn.used") if found.used else say(f"learn.unused.{found.why_not}", n=found.questions, least=LEAST_JUDGED)
    )
    click.echo(told)


def _once(judged: Sequence[JudgedQuestion]) -> list[JudgedQuestion]:
    """Each question once, with all its answers."""
    answers: dict[str, frozenset[str]] = {}
    for one in judged:
        answers[one.text] = answers.get(one.text, frozenset()) | one.documents
    return [JudgedQuestion(text, documents) for text, documents in answers.items()]


def _progress(done: int, total: int) -> None:
    if done % 100 == 0:
        click.echo(say("learn.progress", done=done, total=total), err=True)


def _values(found: Figures) -> dict[str, float]:
    return dict(zip(_NAMES, (found.recall_at_10, found.recall_at_100, found.mrr_at_10, found.ndcg_at_10), strict=True))


def _figures_json(found: Figures) -> dict[str, Any]:
    rounded = {name: round(value, 4) for name, value in _values(found).items()}
    return {"queries": found.queries, **rounded, "ms_per_query": round(found.ms_per_query, 2)}


def _evaluation_json(found: Evaluation) -> dict[str, Any]:
    """As it comes; ``learned`` beside it, where an order was learned."""
    learned = found.learned
    return _figures_json(found.as_it_comes) | (
        {"learned": _figures_json(learned) | {"out_of_fold": found.out_of_fold}} if learned else {}
    )


def _learned_json(found: Learned) -> dict[str, Any]:
    importance = {name: round(share, 4) for name, share in found.importance}
    return _evaluation_json(found.evaluation) | {"importance": importance, "used": found.used, "unused": found.why_not}


def _show(found: Evaluation) -> None:
    before, after = found.as_it_comes, found.learned
    if after is None:
        lines = [(name, f"{value:.3f}") for name, value in _values(before).items()]
    else:
        both = zip(_values(before).items(), _values(after).values(), strict=True)
        lines = [
            (name, say("command.evaluate.both", before=f"{old:.3f}", after=f"{new:.3f}")) for (name, old), new in both
        ]
    figures = [before, *([after] if after else [])]
    took = " → ".join(say("command.evaluate.ms", ms=f"{one.ms_per_query:.1f}") for one in figures)
    terminal.pairs(
        [(say("command.evaluate.questions"), str(before.queries)), *lines, (say("command.evaluate.each"), took)]
    )
    if after is not None:
        click.echo(say("command.evaluate.out_of_fold", n=found.out_of_fold, all=before.queries))


COMMANDS = (evaluate, learn)
