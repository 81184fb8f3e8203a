"""The five texts the project began with and the nine readable pages: zone, years and quality as the truth says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.domain.page import RawPage
from indexer.domain.report import Grade
from indexer.domain.zones import ZoneStatus
from indexer.pipeline.clean import clean
from indexer.pipeline.decode import decode
from indexer.pipeline.describe import Description, describe
from indexer.pipeline.extract import extract
from tests.evaluation.describing import gazetteer, laundering
from tests.shared import shared_dir

Reader = Callable[[str], Description]


@pytest.fixture(scope="module")
def read() -> Reader:
    places, washed = gazetteer(), laundering()

    def one(name: str) -> Description:
        folder = shared_dir()
        found = [*folder.glob(f"seeds/{name}_*.txt"), *folder.glob(f"pages/reconstructed/{name}.html")]
        path: Path = found[0]
        raw = RawPage(path.read_bytes(), path.name)
        page = extract(raw, decode(raw))
        return describe(page, clean(page, washed), places)

    return one


@pytest.mark.parametrize(
    ("name", "report", "plan", "period", "in_conflict"),
    [
        ("000", 2022, None, "x至xx月", False),
        ("001", 2020, None, None, True),
        ("002", None, None, "全年", False),
        ("003", 2019, 2020, "全年", True),
        ("004", 2022, None, "上半年", False),
        ("777doc", 2022, None, "x至xx月", False),
        ("wnwk", 2020, None, None, True),
        ("gjknj_m_gb18030", None, None, "全年", False),
        ("book118_like", 2019, 2020, "全年", True),
        ("gov_hijacked_wrongcharset", 2022, None, "上半年", False),
        ("gov_trs_meta", 2022, None, "上半年", False),
        ("gov_jcms", 2021, 2022, "全年", False),
        ("gov_vsb_attachment_only", 2021, None, "全年", False),
        ("clone_traditional_pinyin", 2022, 2023, "全年", False),
    ],
)
def test_the_years(
    read: Reader, name: str, report: int | None, plan: int | None, period: str | None, in_conflict: bool
) -> None:
    years = read(name).years
    assert (years.report, years.plan, years.period, years.conflict is not None) == (report, plan, period, in_conflict)


@pytest.mark.parametrize(
    ("name", "status", "zone", "kind", "in_conflict"),
    [
        ("000", ZoneStatus.ANONYMISED, None, "高新区", False),
        ("001", ZoneStatus.ANONYMISED, None, "高新区", True),
        ("002", ZoneStatus.ANONYMISED, None, "科技城", False),
        ("003", ZoneStatus.ANONYMISED, None, "高新区", False),
        ("004", ZoneStatus.NAMED, "衡阳高新技术产业开发区", "高新区", False),
        ("777doc", ZoneStatus.ANONYMISED, None, "高新区", False),
        ("wnwk", ZoneStatus.ANONYMISED, None, "高新区", True),
        ("gjknj_m_gb18030", ZoneStatus.ANONYMISED, None, "科技城", False),
        ("book118_like", ZoneStatus.ANONYMISED, None, "高新区", False),
        ("gov_hijacked_wrongcharset", ZoneStatus.NAMED, "衡阳高新技术产业开发区", "高新区", False),
        ("gov_trs_meta", ZoneStatus.NAMED, "衡阳高新技术产业开发区", "高新区", False),
        ("gov_jcms", ZoneStatus.TYPE_ONLY, None, "经开区", False),
        ("gov_vsb_attachment_only", ZoneStatus.TYPE_ONLY, None, "高新区", False),
        ("clone_traditional_pinyin", ZoneStatus.TYPE_ONLY, None, "经开区", False),
    ],
)
def test_the_zone(read: Reader, name: str, status: ZoneStatus, zone: str | None, kind: str, in_conflict: bool) -> None:
    found = read(name).zone
    assert (found.status, found.name, found.type, found.conflict is not None) == (status, zone, kind, in_conflict)


@pytest.mark.parametrize(
    ("name", "hints"), [("003", {"旗山", "海西园", "南屿"}), ("002", {"瑶溪", "中国眼谷"}), ("001", {"田营科技园"})]
)
def test_what_points_to_a_place_is_a_hint_and_no_more(read: Reader, name: str, hints: set[str]) -> None:
    assert hints <= set(read(name).zone.hints)


@pytest.mark.parametrize(
    ("name", "grade"),
    [
        ("000", Grade.MASKED),
        ("001", Grade.TAMPERED),
        ("002", Grade.MASKED),
        ("003", Grade.MASKED),
        ("004", Grade.COPY),
        ("gov_hijacked_wrongcharset", Grade.COPY),
        ("gov_trs_meta", Grade.COPY),  # a saved file that only says itself where it is from
        ("gov_jcms", Grade.MASKED),
    ],
)
def test_the_grade(read: Reader, name: str, grade: Grade) -> None:
    assert read(name).quality.grade is grade


def test_the_masks_are_counted(read: Reader) -> None:
    assert read("001").quality.masks == {"x": 102, "XX县区": 13}
    assert "redated" in read("001").quality.flags


def test_a_masked_year_is_guessed_at_and_said_to_be_a_guess(read: Reader) -> None:
    guess = read("002").years.evidence[-1]
    assert (guess.kind.value, guess.year, guess.trusted) == ("guess", 2021, False)
