"""How a report and a sentence of it are cited; what isn't known is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from indexer.formats.citation import Cited, bibtex, gb7714, quoted
from tests.unit.rows import a_report, all_rows, passage

TODAY = date(2026, 11, 20)
WHOLE = Cited("r-1", "某区年度总结", "某区管委会", date(2022, 3, 1), "http://a.example/1.html")
BARE = Cited("r2", "某区年度总结", None, None, "http://here/doc/r2")


def test_gb7714_holds_author_title_day_of_issue_day_of_retrieval_and_address() -> None:
    assert gb7714(WHOLE, TODAY) == "某区管委会. 某区年度总结[EB/OL]. (2022-03-01)[2026-11-20]. http://a.example/1.html."


def test_what_is_not_known_is_left_out_and_not_guessed() -> None:
    assert gb7714(BARE, TODAY) == "某区年度总结[EB/OL]. [2026-11-20]. http://here/doc/r2."
    assert "author" not in bibtex(BARE, TODAY)
    assert "year" not in bibtex(BARE, TODAY)
    assert "未标日期" in quoted("一句话。", BARE, "第 3 段")


def test_a_quote_stands_with_title_day_address_and_place() -> None:
    assert (
        quoted("一句话。", WHOLE, "第 3 段")
        == "“一句话。”（《某区年度总结》，2022-03-01，http://a.example/1.html，第 3 段）"
    )


def test_bibtex_escapes_what_latex_would_read_and_keys_are_plain() -> None:
    text = bibtex(replace(WHOLE, title="增长 5% & {其他}_x"), TODAY)
    assert text.startswith("@online{duibiaor1,\n")
    assert r"增长 5\% \& \textbraceleft{}其他\textbraceright{}\_x" in text
    assert text.endswith("\n}")


def test_no_title_or_address_ends_its_field_or_runs_in_tex() -> None:
    odd = replace(WHOLE, title=r"\input{x}}}, author = {{乙", address="http://a.example/}}, note = {{x")
    text = bibtex(odd, TODAY)
    assert "\\input" not in text
    assert r"\textbackslash{}input\textbraceleft{}x" in text
    assert [line.partition(" = ")[0].strip() for line in text.splitlines()[1:-1]] == [
        "title",
        "author",
        "year",
        "url",
        "urldate",
    ]


def test_a_digest_made_for_the_sample_says_what_it_is() -> None:
    sample = replace(WHOLE, sample=True)
    assert "非原文" in quoted("一句话。", sample, "第 1 段")
    assert "not the official text" in bibtex(sample, TODAY)


def test_a_report_without_an_address_is_cited_by_ours_and_one_without_a_title_says_so() -> None:
    (rows,) = all_rows([a_report("a", passage("设驻点三个。"))])
    cited = Cited.of(replace(rows.source, url=None, title=None), "http://here/doc/a")
    assert cited.address == "http://here/doc/a"
    assert gb7714(cited, TODAY).startswith("无标题报告[EB/OL]. ")
    assert Cited.of(replace(rows.source, url="http://b.example/"), "http://here/doc/a").address == "http://b.example/"
