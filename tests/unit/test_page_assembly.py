"""Reports that their page doesn't hold alone: next pages and attachments, taken in where they are given."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from indexer.domain.page import Pager, RawPage
from indexer.ingest.related_pages import ArchivedNeighbours, FolderNeighbours
from indexer.pipeline.decode import decode
from indexer.pipeline.extract import extract
from tests.unit.pages import WORK
from tests.unit.test_containers import a_pdf

Run = Callable[..., Result]
TITLE = "衡阳高新区2022年工作总结和2023年工作计划"


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def a_page(paragraphs: Sequence[str], below: str = "", title: str = TITLE) -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<html><head><meta charset="utf-8"><meta name="ArticleTitle" content="{title}">'
        f'<meta name="PubDate" content="2022-12-30"><meta name="ContentSource" content="区管委会">'
        f'<title>{title}</title></head><body><h1>{title}</h1><div class="TRS_Editor">{body}</div>{below}</body></html>'
    ).encode()


def a_link(address: str, words: str) -> str:
    return f'<a href="{address}">{words}</a>'


def pager(back: str | None, following: str | None) -> str:
    return (a_link(back, "上一页") if back else "<span>上一页</span>") + (
        a_link(following, "下一页") if following else "<span>下一页</span>"
    )


def three_pages(folder: Path, name: str = "t2022_{}.html", first: str = "t2022.html") -> list[str]:
    """WORK on three pages; their names."""
    names = [first, name.format(2), name.format(3)]
    folder.mkdir(exist_ok=True)
    for number, (start, end) in enumerate(((0, 3), (3, 5), (5, 9))):
        below = pager(names[number - 1] if number else None, names[number + 1] if number < 2 else None)
        (folder / names[number]).write_bytes(a_page(WORK[start:end], below))
    return names


# --- next pages ------------------------------------------------------------------------------------------------------


def pager_of(below: str, name: str) -> Pager | None:
    page = RawPage(a_page(WORK, below), name)
    return extract(page, decode(page)).pager


@pytest.mark.parametrize(
    ("below", "name", "expected"),
    [
        (pager(None, "t1_2.html"), "t1.html", Pager(True, "t1_2.html")),
        (pager("t1.html", "t1_3.html"), "t1_2.html", Pager(False, "t1_3.html")),
        (pager("t1_2.html", None), "t1_3.html", Pager(False, None)),
        (pager("t1.html", "t1_2.html"), "t1.html", Pager(True, "t1_2.html")),
        (pager("t1_2.html", "t1_3.html"), "t1_3.html", Pager(False, None)),
        (pager(None, "/art/c.html?page=2"), "c.html", Pager(True, "/art/c.html?page=2")),
        (pager("c.html?id=7&page=1", "c.html?id=7&page=3"), "c.html?id=7&page=2", Pager(False, "c.html?id=7&page=3")),
        ('<script>createPageHTML(3, 0, "t77", "html");</script>', "t77.html", Pager(True, "t77_1.html")),
        ('<script>createPageHTML(3, 1, "t77", "html");</script>', "t77_1.html", Pager(False, "t77_2.html")),
        ('<script>createPageHTML(3, 2, "t77", "html");</script>', "t77_2.html", Pager(False, None)),
        ('<script>createPageHTML(1, 0, "t77", "html");</script>', "t77.html", None),
        (pager("#", "#"), "t1.html", None),
        (a_link("t2.html", "下一篇：别处的总结"), "t1.html", None),
        (a_link("other.html", "下一页"), "t1.html", None),
        ("", "t1_2.html", None),
    ],
)
def test_a_pager_is_told_by_addresses_that_differ_in_their_number(
    below: str, name: str, expected: Pager | None
) -> None:
    assert pager_of(below, name) == expected


def test_pages_of_one_article_are_read_as_one_report(run: Run, tmp_path: Path) -> None:
    names = three_pages(tmp_path / "pages")
    read = {Path(one["file"]).name: one for one in lines(run("read", str(tmp_path / "pages")))}
    first = read[names[0]]
    assert first["text"] == "\n".join(WORK)
    assert first["parts"] == names[1:]
    assert first["provenance"]["body"].endswith("3 页合一")
    assert "truncated" not in first["quality"]["flags"]
    for name in names[1:]:
        assert read[name]["skipped"].startswith("part: ")
        assert read[name]["text"] is None


def test_the_later_pages_are_archived_as_parts_of_their_report(run: Run, tmp_path: Path) -> None:
    names = three_pages(tmp_path / "pages")
    added = {Path(one["file"]).name: one for one in lines(run("add", str(tmp_path / "pages"), "--json"))}
    report = added[names[0]]["report"]
    assert [added[name]["outcome"] for name in names] == ["added", "skipped", "skipped"]
    assert f"part: 这是报告 {report} " in added[names[1]]["reason"]
    run("build")
    stats = lines(run("stats", "--json"))[0]
    assert (stats["reports"], stats["skipped"]) == (1, 2)
    assert lines(run("show", report, "--json"))[0]["text"] == "\n".join(WORK)
    again = lines(run("add", str(tmp_path / "pages"), "--json"))
    assert [one["outcome"] for one in again] == ["unchanged", "skipped", "skipped"]
    assert run("check").exit_code == 0


def test_a_first_page_that_is_added_alone_takes_the_later_ones_along(run: Run, tmp_path: Path) -> None:
    names = three_pages(tmp_path / "pages")
    (added,) = lines(run("add", str(tmp_path / "pages" / names[0]), "--json"))
    for file in (tmp_path / "pages").iterdir():
        file.unlink()
    run("build")
    assert lines(run("show", added["report"], "--json"))[0]["text"] == "\n".join(WORK)


def test_with_a_page_missing_in_the_middle_nothing_is_joined_and_all_are_cut(run: Run, tmp_path: Path) -> None:
    names = three_pages(tmp_path / "pages")
    (tmp_path / "pages" / names[1]).unlink()
    first, last = lines(run("read", str(tmp_path / "pages")))
    assert first["text"] == "\n".join(WORK[:3])
    assert last["text"] == "\n".join(WORK[5:])
    for one in (first, last):
        assert "truncated" in one["quality"]["flags"]
        assert one["parts"] == []


def test_another_report_under_the_next_address_is_not_joined(run: Run, tmp_path: Path) -> None:
    names = three_pages(tmp_path / "pages")
    other = a_page(WORK[3:5], pager(names[0], names[2]), title="昆山经开区2019年工作总结")
    (tmp_path / "pages" / names[1]).write_bytes(other)
    first, *_ = lines(run("read", str(tmp_path / "pages")))
    assert first["parts"] == []
    assert "truncated" in first["quality"]["flags"]


def test_a_pager_that_runs_in_a_circle_ends(run: Run, tmp_path: Path) -> None:
    names = three_pages(tmp_path / "pages")
    (tmp_path / "pages" / names[2]).write_bytes(a_page(WORK[5:], pager(names[0], names[1])))
    first, *_ = lines(run("read", str(tmp_path / "pages")))
    assert first["parts"] in ([], names[1:])


# --- attachments -----------------------------------------------------------------------------------------------------


def a_pdf_report() -> bytes:
    return a_pdf([[(24, 760, TITLE)] + [(12, 700 - 28 * n, text) for n, text in enumerate(WORK)]])


def with_file(folder: Path, address: str) -> Path:
    page = folder / "page.html"
    page.write_bytes(a_page([], f"<p>附件：{a_link(address, '工作总结.pdf')}</p>"))
    return page


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("./P020221230.pdf", "P020221230.pdf"),
        ("http://www.example.gov.cn/upload/P020221230.pdf", "P020221230.pdf"),
        ("%E5%B7%A5%E4%BD%9C%E6%80%BB%E7%BB%93.pdf", "工作总结.pdf"),
        ("files/2022/a.pdf", "files/2022/a.pdf"),
        ("/files/2022/a.pdf", "files/2022/a.pdf"),
    ],
)
def test_an_attachment_beside_its_page_gives_the_body(run: Run, tmp_path: Path, address: str, place: str) -> None:
    folder = tmp_path / "pages"
    (folder / place).parent.mkdir(parents=True)
    (folder / place).write_bytes(a_pdf_report())
    with_file(folder, address)
    page, file = lines(run("read", str(folder)))
    assert "".join(page["text"].split("\n")) == "".join(WORK)
    assert (page["title"], page["published_on"], page["source"]) == (TITLE, "2022-12-30", "区管委会")
    assert page["provenance"]["body"] == "正文取自附件 工作总结.pdf"
    assert file["skipped"].startswith("part: ")


def test_page_and_attachment_are_one_report_of_a_build(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(a_pdf_report())
    with_file(folder, "a.pdf")
    added = {Path(one["file"]).name: one for one in lines(run("add", str(folder), "--json"))}
    assert added["page.html"]["outcome"] == "added"
    assert added["a.pdf"]["outcome"] == "skipped"
    run("build")
    (hit,) = lines(run("search", "驻点招商", "--match", "words", "--json"))[0]["hits"]
    assert hit["report"] == added["page.html"]["report"]
    assert lines(run("stats", "--json"))[0]["reports"] == 1


def test_a_build_finds_what_lies_elsewhere_in_the_folder_that_was_added(run: Run, tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "upload").mkdir(parents=True)
    (site / "art" / "2022").mkdir(parents=True)
    (site / "upload" / "a.pdf").write_bytes(a_pdf_report())
    with_file(site / "art" / "2022", "/upload/a.pdf")
    report = lines(run("add", str(site), "--json"))[0]["report"]
    run("build")
    (shown,) = lines(run("show", report, "--json"))
    assert shown["provenance"]["body"] == "正文取自附件 工作总结.pdf"
    assert lines(run("stats", "--json"))[0]["reports"] == 1


def test_a_folder_named_by_a_relative_path_holds_the_same_pages(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, elsewhere = tmp_path / "pages", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (folder / "a.pdf").write_bytes(a_pdf_report())
    with_file(folder, "a.pdf")
    monkeypatch.chdir(elsewhere)
    page, file = lines(run("read", "../pages"))
    assert page["provenance"]["body"] == "正文取自附件 工作总结.pdf"
    assert file["skipped"].startswith("part: ")
    relative, absolute = (lines(run("add", name, "--json")) for name in ("../pages", str(folder)))
    assert [one["outcome"] for one in relative] == ["added", "skipped"]
    assert [one["outcome"] for one in absolute] == ["unchanged", "skipped"]


def test_a_file_outside_of_what_was_added_is_never_opened(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (tmp_path / "secret.pdf").write_bytes(a_pdf_report())
    (folder / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    for address in (
        "../secret.pdf",
        str(tmp_path / "secret.pdf"),
        "..%2fsecret.pdf",
        "link.pdf",
        "pages/../../secret.pdf",
    ):
        page = with_file(folder, address)
        assert FolderNeighbours(page, folder, 10**7).given(address) is None
        assert lines(run("read", str(page)))[0]["text"] == ""


@pytest.mark.parametrize("link", ["", "#", "/", ".", "..", "a\0b.pdf", "x" * 5000 + ".pdf", "http://[::1", "?page=2"])
def test_links_that_lead_nowhere_are_nothing(link: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(b"<html>")
    assert FolderNeighbours(page, tmp_path, 10**7).given(link) is None
    assert ArchivedNeighbours(str(page)).given(link) is None
    assert ArchivedNeighbours("http://a.example/b/page.html").given(link) is None


def test_an_archived_neighbour_is_found_by_address_or_by_folder() -> None:
    assert list(ArchivedNeighbours("http://a.example/b/t1.html").keys("t1_2.html")) == ["http://a.example/b/t1_2.html"]
    found = list(ArchivedNeighbours("/pages/t1.html").keys("/b/t1_2.html"))
    assert found == ["/pages/t1_2.html", "/pages/b/t1_2.html", "/b/t1_2.html"]
    assert list(ArchivedNeighbours("/pages/t1.html").keys("t1.html")) == []


def test_an_attachment_that_is_not_there_leaves_the_page_as_it_is(run: Run, tmp_path: Path) -> None:
    page = with_file(tmp_path, "a.pdf")
    (read,) = lines(run("read", str(page)))
    assert (read["text"], read["skipped"], read["title"]) == ("", None, TITLE)
    assert "attachments" not in read["provenance"]


def test_an_old_word_attachment_leaves_the_body_empty_and_says_why(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    page = tmp_path / "page.html"
    page.write_bytes(a_page([], f"<p>附件：{a_link('a.doc', '工作总结')}</p>"))
    (read,) = lines(run("read", str(page)))
    assert (read["text"], read["skipped"]) == ("", None)
    assert read["provenance"]["attachments"].startswith("附件 工作总结（a.doc） 没有读出：这份旧版")


def test_a_file_in_a_frame_under_a_line_that_introduces_it_gives_the_body(run: Run, tmp_path: Path) -> None:
    lead = "现将园区上一年度工作总结全文予以公布，欢迎社会各界查阅并提出意见建议。"
    (tmp_path / "page.html").write_bytes(a_page([lead], "<iframe src='files/report.pdf'></iframe>"))
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "report.pdf").write_bytes(a_pdf_report())
    page = next(
        one for one in lines(run("read", str(tmp_path / "page.html"), "--json")) if one["file"].endswith(".html")
    )
    assert page["parts"] == ["files/report.pdf"]
    assert page["text"].startswith(lead)
    assert len(page["text"]) > len(lead) + 100
