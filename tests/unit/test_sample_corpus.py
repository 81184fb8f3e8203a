"""The sample pages are what the script makes, cite what they say, and are read as corpus/sample/truth.jsonl says.

What is still read wrong is recorded in sample_gaps.tsv beside this file: the reading is to be mended, never the truth.
A new gap fails, and so does a recorded one that is none any more.
``python -m tests.evaluation.reading_sample --gaps > tests/unit/sample_gaps.tsv`` writes it anew.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from indexer.domain.report import Report
from tests.evaluation import reading_sample
from tests.evaluation.reading_sample import CORPUS, squeezed, truths
from tests.sample_corpus import full_length
from tests.sample_corpus.damage import fragments
from tests.sample_corpus.facts import facts
from tests.sample_corpus.make_pages import made

TRUTH: dict[str, dict[str, Any]] = {truth["page"]: truth for truth in truths()}
DIGESTS = {page: truth for page, truth in TRUTH.items() if truth["kind"] != "full"}
FULL = sorted(set(TRUTH) - set(DIGESTS))
GAPS = Path(__file__).with_name("sample_gaps.tsv")


def report(page: str) -> Report:
    found = reading_sample.report(page)
    assert found is not None
    return found


@cache
def source(page: str) -> str:
    """A page's mark-up. Every one is legible in one of three charsets; its label may lie."""
    data = (CORPUS / "sample" / "pages" / page).read_bytes()
    label = re.search(rb'charset="?([\w-]+)', data)
    names = ("utf-8", "big5hkscs" if label and label[1] == b"big5" else "gb18030")
    for name in names:
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    raise AssertionError(page)


# --- the pages themselves ------------------------------------------------------------------------------------------


def test_pages_and_truth_are_what_the_script_makes() -> None:
    pages, told = made()
    assert sorted(pages) == sorted(TRUTH) == sorted(path.name for path in (CORPUS / "sample" / "pages").iterdir())
    assert [name for name, data in pages.items() if (CORPUS / "sample" / "pages" / name).read_bytes() != data] == []
    assert (CORPUS / "sample" / "truth.jsonl").read_text("utf-8") == told


def test_they_show_the_country() -> None:
    used = {fact.id: fact for fact in facts()}
    told = [used[one["id"]] for truth in DIGESTS.values() for one in truth["facts"]]
    assert len(TRUTH) >= 250
    assert len({fact.zone for fact in told if fact.zone_status != "region"}) >= 120
    assert len({fact.province for fact in told}) == 31
    assert {fact.year for fact in told} == set(range(2015, 2026))


def test_zones_are_followed_over_years_and_set_beside_each_other() -> None:
    used = {fact.id: fact for fact in facts()}
    told = [used[one["id"]] for truth in DIGESTS.values() for one in truth["facts"]]
    years = Counter(zone for zone, _ in {(fact.zone, fact.year) for fact in told})
    zones = Counter((topic, year) for topic, year, _ in {(fact.topic, fact.year, fact.zone) for fact in told})
    assert sum(count >= 3 for count in years.values()) >= 20
    assert sum(count >= 5 for count in zones.values()) >= 20


def test_six_kinds_and_at_least_nine_families() -> None:
    assert {truth["kind"] for truth in DIGESTS.values()} == {"summary", "half", "plan", "news", "policy", "problems"}
    assert len({truth["family"] for truth in DIGESTS.values()}) >= 9


@pytest.mark.parametrize(
    ("flag", "share"),
    [
        ("traditional", 0.24),
        ("phonetics", 0.12),
        ("hijacked", 0.14),
        ("laundered", 0.05),
        ("masked", 0.03),
        ("truncated", 0.05),
    ],
)
def test_damages_come_as_often_as_they_were_seen(flag: str, share: float) -> None:
    having = sum(flag in truth["quality"]["flags"] for truth in DIGESTS.values())
    assert having / len(DIGESTS) == pytest.approx(share, abs=0.02)


def test_mirrors_and_wrong_years_come_as_often_as_they_were_seen() -> None:
    damages = Counter(damage for truth in DIGESTS.values() for damage in truth["damages"])
    copies = sum(truth["copy_of"] is not None for truth in DIGESTS.values())
    assert copies / len(DIGESTS) == pytest.approx(0.12, abs=0.01)
    assert (damages["year_wrong"] + damages["year_missing"]) / len(DIGESTS) == pytest.approx(0.04, abs=0.01)


def test_ten_full_length_pages_two_of_one_zone_in_following_years() -> None:
    assert len(FULL) == 10
    years = [TRUTH[page]["years"]["report"] for page in FULL if TRUTH[page]["zone"]["name"] == "赣州经济技术开发区"]
    assert sorted(years) == [2021, 2022]


@pytest.mark.parametrize("page", TRUTH)
def test_a_page_says_what_it_is_and_cites_its_sources(page: str) -> None:
    markup = source(page)
    assert 'name="duibiao-sample"' in markup
    assert re.search("非官方文本|&#38750;", markup)
    cited = [one["url"].replace("&", "&amp;") for one in TRUTH[page]["facts"] if one["url"]]
    assert cited
    assert [url for url in cited if f'href="{url}"' not in markup] == []


def test_no_page_leads_to_a_host_that_was_taken_over() -> None:
    closed = {fact.url for fact in facts() if not fact.link}
    assert [page for page in TRUTH if any(f'"{url}"' in source(page) for url in closed)] == []


@pytest.mark.parametrize("page", TRUTH)
def test_the_truth_speaks_of_what_stands_in_the_text(page: str) -> None:
    text = TRUTH[page]["text"]
    said = [one["text"] for one in TRUTH[page]["sentences"]]
    said += [figure["in"] for one in TRUTH[page]["sentences"] for figure in one["figures"]]
    said += [heading for _, heading in TRUTH[page]["sections"]]
    assert [one for one in said if one not in text] == []


def test_every_figure_of_a_digest_is_one_of_its_facts() -> None:
    """Years, months and days are set aside; 500强 and 1+7 stand in the words of a fact, and count."""
    known = {fact.id: fact for fact in facts()}
    for page, truth in DIGESTS.items():
        own = [known[one["id"]] for one in truth["facts"]]
        told = " ".join(fact.gist + " " + " ".join(f"{value}" for _, value, _ in fact.figures) for fact in own)
        allowed = {float(one) for one in re.findall(r"\d+(?:\.\d+)?", told)}
        allowed |= {float(fact.year or 0) for fact in own} | {float(truth["years"]["report"] or 0)} | numerals_in(told)
        printed = re.findall(r"(?<![\d.xA-Za-z])\d+(?:\.\d+)?(?![\d.]*(?:[月日-]))", truth["text"])
        assert [one for one in printed if float(one) not in allowed] == [], page


def numerals_in(told: str) -> set[float]:
    """前七个月 is 7, 三成 30, 三千余 3000, 近百 100: what a sentence may write in digits."""
    digits = {character: number for number, character in enumerate("零一二三四五六七八九")} | {"两": 2}
    scales = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "成": 10}
    found: set[float] = set()
    for run in re.findall("[零一二三四五六七八九两十百千万成]+", told):
        value, last = 0, 0
        for character in run:
            if character in digits:
                last = digits[character]
            else:
                value, last = value + (last or 1) * scales[character], 0
        found |= {value + last, *(digits[character] for character in run if character in digits)}
    return found | ({0.5} if "半" in told else set())


def test_the_mobile_page_cannot_be_read_as_what_its_label_says() -> None:
    data = (CORPUS / "sample" / "pages" / "hengyang_mobile.html").read_bytes()
    assert b'charset="gb2312"' in data
    with pytest.raises(UnicodeDecodeError):
        data.decode("gb2312")


def test_numbered_fragments_are_cut_in_mid_word_and_put_together_give_the_text() -> None:
    text = "招商引资工作取得了比较好的成绩。" * 60
    pieces = fragments(text)
    assert "".join(piece.partition("、")[2] for piece in pieces) == text
    assert len({len(piece.partition("、")[2]) for piece in pieces[:-1]}) == 1


# --- how they are read -----------------------------------------------------------------------------------------------


def recorded_gaps() -> set[tuple[str, ...]]:
    return {tuple(line.split("\t")) for line in GAPS.read_text("utf-8").splitlines()[1:]}


def test_nothing_is_read_wrong_that_was_read_right() -> None:
    known = recorded_gaps()
    wrong = [one for one in reading_sample.compared() if not one.agrees]
    fresh = [one for one in wrong if (one.page, one.field, one.at) not in known]
    assert [f"{one.page} {one.field} {one.at}: wanted {one.wanted}, found {one.found}" for one in fresh] == []


def test_what_was_mended_is_recorded_as_a_gap_no_longer() -> None:
    assert sorted(recorded_gaps() - set(reading_sample.gaps())) == []


def test_the_reading_agrees_with_the_truth_in_nine_of_ten() -> None:
    name, count, share = reading_sample.rows()[-1]
    assert name == "all"
    assert count > 10_000
    assert share >= 0.9


@pytest.mark.parametrize("page", FULL)
def test_laundered_words_are_put_back_where_that_is_certain(page: str) -> None:
    read = report(page)
    text = read.text
    for one in sorted(read.restorations, key=lambda one: -one.span.start):
        text = text[: one.span.start] + one.restored + text[one.span.end :]
    assert [word for word in TRUTH[page]["restored"] if word not in text] == []
    assert bool(read.restorations) is bool(TRUTH[page]["restored"])


@pytest.mark.parametrize("page", FULL)
def test_the_text_of_a_full_length_page_is_whole_and_nothing_else(page: str) -> None:
    assert squeezed(report(page).text) == squeezed(full_length.expected_text(page))
