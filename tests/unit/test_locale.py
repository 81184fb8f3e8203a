"""Every sentence for people stands in the catalogue, in both languages, with the same values."""

from __future__ import annotations

import ast
import pickle
import re
import string
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from indexer.compare.peers import WEIGHTS
from indexer.crawl.fetcher import Unanswered
from indexer.domain.columns import Silence
from indexer.domain.provinces import PROVINCE_GRID
from indexer.domain.report import Status
from indexer.errors import BadQuery, BadRow, BadSetup, Skip, StoredSkip
from indexer.locale import (
    CHINESE,
    LANGUAGES,
    LazyText,
    catalogue,
    definitions,
    language,
    say,
    speaking,
    term,
    terms,
)
from indexer.reference.codebook import Codebook
from indexer.reference.indicators import Indicators
from indexer.reference.practices import Practices
from webapp.presenters.codebook import counted

ROOT = Path(__file__).parents[2]
CJK = re.compile(r"[\u4e00-\u9fff]")
KEY = re.compile(r"""\b(?:t|say|marked_up|sentence)\(\s*["']([a-z0-9_.-]+)["']""")

# Where people are spoken to. Elsewhere Chinese in quotes is data: words that are looked for in reports.
SPEAKING = ("webapp", "indexer/cli", "indexer/formats")
# examples of what a parameter takes: zones, themes and words of reports, in any language; words of reports to be read
DATA = {"webapp/calls.py", "webapp/presenters/periods.py"}


@cache
def modules(folder: str) -> tuple[tuple[Path, tuple[ast.AST, ...]], ...]:
    """(path, all its nodes) of every module below ``folder``."""
    paths = sorted((ROOT / folder).rglob("*.py"))
    return tuple((path, tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))) for path in paths)


def values(text: str) -> set[str]:
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("wanted", [one for one in LANGUAGES if one != CHINESE])
def test_a_language_has_every_key_of_chinese_and_fills_in_the_same_values(wanted: str) -> None:
    chinese, other = catalogue(CHINESE), catalogue(wanted)
    assert {key for key in other if not key.endswith("_one")} == set(chinese)
    differing = {
        key: text
        for key, text in other.items()
        if (values(text) ^ values(chinese[key.removesuffix("_one")])) - ({"n"} if key.endswith("_one") else set())
    }
    assert differing == {}


def test_what_the_code_says_stands_in_the_catalogue() -> None:
    said = {
        key
        for folder in ("webapp", "indexer")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".html") and path.parent.name != "locale"
        for key in KEY.findall(path.read_text(encoding="utf-8"))
    }
    assert {key for key in said if not key.endswith(".") and key not in catalogue(CHINESE)} == set()


def literals(found: Iterable[ast.AST]) -> Iterator[ast.Constant]:
    """Strings with Chinese in them that aren't docstrings."""
    nodes = tuple(found)
    docs = {
        id(node.body[0].value)
        for node in nodes
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in nodes:
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docs
            and CJK.search(node.value)
        ):
            yield node


def letters(one: ast.Constant) -> str:
    assert isinstance(one.value, str), ast.unparse(one)
    return one.value


def test_no_sentence_stands_outside_the_catalogue() -> None:
    outside = [
        f"{path.relative_to(ROOT)}:{one.lineno} {letters(one)}"
        for folder in SPEAKING
        for path, nodes in modules(folder)
        if path.relative_to(ROOT).as_posix() not in DATA
        for one in literals(nodes)
    ]
    assert outside == []


def test_no_error_is_raised_with_a_sentence_of_its_own() -> None:
    outside = [
        f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
        for folder in ("indexer", "webapp")
        for path, nodes in modules(folder)
        for node in nodes
        if isinstance(node, ast.Raise) and any(literals(ast.walk(node)))
    ]
    assert outside == []


def raised_names() -> set[str]:
    """Classes of errors, wherever they are defined."""
    names = {"DuibiaoError"}
    classes = [node for _, nodes in modules("indexer") for node in nodes if isinstance(node, ast.ClassDef)]
    while found := {
        one.name for one in classes if {getattr(base, "id", "") for base in one.bases} & names and one.name not in names
    }:
        names |= found
    return names - {"StoredSkip"}


def made_errors() -> Iterator[tuple[str, str, set[str]]]:
    """(place, key, names of its values) of every error whose key stands there in letters."""
    names = {*raised_names(), "LazyText", "say"}
    for folder in ("webapp", "indexer"):
        for path, nodes in modules(folder):
            for node in nodes:
                if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") in names):
                    continue
                words = [letters(one) for one in node.args if isinstance(one, ast.Constant)]
                if len(words) < len(node.args) or not words or any(one.arg is None for one in node.keywords):
                    continue
                key = ".".join(["skip", "_".join(words)]) if getattr(node.func, "id", "") == "Skip" else words[0]
                given = {one.arg for one in node.keywords if one.arg}
                yield f"{path.relative_to(ROOT).as_posix()}:{node.lineno}", key, given


def test_an_error_names_a_sentence_of_the_catalogue_and_gives_its_values() -> None:
    sentences, made = catalogue(CHINESE), list(made_errors())
    wrong = [
        f"{place} {key} {sorted(given)}"
        for place, key, given in made
        if key not in sentences or values(sentences[key]) != given - ({"parameter"} - values(sentences[key]))
    ]
    assert wrong == []
    assert len(made) > 300


def test_the_key_of_an_error_is_written_out_where_it_is_made() -> None:
    names = raised_names() - {"Skip"}
    elsewhere = [
        f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
        for folder in ("webapp", "indexer")
        for path, nodes in modules(folder)
        for node in nodes
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names and node.args
        if not isinstance(node.args[0], ast.Constant | ast.IfExp) and ast.unparse(node.args[0]) != "key"
    ]
    assert elsewhere == []


def test_every_code_of_a_skip_has_a_general_sentence_that_fills_nothing_in() -> None:
    codes = {
        letters(node.args[0])
        for _, nodes in modules("indexer")
        for node in nodes
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "Skip"
        and isinstance(node.args[0], ast.Constant)
    }
    assert {code for code in codes if values(catalogue(CHINESE).get(f"skip.{code}", "{missing}"))} == set()


def test_no_template_holds_a_sentence_of_its_own() -> None:
    outside = [
        f"{path.name}: {line.strip()}"
        for path in sorted((ROOT / "webapp/templates").glob("*.html"))
        for line in re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.S).splitlines()
        if CJK.search(line)
    ]
    assert outside == []


def test_a_list_among_the_values_is_joined_as_the_language_joins() -> None:
    error = BadQuery("query.not_a_value", value="石", what=LazyText("name.theme"), allowed=["甲", "乙"])
    assert str(error) == "没有“石”这个主题，可用：甲、乙。"
    with speaking("en"):
        assert str(error) == "There is no theme “石”. Choose from: 甲, 乙."


def test_an_error_comes_back_from_another_process_as_it_went() -> None:
    for error in (
        BadQuery("query.not_a_value", value="石", what=LazyText("name.theme"), allowed=["甲", "乙"]),
        Skip("list_page", "dates", n=7),
        Skip("http_503", "status", status=503),
        StoredSkip("moved", "搬到别处了"),
        BadSetup("setup.table_row", file="x.tsv", problem=BadRow("table.column_count", number=3, most=4)),
        Unanswered("fetch.timeout", url="https://a.example/", seconds=5.0),
    ):
        back = pickle.loads(pickle.dumps(error))
        assert type(back) is type(error)
        for wanted in LANGUAGES:
            with speaking(wanted):
                assert str(back) == str(error)


def test_a_reason_is_stored_in_chinese_and_told_in_the_language_of_whoever_asks() -> None:
    with speaking("en"):
        skip = Skip("list_page", "dates", n=7)
        assert skip.message == "It is a list of 7 dated links, without a text"
        assert skip.reason == "list_page: 这是栏目列表页：7 条带日期的链接，没有正文"
        assert StoredSkip("list_page", skip.recorded).message == say("skip.list_page")
        assert StoredSkip("list_page", skip.recorded).recorded == skip.recorded
        assert StoredSkip("of_another_version", "旧的说法").message == "旧的说法"
        assert StoredSkip("http_503", "返回 503，没有取到网页").message == say("skip.http")
    assert StoredSkip("list_page", skip.recorded).message == skip.message


def test_an_error_speaks_the_language_of_whoever_asks() -> None:
    error = BadQuery("page.refused.404")
    with speaking("en"):
        assert language() == "en"
        assert str(error) == say("page.refused.404") == "There is no such page"
    assert str(error) == "没有这一页"


def test_every_row_of_the_codebooks_and_every_province_has_an_english_name() -> None:
    tables = ROOT / "corpus" / "tables"
    practices = Practices.parse((tables / "practices.tsv").read_text(encoding="utf-8").splitlines())
    themes = tomllib.loads((tables / "themes.toml").read_text(encoding="utf-8"))["theme"]
    chinese = {
        *(theme["name"] for theme in themes),
        *(practice.name for practice in practices),
        *(indicator.name for indicator in Indicators.read(tables)),
        *(name for line in PROVINCE_GRID for name in line.split(",") if name),
        *WEIGHTS,
        *(silence.value for silence in Silence),
        *(status.value for status in Status),
    }
    assert {one for one in chinese if one not in terms("en")} == set()
    assert not [name for name in terms("en").values() if CJK.search(name)]


def test_every_definition_of_the_codebooks_stands_in_english() -> None:
    """And none whose Chinese is gone: a renamed row would lose its definition in silence."""
    tables = ROOT / "corpus" / "tables"
    practices = Practices.parse((tables / "practices.tsv").read_text(encoding="utf-8").splitlines())
    themes = Codebook.parse((tables / "themes.toml").read_text(encoding="utf-8")).themes
    chinese = {
        **{
            (row.name, part): text
            for row in themes
            for part, text in (("belongs", row.belongs), ("excludes", row.excludes))
        },
        **{
            (row.id, part): text
            for row in practices
            for part, text in (
                ("definition", row.definition),
                ("not", row.not_),
                ("object", row.object),
                ("example", row.example),
            )
        },
        **{(row.id, "note"): row.note for row in Indicators.read(tables)},
    }
    told = {key for key, text in chinese.items() if text}
    assert told - set(definitions("en")) == set()
    assert set(definitions("en")) - told == set()


def test_a_definition_sends_to_rows_that_there_are() -> None:
    """“Rank of parks” in what doesn't count is the English name of another row."""
    quoted = {name for text in definitions("en").values() for name in re.findall(r"to (“[^”]+”)", text)}
    assert len(quoted) > 50
    assert {name.strip("“”") for name in quoted} <= set(terms("en").values())


@pytest.mark.parametrize("wanted", LANGUAGES)
def test_how_each_indicator_is_counted_is_told(wanted: str) -> None:
    with speaking(wanted):
        told = {row.id: counted(row) for row in Indicators.read(ROOT / "corpus" / "tables")}
    assert len(told) >= 150
    assert all(bool(CJK.search(text)) is (wanted == CHINESE) for text in told.values())
    assert ("期末数" if wanted == CHINESE else "at the end of the period") in told["deposits"]


def test_no_term_is_translated_twice() -> None:
    """``terms`` forgets the sections, so a second translation would silently take the place of the first."""
    text = (ROOT / "indexer/locale/terms_en.toml").read_text(encoding="utf-8")
    keys = re.findall(r'^"(.+?)" = ', text, flags=re.M)
    assert sorted(keys) == sorted(set(keys))


def test_a_term_without_a_translation_stays_as_it_is() -> None:
    with speaking("en"):
        assert term("基金招商") == "Recruiting with equity funds"
        assert term("某种新词") == "某种新词"
    assert term("基金招商") == "基金招商"
