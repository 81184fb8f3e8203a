"""What a page shows again of a question: no mark turns its words around, none piles up upon a letter."""

from __future__ import annotations

import unicodedata

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from webapp import security

TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# blocks of marks that stand upon the letter before them: of any letter, Cyrillic, Hebrew, Arabic, Thai, kana, symbols
BLOCKS = (
    (0x0300, 0x0370), (0x0483, 0x048A), (0x0591, 0x05BE), (0x0610, 0x061B), (0x064B, 0x0660), (0x06D6, 0x06DD),
    (0x0E34, 0x0E3B), (0x0E47, 0x0E4F), (0x1AB0, 0x1ACF), (0x1DC0, 0x1E00), (0x20D0, 0x20F1), (0x3099, 0x309B),
    (0xFE20, 0xFE30),
)  # fmt: skip
UPON = [chr(code) for first, last in BLOCKS for code in range(first, last) if unicodedata.combining(chr(code))]


@pytest.fixture(scope="module")
def echo() -> FlaskClient:
    """A page that says what it is told."""
    app = Flask(__name__)
    security.install(app)

    @app.get("/")
    def said() -> str:
        return f"<p>{request.args['q']}，“全市”园区</p>"

    return app.test_client()


def shown(echo: FlaskClient, text: str) -> str:
    page = echo.get("/", query_string={"q": text}).get_data(as_text=True)
    return page.removeprefix("<p>").removesuffix("，“全市”园区</p>")


@pytest.mark.parametrize("mark", TURNING)
def test_a_mark_that_turns_words_around_is_left_out(echo: FlaskClient, mark: str) -> None:
    assert shown(echo, f"园{mark}区") == "园区"


def test_three_marks_upon_a_letter_stay_and_more_go(echo: FlaskClient) -> None:
    assert len(UPON) > 300
    for mark in UPON:
        assert shown(echo, f"区{mark * 9}县") == f"区{mark * 3}县", hex(ord(mark))
        assert shown(echo, f"区{mark * 3}县") == f"区{mark * 3}县", hex(ord(mark))


@pytest.mark.parametrize(
    "text", ["亩均100～200万元·×÷½", "Ångström Łódź", "парк", "「園區」〈一〉☆→①㎡", "カ゛ガ", "﹣％＋"]
)
def test_other_letters_and_signs_stay(echo: FlaskClient, text: str) -> None:
    assert shown(echo, text) == text
