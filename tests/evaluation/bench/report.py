"""The table of a run, in Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

HEAD = """# How fast it finds

Written by `make bench`. A made-up corpus from a seed: 60,000 words drawn by Zipf's law, 60 to a passage, 40 passages to
a report, zones and years (tests/evaluation/bench/corpus.py). Words are asked for by rank, as often rare as common. All
engines answer the same questions in one run, warm, from one thread, and the run fails where one finds a passage more or
less than the others. Each question asks for the exact total and the ten best; *filter* adds a zone and every second
time three years; *facets* counts zones and years; *ten snippets* reads ten passages and marks the words; *page 50* asks
for places 491 to 500. A quote (*phrase*) is found letter for letter by ours, word for word by the others. Ours indexes
every word of its dictionary wherever a text holds it, every character with its places, and the passage itself.

Each question is asked six times. Ours keeps what it found for a quote, and which passages pass a filter that names few
(16 MB; the synonyms of a question are such quotes, the same in every question for a word); *asked first* is a quote or
a filter that nobody asked before.

Of ours the parts are timed as each kind needs them (matching, filters, counts, order), called directly. *The whole
search* is what a page asks the program: all these questions, nine facets counted, the ten best reports with up to three
snippets each.

Compare columns of one table only: another machine, or the same one an hour later, gives other milliseconds.
"""

_COSTS = {
    "build_s": "build from ready words, s",
    "build_mb": "… memory added at its peak, MB",
    "disk_mb": "index on disk, MB",
    "open_ms": "open, ms",
    "open_mb": "… memory added after one question, MB",
    "open_private_mb": "… of which private to the process, MB",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """``costs``: engine → name → value. ``times``: kind → engine → (p50, p95) in milliseconds."""

    size: int
    versions: Mapping[str, str]
    costs: Mapping[str, Mapping[str, float]]
    times: Mapping[str, Mapping[str, tuple[float, float]]]
    machine: str


def written(measured: Measured) -> str:
    names = list(measured.versions)
    lines = [
        f"## {measured.size:,} passages",
        "",
        "; ".join(f"{name}: {version}" for name, version in measured.versions.items()) + f". {measured.machine}.",
        "p50 / p95 in milliseconds over the questions of a kind, each the middle of five rounds; the last column is"
        " ours as a multiple of tantivy's.",
        "",
        _row(["", *names, "ours : tantivy"]),
        _row(["---"] * (len(names) + 2)),
    ]
    for kind, by_engine in measured.times.items():
        lines.append(_row([kind, *(_times(by_engine.get(name)) for name in names), _ratio(by_engine)]))
    lines += ["", _row(["", *names]), _row(["---"] * (len(names) + 1))]
    for cost, label in _COSTS.items():
        lines.append(_row([label, *(f"{measured.costs[name][cost]:.1f}" for name in names)]))
    return "\n".join(lines) + "\n"


def _times(some: tuple[float, float] | None) -> str:
    return " / ".join(f"{value:.2f}" for value in some) if some else "–"


def _ratio(by_engine: Mapping[str, tuple[float, float]]) -> str:
    if not {"ours", "tantivy"} <= by_engine.keys():
        return "–"
    return " / ".join(f"{us / them:.2f}" for us, them in zip(by_engine["ours"], by_engine["tantivy"], strict=True))


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
