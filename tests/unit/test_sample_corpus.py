"""The sample pages are what the script makes, say nothing but their facts, cite them, and are read as
corpus/sample/truth.jsonl says in so many of a hundred cases, field by field.

The truth was written by the script that wrote the pages. ``python -m tests.evaluation.reading_sample`` prints the
shares, with ``--why FIELD`` what is read otherwise: the reading is to be mended, never the truth, and then the floor
raised here.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

import pytest

from indexer.domain.report import Report
from tests.evaluation import reading_sample
from tests.evaluation.reading_sample import CORPUS, squeezed, truths
from tests.sample_corpus import full_length
from tests.sample_corpus.damage import fragments
from tests.sample_corpus.facts import DENSE, facts
from tests.sample_corpus.make_pages import made

TRUTH: dict[str, dict[str, Any]] = {truth["page"]: truth for truth in truths()}
DIGESTS = {page: truth for page, truth in TRUTH.items() if truth["kind"] != "full"}
FULL = sorted(set(TRUTH) - set(DIGESTS))


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
    assert 250 <= len(TRUTH) <= 600
    assert len({fact.zone for fact in told if fact.zone_status != "region"}) >= 120
    assert len({fact.province for fact in told}) == 31
    assert {fact.year for fact in told} >= set(range(2015, 2026))


def test_they_are_small() -> None:
    assert sum(path.stat().st_size for path in (CORPUS / "sample").rglob("*") if path.is_file()) < 6_000_000


def test_nine_of_ten_dense_facts_are_told() -> None:
    """Dense: collected ten and more of a place and year, for comparisons. The others lie on hosts nobody is led to."""
    dense = {fact.id for fact in facts() if fact.id >= DENSE}
    told = {one["fact"] for truth in DIGESTS.values() for one in truth["sentences"]}
    assert len(dense) > 1_000
    assert len(dense & told) / len(dense) >= 0.9


def besides_facts(truth: dict[str, Any]) -> str:
    """What the text of a page holds but its sentences and headings."""
    rest = truth["text"]
    for sentence in sorted((one["text"] for one in truth["sentences"]), key=len, reverse=True):
        rest = rest.replace(sentence, "", 1)
    for _, heading in truth["sections"]:
        rest = rest.replace(heading, "", 1)
    return re.sub(r"[。\s]", "", rest)


def test_a_digest_says_its_facts_and_nothing_else() -> None:
    left = {page: besides_facts(truth) for page, truth in DIGESTS.items() if "truncated" not in truth["damages"]}
    assert {page: rest for page, rest in left.items() if rest} == {}


def test_the_facts_of_one_place_and_year_stand_on_at_most_three_pages() -> None:
    """A plan for 2022 stands with what was done in 2021, or on a page of its own."""
    used = {fact.id: fact for fact in facts()}
    pages: dict[tuple[str, str, int | None], set[str]] = {}
    for page, truth in DIGESTS.items():
        for fact in (used[one["id"]] for one in truth["facts"] if not truth["copy_of"]):
            if fact.status != "计划":
                pages.setdefault((fact.zone, fact.covers, fact.year), set()).add(page)
    assert [place for place, own in pages.items() if len(own) > 3] == []


def test_a_plan_stands_under_a_heading_or_a_title_of_plans() -> None:
    for page, truth in DIGESTS.items():
        if any(one["status"] == "计划" for one in truth["sentences"]) and truth["kind"] != "news":
            headings = " ".join([truth["title"], *(heading for _, heading in truth["sections"])])
            assert re.search("打算|安排|计划|要点|任务|方案", headings), page


@pytest.mark.parametrize(
    ("theme", "count"), [("招商引资", 16), ("营商环境", 16), ("科技创新", 16), ("专项债与融资", 6), ("项目建设", 16)]
)
def test_many_places_tell_a_theme_in_2021(theme: str, count: int) -> None:
    """A comparison needs more than six to choose from."""
    told = {
        truth["zone"]["name"]
        for truth in DIGESTS.values()
        for one in truth["sentences"]
        if truth["zone"]["name"] and one["theme"] == theme and one["year"] == 2021
    }
    assert len(told) >= count


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


def test_every_grade_occurs_that_a_saved_page_can_have() -> None:
    """A is for what was fetched from a government's address; 25 pages only say that theirs is one."""
    grades = Counter(truth["quality"]["grade"] for truth in DIGESTS.values())
    assert set(grades) == set("BCD")
    assert min(grades.values()) >= 15
    assert sum("official" in truth["damages"] for truth in DIGESTS.values()) >= 15


def test_mirrors_and_wrong_years_come_as_often_as_they_were_seen() -> None:
    damages = Counter(damage for truth in DIGESTS.values() for damage in truth["damages"])
    copies = sum(truth["copy_of"] is not None for truth in DIGESTS.values())
    assert copies / len(DIGESTS) == pytest.approx(0.12, abs=0.01)
    assert (damages["year_wrong"] + damages["year_missing"]) / len(DIGESTS) == pytest.approx(0.04, abs=0.01)


def test_ten_full_length_pages_two_of_one_zone_in_following_years() -> None:
    assert len(FULL) == 10
    years = [TRUTH[page]["years"]["report"] for page in FULL if TRUTH[page]["zone"]["name"] == "赣州经济技术开发区"]
    assert sorted(years) == [2021, 2022]


def test_a_page_says_what_it_is_and_cites_its_sources() -> None:
    for page, truth in TRUTH.items():
        markup = source(page)
        assert 'name="duibiao-sample"' in markup, page
        assert re.search("非官方文本|&#38750;", markup), page
        linked = [one["url"].replace("&", "&amp;") for one in truth["facts"] if one["url"]]
        named = [one["source"] for one in truth["facts"] if one.get("source")]
        assert linked or named, page
        assert [url for url in linked if f'href="{url}"' not in markup] == [], page
        assert [title for title in named if f"《{title}》" not in markup and "&#" not in markup] == [], page


def test_no_page_leads_to_a_host_that_was_taken_over() -> None:
    closed = {fact.url for fact in facts() if not fact.link}
    assert [page for page in TRUTH if any(f'"{url}"' in source(page) for url in closed)] == []


def test_the_truth_speaks_of_what_stands_in_the_text() -> None:
    for page, truth in TRUTH.items():
        said = [one["text"] for one in truth["sentences"]]
        said += [figure["in"] for one in truth["sentences"] for figure in one["figures"]]
        said += [heading for _, heading in truth["sections"]]
        assert [one for one in said if one not in truth["text"]] == [], page


def test_every_figure_of_a_sentence_is_one_of_its_fact() -> None:
    """Years, months and days are set aside; 500强 and 1+7 stand in the words of a fact, and count."""
    known = {fact.id: fact for fact in facts()}
    wrong = []
    for page, truth in DIGESTS.items():
        for one in truth["sentences"]:
            fact = known[one["fact"]]
            told = f"{fact.gist} {fact.period} " + " ".join(f"{figure.value}" for figure in fact.figures)
            allowed = {float(number) for number in re.findall(r"\d+(?:\.\d+)?", told)} | numerals_in(told)
            allowed |= {float(fact.year or 0)}
            printed = re.findall(r"(?<![\d.xA-Za-z])\d+(?:\.\d+)?(?![\d.]*(?:[月日-]))", one["text"])
            wrong += [(page, one["text"], number) for number in printed if float(number) not in allowed]
    assert wrong == []


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

# Shares that agreed when the sample was made again, two or three of a hundred less: a page more or less must not fail.
# Status fell from .844 to .824 when labels of 987 more real paragraphs were learned from, where it rose (labels.md).
FLOORS = {
    "read": 0.99,
    "url": 0.98,
    "source": 0.98,
    "published_on": 0.97,
    "title": 0.96,
    "genre": 0.97,
    "text": 0.95,
    "sections": 0.94,
    "years.report": 0.96,
    "years.plan": 0.92,
    "years.period": 0.88,
    "years.conflict": 0.97,
    "zone.status": 0.92,
    "zone.name": 0.92,
    "zone.type": 0.94,
    "zone.level": 0.94,
    "zone.province": 0.92,
    "zone.city": 0.92,
    "zone.conflict": 0.98,
    "quality.grade": 0.93,
    "quality.flags": 0.90,
    "quality.masks": 0.98,
    "status": 0.81,
    "theme": 0.87,
    "figure": 0.95,
    "phrase": 0.93,
    "mirror": 0.88,
}


@pytest.mark.parametrize("field", FLOORS)
def test_a_field_is_read_as_often_as_it_was(field: str) -> None:
    shares = {name: share for name, _, share in reading_sample.rows()}
    assert shares[field] >= FLOORS[field]


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
