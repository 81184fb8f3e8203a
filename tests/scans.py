"""Scans of our own: pages set with PIL, then treated as a scanner, a fax or a hurried clerk would."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
)
SIMPLIFIED = 2  # of the fonts in one file
WIDTH, HEIGHT = 1240, 1754  # A4 at 150 dots an inch


def missing() -> str | None:
    """Why no scan can be made or read here; None where one can."""
    try:
        import PIL
        import rapidocr
    except ImportError:
        return 'the extra for recognition is not installed: pip install "duibiao[ocr]"'
    del PIL, rapidocr
    return None if Path(FONTS[0]).exists() else "no Chinese font: apt-get install fonts-noto-cjk"


@dataclass(frozen=True, slots=True)
class Words:
    x: float
    y: float
    size: int
    text: str
    colour: str = "black"


def page(words: Sequence[Words], lines: Sequence[tuple[int, int, int, int]] = (), font: int = 0) -> Any:
    """A white page with words and ruled lines on it."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(image)
    for one in words:
        face = ImageFont.truetype(FONTS[font], one.size, index=SIMPLIFIED)
        draw.text((one.x, one.y), one.text, fill=one.colour, font=face)
    for line in lines:
        draw.line(line, fill="black", width=2)
    return image


def set_text(
    paragraphs: Sequence[str], *, x: int = 180, y: int = 330, size: int = 33, measure: int = 26, pitch: int = 58
) -> list[Words]:
    found = []
    for paragraph in paragraphs:
        rest = "　　" + paragraph
        while rest:
            found.append(Words(x, y, size, rest[:measure]))
            rest, y = rest[measure:], y + pitch
    return found


def table(rows: Sequence[Sequence[str]], *, x: int = 160, y: int = 400, width: int = 300, height: int = 70) -> Any:
    """A ruled table: its words and its lines."""
    across, down = len(rows[0]), len(rows)
    words = [
        Words(x + width * m + 20, y + height * n + 16, 30, cell)
        for n, row in enumerate(rows)
        for m, cell in enumerate(row)
    ]
    lines = [(x, y + height * n, x + width * across, y + height * n) for n in range(down + 1)]
    lines += [(x + width * m, y, x + width * m, y + height * down) for m in range(across + 1)]
    return words, lines


def skewed(image: Any, degrees: float) -> Any:
    return image.rotate(degrees, expand=True, fillcolor="white", resample=3)


def coarse(image: Any, width: int = 868) -> Any:
    return image.resize((width, round(image.height * width / image.width)), 3)


def noisy(image: Any, seed: int = 1, strength: int = 40, specks: int = 900) -> Any:
    from PIL import Image, ImageDraw

    chance = random.Random(seed)
    grain = Image.effect_noise(image.size, strength).convert("RGB")
    found = Image.blend(image, grain, 0.12)
    draw = ImageDraw.Draw(found)
    for _ in range(specks):
        x, y = chance.randrange(image.width), chance.randrange(image.height)
        draw.point((x, y), fill="black")
    return found


def sealed(
    image: Any, x: int = 820, y: int = 900, radius: int = 170, text: str = "示例高新技术产业开发区管理委员会"
) -> Any:
    """A red seal over the text, with its words round a star."""
    from PIL import Image, ImageChops, ImageDraw, ImageFont

    text = "示例高新技术产业开发区管理委员会"
    seal = Image.new("RGB", image.size, "white")
    draw = ImageDraw.Draw(seal)
    red = (214, 32, 40)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=red, width=9)
    face = ImageFont.truetype(FONTS[0], 34, index=SIMPLIFIED)
    for n, letter in enumerate(text):
        turn = math.pi * (0.9 + 1.2 * n / max(1, len(text) - 1))
        draw.text((x + 0.74 * radius * math.cos(turn) - 17, y + 0.74 * radius * math.sin(turn) - 20), letter, red, face)
    points = [
        (
            x + (70 if n % 2 == 0 else 28) * math.sin(n * math.pi / 5),
            y - (70 if n % 2 == 0 else 28) * math.cos(n * math.pi / 5),
        )
        for n in range(10)
    ]
    draw.polygon(points, fill=red)
    return ImageChops.multiply(image, seal)


def png(image: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def pdf(images: Sequence[Any]) -> bytes:
    out = io.BytesIO()
    images[0].save(out, "PDF", save_all=True, append_images=list(images[1:]), resolution=150.0)
    return out.getvalue()
