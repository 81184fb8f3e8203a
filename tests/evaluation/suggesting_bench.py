"""How fast suggestions are over 100,000 made-up passages (bench/corpus.py) with 60,000 different words, and how many
strangers a list as large as a dictionary brings up for names that are right.

python -m tests.evaluation.suggesting_bench [PASSAGES]
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

import jieba

from indexer.domain.suggestions import Kind, Listed
from indexer.search.suggest.completion import completions
from indexer.search.suggest.correction import corrections
from indexer.search.suggest.suggestion_index import opened_lists, write_lists
from indexer.search.suggest.words import MOST_WORDS, Words
from indexer.tables import Tables
from tests.evaluation.bench.corpus import PASSAGES_PER_REPORT, SEED, passages
from tests.evaluation.bench.engines import our_analyser
from tests.evaluation.finding import needs
from tests.evaluation.reading_sample import CORPUS
from tests.unit.stored import a_stored

ASKED = 1000
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "明国文华建志伟强军平海涛波辉鹏飞杰峰磊超勇艳丽娟敏静玲霞雪梅琳"


def main(arguments: Sequence[str]) -> int:
    size = int(arguments[0]) if arguments else 100_000
    analyser = our_analyser()
    tables = Tables(CORPUS / "tables")
    report = a_stored("r").report
    words = Words(analyser, size)
    started = time.perf_counter()
    made = passages(size)
    counting = 0.0
    while of_report := [one.indexed() for one in islice(made, PASSAGES_PER_REPORT)]:
        before = time.process_time()
        words.add(report, of_report)
        counting += time.process_time() - before
    before = time.process_time()
    listed = words.listed(())
    counting += time.process_time() - before
    zones = [
        Listed(zone.short, Kind.ZONE, 5, zone.short, name) for zone in tables.gazetteer.zones for name in zone.aliases
    ]
    titles = [
        Listed(f"{zone.short}{year}年工作总结", Kind.REPORT, 1, "r")
        for zone in tables.gazetteer.zones
        for year in range(2018, 2022)
    ]
    with tempfile.TemporaryDirectory() as folder:
        before = time.process_time()
        write_lists(Path(folder) / "lists", [*listed, *zones, *titles], tables.readings, analyser)
        writing = time.process_time() - before
        on_disk = sum(file.stat().st_size for file in (Path(folder) / "lists").iterdir())
        before = time.perf_counter()
        lists = opened_lists(Path(folder) / "lists")
        opening = time.perf_counter() - before
        assert lists is not None
        print(f"{size} passages: {len(listed)} words, {len(zones)} names of zones, {len(titles)} titles")
        print(f"CPU: counting {counting:.2f} s, writing {writing:.2f} s; opening {opening * 1000:.1f} ms")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{on_disk / 1e6:.0f} MB, peak {peak:.0f} MB, {time.perf_counter() - started:.0f} s in all")
        chance = random.Random(SEED)
        drawn = [lists.read(chance.randrange(len(listed))) for _ in range(ASKED)]
        typed: list[tuple[str, list[str]]] = [
            ("one letter", [syllables[0][0] for _, syllables in drawn]),
            ("pinyin, cut anywhere", ["".join(s)[: chance.randint(2, len("".join(s)))] for _, s in drawn]),
            ("initials", ["".join(one[0] for one in s) for _, s in drawn]),
            ("one character", [one.text[0] for one, _ in drawn]),
            ("characters", [one.text[: chance.randint(1, len(one.text))] for one, _ in drawn]),
            ("mixed", [one.text[0] + "".join(s[1:])[:3] for one, s in drawn]),
        ]
        for name, questions in typed:
            _timed(name, questions, lambda one: completions(lists, one, 8))
        sounds = lists.readings
        slips = [one.text[:-1] + chance.choice([c for c in sounds if s[-1] in sounds[c]]) for one, s in drawn]
        _timed("corrections: same sound", slips, lambda one: corrections(lists, one, analyser))
        sentences = ["".join(slips[at : at + 5])[:24] for at in range(0, ASKED, 5)]
        _timed("corrections: 24 characters", sentences, lambda one: corrections(lists, one, analyser))
    _strangers(tables)
    return 0


def _strangers(tables: Tables) -> None:
    """Over the 50,000 commonest words of jieba's dictionary and those of the field, every one taken to be found: names
    that are none of them, and how many bring up something that may be asked. The engine would still say no to some."""
    dictionary = jieba.Tokenizer()
    dictionary.initialize()
    common = sorted(
        (word for word in tables.analyser.word_finder.words), key=lambda word: -dictionary.FREQ.get(word, 0)
    )
    field = tables.field_terms
    words = dict.fromkeys((*field, *common[:MOST_WORDS]))
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        listed = [Listed(word, Kind.WORD, 5, of_the_field=at < len(field)) for at, word in enumerate(words)]
        write_lists(Path(folder) / "lists", listed, tables.readings, tables.analyser)
        lists = opened_lists(Path(folder) / "lists")
        assert lists is not None
        regions = tuple(tables.gazetteer.regions)
        for name, asked in (
            ("full names of regions", [one.name for one in chance.sample(regions, ASKED)]),
            ("short names of regions", [one.short for one in chance.sample(regions, ASKED)]),
            ("made-up people of three", [_person(chance, 2) for _ in range(ASKED)]),
            ("made-up people of two", [_person(chance, 1) for _ in range(ASKED)]),
            ("words of the 97 questions", [word for need in needs() for word in need.query.split()]),
        ):
            hit = sum(any(one.sure for one in corrections(lists, word, tables.analyser)) for word in asked)
            print(f"{name:28} {hit / len(asked):.3f} of {len(asked)}")


def _person(chance: random.Random, given: int) -> str:
    return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=given))


def _timed(name: str, questions: Sequence[str], ask: Callable[[str], object]) -> None:
    times = []
    for one in questions:
        before = time.perf_counter()
        ask(one)
        times.append((time.perf_counter() - before) * 1000)
    times.sort()
    middle, most = times[len(times) // 2], times[len(times) * 95 // 100]
    print(f"{name:28} p50 {middle:6.2f}  p95 {most:6.2f}  worst {times[-1]:6.2f} ms")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
