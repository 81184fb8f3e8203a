"""Pages saved as one file, and zips of them: what is read is the page inside, never its transfer code."""

from __future__ import annotations

import base64
import io
import json
import plistlib
import quopri
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from indexer.domain.page import RawPage
from indexer.errors import Skip
from indexer.ingest.inputs import passed_over
from indexer.ingest.zipped import Bundle
from indexer.pipeline.documents.saved import saved_page
from tests.unit.pages import a_page

Run = Callable[..., Result]
TITLE = "衡阳高新区2022年工作总结和2023年工作计划"
URL = "https://zone.example/art/1.html"


def mime(page: bytes, coding: str, charset: str = "utf-8", ends: str = "\r\n") -> bytes:
    codings: dict[str, Callable[[bytes], bytes]] = {
        "base64": base64.encodebytes,
        "quoted-printable": quopri.encodestring,
        "8bit": lambda data: data,
    }
    encoded = codings[coding](page)
    head = [
        "From: <Saved by a browser>", f"Snapshot-Content-Location: {URL}", "Subject: =?utf-8?B?5oC757uT?=",
        "MIME-Version: 1.0", 'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--=_b"', "", "",
        "----=_b", f"Content-Type: text/html; charset={charset}", f"Content-Transfer-Encoding: {coding}",
        f"Content-Location: {URL}", "", "",
    ]  # fmt: skip
    tail = [
        "",
        "----=_b",
        "Content-Type: image/png",
        "Content-Transfer-Encoding: base64",
        "",
        "aGVsbG8=",
        "----=_b--",
        "",
    ]
    return ends.join(head).encode() + encoded + ends.join(tail).encode()


@pytest.mark.parametrize("coding", ["base64", "quoted-printable", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
@pytest.mark.parametrize("name", ["页面.mht", "页面.mhtml", "总结.doc", "没有后缀"])
def test_a_page_in_mime_is_read_as_the_page(run: Run, tmp_path: Path, coding: str, charset: str, name: str) -> None:
    page = a_page(TITLE).decode().replace("utf-8", charset).encode(charset)
    (tmp_path / name).write_bytes(mime(page, coding, charset))
    (read,) = [json.loads(line) for line in run("read", str(tmp_path / name)).stdout.splitlines()]
    assert (read["title"], read["published_on"], read["url"]) == (TITLE, "2022-12-30", URL)
    assert "86.5亿元" in read["text"]


def test_lines_may_end_like_those_of_unix() -> None:
    found = saved_page(RawPage(mime(a_page(TITLE), "base64", ends="\n"), "a.mht"))
    assert found is not None
    assert found.page.data == a_page(TITLE)


def test_an_address_that_the_file_claims_makes_no_official_page(run: Run, tmp_path: Path) -> None:
    official = mime(a_page(TITLE), "base64").replace(URL.encode(), b"https://www.hengyang.gov.cn/1.html")
    (tmp_path / "a.mht").write_bytes(official)
    (read,) = [json.loads(line) for line in run("read", str(tmp_path / "a.mht")).stdout.splitlines()]
    assert read["quality"]["grade"] != "A"


def test_a_mail_without_a_page_or_with_a_broken_one_says_what_to_do() -> None:
    for data, code in (
        (b"MIME-Version: 1.0\nContent-Type: image/png\n\nabc", "no_body"),
        (b"MIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nA", "damaged"),
    ):
        with pytest.raises(Skip) as skipped:
            saved_page(RawPage(data, "a.mht"))
        assert skipped.value.code == code
        assert "重新" in skipped.value.message


def test_a_text_that_speaks_of_mime_is_a_text() -> None:
    text = "关于统一邮件格式的说明：正文应写明\nMIME-Version: 1.0\n否则不予接收。"
    assert saved_page(RawPage(text.encode(), "a.txt")) is None
    assert saved_page(RawPage(b"<html>MIME-Version: 1.0", "a.html")) is None


@pytest.mark.parametrize("form", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_a_webarchive_is_read_as_the_page(form: plistlib.PlistFormat) -> None:
    main = {"WebResourceData": a_page(TITLE), "WebResourceTextEncodingName": "UTF-8", "WebResourceURL": URL}
    found = saved_page(RawPage(plistlib.dumps({"WebMainResource": main}, fmt=form), "a.webarchive"))
    assert found is not None
    assert (found.page.data, found.page.charset, found.claimed_url) == (a_page(TITLE), "UTF-8", URL)
    with pytest.raises(Skip):
        saved_page(RawPage(b"bplist00 and no more", "a.webarchive"))


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_each_page_of_a_zip_is_a_page_of_its_own_and_takes_its_attachment_in(run: Run, tmp_path: Path) -> None:
    notice = a_page("关于印发工作总结的通知", ['<a href="fj/总结.txt">总结.txt</a>'])
    report = "\n".join([TITLE, "一、成效", "全年新签约项目二十二个，协议投资额五十一亿元，均已落地。"])
    files = {"通知/a.html": notice, "通知/fj/总结.txt": report.encode(), "b.html": a_page(TITLE), "说明.exe": b"MZ"}
    (tmp_path / "报送.zip").write_bytes(packed({**files, "__MACOSX/._b.html": b"x"}))
    added = [json.loads(line) for line in run("add", str(tmp_path), "--json").stdout.splitlines()]
    shown = {Path(one["file"]).relative_to(tmp_path).as_posix(): one for one in added}
    assert set(shown) == {"报送.zip/通知/a.html", "报送.zip/通知/fj/总结.txt", "报送.zip/b.html"}
    assert shown["报送.zip/b.html"]["outcome"] == "added"
    assert run("build").exit_code == 0
    assert "五十一亿元" in run("search", "五十一亿元").stdout


def test_a_zip_out_of_bounds_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Skip) as skipped:
        Bundle(packed({"a.html": b"a" * 9_000_000}), 20_000_000)
    assert skipped.value.code == "bomb"
    bundle = Bundle(packed({"a.html": b"a" * 3_000, "b.html": b"b"}), 1_000)
    assert (bundle.names(), bundle.too_large) == (["b.html"], ["a.html"])


def test_names_in_a_zip_that_a_chinese_windows_made_are_read() -> None:
    data = packed({"AAAA.html": b"x"}).replace(b"AAAA", "总结".encode("gbk"))
    assert Bundle(data, 1_000).names() == ["总结.html"]


def test_nothing_of_a_zip_lies_outside_of_it() -> None:
    assert Bundle(packed({"../../etc/a.html": b"x"}), 1_000).names() == ["etc/a.html"]


def test_what_a_folder_passes_over_is_counted_by_suffix(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "收集"
    (folder / "总结_files").mkdir(parents=True)
    for name in ("a.html", "b.exe", "c.mp4", "d.MP4", "总结_files/x.png", ".hidden", "README.md"):
        (folder / name).write_bytes(a_page(TITLE) if name == "a.html" else b"x")
    assert passed_over([str(folder)]) == {".mp4": 2, ".exe": 1, ".png": 1, ".md": 1}
    told = run("add", str(folder)).stderr
    assert ".mp4 2 个" in told
    assert passed_over([str(folder / "a.html"), URL]) == {}
