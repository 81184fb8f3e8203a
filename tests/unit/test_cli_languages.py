"""The command speaks the language that is asked for, in its help, its refusals and its answers; JSON stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from indexer.cli import duibiao
from indexer.cli.help import Command, Option
from indexer.formats.report_words import (
    FLAGS,
    GRADES,
    KINDS,
    REASONS,
    ROLES,
    YEAR_KINDS,
    ZONE_STATUSES,
    named,
    year_word,
)
from indexer.locale import CHINESE, LANGUAGES, language, speaking

Run = Callable[..., Result]
CJK = re.compile(r"[\u4e00-\u9fff]")


def called(*arguments: str) -> Result:
    return CliRunner().invoke(duibiao, arguments)


def texts() -> Iterator[str]:
    """What help says of each command and option."""
    for command in (duibiao, *duibiao.commands.values()):
        yield command.help or ""
        yield from (one.help or "" for one in command.params if isinstance(one, click.Option))


@pytest.mark.parametrize("wanted", LANGUAGES)
def test_every_command_and_option_is_explained_in_every_language(wanted: str) -> None:
    with speaking(wanted):
        assert all(len(text) > 1 for text in texts())
        assert all(bool(CJK.search(text)) for text in texts()) is (wanted == CHINESE)


def test_every_command_and_option_takes_its_help_from_the_catalogue() -> None:
    assert [name for name, command in duibiao.commands.items() if not isinstance(command, Command)] == []
    plain = [
        f"{name} {param.opts[0]}"
        for name, command in duibiao.commands.items()
        for param in command.params
        if isinstance(param, click.Option) and not isinstance(param, Option)
    ]
    assert plain == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--lang", "en", "search", "--help"),
        ("search", "--lang", "en", "--help"),
        ("search", "--help", "--lang", "en"),
        ("search", "--help", "--lang=en"),
    ],
)
def test_help_speaks_the_language_asked_before_or_behind_the_command(arguments: tuple[str, ...]) -> None:
    told = called(*arguments).stdout
    assert told.startswith("Usage: duibiao search")
    assert "Search passages." in told
    assert "Show this help" in told
    assert "按段落检索" in called("search", "--help").stdout
    assert language() == CHINESE, "the language is that of one call"


def test_the_language_counts_wherever_it_stands() -> None:
    assert called("--help", "--lang", "en").stdout.startswith("Usage: duibiao [OPTIONS] COMMAND")
    assert called("--help").stdout.startswith("用法：")
    refused = called("search", "--colour", "red", "--lang", "en").stderr
    assert "no option --colour" in refused
    assert not CJK.search(refused)
    assert language() == CHINESE, "the language is that of one call"


def test_what_is_searched_for_is_no_language() -> None:
    assert called("search", "--help", "--", "--lang", "en").stdout.startswith("用法：")


def test_help_shows_the_first_sentence_of_each_command_whole() -> None:
    told = called("--help").stdout
    assert "选项：" in told
    assert "命令：" in told
    assert re.sub(r"\s", "", duibiao.commands["compare"].get_short_help_str()) in re.sub(r"\s", "", told)


@pytest.mark.parametrize(
    ("arguments", "chinese", "english"),
    [
        (("search", "--colour", "red"), "没有 --colour 这个选项", "no option --colour"),
        (("serch",), "没有 serch 这个命令。是不是 search、serve？", "no command serch. Did you mean search, serve?"),
        (("show",), "缺少 REPORT。", "REPORT is missing."),
        (("compare",), "缺少 --theme。", "--theme is missing."),
        (("serve", "--port", "0"), "--port 的值不对：应为 1 到 65535 的整数", "a whole number from 1 to 65535"),
        (("similar", "--limit", "many"), "--limit 的值不对：应为整数", "it is a whole number"),
        (
            ("search", "--format", "pdf"),
            "只能是 text、json、csv、xlsx、docx 之一",
            "one of text, json, csv, xlsx, docx",
        ),
        (("show", "a", "b"), "多写了 b。", "Too many arguments: b."),
        (("search", "--zone"), "选项 --zone 后面要有一个值", "Option --zone needs a value"),
        (("build", "--whole=1"), "选项 --whole 后面不带值", "Option --whole takes no value"),
    ],
)
def test_a_wrong_call_is_told_in_either_language(arguments: tuple[str, ...], chinese: str, english: str) -> None:
    refused = called(*arguments)
    assert refused.exit_code == 2
    assert refused.stdout == ""
    assert chinese in refused.stderr
    refused = called("--lang", "en", *arguments)
    assert refused.exit_code == 2
    assert english in refused.stderr
    assert not CJK.search(refused.stderr)


def test_a_language_that_there_is_not_is_refused() -> None:
    assert "只能是 zh、en 之一" in called("--lang", "fr", "stats").stderr


def test_answers_come_in_english_and_their_json_stays_the_same(built: Run, tmp_path: Path) -> None:
    told = built("search", "驻点招商", "--lang", "en").stdout
    assert "2 reports" in told
    assert "\nprovince " in told
    shown = built("show", json.loads(built("search", "驻点招商", "--json").stdout)["hits"][0]["report"], "--lang", "en")
    assert "Evidence of years" in shown.stdout
    assert built("stats", "--lang", "en").stdout.startswith("Reports   3")
    asked = ("compare", "--theme", "招商引资", "--zone", "衡阳高新区", "--zone", "长春新区")
    assert "not collected" in built(*asked, "--lang", "en").stdout
    assert built(*asked, "--json", "--lang", "en").stdout == built(*asked, "--json").stdout
    rows = built(*asked, "--format", "csv", "--lang", "en").stdout_bytes.decode("utf-8-sig").splitlines()
    assert rows[0] == "Practice,How many,衡阳高新区,长春新区"
    assert "Sources" in rows
    assert "Check the original before you cite it." in rows[-2]


@pytest.mark.parametrize("wanted", LANGUAGES)
def test_every_value_that_is_shown_has_a_word(wanted: str) -> None:
    with speaking(wanted):
        for names in (FLAGS, GRADES, KINDS, ROLES, REASONS, YEAR_KINDS, ZONE_STATUSES):
            assert all(names.values())


def test_a_term_keeps_its_chinese_beside_its_english_name() -> None:
    assert named("招商引资") == "招商引资"
    assert year_word(None) == "年份不明"
    with speaking("en"):
        assert named("招商引资") == "Investment promotion (招商引资)"
        assert named("没有译过的词") == "没有译过的词"
        assert year_word(2022) == "2022"
