"""What makes a reading doubtful: then it stands apart, marked, and in no line of a table (docs/figure_cells.md).

The words that decide were looked for in verdicts on 1,600 cells; where a rule could not say which reading is right, it
says here that nobody can tell from the words near by.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.domain.report import Doubt, Figure, FigureKind, FigureRole, PeriodKind
from indexer.pipeline.segment.figures.context import FigureContext
from indexer.pipeline.segment.figures.distribution import LISTED
from indexer.pipeline.segment.figures.drafts import Draft
from indexer.pipeline.segment.figures.inheriting import SETS_OF_PROJECTS
from indexer.pipeline.segment.figures.outlook import Outlook, outlook_of
from indexer.pipeline.segment.figures.periods import REACHED
from indexer.pipeline.segment.figures.plain_words import left_over
from indexer.pipeline.segment.figures.times import Opening, opening_at, says_several
from indexer.pipeline.segment.figures.units import family_of
from indexer.reference.indicators import Indicator

CLAUSE = re.compile("[，,；;：:]")
# 4个县生产总值超过300亿元
SOME_COUNTIES = re.compile(r"\d个[^，,。；、\d]{0,6}(?:县|区|乡|镇|街道)[^，,。；、\d]{0,3}$")
OF_A_PART = re.compile("县域|镇域|园区|起步区|开发区|高新区|经开区|新区|片区|街道")  # 县域生产总值、财政收入增长7%和9%
# 9个园区新引进企业30家，完成产值80亿元: of parks, up to the end of the sentence
OPENS_ON_PARKS = re.compile(
    r"(?:全[市省州县])?(?:\d+|[两三四五六七八九十]+)[个大][^，,。；、\d]{0,8}(?:园区|开发区|高新区|经开区|集聚区|集中区|功能区|产业园)"
    r"(?!区|[和、及与]|建设|启动|更新|环境|循环|改造|提质|布局|规划|加快|稳步|扎实)"
)
BRACKET = re.compile(r"\([^()]*\)|[()]")
COUNTIES = re.compile(
    r"(?<!全市)(?:县\(市、?区\)|县市区|县区|区县|各县)"
)  # 县(市、区)空气优良率: without the city proper
DOMESTIC = re.compile("国内|[省市县州区域]外|内资")  # 引进国内(区外)到位资金: of all funds those
# 建好中心城区。… opens a paragraph on that; 做强园区。… tells of products and incomes of parks, of other things of all.
LEAD = r"[^。！？；;，,：:\n]{0,16}(?:%s)[^。！？；;\n]{0,8}[。：:]"
CITY_PROPER = re.compile(LEAD % "中心城区|主城区|老城区?")
INNER_PLACE = re.compile(LEAD % "新区|新城|片区|园区|开发区|高新区|经开区|自贸试验区|综保区|县域|镇域")
ITEM, ITEM_OF_AMOUNTS = re.compile("、|以及"), re.compile("[、和及与]|以及")  # 高校和企业研发机构5家 are both
FLOWING = (FigureKind.LEVEL, FigureKind.ADDED, FigureKind.GROWTH, FigureKind.POINTS)
COUNTED = ("count", "persons", "area", "length")
FARTHEST = 60  # characters from a name to its number
OF_ALL = re.compile("全[年市省区县州]|累计|自治区")
# Of 22 numbers of such projects in draws 9 to 12 nine were of some trade or programme.
OF_SOME_TRADE = ("started-projects", "completed-projects", "introduced-projects")
# Of 36 such numbers of a hundred or more in a long sentence 33 were of all, of 40 told by level (省市重点项目) 37.
MANY, COUNTED_WHOLE = 100, ("hundred-million-projects", "signed-projects")
BY_LEVEL = re.compile("省|市|区级|州级|县级")
LONG = 10  # characters of a sentence that are about something else
AMONG = re.compile("其中[^，,。；;]*$")

HOPED = re.compile("力争|确保|预期|争取|计划|目标|要求")
OVER = re.compile("上年|去年|同期")

SEVERAL_TOLD = re.compile(
    "过去五年|五年来|这五年|(?:人大|人民代表大会)一次会议以来|五年(?:政府)?工作|届[^，。]{0,8}政府(?!的?(?:良好)?(?:开局|首年|第一年|起步))|任期"
    "|十[一二三四五]五[”』」]?(?:时期|期间|发展)?[^，。]{0,10}(?:回顾|成就|成绩|成效|工作)"
    "|(?:回顾|总结)[“『「]?十[一二三四五]五|十[一二三四五]五[”』」]?(?:时期|期间)(?![^，。]{0,16}(?:目标|规划|任务|思路|安排|建议))"
)
ONE_TOLD = re.compile(r"(?:19|20)\d\d年|过去一年|去年|上年|一年来")
SEVERAL_AIMED = re.compile(
    "五年|十[一二三四五]五(?!.{0,8}(?:开局|开好局|开端|起步|起好步|第一年|首年|收官))|届(?!首|之年)"
)
ONE_DATED = re.compile(r"(?:19|20)\d\d年|[今明去上当]年|全年|年[内末底初]|同比|比上年")
SEVERAL_DATED = re.compile("[三四五]年|十[一二三四五]五|累计|年均|届|任期")
# 五年来，…实际利用外资超过90亿美元: their sum, or what the last of them brought.
SAID_OF_SEVERAL = re.compile("(?<![较比是为])(?:[三四五]年[来间]|(?:过去|这)[三四五]年|十[一二三四五]五(?:期间|时期))")
MOST_A_YEAR = 40  # per cent: a growth beyond that, told under several years, may be that of all
SOON = re.compile("[两三四五2-5]年(?:内|左右|时间|的?努力)")  # 力争三年内建成…: which year is not told
BEHIND = 12  # characters behind a number that may date it


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure as it was read. ``text``: the folded passage; ``before``: the figure before it in its sentence."""

    text: str
    draft: Draft
    row: Indicator
    figure: Figure
    before: Figure | None
    context: FigureContext

    @property
    def sentence(self) -> str:
        return self.text[self.draft.sentence : self.draft.quantity.start]

    @property
    def paragraph(self) -> str:
        return self.text[self.text.rfind("\n", 0, self.draft.quantity.start) + 1 : self.draft.quantity.start]

    @property
    def before_name(self) -> str:
        """Of the sentence what stands before the name, or before the number where that comes first (36家高企)."""
        phrase, after = self.draft.phrase or "", self.draft.quantity.after
        named = self.sentence.rfind(phrase) if phrase else -1
        behind = phrase in self.text[after : after + len(phrase) + BEHIND] and phrase not in self.draft.left
        far = len(self.sentence) - named > FARTHEST
        return self.sentence if named < 0 or behind or far else self.sentence[:named]


def is_counted(figure: Figure) -> bool:
    amount = figure.kind in (FigureKind.LEVEL, FigureKind.ADDED)
    return amount and family_of(figure.unit).startswith(COUNTED)


def doubt_of(reading: Reading) -> Doubt | None:
    if reading.figure.role not in (FigureRole.RESULT, FigureRole.TARGET):
        return None
    if _of_some(reading):
        return Doubt.SOME
    if _in_review_and_plan(reading):
        return Doubt.PLAN
    return Doubt.YEARS if _of_several_years(reading) else None


def _of_some(reading: Reading) -> bool:
    """松涛湖片区生产总值60亿元, 北岭矿业选厂等12个项目投产: a word that is no time, measure or verb stands before."""
    row, draft, before = reading.row, reading.draft, reading.before
    if row.comparable == "object":
        return False  # told of what it is told of
    if draft.joined and before is not None:
        return before.doubt is Doubt.SOME
    if row.id == "signed-investment" and before is not None and before.indicator in SETS_OF_PROJECTS:
        return before.doubt is Doubt.SOME  # of the projects that are told before it
    clause = CLAUSE.split(reading.before_name)[-1]
    clause = _without_own_names(clause, reading)
    if OF_A_PART.search(clause) and reading.figure.scope is None:
        return True
    if OPENS_ON_PARKS.match(reading.sentence) and not OF_ALL.search(clause):
        return True
    if COUNTIES.search(clause) or (row.id == "attracted-funds" and DOMESTIC.search(clause)):
        return True
    if _opens_on_a_part(reading) and not OF_ALL.search(clause):
        return True
    clause = BRACKET.sub("", clause)
    if SOME_COUNTIES.search(clause):
        return True
    counted = family_of(draft.quantity.unit).startswith(COUNTED)
    # 北岭选厂等12个项目, 都市圈30个重点项目: of those judged five of six were all that the paper counts.
    named = row.id == "key-projects" or (clause.endswith("等") and row.id in SETS_OF_PROJECTS)
    if not named and left_over((ITEM if counted else ITEM_OF_AMOUNTS).split(clause)[-1]):
        return True
    if row.id not in SETS_OF_PROJECTS or not counted:
        return False
    if OF_ALL.search(CLAUSE.split(reading.sentence)[-1]):
        return False
    if row.id in OF_SOME_TRADE:
        return True
    if draft.quantity.value is not None and draft.quantity.value >= MANY and row.id in COUNTED_WHOLE:
        return False
    if (
        row.id == "key-projects"
        and BY_LEVEL.search(draft.phrase or "")
        and "亿元" not in clause + reading.text[draft.quantity.end :][:6]
    ):
        return False
    among = draft.left.startswith("、") and AMONG.search(reading.sentence) is not None
    return among or len(left_over(reading.sentence)) >= LONG


def _without_own_names(words: str, reading: Reading) -> str:
    """临江市生产总值 is the whole in 临江's own report, 园区产值 in that of a park."""
    for name in reading.context.own:
        words = words.replace(name, "")
    return words


def _opens_on_a_part(reading: Reading) -> bool:
    paragraph = _without_own_names(reading.paragraph, reading)
    if CITY_PROPER.match(paragraph):
        return True
    flow = reading.row.cumulative == "year" and not family_of(reading.draft.quantity.unit).startswith(COUNTED)
    return flow and INNER_PLACE.match(paragraph) is not None


def _in_review_and_plan(reading: Reading) -> bool:
    """A chapter on both (1999年工作回顾和2000年任务) says of none of its sentences whether it is over."""
    said = HOPED if reading.figure.role is FigureRole.TARGET else OVER
    return outlook_of(reading.context.headings) is Outlook.BOTH and said.search(reading.sentence) is None


def _of_several_years(reading: Reading) -> bool:
    """Whether only the chapter could say which year, or that it is one, and it is on one and on several: the last time
    that it names before says something else than what was read."""
    figure, context = reading.figure, reading.context
    start = reading.draft.quantity.start
    aimed = figure.role is FigureRole.TARGET and figure.year == context.plan_year
    if aimed and SOON.search(reading.sentence):
        return True
    told = reading.sentence + reading.text[reading.draft.quantity.end :][:BEHIND]
    if ONE_DATED.search(told):
        return False
    if figure.role is FigureRole.TARGET and not aimed and _may_be_a_sum(reading):
        return True
    flow = reading.row.cumulative == "year" or figure.kind is not FigureKind.LEVEL
    if figure.period_kind is PeriodKind.YEAR and flow and figure.kind in FLOWING and SAID_OF_SEVERAL.search(told):
        return figure.role is FigureRole.RESULT
    if "累计" in reading.draft.left and figure.role is FigureRole.RESULT and flow and _may_be_otherwise(reading):
        return True
    if SEVERAL_DATED.search(told):
        return False
    opening = opening_at(reading.text, start, context.opening)
    if opening in (Opening.PAST, Opening.ONE) and says_several(reading.text[:start], context.several) is not True:
        return False  # 2022年是…: the paragraph is on one year
    if figure.role is FigureRole.TARGET:
        told = next((one for one in context.headings if SEVERAL_AIMED.search(one) or ONE_TOLD.search(one)), "")
        if not aimed or not SEVERAL_AIMED.search(told):
            return False
        return ONE_TOLD.search(told) is None or says_several(reading.text[:start], context.several) is True
    if not _tells_several(context) or figure.period_kind not in (PeriodKind.YEAR, PeriodKind.MULTI):
        return False
    if figure.kind is FigureKind.POINTS:
        return True
    one = figure.kind is FigureKind.GROWTH and figure.period_kind is PeriodKind.YEAR
    if one and figure.value is not None and abs(figure.value) > MOST_A_YEAR:
        # 事故起数下降66% behind 一年来 is of that year
        return figure.value > 0 or says_several(reading.text[:start], context.several) is not False
    if figure.kind is FigureKind.GROWTH:
        open_to_both = figure.period_kind is PeriodKind.YEAR and _is_told_alone(reading)
    else:
        counted = family_of(figure.unit).startswith(COUNTED)
        open_to_both = opening is None and figure.kind in (FigureKind.LEVEL, FigureKind.ADDED) and counted
    if not open_to_both:
        return False
    if figure.period_kind is PeriodKind.MULTI:
        return says_several("", context.several) is False  # by an earlier passage
    return says_several(reading.text[:start], context.several) is True


def _may_be_otherwise(reading: Reading) -> bool:
    """累计 alone says neither how long: within the year under a heading on one, over all under one on several."""
    alone = SEVERAL_DATED.search(reading.sentence.replace("累计", "")) is None
    several = _tells_several(reading.context)
    one = not several and any(ONE_TOLD.search(heading) for heading in reading.context.headings)
    multi = reading.figure.period_kind is PeriodKind.MULTI
    return alone and ((one and multi) or (several and reading.figure.period_kind is PeriodKind.YEAR))


def _may_be_a_sum(reading: Reading) -> bool:
    """今后五年力争引进外资90亿美元, 能耗下降15%: of all of them together, where nothing says that it is of the last."""
    figure, left = reading.figure, reading.draft.left
    if figure.kind in (FigureKind.GROWTH, FigureKind.POINTS):
        return figure.period_kind is PeriodKind.YEAR and _is_later(figure.year, reading.context.plan_year)
    done = reading.row.cumulative == "year" or reading.row.id == "completed-investment"
    flow = done and figure.kind in (FigureKind.LEVEL, FigureKind.ADDED)
    one = figure.period_kind is PeriodKind.YEAR and not REACHED.search(left) and "年" not in CLAUSE.split(left)[-1]
    return flow and one and _is_later(figure.year, reading.context.plan_year)


def _is_later(year: int | None, plan: int | None) -> bool:
    return year is not None and plan is not None and year > plan


def _is_told_alone(reading: Reading) -> bool:
    """A growth without the level that grew; what follows it in a list is told so too."""
    before, draft = reading.before, reading.draft
    listed = LISTED.fullmatch(draft.left) is not None and before is not None and before.doubt is Doubt.YEARS
    return listed or (draft.phrase is not None and draft.phrase in draft.left)


def _tells_several(context: FigureContext) -> bool:
    """By the nearest heading that tells a time: it tells several years, alone or beside one (2021年和过去五年)."""
    for heading in context.headings:
        if SEVERAL_TOLD.search(heading):
            return True
        if ONE_TOLD.search(heading):
            return False
    return False
