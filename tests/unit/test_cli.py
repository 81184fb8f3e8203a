"""The command: what goes in comes out again, in words and as JSON."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import Result

from tests.unit.pages import a_page, in_folder

Run = Callable[..., Result]
ROOT = Path(__file__).resolve().parents[2]


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_add_tells_what_became_of_each_page(run: Run, tmp_path: Path) -> None:
    folder = in_folder(tmp_path / "pages")
    (folder / "notes.css").write_text("p {}")
    (folder / ".hidden.html").write_bytes(a_page("看不见的总结"))
    added = lines(run("add", str(folder), "--json"))
    assert [Path(one["file"]).name for one in added] == ["hengyang.html", "kunshan.html", "mirror.html"]
    assert {one["outcome"] for one in added} == {"added"}
    data = (folder / "hengyang.html").read_bytes()
    assert added[0]["report"] == hashlib.sha256(data).hexdigest()[:12]
    assert {one["outcome"] for one in lines(run("add", str(folder), "--json"))} == {"unchanged"}


def test_a_changed_page_is_a_new_version_of_the_same_report(run: Run, tmp_path: Path) -> None:
    folder = in_folder(tmp_path / "pages")
    (first,) = lines(run("add", str(folder / "kunshan.html"), "--json"))
    (folder / "kunshan.html").write_bytes(a_page("昆山经开区2022年工作总结"))
    (second,) = lines(run("add", str(folder / "kunshan.html"), "--json"))
    assert second["outcome"] == "new_version"
    assert second["report"] == first["report"]
    run("build")
    (shown,) = lines(run("show", first["report"], "--json"))
    assert shown["title"] == "昆山经开区2022年工作总结"
    assert len(shown["versions"]) == 2


def test_read_stores_nothing_and_walks_folders(run: Run, tmp_path: Path) -> None:
    read = lines(run("read", str(in_folder(tmp_path / "pages"))))
    assert len(read) == 3
    assert read[0]["zone"]["name"] == "衡阳高新技术产业开发区"
    assert read[0]["years"]["report"] == 2022
    assert read[0]["skipped"] is None
    for passage in read[0]["passages"]:
        start, end = passage["span"]
        assert read[0]["text"][start:end] == passage["text"]
    assert not (tmp_path / "var").exists()


def test_read_takes_the_address_it_is_told(run: Run, tmp_path: Path) -> None:
    page = str(in_folder(tmp_path / "pages") / "kunshan.html")
    assert lines(run("read", page, "--url", "http://a.example/1"))[0]["url"] == "http://a.example/1"
    assert run("read", page, "--url", "a.example").exit_code == 2


def test_search_finds_and_narrows(built: Run) -> None:
    (found,) = lines(built("search", "驻点招商", "--json"))
    assert found["reports"] == 2
    hit = found["hits"][0]
    assert {hit["snippet"][start:end] for start, end in hit["marks"]} == {"驻点招商"}
    assert lines(built("search", "驻点招商", "--zone", "昆山经开区", "--json"))[0]["reports"] == 1
    assert lines(built("search", "驻点招商", "--year", "2021", "--json"))[0]["total"] == 0
    assert lines(built("search", '"链长制招商"', "--json"))[0]["reports"] == 1
    assert lines(built("search", "--status", "问题", "--json"))[0]["total"] > 0


def test_search_in_words_says_where_when_and_what(built: Run) -> None:
    told = built("search", "驻点招商", "--limit", "1").stdout
    assert "涉及 2 份报告" in told
    assert "2022年" in told
    assert "昆山经开区" in told
    assert "没有找到" in built("search", "量子纠缠态").stdout


def test_search_offers_what_may_have_been_meant(built: Run) -> None:
    told = built("search", "住点招商").stdout
    assert "你是不是要找：驻点招商（2 处）" in told
    assert lines(built("search", "住点招商", "--json"))[0]["suggestions"] == [
        {"text": "驻点招商", "zone": None, "passages": 2}
    ]
    assert lines(built("search", "驻点招商", "--json"))[0]["suggestions"] == []
    assert "昆山经开区（--zone 昆山经开区，" in built("search", "昆山精开区").stdout


def test_a_copy_is_a_mirror_and_only_the_witness_is_found(built: Run) -> None:
    (cluster,) = lines(built("mirrors", "--json"))
    assert len(cluster["reports"]) == 2
    found = lines(built("search", "--zone", "衡阳高新区", "--json"))[0]["hits"]
    assert {hit["report"] for hit in found} == {cluster["witness"]}
    (other,) = set(cluster["reports"]) - {cluster["witness"]}
    (shown,) = lines(built("show", other, "--json"))
    assert shown["witness"] == cluster["witness"]
    assert shown["mirrors"] == [cluster["witness"]]


def test_compare_sets_zones_side_by_side(built: Run) -> None:
    asked = ("compare", "--theme", "招商引资", "--zone", "衡阳高新区", "--zone", "昆山开发区", "--zone", "长春新区")
    compared = json.loads(built(*asked, "--format", "json").stdout)
    assert [column["zone"] for column in compared["zones"]] == ["衡阳高新区", "昆山经开区", "长春新区"]
    for row in compared["rows"]:
        assert [cell["zone"] for cell in row["cells"]] == ["衡阳高新区", "昆山经开区", "长春新区"]
        assert row["in"] <= row["of"] == 2, "of 长春新区 no report is collected"
        assert row["cells"][2] == {"zone": "长春新区", "silence": "未收录", "more": 0, "quotes": []}
    assert "链长制" in "".join(quote["text"] for row in compared["rows"] for quote in row["cells"][0]["quotes"])
    by_status = json.loads(built(*asked, "--by", "status", "--json").stdout)
    assert [row["status"] for row in by_status["rows"]] == ["举措", "成效", "计划", "问题"]
    assert "衡阳高新区" in built(*asked).stdout


def test_gaps_figures_and_matrix_answer_in_words_and_json(built: Run) -> None:
    gaps = json.loads(built("gaps", "--zone", "昆山开发区", "--with", "衡阳高新区", "--json").stdout)
    assert {"zone", "missing", "own", "shared"} <= set(gaps)
    assert gaps["zone"] == "昆山经开区"
    assert all(gap["zones"] == ["衡阳高新区"] for gap in gaps["missing"])
    figures = lines(built("figures", "--indicator", "签约项目数", "--json"))
    assert {"indicator", "value", "unit", "kind", "role", "year", "period", "zone", "province", "report", "seq"} <= set(
        figures[0] if figures else {}
    )
    matrix = json.loads(built("matrix", "--theme", "investment", "--rows", "province", "--json").stdout)
    assert matrix["theme"] == "招商引资"
    assert {row["label"] for row in matrix["rows"]} == {"湖南", "江苏"}
    for command in (("gaps", "--zone", "昆山经开区"), ("figures", "--indicator", "gdp"), ("matrix", "--theme", "人才")):
        assert built(*command).exit_code == 0


def test_show_stats_and_check_speak_in_words(built: Run) -> None:
    report = lines(built("search", "招商", "--json"))[0]["hits"][0]["report"]
    assert "工作总结" in built("show", report).stdout
    assert "报告  3" in built("stats").stdout
    assert lines(built("stats", "--json"))[0]["reports"] == 3
    checked = built("check")
    assert checked.exit_code == 0, checked.stdout
    assert "坏" not in checked.stdout


def test_check_says_what_to_do_before_anything_was_added(run: Run) -> None:
    checked = run("check")
    assert checked.exit_code == 1
    assert "duibiao add" in checked.stdout


def test_a_build_elsewhere_than_on_a_terminal_tells_its_progress_in_lines(built: Run) -> None:
    told = built("build", "--whole").stderr.splitlines()
    assert "读网页 3/3" in told
    assert all("\r" not in line for line in told)


def test_a_second_build_says_what_it_takes_over(built: Run) -> None:
    told = built("build").stderr.splitlines()
    assert "沿用 3/3" in told
    assert not [line for line in told if line.startswith("读网页 1")]


def test_the_package_runs_as_a_module() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "indexer", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.startswith("duibiao ")


def test_a_reader_that_stops_listening_is_no_error(tmp_path: Path) -> None:
    folder = in_folder(tmp_path / "pages")
    with subprocess.Popen(
        [sys.executable, "-m", "indexer", "read", *[str(folder)] * 20],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
