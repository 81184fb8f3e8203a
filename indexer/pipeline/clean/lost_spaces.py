"""Question marks that were no-break spaces before a page was converted to GBK (``08:43??????来源``)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.domain.edits import Edit

_RUN = re.compile(r"\?{2,}|^\?(?=[\u3400-\u9fff“《(（▲])", re.MULTILINE)
_ASKING = re.compile(r"[吗呢么吧啊呀哪谁何否]$")
# What digits stand before: there the marks are lost digits, and those are never thrown away.
_COUNTED = re.compile(r"\s*(?:[%％.．]|[万亿]|[个家户人元亩项年月日次])")


def restore(text: str) -> Iterator[Edit]:
    """Runs that cannot be question marks become one space."""
    if "?" not in text:
        return
    for run in _RUN.finditer(text):
        before = text[max(0, run.start() - 1) : run.start()]
        after = text[run.end() : run.end() + 3]
        if _ASKING.match(before) or _COUNTED.match(after):
            continue  # 怎么办???, 投资??亿元
        ends_a_sentence = before.strip() and after[:1] in ("", "\n", "”", "’", "」", "!", "！")
        if ends_a_sentence and len(run.group()) < 4:
            continue
        yield Edit(run.start(), run.group(), " ")
