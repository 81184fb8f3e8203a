"""The codebooks in the language of the page: what a row takes in, and how an indicator is counted."""

from __future__ import annotations

from indexer.locale import listed, say
from indexer.reference.indicators import Indicator


def counted(indicator: Indicator) -> str:
    """In what it is counted, of what time, and whether growth is told too: 计量：金额（人民币）；全年数；也报增速."""
    families = dict.fromkeys(unit.partition(":")[0] for unit in indicator.units)  # count:家/户 is a count
    units = listed(say(f"codebook.unit.{family}") for family in families)
    time = say(f"codebook.time.{indicator.cumulative}")
    growth = [say("codebook.growth")] if indicator.level_or_growth == "growth" else []
    return say("codebook.counted", parts=say("list.semicolon").join([units, time, *growth]))
