"""Whether a chapter looks back, ahead or both ways, by its headings: 工作回顾, 主要任务, 1999年工作回顾和2000年任务."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

LOOKS_BACK = re.compile("回顾|总结|(?:完成|执行)情况|主要成绩|工作情况")
LOOKS_AHEAD = re.compile("任务|安排|打算|目标|建议|部署|思路|重点|要求")


class Outlook(Enum):
    BACK = "back"
    AHEAD = "ahead"
    BOTH = "both"


def outlook_of(headings: Sequence[str]) -> Outlook | None:
    """By the nearest heading that tells; None where none does. ``headings``: the nearest first."""
    for heading in headings:
        back = [one.end() for one in LOOKS_BACK.finditer(heading)]
        # 今年重点工作和过去五年回顾 and 上次会议确定任务的完成情况 only look back: nothing ahead is named behind it
        ahead = LOOKS_AHEAD.search(heading, back[-1] if back else 0) is not None
        if back:
            return Outlook.BOTH if ahead else Outlook.BACK
        if ahead:
            return Outlook.AHEAD
    return None
