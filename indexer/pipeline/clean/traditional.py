"""Traditional script: what a mill put into it becomes simplified again, what was written in it stays.

Mills print mainland reports in Traditional characters, half of the time with phonetics in between (24% of the pages
looked at); those are put back into the script of their originals. A page that was written in Traditional is another
thing: in simplified characters it would show what nobody wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from indexer.domain.edits import Edit
from indexer.text.script import only_simplified, only_traditional, to_simplified

_FEWEST = 2  # characters; one alone is a name

# What only mainland offices say. Of 16 real pages written in Traditional none has any of them in its simplified text;
# 亿元, 同比 and 十二五 stand in two and are left out.
_MAINLAND = re.compile(
    "高新区|经开区|开发区|综保区|保税区|自贸区|自贸试验区|科技城|园区|管委会|党工委|招商|规上|规模以上|固定资产投资"
    "|一般公共预算|专项债|营商环境|双创|孵化器|工作总结|工作汇报|工作要点"
)


def is_native(page: str) -> bool:
    """Whether a page in Traditional script was written in it, rather than put into it by a mill."""
    return _MAINLAND.search(to_simplified(page)) is None


def is_traditional(page: str) -> bool:
    """Whether ``page`` (title and text) is written in Traditional script, not merely with a name in it."""
    seen = len(_only_traditional().findall(page))
    return seen >= _FEWEST and seen > len(_only_simplified().findall(page))


@cache
def _only_traditional() -> re.Pattern[str]:
    return _any_of(only_traditional())


@cache
def _only_simplified() -> re.Pattern[str]:
    return _any_of(only_simplified())


def _any_of(characters: frozenset[str]) -> re.Pattern[str]:
    # Of the basic plane only: one character beyond it makes the class forty times slower.
    return re.compile(f"[{''.join(sorted(character for character in characters if character < chr(0x10000)))}]")


def simplify(text: str) -> Iterator[Edit]:
    """Characters that change; neighbours that change together are one edit."""
    after = to_simplified(text)
    start = None
    for here, (old, new) in enumerate(zip(text, after, strict=True)):
        if old != new and start is None:
            start = here
        elif old == new and start is not None:
            yield Edit(start, text[start:here], after[start:here])
            start = None
    if start is not None:
        yield Edit(start, text[start:], after[start:])
