"""Radicals and compatibility ideographs that stand for everyday characters: ⾼ ⼆ ⼯ ⻓ 更 → 高 二 工 长 更.

Text layers of PDFs are full of them (fonts made on a Mac, by Chrome, by some versions of Word), and nobody types them.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_RANGES = ((0x2E80, 0x2FE0), (0xF900, 0xFB00), (0x2F800, 0x2FA20))
# Radicals of the supplement that have no normal form in Unicode, and the ideographs they are shown as
# (EquivalentUnifiedIdeograph.txt of the Unicode character database).
_SUPPLEMENT = (
    "⺀冫⺁厂⺄乙⺅亻⺆冂⺉刂⺊卜⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺖忄⺘扌⺙攵⺛旡⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺦丬⺨犭⺩王⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺶羊⺹耂⺺肀⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎"
    "⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)


@cache
def plain_characters() -> dict[int, str]:
    """Code point → the one everyday ideograph that it stands for."""
    table = {ord(radical): plain for radical, plain in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)}
    for first, beyond in _RANGES:
        for code in range(first, beyond):
            normal = unicodedata.normalize("NFKC", chr(code))
            if len(normal) == 1 and normal != chr(code):
                table[code] = normal
    return table


def plain(text: str) -> str:
    """``text`` with everyday characters; same length."""
    return text if text.isascii() else text.translate(plain_characters())
