"""The needs of questions.tsv and held_out.tsv can be judged: every answer stands on a page of the corpus."""

from __future__ import annotations

import csv

import pytest

from indexer.settings import Settings
from indexer.tables import Tables
from indexer.text.fold import fold
from tests.evaluation import finding
from tests.evaluation.reading_sample import CORPUS, squeezed, truths

TEXTS = {truth["page"]: fold(squeezed(truth["text"])) for truth in truths()}
NEEDS = [*finding.needs(), *finding.needs(finding.HELD_OUT)]


def test_there_are_a_hundred_needs_and_at_least_ten_of_them_have_no_answer() -> None:
    with finding.QUESTIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) == len({row["id"] for row in rows}) >= 100
    assert sum(not need.answerable for need in finding.needs()) >= 10


def test_the_held_out_needs_ask_for_facts_that_no_choice_was_made_on() -> None:
    held_out = finding.needs(finding.HELD_OUT)
    assert sum(need.answerable for need in held_out) >= 18
    assert sum(not need.answerable for need in held_out) >= 12
    known = {answer for need in finding.needs() for answer in need.answers}
    assert not known & {answer for need in held_out for answer in need.answers}


@pytest.mark.parametrize(
    "need",
    [
        need
        for set_of_needs in (
            finding.QUESTIONS,
            finding.HELD_OUT,
            finding.DRAWN,
            finding.LATER,
            finding.OWN_WORDS,
            finding.OWN_WORDS_LATER,
            finding.CLERKS,
        )
        for need in finding.needs(set_of_needs)
        if need.answerable
    ],
    ids=lambda need: need.id,
)
def test_every_answer_stands_on_a_page(need: finding.Need) -> None:
    for answer in need.answers:
        assert finding.places(answer)
        assert [page for page, words in finding.places(answer) if fold(squeezed(words)) not in TEXTS[page]] == []


def test_filters_are_names_that_a_search_takes() -> None:
    names = {name for need in NEEDS for name in need.filters}
    assert names <= {"zone", "year", "province", "theme"}
    tables = Tables(CORPUS / "tables")
    zones = {value for need in NEEDS for value in need.filters.get("zone", ())}
    assert [zone for zone in zones if tables.gazetteer.resolve(zone) is None] == []


def test_a_passage_answers_where_it_holds_the_sentence_and_nowhere_else() -> None:
    need = next(need for need in NEEDS if need.answers and need.answers[0].startswith("F"))
    page, words = finding.places(need.answers[0])[0]
    assert finding.answers(need, page, f"前面一句。{words}。")
    assert not finding.answers(need, page, "另一句话。")
    assert not finding.answers(need, "another.html", f"前面一句。{words}。")


def test_the_engine_that_is_asked_is_the_one_that_serves() -> None:
    assert Settings().corpus_folder.parts[-2:] == (CORPUS.name, "tables")
