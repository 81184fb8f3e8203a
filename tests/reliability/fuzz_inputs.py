"""What fuzz.py gives to be read: bytes, pages and documents of every form that is read, made up or changed."""

from __future__ import annotations

import gzip
import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence

from tests.reliability.bench import ROOT
from tests.unit.documents import a_word_file, a_zip, an_old_word_file, paragraph, pdf_of, run, table
from tests.unit.pages import WORK, a_page
from tests.unit.test_containers import a_pdf, an_ofd
from tests.unit.test_other_documents import an_xls

_TITLE = "长沙高新区2022年工作总结"
_TOKENS = (
    "<p>",
    "</p>",
    "<div>",
    "<table>",
    "<tr>",
    "<td>",
    "<br>",
    "<a href='http://[x'>下一页</a>",
    "<a href='b_2.html'>下一页</a>",
    "<a href='http://[x/a.pdf'>附件</a>",
    f"<a href='?page={'9' * 5000}'>下一页</a>",
    "<meta name=Url content='http://[x'>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<script>",
    "</script>",
    "<style>",
    "<svg>",
    "<math>",
    "<template>",
    "<plaintext>",
    "<frameset>",
    "<base href='//x'>",
    "<meta charset=gb2312>",
    "<meta charset=utf-7>",
    "&#0;",
    "&#xD800;",
    "&#x110000;",
    "&nbsp;",
    "\0",
    "\x1a",
    "\x0b",
    "\u2028",
    "\u202e",
    "\ufeff",
    "\ufffe",
    "\u200b",
    "\U0010ffff",
    "e\u0301" * 30,
    "一、",
    "（一）",
    "1.",
    "一是",
    "xx",
    "xx.x%",
    "**",
    "某某高新区",
    "长沙高新区",
    "2022年",
    "二〇二二年",
    "12.5亿元",
    "9" * 400 + "亿元",
    "增长5.2%",
    "开展",
    "開展",
    "来源：",
    "发布时间：",
    "相关阅读",
    " | ",
    "\n",
    "\r\n",
    "\t",
    " " * 40,
    "。",
    "；",
    "“",
    "”",
    "9" * 400,
)
# What the inside of a document is changed by, beside what a page is: the parts that say how much there is of something.
_XML_TOKENS = (
    "<w:tbl>",
    "</w:tc>",
    '<w:gridSpan w:val="99999999"/>',
    "<w:vMerge/>",
    "<w:p/>" * 300,
    '<w:numPr><w:numId w:val="-1"/></w:numPr>',
    "<w:t>",
    "<mc:AlternateContent>",
    '<ofd:TextObject Boundary="NaN 1e308 -1 0" Size="0">',
    '<ofd:TextObject Boundary="1 1 1 1" Size="1e9">',
    '<ofd:TextCode X="0" Y="0" DeltaX="g 9999999 1">字</ofd:TextCode>',
    "</ofd:TextObject>",
    '<ofd:Page BaseLoc="../../OFD.xml"/>',
    "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>",
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
    "&b;",
    '<table:table-cell table:number-columns-repeated="99999999"/>',
    '<text:s text:c="99999999"/>',
    'r="XFD1048576"',
    "<v>1e999</v>",
)
_VALUE = re.compile(rb'="([^"]*)"|>([^<>]+)<')
_VALUES = (
    "", "0", "-1", "1", "NaN", "1e308", "-1e-308", "99999999999999999999", "0.0.0", "1 2 3 4 5", "g 9999999 1",
    "g -3 2", "true", "../OFD.xml", "Doc_0/Document.xml", "http://[x", "字" * 500, "9" * 5000, "XFD1048576", "A0",
    "A1:XFD1048576", "\u202e", "&#x10FFFF;", "w:p", "restart", "continue", " ", "2022年", "一、",
)  # fmt: skip
_PDF_TOKENS = (
    b"/Count 99999999",
    b"/Kids [3 0 R 3 0 R 2 0 R]",
    b"/Length -1",
    b"/Filter [/FlateDecode /FlateDecode]",
    b"/MediaBox [0 0 1e9 0]",
    b"endstream",
    b"endobj",
    b"1 0 obj",
    b"<feff>" * 50,
    b" 9999999999 Tf ",
    b" 0 0 0 0 0 0 Tm ",
    b"/Encrypt 4 0 R",
    b"xref",
    b"startxref 0",
    b"q " * 500,
)
_MAIL_TOKENS = (
    b"Content-Transfer-Encoding: base64\n",
    b"Content-Transfer-Encoding: quoted-printable\n",
    b"Content-Type: text/html; charset=utf-7\n",
    b"Content-Type: multipart/mixed; boundary=x\n",
    b"Content-Type: message/rfc822\n\n",
    b"Content-Location: http://[x\n",
    b"--x\n",
    b"--x--\n",
    b"=E4=BD=",
    b"=?utf-8?B?5L?=",
    b"\n\n",
)
_WARC_TOKENS = (
    b"WARC/1.1\r\n",
    b"WARC-Type: resource\r\n",
    b"WARC-Target-URI: http://[x\r\n",
    b"WARC-Date: 9999-99-99T\r\n",
    b"WARC-Segment-Number: 2\r\n",
    b"Content-Length: 99999999999\r\n",
    b"Content-Length: -5\r\n",
    b"Content-Length: x\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Content-Encoding: gzip\r\n",
    b"Content-Encoding: deflate, br\r\n",
    b'Content-Type: text/html; charset="\r\n',
    b"ffffffffffffffff\r\n",
    b"HTTP/1.1 200 OK\r\n",
    b"HTTP/9 404\r\n",
    b"\r\n\r\n",
    b"filedesc://a.arc 0.0.0.0 20220101000000 text/plain 1\n",
)
_NAMES = (
    "a.html",
    "a.txt",
    "a.md",
    "a.pdf",
    "a.docx",
    "a.ofd",
    "a.mht",
    "a.rtf",
    "a.doc",
    "a.xls",
    "",
    "无后缀",
    "_2.html",
    "a" * 300 + ".html",
)
_CHARSETS = ("utf-8", "gb18030", "big5hkscs", "utf-16", "utf-16-be", "utf-32", "utf-7", "hz", "shift_jis", "latin-1")
_STARTS = (
    b"%PDF-1.7\n",
    b"PK\3\4",
    b"\xff\xfe",
    b"<?xml ",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"{\\rtf1",
    b"MIME-Version: 1.0\n",
    b"WARC/1.0\r\n",
    b"bplist00",
)

Made = tuple[str, str, bytes]  # (what it is, name of the file, its bytes)


class Inputs:
    """Any number of them, from one generator."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._pages = [path.read_bytes() for path in sorted((ROOT / "corpus/sample/pages").rglob("*.html"))[::10]]
        self._pages += [a_page(_TITLE), "\n".join(WORK).encode(), "# 总结\n\n".encode() + "\n\n".join(WORK).encode()]
        self._packed = {"docx": _docx(), "ofd": _ofd(), "xlsx": _xlsx(), "odt": _odt()}
        self._documents = self._packed | {
            "doc": an_old_word_file(list(WORK)),
            "xls": an_xls({(n, n % 2): text for n, text in enumerate(WORK)} | {(9, 1): 12.5}),
            "mht": _mht(self._pages[-3]),
            "rtf": b"{\\rtf1\\ansicpg936 \\b 2022\\b0\\par " + b"\\'d5\\'d0\\'c9\\'cc\\par " * 40 + b"}",
            "pdf": _latin_pdf(),
            "chinese pdf": a_pdf([[(22, 700, _TITLE), *((14, 660 - 30 * n, text) for n, text in enumerate(WORK))]]),
        }
        self._kinds: Mapping[Callable[[], Made], int] = {
            self._bytes: 8, self._page: 26, self._pieces: 16, self._splice: 6, self._charset: 6,
            self._document: 16, self._inside: 12, self._warc: 7, self._bundle: 3,
        }  # fmt: skip

    def one(self) -> Made:
        (make,) = self._rng.choices(list(self._kinds), list(self._kinds.values()))
        return make()

    def _name(self) -> str:
        return self._rng.choice(_NAMES)

    def _bytes(self) -> Made:
        data = self._rng.choice((b"", *_STARTS)) + self._rng.randbytes(self._rng.choice((0, 1, 30, 1000, 4000)))
        return "bytes", self._name(), data

    def _page(self) -> Made:
        return "page changed", self._name(), self._mutated(self._rng.choice(self._pages)[:60_000], _PAGE_TOKENS)

    def _pieces(self) -> Made:
        rng = self._rng
        text = "".join(rng.choice(rng.choice((_TOKENS, WORK))) for _ in range(rng.choice((5, 30, 120))))
        return "page of pieces", self._name(), text.encode(rng.choice(("utf-8", "gb18030", "utf-16")), "replace")

    def _splice(self) -> Made:
        one, other = self._rng.choice(self._pages), self._rng.choice(self._pages)
        data = one[: self._rng.randrange(1, 20_000)] + other[self._rng.randrange(5_000) :][:20_000]
        return "two pages in one", self._name(), data

    def _charset(self) -> Made:
        text = self._rng.choice(self._pages)[:20_000].decode("utf-8", "replace")
        return "page in a charset", self._name(), text.encode(self._rng.choice(_CHARSETS), "replace")

    def _document(self) -> Made:
        form = self._rng.choice(sorted(self._documents))
        tokens = {"mht": _MAIL_TOKENS}.get(form, _PDF_TOKENS if "pdf" in form else _PAGE_TOKENS)
        return f"{form} changed", self._name(), self._mutated(self._documents[form], tokens)

    def _inside(self) -> Made:
        """A document that is a zip, with one of its files changed, emptied, or under another name."""
        form = self._rng.choice(sorted(self._packed))
        with zipfile.ZipFile(io.BytesIO(self._packed[form])) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        victim = self._rng.choice(sorted(files))
        how = self._rng.randrange(8)
        if how < 4:
            files[victim] = self._revalued(files[victim])
        elif how < 7:
            files[victim] = self._mutated(files[victim], [token.encode() for token in _XML_TOKENS])
        else:
            files[victim] = self._rng.choice((b"", self._rng.randbytes(500)))
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, data in files.items():
                archive.writestr(self._rng.choice((name, name, name, f"../{name}")), data)
        data = out.getvalue()
        return f"{form}, its inside", self._name(), self._mutated(data, ()) if self._rng.random() < 0.2 else data

    def _warc(self) -> Made:
        """A few answers, as they come or packed, in a file, a file of members, or a zip of them."""
        records = [self._record() for _ in range(self._rng.choice((1, 1, 2, 4)))]
        form = self._rng.choice(("a.warc", "a.warc.gz", "a.wacz"))
        if form == "a.warc":
            return "warc", form, self._perhaps_mutated(b"".join(records))
        data = b"".join(gzip.compress(record, 1) for record in records)
        if form == "a.wacz":
            data = _a_zip_of({"archive/data.warc.gz": data})
        return form[2:], form, self._perhaps_mutated(data)

    def _record(self) -> bytes:
        rng = self._rng
        body = rng.choice((self._page()[2], self._document()[2], rng.choice(self._pages)))[:30_000]
        head = (
            rng.choice((b"HTTP/1.1 200 OK", b"HTTP/1.1 206 ", b"HTTP/1.0 404 x", b"HTTP/2 200", b"ICY 200")) + b"\r\n"
        )
        head += rng.choice((b"Content-Type: text/html; charset=gbk\r\n", b"Content-Type: \xff\r\n", b""))
        how = rng.randrange(6)
        if how == 0:
            head, body = head + b"Content-Encoding: gzip\r\n", self._perhaps_mutated(gzip.compress(body, 1))
        elif how == 1:
            chunks = b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"
            head, body = head + b"Transfer-Encoding: chunked\r\n", self._perhaps_mutated(chunks)
        block = self._perhaps_mutated(head + b"\r\n" + body)
        fields = (
            b"WARC/1.%d\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%d>\r\nWARC-Date: 2022-12-30T08:00:00Z\r\n"
            b"WARC-Target-URI: http://www.zone.example/art/%d.html\r\n"
            b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
        ) % (rng.randrange(2), rng.randrange(9), rng.randrange(99), len(block) + rng.choice((0, 0, 0, 0, -7, 7)))
        return self._perhaps_mutated(fields) + block + b"\r\n\r\n"

    def _bundle(self) -> Made:
        """A zip of pages and documents, as mail programs hand them out."""
        names = (
            "总结.html",
            "../a.html",
            "a/b.docx",
            "a/b.docx/c.html",
            "x.zip",
            "/etc/a.txt",
            "长" * 90 + ".pdf",
            "a\\b.md",
        )
        made = {self._rng.choice(names): self._rng.choice((self._page, self._document))()[2] for _ in range(3)}
        return "zip of pages", "a.zip", self._perhaps_mutated(_a_zip_of(made))

    def _perhaps_mutated(self, data: bytes) -> bytes:
        return self._mutated(data, _WARC_TOKENS) if self._rng.random() < 0.35 else data

    def _revalued(self, data: bytes) -> bytes:
        """Whole XML with other values in some of its attributes and texts."""
        places = list(_VALUE.finditer(data))
        chosen = self._rng.sample(places, min(len(places), self._rng.choice((1, 1, 2, 5))))
        for place in sorted(chosen, key=re.Match.start, reverse=True):
            value = self._rng.choice(_VALUES).encode()
            start, end = place.span(1) if place[1] is not None else place.span(2)
            data = data[:start] + value + data[end:]
        return data

    def _mutated(self, data: bytes, tokens: Sequence[bytes]) -> bytes:
        rng, changed = self._rng, bytearray(data)
        for _ in range(rng.choice((1, 1, 2, 3, 6, 20))):
            at = rng.randrange(len(changed) + 1)
            how = rng.randrange(6)
            if how == 0 and changed:
                changed[at % len(changed)] ^= 1 << rng.randrange(8)
            elif how == 1:
                changed[at:at] = rng.randbytes(rng.randrange(1, 30))
            elif how == 2:
                del changed[at : at + rng.choice((1, 3, 30, 300, 3000))]
            elif how == 3:
                changed[at:at] = changed[at : at + rng.choice((2, 20, 200))] * rng.choice((2, 5, 50))
            elif how == 4 and tokens:
                changed[at:at] = rng.choice(tokens) * rng.choice((1, 1, 3, 60))
            else:
                del changed[at:]
        return bytes(changed[:400_000])


_PAGE_TOKENS = [token.encode("utf-8", "replace") for token in _TOKENS]


def _a_zip_of(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _docx() -> bytes:
    body = paragraph(run(_TITLE)) + "".join(paragraph(run(line)) for line in WORK)
    return a_word_file(body + table(("指标", "数值"), ("投资", "12.5")))


def _ofd() -> bytes:
    return an_ofd([(8.0, 30.0, _TITLE)] + [(4.0, 60.0 + 10 * n, text) for n, text in enumerate(WORK)])


def _xlsx() -> bytes:
    """Written as text in its cells, without a table of strings."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    documents = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packages = "http://schemas.openxmlformats.org/package/2006"
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{text}</t></is></c><c r="B{n}"><v>{n}.5</v></c></row>'
        for n, text in enumerate((_TITLE, *WORK), 1)
    )
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return a_zip(
        {
            "[Content_Types].xml": f'<Types xmlns="{packages}/content-types">'
            f'<Override PartName="/xl/workbook.xml" ContentType="{sheet}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{sheet}.worksheet+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{packages}/relationships">'
            f'<Relationship Id="r1" Type="{documents}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{documents}"><sheets>'
            '<sheet name="总结" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packages}/relationships">'
            f'<Relationship Id="r1" Type="{documents}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
        }
    )


def _odt() -> bytes:
    names = "urn:oasis:names:tc:opendocument:xmlns"
    text = "".join(f"<text:p>{line}</text:p>" for line in (_TITLE, *WORK))
    return a_zip(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:text="{names}:text:1.0" '
            f'xmlns:table="{names}:table:1.0"><office:body><office:text>{text}</office:text></office:body>'
            "</office:document-content>",
        }
    )


def _mht(page: bytes) -> bytes:
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n"
    return head + page + b"\n--x--\n"


def _latin_pdf() -> bytes:
    stream = b"BT /F1 12 Tf 60 700 Td (Report 2022, up 5.2%) Tj ET"
    return pdf_of(
        (
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            "/Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        )
    )
