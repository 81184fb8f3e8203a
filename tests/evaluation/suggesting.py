"""How good the offers of 你是不是要找 are, over the sample corpus.

    python -m tests.evaluation.suggesting              the table of docs/suggestions.md
    python -m tests.evaluation.suggesting --write FILE puts it there, between the marks
    python -m tests.evaluation.suggesting --wrong      every word meant that isn't offered first, every offer not wanted

Slips are made at random in words and zone names of the sample's own lists, with a seed. A slip that stands in the
corpus or is a word of the dictionary is none that anybody could see, and is drawn again.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from indexer.domain.query import Phrase, Query
from indexer.domain.suggestions import Kind, Listed, Offer
from indexer.library import Library
from indexer.search.suggest.suggestion_index import opened_lists
from indexer.stores.builds import Builds
from indexer.tables import Tables
from tests.evaluation.finding import needs, sample_library
from tests.evaluation.reading_sample import CORPUS

SEED = 20260117
EACH = 300
BEGIN, END = "<!-- suggesting: begin -->", "<!-- suggesting: end -->"

Slip = Callable[[str, tuple[str, ...], random.Random], str | None]


@dataclass
class Row:
    """``first``, ``three``: how often what was meant came first, among three; ``asked``: of how many."""

    name: str
    asked: int = 0
    first: int = 0
    three: int = 0
    milliseconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Bench:
    def __init__(self, library: Library) -> None:
        self.library = library
        self.tables = Tables(CORPUS / "tables")
        lists = opened_lists(Builds(library.settings.data_folder).live()[1].suggestions)
        assert lists is not None
        self.lists = lists
        self.sounds: dict[str, list[str]] = {}
        for character, readings in self.lists.readings.items():
            for one in readings:
                if _is_common(character):
                    self.sounds.setdefault(one, []).append(character)

    def offers(self, text: str, row: Row) -> tuple[Offer, ...]:
        query = self.library.question({"q": [text]})
        page = self.library.search(query)
        started = time.perf_counter()
        offered = self.library.meant(query, page)
        row.milliseconds.append((time.perf_counter() - started) * 1000)
        return offered

    def stands(self, text: str) -> bool:
        return self.library.search(Query(node=Phrase(text), limit=1, facets=())).total > 0

    def is_word(self, text: str) -> bool:
        return self.tables.analyser.knows(text)

    def drawn(self, kind: Kind, lengths: range, chance: random.Random) -> Iterator[tuple[Listed, tuple[str, ...]]]:
        """Words or zone names of the lists without end, each as likely as another."""
        fitting = [
            number
            for number in range(len(self.lists))
            if int(self.lists.lengths[number]) in lengths and list(Kind)[int(self.lists.kinds[number])] is kind
        ]
        while True:
            yield self.lists.read(chance.choice(fitting))

    # --- slips ---

    def same_sound(self, name: str, syllables: tuple[str, ...], chance: random.Random) -> str | None:
        at = chance.randrange(len(name))
        others = [one for one in self.sounds.get(syllables[at], ()) if one != name[at]]
        return name[:at] + chance.choice(others) + name[at + 1 :] if others else None

    def other_character(self, name: str, _: tuple[str, ...], chance: random.Random) -> str | None:
        at = chance.randrange(len(name))
        return name[:at] + chance.choice(chance.choice(list(self.sounds.values()))) + name[at + 1 :]


def left_out(name: str, _: tuple[str, ...], chance: random.Random) -> str | None:
    at = chance.randrange(1, len(name) - 1)
    return name[:at] + name[at + 1 :]


def changed_places(name: str, _: tuple[str, ...], chance: random.Random) -> str | None:
    at = chance.randrange(len(name) - 1)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def in_pinyin(_: str, syllables: tuple[str, ...], __: random.Random) -> str | None:
    return "".join(syllables) if all(one.isascii() for one in syllables) else None


def _is_common(character: str) -> bool:
    """Among the 3,755 of the first level of GB 2312."""
    try:
        return 0xB0 <= character.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


def slips(bench: Bench, each: int = EACH) -> list[Row]:
    kinds: list[tuple[str, Kind, range, Slip]] = [
        ("a character of the same sound, words of two", Kind.WORD, range(2, 3), bench.same_sound),
        ("· words of three", Kind.WORD, range(3, 4), bench.same_sound),
        ("· words of four and more", Kind.WORD, range(4, 13), bench.same_sound),
        ("· names of zones", Kind.ZONE, range(4, 13), bench.same_sound),
        ("any other character, four and more", Kind.WORD, range(4, 13), bench.other_character),
        ("· names of zones", Kind.ZONE, range(4, 13), bench.other_character),
        ("a character left out inside, four and more", Kind.WORD, range(4, 13), left_out),
        ("two neighbours changed, four and more", Kind.WORD, range(4, 13), changed_places),
        ("typed in pinyin, words of two", Kind.WORD, range(2, 3), in_pinyin),
        ("· words of three and more", Kind.WORD, range(3, 13), in_pinyin),
        ("· names of zones", Kind.ZONE, range(4, 13), in_pinyin),
    ]
    rows = []
    for name, kind, lengths, slip in kinds:
        chance = random.Random(SEED)
        row = Row(name)
        for one, syllables in bench.drawn(kind, lengths, chance):
            if row.asked == each:
                break
            typed = slip(one.said, syllables, chance)
            if typed is None or typed == one.said or bench.stands(typed) or bench.is_word(typed):
                continue
            row.asked += 1
            offered = [offer.text == one.said or offer.zone == (one.target or "") for offer in bench.offers(typed, row)]
            row.first += offered[:1] == [True]
            row.three += True in offered
            if offered[:1] != [True]:
                row.wrong.append(f"{typed} ← {one.said}: {[o.zone or o.text for o in bench.offers(typed, row)]}")
        rows.append(row)
    return rows


def right_words(bench: Bench, each: int = EACH) -> list[Row]:
    """``three``: how often something is offered at all."""
    absent = [term for term in bench.tables.field_terms if not bench.stands(term) and len(term) > 1]
    asked = [need.query for need in needs()]
    chance = random.Random(SEED)
    known = bench.tables.analyser.word_finder.words
    others = (word for word in chance.sample(known, 20 * each) if not bench.stands(word))
    built = {label for label, _, _ in bench.library.zones()}
    elsewhere = [zone.short for zone in bench.tables.gazetteer.zones if zone.short not in built]
    regions = (region.name for region in chance.sample(tuple(bench.tables.gazetteer.regions), 2 * each))
    strangers = [
        "".join(chance.choices("".join(bench.sounds.get(one, [""])[0] for one in bench.sounds), k=3))
        for _ in range(each)
    ]
    rows = []
    for name, texts in (
        ("words of the field that stand nowhere", absent),
        ("words of jieba's dictionary that stand nowhere", list(islice(others, 3 * each))),
        ("zones that no report is of", elsewhere),
        ("regions that stand nowhere", [name for name in regions if not bench.stands(name)]),
        ("three characters at random", strangers),
        ("questions without a slip (tests/evaluation/questions.tsv)", asked),
    ):
        row = Row(name)
        for text in texts:
            row.asked += 1
            if offered := bench.offers(text, row):
                row.three += 1
                row.wrong.append(f"{text}: {[one.zone or one.text for one in offered]}")
        rows.append(row)
    return rows


def table(bench: Bench) -> tuple[str, list[str]]:
    wrong: list[str] = []
    lines = ["| slip | asked | meant word first | among three | ms, median / worst |", "|---|---|---|---|---|"]
    for row in slips(bench):
        lines.append(
            f"| {row.name} | {row.asked} | {row.first / row.asked:.2f} | {row.three / row.asked:.2f} | {_times(row)} |"
        )
        wrong += [f"{row.name}: {one}" for one in row.wrong]
    lines += ["", "| no slip | asked | something offered | ms, median / worst |", "|---|---|---|---|"]
    for row in right_words(bench):
        lines.append(f"| {row.name} | {row.asked} | {row.three / row.asked:.3f} | {_times(row)} |")
        wrong += [f"{row.name}: {one}" for one in row.wrong]
    return "\n".join(lines), wrong


def _times(row: Row) -> str:
    times = sorted(row.milliseconds)
    return f"{times[len(times) // 2]:.1f} / {times[-1]:.0f}"


def main(arguments: list[str]) -> int:
    with sample_library() as library:
        made, wrong = table(Bench(library))
    print(made)
    if "--wrong" in arguments:
        print("\n".join(wrong))
    if "--write" in arguments:
        file = Path(arguments[arguments.index("--write") + 1])
        before, _, rest = file.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        file.write_text(f"{before}{BEGIN}\n{made}\n{END}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
