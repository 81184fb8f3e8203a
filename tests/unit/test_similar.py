"""Measures like a given one: the two signals, what is left out, in which order, and why."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer.compare.likeness import PairIndex, PracticeModel, pairs_of, shared_terms
from indexer.compare.parameters import limit, text_or_passage
from indexer.compare.similar import AskedMeasure, asked_measures, asking, similar
from indexer.compare.similar_index import SimilarIndex, Wanted
from indexer.domain.query import YearRange
from indexer.domain.report import Figure, Grade, Measure, Passage, Status
from indexer.domain.rows import MeasureRow, Source
from indexer.domain.similar import ReasonKind, Relation, SimilarMeasure
from indexer.domain.spans import Span
from indexer.domain.zones import ZoneStatus
from indexer.errors import BadQuery
from indexer.pipeline.segment.ngrams import Vocabulary, keys_of
from indexer.pipeline.segment.practice_cues import PracticeCues
from indexer.reference.practices import Practices
from tests.unit.test_practices import HEADER, row

PRACTICES = Practices.parse([HEADER, row("invest/teams", "小分队"), row("land/idle", "闲置土地")])
TEAMS, LAND = "invest/teams", "land/idle"


def a_model() -> PracticeModel:
    """驻点 and 上门 speak for one practice, 闲置 and 收回 for the other."""
    words = {"驻点": (6.0, 0.0), "上门": (6.0, 0.0), "闲置": (0.0, 6.0), "收回": (0.0, 6.0)}
    keys = {int(key): weights for word, weights in words.items() for key in keys_of([word])[1] if key > 1 << 16}
    ordered = sorted(keys)
    weights = np.array([keys[key] for key in ordered], np.float32)
    return PracticeModel((TEAMS, LAND), Vocabulary(np.array(ordered, np.uint64)), weights, np.full(2, -3, np.float32))


def measure(number: int, zone: str, text: str, practice: str | None = None, **more: object) -> MeasureRow:
    source = Source(
        id=f"r{number}",
        title=None,
        zone=zone,
        zone_status=ZoneStatus.NAMED,
        zone_type=None,
        level=None,
        province=None,
        city=None,
        year=2021,
        plan_year=None,
        period=None,
        guessed=False,
        published_on=None,
        grade=Grade.OFFICIAL,
        flags=(),
        url=None,
    )
    status = more.get("status", Status.MEASURE)
    year = more.get("year", 2021)
    assert isinstance(status, Status)
    assert isinstance(year, int)
    figures = more.get("figures", ())
    assert isinstance(figures, tuple)
    span = Span(0, len(text))
    return MeasureRow(source, 0, 0, practice, "招商引资", status, span, text, year, None, 0.0, figures)


ROWS = [
    measure(1, "甲高新区", "派人驻点，上门拜访企业", TEAMS),
    measure(2, "甲高新区", "驻点三年，上门不断", TEAMS),
    measure(3, "乙高新区", "上门请客商来看一看", TEAMS),
    measure(4, "丙高新区", "收回闲置地块另作他用", LAND),
    measure(5, "丁高新区", "驻点人手不足", TEAMS, status=Status.PROBLEM),
    measure(6, "戊高新区", "上门再访，老客户添了新单", None, year=2019),
]


def index() -> SimilarIndex:
    return SimilarIndex.of(enumerate(ROWS, 1), a_model())


def ask(
    text: str, practice: str | None = TEAMS, place: str | None = None, **more: object
) -> tuple[SimilarMeasure, ...]:
    made = index()
    years = more.get("years")
    zones = more.get("zones")
    assert years is None or isinstance(years, YearRange)
    assert zones is None or isinstance(zones, tuple)
    figures = more.get("figures", ())
    assert isinstance(figures, tuple)
    asked = AskedMeasure(Wanted(text, practice, "招商引资", place), figures)
    filled = {int(row.source.id[1:]): row for row in ROWS}
    return similar([asked], made, lambda wanted: filled, PRACTICES, made.allowed(zones, years), 10)


def texts(found: tuple[SimilarMeasure, ...]) -> list[str]:
    return [one.row.text for one in found]


def test_the_best_of_each_zone_stands_before_the_second_of_any() -> None:
    zones = [one.row.source.zone for one in ask("我们驻点，上门找企业")]
    assert len(set(zones[:4])) == 4
    assert zones[4] == "甲高新区"


def test_the_own_zone_and_a_text_that_reads_the_same_are_left_out() -> None:
    assert "甲高新区" not in [one.row.source.zone for one in ask("驻点不松手", place="甲高新区")]
    assert "派人驻点，上门拜访企业" not in texts(ask("派人驻点、上门拜访企业"))


def test_a_problem_is_never_offered() -> None:
    assert "驻点人手不足" not in texts(ask("驻点人手充足"))


def test_zones_and_years_that_are_asked_for_are_kept_to() -> None:
    assert texts(ask("上门走访", years=YearRange(2019, 2020))) == ["上门再访，老客户添了新单"]
    assert {one.row.source.zone for one in ask("上门走访", zones=("乙高新区",))} == {"乙高新区"}


def test_the_relation_is_the_practice_then_the_likeness_then_the_theme() -> None:
    found = {one.row.text: one.relation for one in ask("天天驻点")}
    assert found["上门请客商来看一看"] is Relation.SAME_PRACTICE
    assert found["上门再访，老客户添了新单"] is Relation.ALIKE
    assert found["收回闲置地块另作他用"] is Relation.SAME_THEME


def test_two_texts_without_a_word_in_common_have_a_profile_in_common() -> None:
    (likest, *_) = ask("天天驻点", practice=None, zones=("乙高新区", "丙高新区"))
    assert likest.row.text == "上门请客商来看一看"


def test_reasons_name_the_practice_the_words_and_the_figures() -> None:
    counted = Figure("signed-projects", 12.0, "个", None, None, None, None, None, Span(0, 2))
    ROWS.append(measure(7, "己高新区", "驻点一年，签约12个", TEAMS, figures=(counted,)))
    try:
        found = {one.row.text: one for one in ask("驻点两年，签约30个", figures=(counted,))}
    finally:
        ROWS.pop()
    reasons = {reason.kind: reason.values for reason in found["驻点一年，签约12个"].reasons}
    assert reasons[ReasonKind.PRACTICE] == (TEAMS,)
    assert set(reasons[ReasonKind.TERMS]) == {"驻点", "签约"}
    assert reasons[ReasonKind.FIGURES] == ("signed-projects",)


def test_each_of_several_wanted_measures_has_its_turn() -> None:
    made = index()
    asked = [
        AskedMeasure(Wanted("天天驻点", TEAMS, "招商引资")),
        AskedMeasure(Wanted("收回闲置的厂区", LAND, "招商引资")),
    ]
    filled = {int(row.source.id[1:]): row for row in ROWS}
    found = similar(asked, made, lambda wanted: filled, PRACTICES, made.allowed(None, None), 2)
    assert {one.asked for one in found} == {0, 1}


def test_an_index_opens_as_it_was_saved(tmp_path: Path) -> None:
    made = index()
    made.save(tmp_path)
    again = SimilarIndex.open(tmp_path, a_model())
    wanted, everything = Wanted("天天驻点", TEAMS, "招商引资"), made.allowed(None, None)
    assert again.find(wanted, everything, 9) == made.find(wanted, everything, 9)


def test_nothing_is_like_anything_where_there_is_nothing() -> None:
    empty = SimilarIndex.of((), a_model())
    assert empty.find(Wanted("天天驻点", TEAMS, None), empty.allowed(None, None), 5) == []


def test_weights_of_a_model_are_read_from_their_file_and_nothing_else(tmp_path: Path) -> None:
    model = a_model()
    file = tmp_path / "weights.npz"
    scales = np.array([0.5, 0.5], np.float32)
    np.savez(
        file,
        practices=np.array(model.practices),
        keys=model.words.keys,
        weights=np.round(model.weights / scales).astype(np.int8),
        scales=scales,
        bias=model.bias,
    )
    assert np.allclose(PracticeModel.load(file).log_odds(["驻点"]), model.log_odds(["驻点"]))
    np.savez(file, keys=model.words.keys)
    with pytest.raises(ValueError, match="weights"):
        PracticeModel.load(file)


def test_pairs_are_of_neighbours_and_a_digit_is_any_digit() -> None:
    assert pairs_of("招商，引资").tolist() == sorted(pairs_of("引资。招商").tolist())
    assert pairs_of("签约12个").tolist() == pairs_of("签约38个").tolist()
    assert len(pairs_of("招")) == 0


def test_a_text_is_wholly_like_itself_and_not_at_all_like_a_stranger() -> None:
    made = PairIndex.of(["驻点招商", "收回土地"])
    assert made.cosines("驻点招商").tolist() == pytest.approx([1.0, 0.0])


def test_shared_words_are_told_without_figures() -> None:
    made = PairIndex.of(["驻点招商30个", "收回土地"])
    assert shared_terms("今年驻点招商30个", "去年驻点招商30个", made) == ("驻点招商",)


@pytest.mark.parametrize(
    "params",
    [{}, {"text": ["甲"], "passage": ["r1:2"]}, {"text": ["长" * 5001]}, {"passage": ["r1"]}, {"passage": ["r1:x"]}],
)
def test_what_to_look_for_is_a_text_or_a_passage(params: dict[str, list[str]]) -> None:
    with pytest.raises(BadQuery):
        text_or_passage(params)


def test_a_passage_is_named_by_report_and_number() -> None:
    assert text_or_passage({"passage": ["ab12:3"]}) == (None, ("ab12", 3))
    assert text_or_passage({"text": [" 驻点 "]}) == ("驻点", None)


def test_a_limit_is_a_number_within_reason() -> None:
    assert (limit({}, 10), limit({"limit": ["3"]}, 10)) == (10, 3)
    with pytest.raises(BadQuery):
        limit({"limit": ["0"]}, 10)


def test_a_pasted_text_asks_with_its_measures_and_with_what_else_a_cue_tells() -> None:
    text = "派出小分队登门。闲置土地另作安排。今日天晴。"
    span = Span(0, 8)
    told = Measure(TEAMS, "招商引资", Status.MEASURE, span)
    passage = Passage(0, None, Status.MEASURE, ("招商引资",), Span(0, len(text)), text, measures=(told,))
    asked = asked_measures([passage], text, None, PracticeCues(PRACTICES))
    assert [(one.wanted.text, one.wanted.practice) for one in asked] == [
        ("派出小分队登门。", TEAMS),
        ("闲置土地另作安排。", LAND),
    ]


def test_a_text_without_any_measure_asks_as_it_is() -> None:
    passage = Passage(0, None, Status.BACKGROUND, (), Span(0, 5), "今日天晴。")
    (asked,) = asked_measures([passage], "今日天晴。", None, PracticeCues(PRACTICES))
    assert asked.wanted == Wanted("今日天晴。", None, None)


def test_a_sentence_that_tells_a_practice_does_not_ask_without_it_too() -> None:
    named = Measure(TEAMS, "招商引资", Status.MEASURE, Span(0, 8))
    without = Measure(None, "人才", Status.MEASURE, Span(0, 8))
    alone = Measure(None, "人才", Status.MEASURE, Span(8, 16))
    assert asking([named, without, alone]) == [named, alone]
