"""config.toml, docs/config.md and settings.py say the same; a wrong file is refused with its key and name."""

from __future__ import annotations

import re
import tomllib
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from indexer.crawl.sites import sites_of
from indexer.errors import BadSetup
from indexer.settings import SECTIONS, CrawlSettings, Settings, SiteSettings, load

ROOT = Path(__file__).resolve().parents[2]


def defaults() -> dict[tuple[str, str], object]:
    found = {(name, one.name): one.default for name, kind in SECTIONS.items() for one in fields(kind)}
    assert MISSING not in found.values()
    return {key: list(value) if isinstance(value, tuple) else value for key, value in found.items()}


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "my.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_shipped_file_names_every_setting_with_its_default() -> None:
    table = tomllib.loads((ROOT / "config.toml").read_text(encoding="utf-8"))
    assert table.pop("engine") == Settings().engine
    assert {(s, k): v for s, section in table.items() for k, v in section.items()} == defaults()


def test_every_line_of_the_shipped_file_gives_a_reason() -> None:
    lines = [line for line in (ROOT / "config.toml").read_text(encoding="utf-8").splitlines() if " = " in line]
    assert [line for line in lines if " # " not in line and not line.startswith("#")] == []


def test_every_example_of_a_site_is_one_when_its_hash_signs_are_taken_away(tmp_path: Path) -> None:
    text = (ROOT / "config.toml").read_text(encoding="utf-8")
    lines = [line.removeprefix("# ") for line in text.splitlines() if re.match(r"# (\[\[site\]\]|\w+ = )", line)]
    settings = load(written(tmp_path, "\n".join(lines)))
    assert len(settings.sites) == text.count("# [[site]]") >= 9  # five families of mills, three portals, an e-paper
    for site in sites_of(settings):
        assert not any(pattern.search(address) for pattern in site.deny for address in site.start)


def test_the_documentation_names_every_setting_with_default_unit_and_reason() -> None:
    section = ""
    told: dict[tuple[str, str], object] = {}
    units: dict[tuple[str, str], str] = {}
    for line in (ROOT / "docs/config.md").read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"## \[\[?(\w+)\]?\]", line):
            section = heading[1]
        elif section == "site":
            continue  # below
        elif row := re.fullmatch(r"\| `(\w+)` \| `(.+?)` \| (\S+) \| (.{5,}) \|", line):
            told[section, row[1]] = tomllib.loads(f"v = {row[2]}")["v"]
            units[section, row[1]] = row[3]
    assert told == defaults()
    assert units == {(n, one.name): one.metadata["unit"] for n, kind in SECTIONS.items() for one in fields(kind)}


def test_the_documentation_names_every_key_of_a_site() -> None:
    table = (ROOT / "docs/config.md").read_text(encoding="utf-8").partition("## [[site]]")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (\S+) \|", table, re.MULTILINE)
    documented = {name: (default, unit) for name, default, unit in rows}
    assert list(documented) == [one.name for one in fields(SiteSettings)]
    crawl = {one.name: one for one in fields(CrawlSettings)}
    for one in fields(SiteSettings):
        default, unit = documented[one.name]
        same = crawl.get(one.metadata.get("like", ""))
        assert unit == (same.metadata["unit"] if same else one.metadata["unit"])
        assert (default == "of `[crawl]`") == (same is not None)


def test_a_site_has_the_keys_of_its_own_and_those_of_all(tmp_path: Path) -> None:
    text = "[crawl]\ndelay_seconds = 5\n[[site]]\nname = 'a'\nstart = ['http://a.example.org/x/']\nmax_pages = 7"
    (site,) = sites_of(load(written(tmp_path, text)))
    assert (site.delay_seconds, site.max_pages, site.max_depth) == (5.0, 7, 6)
    assert site.follows("http://a.example.org/x/1.html")
    assert not site.follows("http://a.example.org/y/1.html")


def test_an_empty_file_means_the_defaults_and_paths_beside_it(tmp_path: Path) -> None:
    settings = load(written(tmp_path, ""))
    assert settings.search.page_size == 20
    assert settings.data_folder == tmp_path / "var"
    assert settings.corpus_folder == tmp_path / "corpus" / "tables"


def test_the_data_folder_of_the_command_line_is_taken_from_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load(written(tmp_path, "[data]\nfolder = 'elsewhere'"))
    assert settings.data_folder == tmp_path / "elsewhere"
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert settings.with_data_folder(Path("mine")).data_folder == tmp_path / "here" / "mine"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[serv]\nport = 80", "serv"),
        ("[serve]\nprot = 80", "prot"),
        ("[serve]\nport = '80'", "serve.port"),
        ("[serve]\nport = 70000", "serve.port"),
        ("[serve]\nport = true", "serve.port"),
        ("[fetch]\ntimeout_seconds = -1", "fetch.timeout_seconds"),
        ("[data]\nfolder = ''", "data.folder"),
        ("serve = 3", "serve"),
        ("[serve", "TOML"),
        ("[site]\nname = 'a'", "[[site]]"),
        ("[[site]]\nname = 'a'", "start"),
        ("[[site]]\nstart = ['http://a.example.org/']", "name"),
        ("[[site]]\nname = 'a'\nstart = 'http://a.example.org/'", "[site].start"),
        ("[[site]]\nname = 'a'\nstart = ['http://a.example.org/']\nmax_pages = 0", "[site].max_pages"),
        ("[[site]]\nname = 'a'\nstart = ['http://a.example.org/']\ndepth = 1", "depth"),
        ("[[site]]\nname='a'\nstart=['http://a.org/']\n[[site]]\nname='a'\nstart=['http://b.org/']", "两个"),
    ],
)
def test_a_wrong_key_or_value_is_refused_by_name(tmp_path: Path, text: str, named: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(BadSetup) as refused:
        load(file)
    assert named in str(refused.value)
    assert str(file) in str(refused.value)


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSetup, match=r"gone\.toml"):
        load(tmp_path / "gone.toml")
    (tmp_path / "gbk.toml").write_bytes("# 设置".encode("gb18030"))
    with pytest.raises(BadSetup, match="UTF-8"):
        load(tmp_path / "gbk.toml")


@pytest.mark.parametrize("key", ["allow", "deny", "reports"])
def test_a_pattern_that_is_none_is_refused_by_name(tmp_path: Path, key: str) -> None:
    text = f"[[site]]\nname = 'lake'\nstart = ['http://a.example.org/']\n{key} = ['(']"
    with pytest.raises(BadSetup, match=f"lake.*{key}"):
        sites_of(load(written(tmp_path, text)))


def test_an_engine_that_there_is_none_of_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(BadSetup, match=r"whoosh, opensearch.*lucene"):
        load(written(tmp_path, 'engine = "lucene"'))
    assert load(written(tmp_path, 'engine = "opensearch"')).engine == "opensearch"
