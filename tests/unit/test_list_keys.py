"""Keys made in arrays are those that each name has by itself, in the order of their bytes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from hypothesis import given
from hypothesis import strategies as st

from indexer.reference.pinyin import Readings
from indexer.search.suggest.list_keys import LONGEST_KEY, Name, sorted_keys

READINGS = Readings({})
TEXTS = st.text("招商引资重庆银行ab5 ，·\0豦𠮷é\ud800", min_size=1, max_size=2 * LONGEST_KEY)


def named(text: str, starts: Sequence[int] | None) -> Name:
    return Name(text, READINGS.syllables(text), starts)


NAMES = st.lists(
    st.builds(
        lambda text, drawn: named(text, drawn and sorted({place % len(text) for place in drawn})),
        TEXTS,
        st.none() | st.lists(st.integers(0, 40), max_size=5),
    ),
    max_size=12,
)


def one_by_one(name: Name) -> Iterator[bytes]:
    for start in range(len(name.text)) if name.starts is None else name.starts:
        if not name.text[start].isalnum():
            continue
        written = name.text[start : start + LONGEST_KEY]
        part = name.syllables[start : start + LONGEST_KEY]
        keys = [f"T{written}"]
        if "".join(part) != written:
            keys.append(f"P{''.join(part)}")
        if name.starts is None and len(part) > 1 and not written.isascii():
            keys.append(f"I{''.join(one[0] for one in part)}")
        yield from ((key[0].lower() + key[1:] if start else key).encode("utf-8", "surrogatepass") for key in keys)


def in_arrays(names: Sequence[Name]) -> list[tuple[bytes, int]]:
    found = []
    for keys in sorted_keys(names):
        joined, at = keys.joined.tobytes(), 0
        for length, number in zip(keys.lengths.tolist(), keys.numbers.tolist(), strict=True):
            found.append((joined[at : at + length], number))
            at += length
    return found


@given(NAMES)
def test_any_names(names: list[Name]) -> None:
    assert in_arrays(names) == sorted((key, number) for number, name in enumerate(names) for key in one_by_one(name))


def test_names_that_sound_or_begin_alike_come_by_their_numbers() -> None:
    chance = random.Random(3)
    names = [named("".join(chance.choices("上商伤尚高搞稿", k=chance.randint(1, 24))), None) for _ in range(400)]
    assert in_arrays(names) == sorted((key, number) for number, name in enumerate(names) for key in one_by_one(name))


def test_a_title_is_found_from_its_words_and_has_no_initials() -> None:
    (title,) = [named("高新区招商", [0, 3])]
    assert [key.decode() for key, _ in in_arrays([title])] == [
        "Pgaoxinquzhaoshang",
        "T高新区招商",
        "pzhaoshang",
        "t招商",
    ]
