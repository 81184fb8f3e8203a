"""Words counted in arrays, many reports in one go, are those that each passage has by itself."""

from __future__ import annotations

import gc
import json
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer.domain.report import Grade, Report, Status
from indexer.domain.results import IndexedPassage
from indexer.domain.suggestions import Kind, Listed
from indexer.pipeline.clean import masks
from indexer.pipeline.extract.hijack import is_spam
from indexer.search.suggest import words as counting
from indexer.search.suggest.candidates import honest
from indexer.search.suggest.collector import collector_paused
from indexer.search.suggest.latin_words import OFFERED
from indexer.search.suggest.suggestion_index import opened_lists, write_lists
from indexer.search.suggest.words import FIELD_WEIGHT, LONGEST_WORD, Words
from indexer.settings import Settings
from indexer.tables import Tables
from indexer.text.fold import fold
from indexer.text.word_kinds import binding_words
from tests.unit.stored import a_stored

TABLES = Tables(Settings().corpus_folder)
ANALYSER = TABLES.analyser
KNOWN = frozenset(ANALYSER.word_finder.words)
FIELD = frozenset(map(fold, TABLES.field_terms))
LATIN = (
    "5G",
    "5g",
    "AI",
    "R&D",
    "r&d",
    "GDP",
    "1,014-abc",
    "2,000.5",
    "12,34,Wi-Fi",
    "ＬＥＤ",
    "x",
    "www",
    "a/b/c",
    "_b2b_",
)
Reports = Sequence[tuple[Report, Sequence[IndexedPassage]]]


def some_reports(seed: int) -> Reports:
    chance = random.Random(seed)
    words = chance.sample(sorted(KNOWN), 30) + chance.sample(sorted(FIELD & KNOWN), 10) + ["以及", "xx高新区", "娱乐城"]
    words += [word[1:] for word in words[:10]]

    def text() -> str:
        return "".join(chance.choices([*words, *LATIN, "，", "。", " ", "𠮷"], k=chance.randint(0, 25)))

    reports = []
    for number in range(40):
        flags = chance.choice([(), (), (), ("laundered",)])
        grade = chance.choice([Grade.COPY, Grade.COPY, Grade.OFFICIAL, Grade.TAMPERED])
        report = a_stored(f"r{number}", (Status.MEASURE, "招商", ()), grade=grade, flags=flags).report
        texts = [(text(), text() if chance.random() < 0.2 else None) for _ in range(chance.randint(0, 6))]
        passages = [IndexedPassage(f"r{number}", seq, one, restored) for seq, (one, restored) in enumerate(texts)]
        reports.append((report, passages))
    return reports


def inside(text: str) -> set[str]:
    """The words of the dictionary wherever they stand in a folded text."""
    return {text[at:end] for at in range(len(text)) for end in range(at + 2, len(text) + 1)} & KNOWN


def one_by_one(reports: Reports, every: int) -> list[tuple[str, int]]:
    having: Counter[str] = Counter()
    in_honest: Counter[str] = Counter()
    cut: set[str] = set()
    spelled: dict[str, Counter[str]] = {}
    seen = 0
    for report, passages in reports:
        of_report: set[str] = set()
        for passage in passages:
            both = fold(passage.text), fold(passage.restored or "")
            latin = {token.text for token in ANALYSER.latin_tokens("\0".join(both))}
            found = inside(both[0]) | inside(both[1]) | latin
            having.update(found)
            of_report |= found
            seen += honest(report)
            if honest(report) and seen % every == 0:
                cut.update(word for word, _ in ANALYSER.words(passage.text))
                for token in ANALYSER.latin_tokens(both[0]):
                    printed = passage.text[token.start : token.end]
                    spelled.setdefault(token.text, Counter())[printed] += 1
        if honest(report):
            in_honest.update(of_report)
    ranked = []
    for word, reports_having in in_honest.items():
        count, ours = having[word], word in FIELD
        if word in KNOWN and len(word) <= LONGEST_WORD and (ours or (word in cut and reports_having > 1)):
            ranked.append((word in binding_words() and not ours, -count * (FIELD_WEIGHT if ours else 1), word, count))
        elif word in spelled and reports_having > 1 and OFFERED.fullmatch(word):
            ranked.append((False, -count, spelled[word].most_common(1)[0][0], count))
    return [(word, count) for *_, word, count in sorted(ranked) if not masks.find(word) and not is_spam(word)]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("every", "at_once"), [(1, 1 << 19), (1, 100), (3, 700)])
def test_any_reports(seed: int, every: int, at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = some_reports(seed)
    passages = sum(len(of_report) for _, of_report in reports)
    monkeypatch.setattr(counting, "CUT_PASSAGES", -(-passages // every))
    monkeypatch.setattr(counting, "_AT_ONCE", at_once)
    words = Words(ANALYSER, passages)
    for report, of_report in reports:
        words.add(report, of_report)
    found = [(one.text, one.count) for one in words.listed(TABLES.field_terms)]
    assert found == one_by_one(reports, every)
    assert len(found) > 20


def test_no_report_at_all() -> None:
    assert Words(ANALYSER, 0).listed(TABLES.field_terms) == []


@pytest.mark.parametrize("name", ['所谓"两区"', "甲\n乙", "甲\\乙", "]],\n[", '"]], ["', "a, b"])
def test_a_name_is_kept_as_it_is_whatever_it_is_made_of(name: str, tmp_path: Path) -> None:
    listed = [Listed(name, Kind.ZONE, 1, name, name), Listed("招商", Kind.WORD, 2), Listed(name, Kind.WORD, 3)]
    write_lists(tmp_path / "lists", listed, TABLES.readings, ANALYSER)
    lists = opened_lists(tmp_path / "lists")
    assert lists is not None
    assert [lists[number] for number in range(len(lists))] == listed
    fields = [
        (one.text, one.kind.name, one.count, one.target, one.name, TABLES.readings.syllables(fold(one.said)))
        for one in listed
    ]
    as_json = "".join(json.dumps(one, ensure_ascii=False) for one in fields)
    assert (tmp_path / "lists" / "listed.bytes").read_text(encoding="utf-8") == as_json


@collector_paused()
def fail_without_collector() -> None:
    assert not gc.isenabled()
    raise ZeroDivisionError


def test_the_collector_runs_again_afterwards_whatever_happens() -> None:
    with pytest.raises(ZeroDivisionError):
        fail_without_collector()
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
