"""duibiao crawl, as a person and a timer run it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.cli import duibiao
from tests.crawl.site_server import Portal, config, portal, report, report_path, served

REPORTS = 25


@pytest.fixture(scope="module")
def site() -> Portal:
    return portal(REPORTS)


@pytest.fixture(scope="module")
def url(site: Portal) -> Iterator[str]:
    with served(site) as address:
        yield address


def run(file: Path, *arguments: str) -> Result:
    done = CliRunner().invoke(duibiao, [*arguments, "--config", str(file)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def test_what_was_crawled_can_be_searched_and_only_what_changed_is_read_again(
    site: Portal, url: str, tmp_path: Path
) -> None:
    file = config(tmp_path, url)
    done = run(file, "crawl")
    assert done.exit_code == 0
    assert f"新增 {REPORTS}" in done.output
    assert "crawl health=ok sites=1" in done.output
    assert json.loads(run(file, "search", "企业服务专窗", "--json").stdout)["reports"] == REPORTS
    site.pages[report_path(7)] = report(7, "<p>新设跨境贸易服务岛一处。</p>")
    assert "新版本 1" in run(file, "crawl").output
    assert json.loads(run(file, "search", '"跨境贸易服务岛"', "--json").stdout)["total"] == 1
    site.pages[report_path(7)] = report(7)
    (state,) = json.loads(run(file, "stats", "--json").stdout)["sites"]
    assert (state["site"], state["reason"], state["outcomes"]["not_modified"]) == ("portal", "complete", REPORTS + 1)
    assert "portal：" in run(file, "stats").output


def test_a_dry_run_asks_for_nothing(site: Portal, url: str, tmp_path: Path) -> None:
    file = config(tmp_path, url)
    site.forget()
    assert f"{url}/gzzj/index.html" in run(file, "crawl", "--dry-run").output
    (plan,) = [json.loads(line) for line in run(file, "crawl", "--dry-run", "--json").stdout.splitlines()]
    assert plan["known"] == {}
    assert site.requests == []


def test_a_check_fetches_three_pages_shows_them_and_keeps_nothing(site: Portal, url: str, tmp_path: Path) -> None:
    file = config(tmp_path, url)
    site.forget()
    done = run(file, "crawl", "--check", "portal")
    assert len(site.requests) == 4  # robots.txt too
    assert "列表页" in done.output
    assert "云岭第0高新区2015年工作总结" in done.output
    assert not (tmp_path / "var").exists()
    pages = [json.loads(line) for line in run(file, "crawl", "--check", "portal", "--json").stdout.splitlines()]
    assert [page["kind"] for page in pages] == ["start", "report", "report"]
    assert pages[1]["year"] == 2015


def test_a_suggestion_is_a_block_that_works(site: Portal, url: str, tmp_path: Path) -> None:
    file = config(tmp_path, url)
    text = run(file, "crawl", "--suggest", f"{url}/gzzj/index.html").stdout
    (block,) = tomllib.loads(text)["site"]
    assert block["start"] == [f"{url}/gzzj/index.html"]
    other = tmp_path / "other"
    other.mkdir()
    file = config(other, url, allow=json.dumps(block["allow"]), reports=json.dumps(block["reports"]))
    assert f"新增 {REPORTS}" in run(file, "crawl", "--no-build").output


def test_health_fails_where_a_site_was_not_reached(tmp_path: Path) -> None:
    file = config(tmp_path, "http://127.0.0.1:9999", crawl="attempts = 1")  # nobody listens there
    assert run(file, "crawl", "--health").exit_code == 1
    done = run(file, "crawl")
    assert "robots_unreachable" in done.output
    assert "health=" in done.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("crawl", "nowhere"), "portal"),
        (("crawl", "--check", "nowhere"), "portal"),
        (("crawl", "--suggest", "http://10.0.0.1/"), "private_hosts"),
        (("crawl", "--suggest", "file:///etc/passwd"), "http"),
    ],
)
def test_a_wrong_name_or_address_is_told(url: str, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(config(tmp_path, url), *arguments)
    assert done.exit_code == 1
    assert said in done.output


def test_without_any_site_the_command_says_how_to_make_one(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("", encoding="utf-8")
    done = run(file, "crawl")
    assert done.exit_code == 1
    assert "--suggest" in done.output
