"""The words to look for cues in: a passage with its laundered words put back."""

from __future__ import annotations

import re

from indexer.domain.page import Cleaned
from indexer.domain.spans import Span

# Doubtful outside a laundered text (工程 and 开展 are honest words), so tried only where one is known to be laundered,
# and only for finding themes and statuses: nothing shown or stored is changed. Source: the project's laundering table.
DOUBTFUL = {
    "工程": "项目",
    "开展": "发展",
    "效劳": "服务",
    "根底": "基础",
    "局部": "部分",
    "创立": "创建",
    "缺乏": "不足",
    "方案": "计划",
}
DOUBTFUL_WORD = re.compile("|".join(DOUBTFUL))


def cue_text(cleaned: Cleaned, span: Span) -> str:
    """``span`` of the text with its certain restorations made; a laundered text is read a second, doubtful way too."""
    parts = []
    here = span.start
    for restoration in cleaned.restorations:
        if span.contains(restoration.span) and restoration.span.start >= here:
            parts += [cleaned.text[here : restoration.span.start], restoration.restored]
            here = restoration.span.end
    restored = "".join([*parts, cleaned.text[here : span.end]])
    if "laundered" not in cleaned.flags:
        return restored
    return restored + "\n" + DOUBTFUL_WORD.sub(lambda word: DOUBTFUL[word.group()], restored)
