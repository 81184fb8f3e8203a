"""Whether the sample's dense facts come out of the comparison: told, with their figures, in the row of their practice.

    python -m tests.evaluation.sample_comparison            by what ``duibiao read`` makes of each page
    python -m tests.evaluation.sample_comparison --rows     by ``duibiao figures`` and ``compare``, over a build
    python -m tests.evaluation.sample_comparison --data DIR the same over a build of the sample that is there already
    python -m tests.evaluation.sample_comparison --each …   and everything that is missing

A dense fact (F1001 and later) was collected with the practice that it shows and each figure's indicator and role. Asked
for are, of the dense facts that a page tells undamaged (masked, laundered and cut pages prove nothing here):

    figure      a figure of the fact is there with its value, unit and indicator; of those, how often with the fact's
                year, and how often with its role (a fact's ``part`` counts as right where it is told as a result, too:
                what a part is of is seldom said)
    practice    the fact's practice stands beside the sentence that tells it

Facts of several years (2017-2021年, 五年) are asked for without a year: such a sum is of no one year.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.text.fold import fold
from tests.evaluation import reading_sample
from tests.evaluation.reading_sample import CORPUS, squeezed, truths
from tests.sample_corpus.facts import DENSE, facts

_SPOILT = {"masked", "laundered", "truncated", "anonymised", "year_wrong", "year_missing"}
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Asked:
    """One thing asked of the comparison. ``field``: figure, figure.year, figure.role, practice."""

    field: str
    fact: str
    right: bool
    wanted: str


@dataclass(frozen=True)
class Sentence:
    """A sentence of an undamaged page that tells a dense fact."""

    page: str
    place: str
    truth: dict[str, Any]

    def stands_in(self, text: str) -> bool:
        """The whole sentence, or, where sentences are cut into measures, a piece of it."""
        own, other = fold(squeezed(self.truth["text"])), fold(squeezed(text))
        return own in other or (len(other) >= 6 and other.rstrip("。；，") in own)


def sentences() -> Iterator[Sentence]:
    for truth in truths():
        if truth["kind"] == "full" or truth["copy_of"] or _SPOILT & set(truth["damages"]):
            continue
        for one in truth["sentences"]:
            if one["fact"] and one["fact"] >= DENSE:
                yield Sentence(truth["page"], truth["zone"]["short"], one)


def asked(figures_of: Callable[[Sentence], Rows], practices_of: Callable[[Sentence], set[str]]) -> list[Asked]:
    """``figures_of``: the figures found in the sentence; ``practices_of``: the practices found beside it."""
    found: list[Asked] = []
    for sentence in sentences():
        truth = sentence.truth
        for wanted in (figure for figure in truth["figures"] if figure["indicator"]):
            found += _figure(truth, wanted, figures_of(sentence))
        if truth["practice"]:
            practices = practices_of(sentence)
            right = truth["practice"] in practices
            found.append(Asked("practice", truth["fact"], right, f"{truth['practice']}: {truth['text']} {practices}"))
    return found


def _figure(truth: dict[str, Any], wanted: dict[str, Any], figures: Rows) -> Iterator[Asked]:
    named = [one for one in figures if one["indicator"] == wanted["indicator"] and _same(one, wanted)]
    said = f"{wanted['indicator']} {wanted['value']}{wanted['unit']} {truth['text']}"
    yield Asked("figure", truth["fact"], bool(named), said)
    if not named:
        return
    if "-" not in truth["period"].removesuffix("月") and "五年" not in truth["text"] + truth["period"]:
        years = {one["year"] for one in named}
        yield Asked("figure.year", truth["fact"], truth["year"] in years, f"{truth['year']}, found {years}: {said}")
    roles = {one["role"] for one in named}
    right = wanted["role"] in roles or (wanted["role"] == "part" and "result" in roles)
    yield Asked("figure.role", truth["fact"], right, f"{wanted['role']}, found {roles}: {said}")


def _same(figure: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Growth stands beside its level as ``change``, a rank as it is printed (第9)."""
    rank = re.search(r"\d+", str(figure.get("rank") or ""))
    values = [figure.get("value"), figure.get("change"), float(rank[0]) if rank else None]
    return any(value is not None and abs(value) == abs(wanted["value"]) for value in values)


# --- what is looked at ----------------------------------------------------------------------------------------------


def by_reading() -> list[Asked]:
    def passages(sentence: Sentence) -> Rows:
        report = reading_sample.read(sentence.page)
        return [one for one in (report or {"passages": []})["passages"] if sentence.stands_in(one["text"])]

    def figures(sentence: Sentence) -> Rows:
        return [
            {**figure, "year": figure["year"] or passage["year"]}
            for passage in passages(sentence)
            for figure in passage["figures"]
        ]

    def practices(sentence: Sentence) -> set[str]:
        measures = [measure for passage in passages(sentence) for measure in passage["measures"]]
        return {one["practice"] for one in measures if one["practice"] and sentence.stands_in(one["text"])}

    return asked(figures, practices)


def by_rows(data: Path) -> list[Asked]:
    """Over a build of the sample in ``data``: every indicator's figures, and comparisons of six places at a time."""
    wanted = {figure["indicator"] for one in sentences() for figure in one.truth["figures"]} - {None}
    rows = [row for indicator in sorted(wanted) for row in _answered(data, "figures", "--indicator", indicator)]
    compared = _compared(data)

    def figures(sentence: Sentence) -> Rows:
        return [row for row in rows if sentence.stands_in(row["sentence"])]

    def practices(sentence: Sentence) -> set[str]:
        told = compared.get((sentence.truth["theme"], sentence.truth["year"]), [])
        return {practice for practice, quote in told if sentence.stands_in(quote)}

    return asked(figures, practices)


def _compared(data: Path) -> dict[tuple[str, int], list[tuple[str, str]]]:
    """Theme and year → (practice, quote) of every place that a dense fact is about."""
    places: dict[tuple[str, int], dict[str, None]] = {}
    for sentence in sentences():
        if sentence.truth["practice"]:
            places.setdefault((sentence.truth["theme"], sentence.truth["year"]), {})[sentence.place] = None
    found: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for (theme, year), zones in places.items():
        for some in (list(zones)[at : at + 6] for at in range(0, len(zones), 6)):
            asking = ["--theme", theme, "--year", str(year), *(word for zone in some for word in ("--zone", zone))]
            for row in (row for answer in _answered(data, "compare", *asking) for row in answer["rows"]):
                quotes = (quote for cell in row["cells"] for quote in cell["quotes"])
                found.setdefault((theme, year), []).extend((row["practice"], quote["text"]) for quote in quotes)
    return found


def _answered(data: Path, command: str, *arguments: str) -> Rows:
    """The lines that a command prints. Raises CalledProcessError where it has none such."""
    called = [sys.executable, "-m", "indexer", command, *arguments, "--data", str(data), "--json"]
    lines = subprocess.run(called, check=True, capture_output=True, text=True).stdout.splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def built(folder: Path) -> Path:
    for arguments in (("add", str(CORPUS / "sample" / "pages")), ("build",)):
        subprocess.run([sys.executable, "-m", "indexer", *arguments, "--data", str(folder)], check=True)
    return folder


def shares(every: list[Asked]) -> list[tuple[str, int, float]]:
    """(what, of how many, share), dense facts told first."""
    dense = {fact.id for fact in facts() if fact.id >= DENSE}
    told = {one["fact"] for truth in truths() for one in truth["sentences"] if one["fact"]}
    table = [("dense facts told", len(dense), len(dense & told) / len(dense))]
    for field in ("figure", "figure.year", "figure.role", "practice"):
        own = [one.right for one in every if one.field == field]
        if own:
            table.append((field, len(own), sum(own) / len(own)))
    return table


def main(arguments: list[str]) -> int:
    if "--data" in arguments:
        every = by_rows(Path(arguments[arguments.index("--data") + 1]))
    elif "--rows" in arguments:
        with tempfile.TemporaryDirectory() as folder:
            every = by_rows(built(Path(folder)))
    else:
        every = by_reading()
    if "--each" in arguments:
        print("\n".join(f"{one.field} {one.fact} {one.wanted}" for one in every if not one.right))
    for name, count, share in shares(every):
        print(f"{name:18}{count:6}{share:8.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
