"""Measures of a passage: which practice, in which clauses, of what status, with which figures."""

from __future__ import annotations

from indexer.domain.page import Cleaned
from indexer.domain.report import Figure, Measure, Status
from indexer.domain.spans import Span
from indexer.pipeline.segment.labelled import LabelledSentence
from indexer.pipeline.segment.measures import measures_of
from indexer.pipeline.segment.practice_cues import PracticeCues
from indexer.pipeline.segment.sentences import sentences_of
from indexer.reference.practices import Practices
from tests.unit.test_practices import HEADER, row

CUES = PracticeCues(
    Practices.parse(
        [
            HEADER,
            row("invest/teams", "驻点招商"),
            row("invest/funds", "基金招商"),
            row("invest/firms", "以商招商"),
            row("land/idle", "闲置土地"),
            row("projects/factors", "要素保障"),
            row("invest/leader", "一把手&招商"),
        ]
    )
)


def measures(text: str, status: Status = Status.MEASURE, themes: tuple[str, ...] = ("招商引资",)) -> list[Measure]:
    sentences = [
        LabelledSentence(span, status, themes, tuple(1.0 for _ in themes))
        for span in sentences_of(text, Span(0, len(text)))
    ]
    figures = [a_figure(text, digit) for digit in "123456789" if digit in text]
    return list(measures_of(Cleaned(None, text, (), (), (), (), frozenset()), sentences, figures, CUES))


def a_figure(text: str, digit: str) -> Figure:
    at = text.index(digit)
    return Figure(None, float(digit), "个", None, None, None, None, None, Span(at, at + 1))


def told(text: str, status: Status = Status.MEASURE) -> list[tuple[str | None, str]]:
    return [(measure.practice, measure.span.of(text)) for measure in measures(text, status)]


def test_a_sentence_with_one_practice_is_one_measure() -> None:
    text = "今年我们在两座城市驻点招商，走访企业数百户。"
    assert told(text) == [("invest/teams", text)]


def test_practices_of_one_sentence_have_clauses_of_their_own() -> None:
    text = "在沿海开展驻点招商，签约3个项目，收回闲置土地，再供5块地。"
    first, second = measures(text)

    assert first.span.of(text) == "在沿海开展驻点招商，签约3个项目"
    assert second.span.of(text) == "收回闲置土地，再供5块地。"
    assert (first.figures, second.figures) == ((0,), (1,))


def test_practices_that_share_a_clause_share_its_words() -> None:
    text = "驻点招商、以商招商两手并用。"
    assert told(text) == [("invest/teams", text), ("invest/firms", text)]


def test_of_several_places_the_one_in_a_single_clause_is_taken() -> None:
    text = "收回闲置土地，完善招商评估，推行一把手招商。"
    assert told(text) == [("land/idle", "收回闲置土地，完善招商评估"), ("invest/leader", "推行一把手招商。")]


def test_a_measure_has_the_status_of_its_sentence() -> None:
    (measure,) = measures("明年大力开展驻点招商。", Status.PLAN)
    assert measure.status is Status.PLAN


def test_notes_and_background_tell_no_measure() -> None:
    assert told("驻点招商：指把人派驻到外地。", Status.NOTE) == []
    assert told("全国都在谈驻点招商。", Status.BACKGROUND) == []


def test_what_is_wanting_is_no_measure_but_a_practice_named_in_a_problem_is() -> None:
    assert told("项目要素保障还不够有力。", Status.PROBLEM) == []
    assert told("因驻点招商人员轮换，部分线索中断。", Status.PROBLEM) != []


def test_an_act_without_a_practice_of_the_codebook_is_a_measure_of_its_theme() -> None:
    (measure,) = measures("区里出台了便利外商出行的十条办法，当月见效。")
    assert (measure.practice, measure.theme) == (None, "招商引资")


def test_a_bare_figure_and_a_slogan_are_no_measure() -> None:
    assert told("全年生产总值增长百分之八，超过预期。", Status.RESULT) == []
    assert told("我们要解放思想、埋头苦干、一往无前。") == []


def test_a_sentence_that_counts_on_lends_its_figures_to_the_one_before() -> None:
    text = "在南方设点，开展驻点招商。目前已签约3个项目。"
    (measure,) = measures(text, Status.RESULT)
    assert measure.figures == (0,)
    assert measure.span.of(text) == "在南方设点，开展驻点招商。"


def test_a_plan_does_not_take_the_figures_of_what_is_done() -> None:
    text = "开展驻点招商。目前已签约3个项目。"
    (measure,) = measures(text, Status.PLAN)
    assert measure.figures == ()


def test_a_practice_in_a_list_is_named_and_one_with_a_figure_is_shown() -> None:
    assert [m.shown for m in measures("驻点招商、以商招商、基金招商齐头并进。")] == [False, False, False]
    assert [m.shown for m in measures("驻点招商签约3个项目。")] == [True]


def test_a_practice_with_its_steps_is_shown_without_figures() -> None:
    (measure,) = measures("把骨干派往三座城市长住，驻点招商，逐户上门，逐条跟踪。")
    assert measure.shown


def test_a_sentence_about_another_theme_than_its_practice_tells_that_theme_too() -> None:
    found = measures("抓住招才引智不放，收回闲置土地。", themes=("人才",))
    assert [(measure.practice, measure.theme) for measure in found] == [("land/idle", "招商引资"), (None, "人才")]
