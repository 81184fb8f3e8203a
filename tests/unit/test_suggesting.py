"""What is offered while one types, over a list made by hand."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.domain.suggestions import Kind, Listed, Suggestion
from indexer.errors import NoIndex
from indexer.reference.pinyin import Readings
from indexer.search.suggest.completion import completions
from indexer.search.suggest.suggestion_index import Lists, damage, opened_lists, write_lists
from indexer.search.suggest.type_ahead import suggestions
from indexer.settings import Settings
from indexer.tables import Tables
from indexer.text.analyser import Analyser

TABLES = Tables(Settings().corpus_folder)
FIELD = ("招商", "招商引资", "专项债", "营商环境", "高新区", "以商招商")
OTHERS = ("发展", "重庆", "银行", "长沙", "行政", "绿色", "5G", "AI", "R&D", "投资", "增长", "西安")
BINDING = ("以及", "甚至")
ZONES = (
    ("衡阳高新区", "衡阳高新技术产业开发区"),
    ("苏州工业园区", "SIP"),
    ("武汉东湖高新区", "光谷"),
    ("漯河经开区", None),
    ("闵行经开区", None),
)
TITLES = ("衡阳高新区2021年工作总结", "重庆高新区“十四五”招商引资工作计划")


def listed() -> list[Listed]:
    words = [Listed(one, Kind.WORD, 100 - at, of_the_field=one in FIELD) for at, one in enumerate(FIELD + OTHERS)]
    words += [Listed(one, Kind.WORD, 500) for one in BINDING]
    zones = [Listed(zone, Kind.ZONE, 3, zone, name) for zone, other in ZONES for name in {None, other}]
    return [*words, *zones, *(Listed(one, Kind.REPORT, 1, f"r{at}") for at, one in enumerate(TITLES))]


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return TABLES.analyser


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory, analyser: Analyser) -> Lists:
    folder = tmp_path_factory.mktemp("build") / "suggestions"
    write_lists(folder, listed(), TABLES.readings, analyser)
    opened = opened_lists(folder)
    assert opened is not None
    return opened


def texts(lists: Lists, typed: str, most: int = 8) -> list[str]:
    return [one.text for one in completions(lists, typed, most)]


@pytest.mark.parametrize(
    "typed", ["招", "zhao", "zhaoshang", "zhaosh", "zs", "ZHAO", "ｚｈａｏ", "招shang", "招sh", "招s", "zhao商"]
)
def test_a_beginning_in_any_spelling_is_completed(lists: Lists, typed: str) -> None:
    assert texts(lists, typed)[:2] == ["招商", "招商引资"]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("zhaoshangyinzi", "招商引资"),
        ("zsyz", "招商引资"),
        ("引资", "招商引资"),
        ("yinzi", "招商引资"),
        ("專項", "专项债"),
        ("zhuanxiangz", "专项债"),
        ("招商yin", "招商引资"),
        ("营商hj", "营商环境"),
        ("chongqing", "重庆"),
        ("yinhang", "银行"),
        ("changsha", "长沙"),
        ("xingzheng", "行政"),
        ("zengzhang", "增长"),
        ("lvse", "绿色"),
        ("lüse", "绿色"),
        ("xi'an", "西安"),
        ("5g", "5G"),
        ("r&d", "R&D"),
        ("luohe", "漯河经开区"),
        ("minhang", "闵行经开区"),
        ("guanggu", "武汉东湖高新区"),
        ("sip", "苏州工业园区"),
        ("衡阳高新技术", "衡阳高新区"),
        ("suzhougongyeyuanqu", "苏州工业园区"),
        ("衡阳高新区2021", "衡阳高新区2021年工作总结"),
        ("2021年工作", "衡阳高新区2021年工作总结"),
    ],
)
def test_what_is_meant_is_found(lists: Lists, typed: str, wanted: str) -> None:
    assert wanted in texts(lists, typed)


def test_the_reading_a_word_does_not_have_finds_nothing(lists: Lists) -> None:
    assert texts(lists, "zhongqing") == texts(lists, "yinxing") == texts(lists, "taheji") == []


def test_a_syllable_is_no_place_to_begin_in_the_middle_of(lists: Lists) -> None:
    assert "招商" not in texts(lists, "haoshang")


def test_words_of_the_field_come_before_others_and_those_that_bind_sentences_last(lists: Lists) -> None:
    assert texts(lists, "y")[0] == "营商环境"
    assert texts(lists, "y")[-1] == "以及"


def test_whole_names_come_before_beginnings_and_later_places(lists: Lists) -> None:
    assert texts(lists, "zhaoshang")[:3] == ["招商", "招商引资", "以商招商"]


def test_no_name_comes_twice_and_never_more_than_asked(lists: Lists) -> None:
    for typed in "abcdefghijklmnopqrstuvwxyz":
        found = texts(lists, typed, 4)
        assert len(found) == len(set(found)) <= 4


def test_a_short_word_brings_up_no_titles(lists: Lists) -> None:
    assert not [one for one in completions(lists, "工作", 8) if one.kind is Kind.REPORT]


@pytest.mark.parametrize("typed", ["", " ", "“", "--", "\0", "\ud800", "招" * 300, "z" * 300, "招z" * 100])
def test_whatever_is_typed_is_taken(lists: Lists, typed: str) -> None:
    assert completions(lists, typed, 8) == []


# --- several words ---


def suggested(
    lists: Lists, typed: str, count: Callable[[str, str | None], int], filtered: bool = False
) -> list[Suggestion]:
    return list(suggestions(lists, typed, 8, count, filtered=filtered))


def nothing(text: str, zone: str | None) -> int:
    return 0


def test_the_last_word_is_completed_and_those_before_it_are_kept(lists: Lists) -> None:
    asked: list[tuple[str, str | None]] = []

    def count(text: str, zone: str | None) -> int:
        asked.append((text, zone))
        return 7 if text == "衡阳 招商引资" else 0

    (one,) = suggested(lists, "衡阳 zhaosh", count)
    assert (one.text, one.count, one.passages) == ("衡阳 招商引资", 7, True)
    assert ("衡阳 招商", None) in asked


def test_a_zone_behind_words_is_counted_within_them(lists: Lists) -> None:
    found = suggested(lists, "招商 hengyang", lambda text, zone: 2 if (text, zone) == ("招商", "衡阳高新区") else 0)
    assert [(one.text, one.kind, one.kept, one.target) for one in found] == [
        ("衡阳高新区", Kind.ZONE, "招商", "衡阳高新区")
    ]


def test_a_zone_that_stands_before_the_words_is_offered_as_their_filter(lists: Lists) -> None:
    found = suggested(lists, "衡阳 招商", lambda text, zone: 2 if (text, zone) == ("招商", "衡阳高新区") else 0)
    assert [(one.text, one.kind, one.kept, one.target) for one in found] == [
        ("衡阳高新区", Kind.ZONE, "招商", "衡阳高新区")
    ]
    assert suggested(lists, "高新区 招商", lambda text, zone: 2 if zone else 0) == [], "a name begins with it"


def test_pinyin_with_spaces_as_input_methods_show_it_is_one_word(lists: Lists) -> None:
    assert suggested(lists, "zhao shang", nothing)[0].text == "招商"
    assert suggested(lists, "zhao'shang", nothing)[0].text == "招商"


def test_under_filters_only_what_finds_something_is_offered(lists: Lists) -> None:
    assert suggested(lists, "招", nothing, filtered=True) == []
    found = suggested(lists, "招", lambda text, zone: 4 if text == "招商引资" else 0, filtered=True)
    assert [(one.text, one.count) for one in found] == [("招商引资", 4)]


def test_a_zone_field_is_completed_with_zones_only(lists: Lists) -> None:
    assert {one.kind for one in suggested(lists, "园区:heng", nothing)} == {Kind.ZONE}


@pytest.mark.parametrize("typed", ["招商 ", "-招", '"招', "标题:招", '"衡阳 招', "(招"])
def test_signs_of_the_question_language_and_finished_words_are_left_alone(lists: Lists, typed: str) -> None:
    assert suggested(lists, typed, lambda text, zone: 1) == []


# --- files ---


def test_a_build_of_a_time_before_there_were_lists_has_none(tmp_path: Path) -> None:
    assert opened_lists(tmp_path / "suggestions") is None


def test_lists_that_were_changed_are_noticed(tmp_path: Path, analyser: Analyser) -> None:
    folder = tmp_path / "suggestions"
    write_lists(folder, listed(), TABLES.readings, analyser)
    assert damage(folder, thoroughly=True) == []
    file = folder / "listed.bytes"
    file.write_bytes(file.read_bytes().replace(b"100", b"999", 1))
    assert "listed.bytes" in damage(folder, thoroughly=False)[0]  # of small files opening compares the sha256 too
    assert "listed.bytes" in damage(folder, thoroughly=True)[0]
    file.write_bytes(b"")
    with pytest.raises(NoIndex, match="duibiao build"):
        opened_lists(folder)


def test_nothing_listed_is_a_list_too(tmp_path: Path, analyser: Analyser) -> None:
    write_lists(tmp_path / "suggestions", [], TABLES.readings, analyser)
    lists = opened_lists(tmp_path / "suggestions")
    assert lists is not None
    assert completions(lists, "招", 8) == completions(lists, "招s", 8) == []


# --- readings ---


def test_words_are_read_as_pypinyin_reads_them_whole() -> None:
    from pypinyin import lazy_pinyin

    bare = Readings({})
    words = random.Random(1).sample(sorted(TABLES.analyser.word_finder.words), 1_500)
    words += ["".join(words[at : at + 3]) for at in range(0, 600, 3)]
    chinese = [word for word in words if all("\u4e00" <= one <= "\u9fff" for one in word)]
    assert {word: bare.syllables(word) for word in chinese} == {word: tuple(lazy_pinyin(word)) for word in chinese}


def test_phrases_that_are_cut_short_or_run_into_each_other_are_read_as_pypinyin_reads_them() -> None:
    from pypinyin import lazy_pinyin
    from pypinyin.constants import PHRASES_DICT

    chance = random.Random(2)
    phrases = sorted(phrase for phrase in PHRASES_DICT if all("\u4e00" <= one <= "\u9fff" for one in phrase))
    drawn = [(chance.choice(phrases), chance.choice(phrases)) for _ in range(2_000)]
    texts = [
        first[: chance.randint(1, 9)] + second[chance.randint(0, 1) : chance.randint(2, 9)] for first, second in drawn
    ]
    assert [Readings({}).syllables(text) for text in texts] == [tuple(lazy_pinyin(text)) for text in texts]


def test_a_character_has_the_readings_that_pypinyin_gives_it_first() -> None:
    from pypinyin import Style, pinyin

    characters = [chr(code) for code in range(0x4E00, 0xA000, 7)]
    expected = {one: tuple(pinyin(one, style=Style.NORMAL, heteronym=True)[0][:2]) for one in characters}
    assert Readings({}).of_characters(characters) == expected


def test_every_character_has_one_syllable(analyser: Analyser) -> None:
    assert TABLES.readings.syllables("5g基站r&d") == ("5", "g", "ji", "zhan", "r", "&", "d")


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        ("重庆", "chong qing"),
        ("银行行长", "yin hang hang zhang"),
        ("行政审批", "xing zheng shen pi"),
        ("漯河经开区", "luo he jing kai qu"),
        ("六安", "lu an"),
        ("长治高新区", "chang zhi gao xin qu"),
        ("重塑", "chong su"),
        ("朝阳", "chao yang"),
    ],
)
def test_characters_of_several_readings_are_read_as_in_their_word(word: str, reading: str) -> None:
    assert " ".join(TABLES.readings.syllables(word)) == reading


def test_a_reading_without_a_syllable_for_each_character_is_refused() -> None:
    with pytest.raises(ValueError, match="第 2 行"):
        Readings.parse(["word\treading", "漯河\tluohe"])


def test_exceptions_are_needed_still() -> None:
    """One that pypinyin has learned meanwhile may go."""
    bare = Readings({})
    known = Readings.parse((Settings().corpus_folder / "pinyin.tsv").read_text(encoding="utf-8").splitlines())
    assert [word for word, reading in known.exceptions.items() if bare.syllables(word) == reading] == []
