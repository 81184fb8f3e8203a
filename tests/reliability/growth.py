"""Families of input that grow: reading takes no worse than n log n, or the page is refused within two seconds.

Small files that unfold to much (a document of 1 KB with a cell over a thousand million columns) are read or refused in
two seconds as well."""

from __future__ import annotations

import logging
import math
import zlib
from collections import Counter
from collections.abc import Callable

from indexer.domain.page import RawPage
from indexer.pipeline.read import NOTHING_BESIDE
from tests.reliability.bench import asked, slowness, told
from tests.reliability.fuzz import reading_processes_of_ours, used
from tests.unit.documents import a_word_file, a_zip, paragraph, pdf_of, run
from tests.unit.pages import WORK

_LINE = WORK[3]
_WORSE = 2.0  # times n log n, for the noise of a machine that does other things as well
_ENOUGH = 0.3  # seconds; what takes less is not worth an exponent
_REFUSED = 2.0  # seconds
_READ_BY_CHARACTER = 28.0  # a PDF is read character by character; a million take 17 on an idle machine

Family = tuple[str, Callable[[int], bytes]]  # name of the file, its bytes at a size


def main() -> None:
    options = asked(largest=1_600_000)
    logging.disable(logging.CRITICAL)
    processes = reading_processes_of_ours()
    counts: Counter[str] = Counter()
    faults: list[str] = []
    sizes = [size for size in (100_000, 400_000, 1_600_000, 6_400_000, 19_000_000) if size <= options.largest]
    processes.read(RawPage(b"<p>", "a.html"), NOTHING_BESIDE)

    def seconds_of(name: str, data: bytes) -> tuple[float, str]:
        before = used(processes)[0]
        _, reading = processes.read(RawPage(data, name), NOTHING_BESIDE)
        code = reading.skipped[0] if reading.skipped else "report"
        after = used(processes)[0]
        seconds = after - before if after >= before else after  # less: a fresh process has read it
        return (seconds if code not in _ENDS else math.inf), code

    for title, (name, make) in _FAMILIES.items():
        before: tuple[int, float] | None = None
        shown = []
        for size in sizes:
            data = make(size)
            seconds, code = seconds_of(name, data)
            if before and worse(before, size, seconds):  # both once more: neighbours on the machine cost time, once
                before = before[0], max(before[1], seconds_of(name, make(before[0]))[0])
                seconds, code = min((seconds, code), seconds_of(name, data))
            shown.append(f"{size // 1000} KB {seconds:.2f} s {code}")
            if code == "too_large" and seconds <= _REFUSED * slowness():
                break
            if worse(before, size, seconds):
                faults.append(f"{title}: {'; '.join(shown)}")
                break
            before = size, seconds
        counts["families"] += 1
        print(f"{title:24} {'; '.join(shown)}", flush=True)
    for title, (name, bomb) in _BOMBS.items():
        most = (_READ_BY_CHARACTER if name.endswith(".pdf") else _REFUSED) * slowness()
        seconds, code = seconds_of(name, bomb())
        if seconds > most:
            seconds, code = min((seconds, code), seconds_of(name, bomb()))
        counts["small files that unfold"] += 1
        print(f"{title:24} {seconds:.2f} s {code}", flush=True)
        if seconds > most and code != "report":
            faults.append(f"{title}: {seconds:.2f} s {code}")
    told(counts, faults)


def worse(before: tuple[int, float] | None, size: int, seconds: float) -> bool:
    """Whether ``seconds`` for ``size`` bytes are more than twice n log n of ``before``. Sizes are of what is read, so
    unpacked: 400 KB of one repeated paragraph are 1 KB of Word."""
    if before is None or seconds <= _ENOUGH:
        return False
    n, s = before
    return seconds > _WORSE * max(s, _ENOUGH / 4) * (size * math.log(size)) / (n * math.log(n))


_ENDS = ("too_slow", "too_much_memory", "reader_fault")


def _html(piece: str) -> Family:
    head, foot = f"<html><body><h1>长沙高新区2022年工作总结</h1><p>{_LINE}</p>", f"<p>{_LINE}</p></body></html>"
    return "a.html", lambda size: (head + piece * (size // len(piece.encode())) + foot).encode()


def _text(piece: str, name: str = "a.txt") -> Family:
    return (
        name,
        lambda size: f"长沙高新区2022年工作总结\n{_LINE}\n{piece * (size // len(piece.encode()))}\n{_LINE}".encode(),
    )


def _word(piece: str) -> Family:
    return "a.docx", lambda size: a_word_file(piece * (size // len(piece.encode())))


_FAMILIES: dict[str, Family] = {
    "prose": _html(f"<p>{_LINE}</p>"),
    "chapters": _html("".join(f"<p>{line}</p>" for line in WORK)),
    "open paragraphs": _html("<p>a"),
    "short sentences": _html("<p>字，字。</p>"),
    "deep": _html("<div>"),
    "headlines": _html("<h1>长沙高新区2022年工作总结</h1>"),
    "headlines and prose": _html(f"<h2>长沙高新区2022年工作总结</h2><p>{_LINE}</p>"),
    "cells": _html("<tr><td>1"),
    "entities": _html("&amp;"),
    "links": _html("<a href='b_2.html'>下一页</a>"),
    "attachments": _html("<a href='a.pdf'>附件</a>"),
    "comments": _html("<!-- a"),
    "digits": _html("1234567890"),
    "percent": _html("1%"),
    "zones": _html("长沙高新区"),
    "years": _html("2022年"),
    "numbered lines": _text("一、短\n"),
    "lines": _text("短\n"),
    "fragments": _text("12、\n中\n"),
    "brackets": _text("[", "a.md"),
    "bullets": _text("* a\n", "a.md"),
    "word paragraphs": _word(paragraph(run("字"))),
    "word prose": _word(paragraph(run(_LINE))),
}
_TEXT_OBJECT = '<ofd:TextObject Boundary="1 1 1 1" Size="4">'


def _ofd(content: str) -> bytes:
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    files = {
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>D.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "D.xml": f'<ofd:Document {space}><ofd:Pages><ofd:Page BaseLoc="P.xml"/></ofd:Pages></ofd:Document>',
        "P.xml": f"<ofd:Page {space}><ofd:Content>{content}</ofd:Content></ofd:Page>",
    }
    return a_zip(files)


def _pdf(stream: bytes, pages: int = 1) -> bytes:
    packed = zlib.compress(stream)
    return pdf_of(
        (
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Count {pages} /Kids [{'3 0 R ' * pages}] >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            "/Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        )
    )


_SPAN = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
_BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "cell over 10⁹ columns": ("a.docx", lambda: a_word_file(_SPAN)),
    "40 MB of paragraphs": ("a.docx", lambda: a_word_file("<w:p/>" * 6_600_000)),
    "30 MB of paragraphs": ("a.docx", lambda: a_word_file("<w:p/>" * 5_000_000)),
    "objects in objects": (
        "a.ofd",
        lambda: _ofd(_TEXT_OBJECT * 200 + "<ofd:TextCode>字</ofd:TextCode>" + "</ofd:TextObject>" * 200),
    ),
    "1,000 times one page": ("a.pdf", lambda: _pdf(b"BT /F1 12 Tf 60 700 Td (" + b"a" * 5_000 + b") Tj ET", 1_000)),
    "300 MB of blanks": ("a.pdf", lambda: _pdf(b" " * 300_000_000)),
}


if __name__ == "__main__":
    main()
