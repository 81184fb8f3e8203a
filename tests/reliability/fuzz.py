"""Arbitrary and mutated pages and documents through the processes that read: none raises what no reader should, none
ends its process, none takes over 5 s of CPU or 600 MB, and the places of what is read are those of its text."""

from __future__ import annotations

import io
import logging
import random
import time
import zipfile
from collections import Counter
from pathlib import Path

from indexer.domain.page import RawPage
from indexer.ingest.reading_process import ReadingProcesses, reading_processes
from indexer.ingest.verify import wrong_spans
from indexer.pipeline.read import NOTHING_BESIDE
from tests.reliability.bench import ROOT, asked, generator, told
from tests.unit.documents import a_compound_file, a_word_file, an_old_word_file, paragraph, run, table
from tests.unit.pages import WORK, a_page

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
_URLS = (
    None,
    None,
    None,
    "https://www.zone.example/art/1.html",
    "http://[::1]/",
    "http://[x",
    "http://a/%00",
    "javascript:alert(1)",
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


def main() -> None:
    options = asked(count=3000)
    rng = generator(options.seed)
    logging.disable(logging.CRITICAL)
    seeds, documents = _seeds()
    processes = reading_processes_of_ours()
    counts: Counter[str] = Counter()
    faults: list[str] = []
    slowest = most = 0.0
    until = time.monotonic() + options.seconds
    for n in range(options.count):
        if time.monotonic() > until:
            break
        kind, data = _made(rng, seeds, documents)
        page = RawPage(data, rng.choice(_NAMES), rng.choice(_URLS))
        before = used(processes)
        _, reading = processes.read(page, NOTHING_BESIDE)
        seconds, megabytes = used(processes)[0] - before[0], used(processes)[1]
        slowest, most = max(slowest, seconds), max(most, megabytes)
        code = reading.skipped[0] if reading.skipped else "report"
        counts[f"{kind}: {'report' if code == 'report' else 'skipped'}"] += 1
        if code in ("reader_fault", "too_slow", "too_much_memory") or seconds > 5:
            faults.append(f"{n} {kind} {page.name[:20]} {page.url}: {reading.skipped} {seconds:.1f} s")
            Path(f"/tmp/duibiao-fuzz-{options.seed}-{n}.bin").write_bytes(data)
        if reading.report and (wrong := list(wrong_spans(reading.report))):
            faults.append(f"{n} {kind}: {wrong[:2]}")
    print(f"slowest {slowest:.2f} s of CPU, most {most:.0f} MB of a process (tables and libraries among them)")
    told(counts, faults)


def reading_processes_of_ours() -> ReadingProcesses:
    from indexer.settings import load

    return reading_processes(load(ROOT / "config.toml"))


def used(processes: ReadingProcesses) -> tuple[float, float]:
    """(seconds of CPU, peak MB) of the process that reads; (0, 0) before there is one, or after it was ended."""
    for process in processes._idle:
        try:
            parts = Path(f"/proc/{process.process.pid}/stat").read_text().rpartition(")")[2].split()
            status = Path(f"/proc/{process.process.pid}/status").read_text()
        except OSError:
            continue
        peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
        return (int(parts[11]) + int(parts[12])) / 100, peak / 1000
    return 0.0, 0.0


def _seeds() -> tuple[list[bytes], list[bytes]]:
    pages = [path.read_bytes() for path in sorted((ROOT / "corpus/sample/pages").rglob("*.html"))[::10]]
    pages += [
        a_page("长沙高新区2022年工作总结"),
        "\n".join(WORK).encode(),
        "# 总结\n\n".encode() + "\n\n".join(WORK).encode(),
    ]
    body = paragraph(run("长沙高新区2022年工作总结")) + "".join(paragraph(run(line)) for line in WORK)
    body += table(("指标", "数值"), ("投资", "12.5"))
    word = a_word_file(body)
    mht = (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n"
        + pages[-3]
        + b"\n--x--\n"
    )
    rtf = b"{\\rtf1\\ansicpg936 \\b 2022\\b0\\par " + b"\\'d5\\'d0\\'c9\\'cc\\par " * 40 + b"}"
    return pages, [
        word,
        an_old_word_file(list(WORK)),
        a_compound_file({"Workbook": b"\x09\x08" + bytes(400)}),
        mht,
        rtf,
        _pdf(),
    ]


def _pdf() -> bytes:
    from tests.unit.documents import pdf_of

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


def _made(rng: random.Random, seeds: list[bytes], documents: list[bytes]) -> tuple[str, bytes]:
    kind = rng.choices(
        ("bytes", "page", "pieces", "splice", "charset", "document", "insides"), (12, 34, 20, 8, 8, 10, 8)
    )[0]
    if kind == "bytes":
        return kind, rng.choice((b"", *_STARTS)) + rng.randbytes(rng.choice((0, 1, 30, 1000, 4000)))
    if kind == "page":
        return kind, _mutated(rng, rng.choice(seeds)[:60_000])
    if kind == "pieces":
        text = "".join(rng.choice(rng.choice((_TOKENS, WORK))) for _ in range(rng.choice((5, 30, 120))))
        return kind, text.encode(rng.choice(("utf-8", "gb18030", "utf-16")), "replace")
    if kind == "splice":
        return kind, rng.choice(seeds)[: rng.randrange(1, 20_000)] + rng.choice(seeds)[rng.randrange(5_000) :][:20_000]
    if kind == "charset":
        return kind, rng.choice(seeds)[:20_000].decode("utf-8", "replace").encode(rng.choice(_CHARSETS), "replace")
    if kind == "document":
        return kind, _mutated(rng, rng.choice(documents))
    return kind, _with_changed_members(rng, documents[0])


def _mutated(rng: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
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
        elif how == 4:
            changed[at:at] = rng.choice(_TOKENS).encode("utf-8", "replace") * rng.choice((1, 1, 3, 60))
        else:
            del changed[at:]
    return bytes(changed[:400_000])


def _with_changed_members(rng: random.Random, document: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    victim = rng.choice(sorted(files))
    files[victim] = rng.choice((_mutated(rng, files[victim]), b"", rng.randbytes(500)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(rng.choice((name, name, name, f"../{name}")), data)
    return _mutated(rng, out.getvalue()) if rng.random() < 0.3 else out.getvalue()


if __name__ == "__main__":
    main()
