"""What happens to texts on their way through the web, and what the right reading of the damaged text then is."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from functools import cache

import opencc

from tests.sample_corpus.compose import Draft, Line

# What a thesaurus washed over a text puts in the place of everyday words of the trade.
LAUNDERED = (
    ("发展", "开展"),
    ("项目", "工程"),
    ("服务", "效劳"),
    ("基础", "根底"),
    ("部分", "局部"),
    ("不足", "缺乏"),
    ("若干", "假设干"),
    ("基本", "根本"),
    ("氛围", "气氛"),
    ("计划", "方案"),
)
# Seen in other mills' copies; digests, which have few of the words above, are washed with both.
LAUNDERED_TOO = (("技术", "手艺"), ("安全", "平安"), ("管理", "办理"), ("预计", "估量"))
FRAGMENT = 262  # characters of a piece; real ones measure 302, a shorter text needs shorter pieces to have as many
WRAP = (26, 28)  # characters of a printed line of A4 in 仿宋 三号

# Figures that count something; years, days, names (世界500强, 1+7) are none.
_FIGURE = re.compile(
    r"(?<![\d.A-Za-z+×-])\d+(?:\.\d+)?(?=(?:余|多)?"
    r"(?:[万亿%个家户项亩套件名人吨所栋宗条元列支辆处位]|平方|公里|美元|千米))"
)
# Characters that mills put phonetics behind: those whose Traditional form differs, and their syllables.
_PHONETICS = """
區=qū 開=kāi 發=fā 業=yè 產=chǎn 項=xiàng 資=zī 億=yì 長=zhǎng 進=jìn 經=jīng 濟=jì
總=zǒng 結=jié 務=wù 實=shí 個=gè 園=yuán 設=shè 計=jì 劃=huà 標=biāo 準=zhǔn 關=guān
單=dān 環=huán 節=jié 術=shù 創=chuàng 領=lǐng 積=jī 極=jí 優=yōu 勢=shì 緊=jǐn 動=dòng
轉=zhuǎn 達=dá 過=guò 還=huán 這=zhè 樣=yàng 學=xué 職=zhí 員=yuán 廠=chǎng 農=nóng 號=hào
規=guī 類=lèi 級=jí 網=wǎng
"""
_SYLLABLES = dict(pair.split("=") for pair in _PHONETICS.split())


def _figures_masked(text: str) -> str:
    return _FIGURE.sub(lambda match: re.sub(r"\d", "x", match[0]), text)


def masked_number(printed: str) -> str:
    return re.sub(r"\d", "x", printed)


def laundered_text(text: str, words: tuple[tuple[str, str], ...] = LAUNDERED) -> str:
    return re.sub("|".join(word for word, _ in words), lambda match: dict(words)[match[0]], text)


def fragments(text: str) -> list[str]:
    """Pieces of equal length, numbered, cut wherever the length ends: in mid-word more often than not."""
    pieces = [text[at : at + FRAGMENT] for at in range(0, len(text), FRAGMENT)]
    return [f"{number}、{piece}" for number, piece in enumerate(pieces, 1)]


def hard_wrapped(text: str, dice: random.Random) -> str:
    """A space where each printed line ended, and around every number between Chinese characters."""
    spaced = re.sub(r"(?<=[\u4e00-\u9fff])(?=[0-9])|(?<=[0-9])(?=[\u4e00-\u9fff])", " ", text)
    lines: list[str] = []
    while len(spaced) > WRAP[1]:
        end = dice.randint(*WRAP)
        while re.match(r"[0-9.%-]{2}", spaced[end - 1 : end + 1]):  # a number is never cut
            end -= 1
        while re.match(r"[，。；：、）”]", spaced[end : end + 1]):  # no line begins with a closing mark
            end += 1
        lines.append(spaced[:end].strip())
        spaced = spaced[end:].strip()
    return " ".join([*lines, spaced])


@cache
def _to_traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def traditional_text(text: str) -> str:
    after: str = _to_traditional().convert(text)
    return after


def with_phonetics(text: str, dice: random.Random) -> str:
    """標(biāo)準(zhǔn): behind one in two of the characters that mills know."""
    return "".join(
        f"{character}({_SYLLABLES[character]})" if character in _SYLLABLES and dice.random() < 0.5 else character
        for character in text
    )


# --- damages that change what is right ------------------------------------------------------------------------------


def mask_figures(draft: Draft) -> Draft:
    return replace(draft.changed(_figures_masked, title=False), damages=(*draft.damages, "masked"))


def mask_zone(draft: Draft) -> Draft:
    """衡阳高新区 becomes xx高新区: title and text no longer name it."""
    kind = next(word for word in ("高新区", "经开区") if draft.label.endswith(word))
    hidden = draft.changed(lambda text: text.replace(draft.label, f"xx{kind}"))
    zone = {"status": "anonymised", "name": None, "short": None, "type": kind}
    zone |= {"level": None, "province": None, "city": None, "conflict": None}
    return replace(hidden, damages=(*draft.damages, "anonymised"), truth=draft.truth | {"zone": zone})


def launder(draft: Draft) -> Draft:
    washed = draft.changed(lambda text: laundered_text(text, LAUNDERED + LAUNDERED_TOO))
    return replace(washed, damages=(*draft.damages, "laundered"))


def forget_year(draft: Draft) -> Draft:
    """No year is left: 2021年 becomes 今年."""
    bare = re.compile(rf"{draft.year}年(度|底)?")
    forgotten = draft.changed(
        lambda text: bare.sub(lambda match: "今年" if match[1] is None else f"年{match[1]}", text)
    )
    return replace(
        forgotten, damages=(*draft.damages, "year_missing"), truth=draft.truth | {"report": None, "plan": None}
    )


def misdate_title(draft: Draft) -> Draft:
    """The title says a year later than the text."""
    title = draft.title.replace(str(draft.year), str(draft.year + 1))
    return replace(
        draft, title=title, damages=(*draft.damages, "year_wrong"), truth=draft.truth | {"year_conflict": True}
    )


def cut_short(draft: Draft, dice: random.Random) -> Draft:
    """The text stops somewhere in its last third, in the middle of a sentence."""
    left = int(len(draft.text) * dice.uniform(0.66, 0.85))
    kept: list[Line] = []
    for line in draft.lines:
        if len(line.text) < left:
            kept.append(line)
            left -= len(line.text) + 1
            continue
        pieces = []
        left -= len(line.text) - sum(len(piece.text) for piece in line.pieces)
        for piece in line.pieces:
            whole = len(piece.text) <= left
            if left > 0:
                pieces.append(piece if whole else replace(piece, text=piece.text[:left], fact=None))
            left -= len(piece.text)
        if pieces:
            kept.append(replace(line, pieces=tuple(pieces)))
        break
    return replace(draft, lines=tuple(kept), damages=(*draft.damages, "truncated"))
