"""Which texts say the same: a report repeats sentences of the year before, whole or in part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

_PROBE = 8  # letters by which texts are looked for inside others; shorter ones, a few headings, are sought one by one


def longest_holders(texts: Sequence[str]) -> list[int]:
    """For each text the number of the longest that holds it, itself where no other does; of equal ones the first.

    Letters and digits count, marks and spaces don't. Two texts that both hold a third, but not each other, stay two.
    """
    letters = ["".join(filter(str.isalnum, text)) for text in texts]
    first: dict[str, int] = {}
    for number, one in enumerate(letters):
        first.setdefault(one, number)
    longest = sorted(first, key=lambda one: (-len(one), first[one]))
    beginnings: dict[str, list[str]] = defaultdict(list)
    for one in longest:
        if len(one) >= _PROBE:
            beginnings[one[:_PROBE]].append(one)
    holder: dict[str, str] = {}
    for long in longest:
        for short in _held(long, beginnings):
            holder.setdefault(short, long)
    for short in longest:
        if len(short) < _PROBE:
            holder[short] = next(long for long in longest if short in long)
    return [first[holder.get(one, one)] for one in letters]


def _held(long: str, beginnings: Mapping[str, Sequence[str]]) -> list[str]:
    probes = [long[at : at + _PROBE] for at in range(len(long) - _PROBE + 1)]
    found = [at for at, probe in enumerate(probes) if probe in beginnings]
    return [short for at in found for short in beginnings[probes[at]] if short != long and long.startswith(short, at)]
