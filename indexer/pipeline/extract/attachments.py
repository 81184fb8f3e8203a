"""Files that hang on a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.domain.page import Attachment
from indexer.pipeline.extract.lines import Line
from indexer.pipeline.extract.markup import Markup

_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|rar|zip|7z|txt|csv|rtf)(?:$|[?#&])", re.IGNORECASE)
_DOWNLOAD = re.compile(r"download\.jsp|downloadattach|downfile|attachment|/attach/|filedown", re.IGNORECASE)
_LABEL = re.compile(r"^[\s【\[]*附\s*(?:件|表|图)(?:下载)?\s*\d*\s*[：:】\]]?")


def attachments_of(markup: Markup) -> tuple[Attachment, ...]:
    """Links to files, in the order of the page, each once. The address stays as the page spells it."""
    found: dict[str, Attachment] = {}
    for link in markup.root.iter("a"):
        address = (link.get("href") or "").strip()
        name = " ".join("".join(link.itertext()).split())
        if not address or address.lower().startswith(("javascript:", "mailto:", "#")):
            continue
        if _FILE.search(address) or _FILE.search(name) or (_DOWNLOAD.search(address) and name):
            found.setdefault(address, Attachment(name or address.rsplit("/", 1)[-1], address))
    return tuple(found.values())


def is_attachment_line(line: Line, files: Sequence[Attachment]) -> bool:
    """A line that only names the files: 附件：1.主要指标.xlsx 已下载 3 次."""
    rest = line.text
    named = bool(_LABEL.match(rest))
    for file in files:
        if file.name in rest:
            rest, named = rest.replace(file.name, ""), True
    rest = re.sub(r"附\s*件|下载|已|\d+|次|[\W_]", "", rest)
    return named and len(rest) <= 4
