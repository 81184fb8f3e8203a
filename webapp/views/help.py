"""How to ask: the question language on one page."""

from __future__ import annotations

from flask import Blueprint, render_template

from webapp.presenters.matching import LEVELS

blueprint = Blueprint("help", __name__)

EXAMPLES = (
    ("专项债 招商", "几个词要同在一段；空格、顿号、逗号都可以隔开。其中一个也可以出现在题名、园区名里。"),
    ('"产业链招商"', "引号里的字要原样连着出现，一字不差。全角引号、「」也可以。"),
    ("招商 -大会", "减号后面的词不要出现。减号前留空格，后面不留；写 NOT 也行。"),
    ("孵化器 OR 加速器", "两个里有一个就行；也可以用竖线：孵化器|加速器。OR 要大写。"),
    ("(孵化器 OR 加速器) 企业", "括号里的先合在一起。"),
    ("标题:总结 招商", "题名里要有这个词，一字不差。"),
    ("全文:专项债 招商", "“专项债”在同一份报告的任何一段出现都行，“招商”要在这一段。"),
    ("同段(孵化器 企业)", "两个词都要在这一段正文里，题名里的不算。"),
    ("招商 园区:天津经开区", "只看这个园区，等于左边的筛选；别名也认，如“光谷”。"),
    ("招商 年份:2020-2022", "只看这几年的报告；看不出年份的写“年份:不明”。"),
    ("企业用地不够怎么办", "整句提问：按“宽松”查找，含其中一部分词的段落也列出，最贴近的在前。"),
)


@blueprint.get("/help")
def how_to_ask() -> str:
    return render_template("help.html", examples=EXAMPLES, levels=list(LEVELS.values()))
